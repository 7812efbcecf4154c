/**
 * alike: which words of a catalogue say what a word means that somebody looks for. German puts words together and people mistype them:
 * "rad" is in "radverkehr", "spielplatzliste" is "spielplatz" and "liste", "luftqualitt" is "luftqualitat". Words are stems here, in lower
 * case and without umlauts, as PostgreSQL's dictionary leaves them.
 */

/** The stems that there are, to look through. */
export class Vocabulary {
  private readonly stems: ReadonlySet<string>
  /** By first letter: a typing error is seldom in it. */
  private readonly byLetter: ReadonlyMap<string, readonly string[]>

  constructor(stems: Iterable<string>) {
    this.stems = new Set(stems)
    this.byLetter = Map.groupBy(this.stems, (stem) => stem.charAt(0))
  }

  get size(): number {
    return this.stems.size
  }

  has(stem: string): boolean {
    return this.stems.has(stem)
  }

  all(): Iterable<string> {
    return this.stems
  }

  from(letter: string): readonly string[] {
    return this.byLetter.get(letter) ?? []
  }
}

/** Each is a list of stems that stand together; the closest come first. */
export type Alike = readonly (readonly string[])[]

/** So many words stand in for one at most. */
const MOST = 60

/** The word itself is not among them. */
export function alike(stem: string, vocabulary: Vocabulary): Alike {
  const apart = partsOf(stem, vocabulary)
  const holding = compounds(stem, vocabulary).map((word) => [word])
  const near = [...headOf(apart), ...holding]
  if (vocabulary.has(stem) || near.length > 0) return [...(apart === undefined ? [] : [apart]), ...near].slice(0, MOST)
  return [...mistyped(stem, vocabulary).map((word) => [word]), ...(apart === undefined ? [] : [apart])]
}

/** What says that there is a list, a map or a count, and not of what. */
const GENERIC = new Set([
  'zahl', 'statistik', 'dat', 'verzeichnis', 'verzeich', 'bestand', 'kataster', 'kart', 'list', 'ubersicht', 'plan', 'standort',
  'standorten', 'angebot', 'struktur', 'entwickl', 'information', 'uberblick', 'register', 'stell', 'einricht', 'anlag',
]) // prettier-ignore

/** "besucherzahl" is about visitors, whether anybody says that they were counted or not. */
function headOf(parts: readonly string[] | undefined): Alike {
  if (parts === undefined || !GENERIC.has(parts.at(-1) ?? '')) return []
  return [parts.slice(0, -1)]
}

/** What German puts between two words. */
const LINKS = ['', 's', 'n', 'en', 'es', 'er', 'e']
/** A word as short as this is only taken for a part where the rest is a word too. */
const SHORT = 4
const SHORTEST = 3

/** Words that begin or end with this one, or hold it: "rad" finds "radverkehr", not "radon". Shortest first. */
export function compounds(stem: string, vocabulary: Vocabulary): readonly string[] {
  if (stem.length < SHORTEST) return []
  const found: string[] = []
  for (const word of vocabulary.all()) if (word.length > stem.length && holds(word, stem, vocabulary)) found.push(word)
  return found.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
}

function holds(word: string, stem: string, vocabulary: Vocabulary): boolean {
  const at = word.indexOf(stem)
  if (at === -1) return false
  if (stem.length > SHORT) return true
  if (word.startsWith(stem) && isWord(word.slice(stem.length), vocabulary, 'after')) return true
  return word.endsWith(stem) && isWord(word.slice(0, -stem.length), vocabulary, 'before')
}

/** Whether a rest is a word, but for the letters that link it to what stands after or before it. */
function isWord(rest: string, vocabulary: Vocabulary, where: 'after' | 'before'): boolean {
  return LINKS.some((link) => {
    const bare = where === 'after' ? rest.slice(link.length) : rest.slice(0, rest.length - link.length)
    const linked = where === 'after' ? rest.startsWith(link) : rest.endsWith(link)
    return linked && bare.length >= SHORTEST && vocabulary.has(bare)
  })
}

/** A word taken apart into words that there are: the longest first part that leaves a word. At most three parts. */
export function partsOf(stem: string, vocabulary: Vocabulary, left = 3): readonly string[] | undefined {
  for (let at = stem.length - SHORTEST; at >= SHORTEST; at--) {
    const head = stem.slice(0, at)
    const known = LINKS.map((link) => (head.endsWith(link) ? head.slice(0, head.length - link.length) : '')).find(
      (bare) => bare.length >= SHORTEST && vocabulary.has(bare),
    )
    if (known === undefined) continue
    const rest = stem.slice(at)
    if (vocabulary.has(rest)) return [known, rest]
    const further = left > 2 && rest.length >= 2 * SHORTEST ? partsOf(rest, vocabulary, left - 1) : undefined
    if (further !== undefined) return [known, ...further]
  }
  return undefined
}

/** Words that are one letter away, or two where they are long. */
export function mistyped(stem: string, vocabulary: Vocabulary): readonly string[] {
  if (stem.length < SHORT) return []
  const most = stem.length < 8 ? 1 : 2
  const found = vocabulary
    .from(stem.charAt(0))
    .flatMap((word) => (Math.abs(word.length - stem.length) > most ? [] : [{ word, away: distance(stem, word, most) }]))
    .filter(({ away }) => away <= most)
  return found
    .toSorted((a, b) => a.away - b.away || (a.word < b.word ? -1 : 1))
    .slice(0, MOST)
    .map(({ word }) => word)
}

/** How many letters must be changed, left out, put in or swapped with their neighbour; more than `most` is said as soon as it is clear. */
export function distance(one: string, other: string, most: number): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1))
      next.push(swapped ? Math.min(cost, (before[j - 2] ?? 0) + 1) : cost)
    }
    if (Math.min(...next) > most) return most + 1
    before = row
    row = next
  }
  return row[other.length] ?? 0
}

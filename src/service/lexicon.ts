/** lexicon: the words of the catalogue, remembered, and what a person looks for said in them. Synonyms of this trade stand in for each other. */
import { alike, Vocabulary, type Alike } from '../query/alike.ts'
import { parseTyped, withUmlauts, wordsIn, type Sought, type Typed } from '../query/sought.ts'
import { SYNONYMS } from '../query/synonyms.ts'
import type { Store } from '../store/pool.ts'
import { stemsOf, stemsSince } from '../store/words.ts'

/** For so long words of cards that have just come are looked for only as they are. */
const REST_MS = 1000

export class Lexicon {
  private vocabulary = new Vocabulary([])
  private synonyms: ReadonlyMap<string, Alike> | undefined
  /** When the cards were last read, by the clock of the database and by ours. */
  private until: string | undefined
  private read = -Infinity
  private isStale = true
  private reading: Promise<void> | undefined
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  forget(): void {
    this.isStale = true
  }

  async understand(text: string): Promise<readonly Sought[]> {
    const typed = parseTyped(text)
    const words = typed.flatMap((one) => one.words)
    const [stems] = await Promise.all([stemsOf(this.store, [...new Set([...words, ...words.map(withUmlauts)])]), this.refresh()])
    const sought = joined(typed.flatMap((one) => this.soughtIn(one, stems).map((found) => ({ found, or: one.or }))))
    const known = sought.filter((one) => one.barred || one.alike.length > 0 || one.stems.every((stem) => this.vocabulary.has(stem)))
    return known.some(({ barred }) => !barred) ? known : sought
  }

  /** Words in a row are looked for as they are; a word alone by what is alike, too. */
  private soughtIn({ words, barred }: Typed, stems: ReadonlyMap<string, readonly string[]>): readonly Sought[] {
    const own = words.flatMap((word) => this.stemsIn(word, stems))
    const [stem] = own
    if (stem === undefined) return []
    if (own.length > 1 || barred) return [{ stems: own, alike: [], barred }]
    return [{ stems: own, alike: [...(this.synonyms?.get(stem) ?? []), ...alike(stem, this.vocabulary)], barred }]
  }

  private stemsIn(word: string, stems: ReadonlyMap<string, readonly string[]>): readonly string[] {
    const own = (stems.get(word) ?? []).slice(0, 1)
    const spelled = (stems.get(withUmlauts(word)) ?? []).slice(0, 1)
    return own.every((stem) => this.vocabulary.has(stem)) || !spelled.every((stem) => this.vocabulary.has(stem)) ? own : spelled
  }

  private refresh(): Promise<void> | undefined {
    if (!this.isStale || performance.now() - this.read < REST_MS) return undefined
    this.reading ??= this.readCards().finally(() => (this.reading = undefined))
    return this.reading
  }

  private async readCards(): Promise<void> {
    this.isStale = false
    this.synonyms ??= await synonymsOf(this.store)
    const { stems, until } = await stemsSince(this.store, this.until)
    if (!stems.every((stem) => this.vocabulary.has(stem))) this.vocabulary = new Vocabulary([...this.vocabulary.all(), ...stems])
    this.until = until
    this.read = performance.now()
  }
}

/** What stands instead of the word before is one more way to say it. */
function joined(all: readonly { readonly found: Sought; readonly or: boolean }[]): readonly Sought[] {
  const sought: Sought[] = []
  for (const { found, or } of all) {
    const before = sought.at(-1)
    if (or && before !== undefined && !before.barred)
      sought.splice(-1, 1, { ...before, alike: [...before.alike, found.stems, ...found.alike] })
    else sought.push(found)
  }
  return sought
}

/** By each stem that is a name of its own: the other names of the same thing. */
async function synonymsOf(store: Store): Promise<ReadonlyMap<string, Alike>> {
  const stems = await stemsOf(store, [...new Set(SYNONYMS.flat().flatMap(wordsIn))])
  const found = new Map<string, (readonly string[])[]>()
  for (const names of SYNONYMS) {
    const all = names.map((name) => wordsIn(name).flatMap((word) => (stems.get(word) ?? []).slice(0, 1)))
    for (const own of all) {
      const [stem] = own
      if (own.length !== 1 || stem === undefined) continue
      found.set(stem, [...(found.get(stem) ?? []), ...all.filter((one) => one !== own && one.length > 0)])
    }
  }
  return found
}

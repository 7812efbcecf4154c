/**
 * pattern-reader: the grammar of patterns. A match is looked for anywhere, as IEEE 1003.2 has it.
 *
 *   pattern    = branch *( "|" branch )
 *   branch     = *( anchor / atom [ quantifier [ "?" ] ] )
 *   anchor     = "^" / "$"                                       the beginning and the end of the text
 *   quantifier = "*" / "+" / "?" / "{" n [ "," [ n ] ] "}"       n up to 255; "?" after it changes nothing
 *   atom       = "(" [ "?:" ] pattern ")" / "." / class / "\" sign / character
 *   class      = "[" [ "^" ] 1*( character [ "-" character ] / "[:" name ":]" / "\" sign ) "]"
 *   sign       = "d" / "D" / "w" / "W" / "s" / "S" / "t" / "n" / "r" / any sign that is no letter or digit
 *
 * What could go back and forth in the text (\1, look-around) is not part of it.
 */
import { Problem } from '../problem.ts'

/** Code points from, to. */
export type Range = readonly [number, number]

export type Node =
  | { readonly is: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly is: 'start' | 'end' }
  | { readonly is: 'row' | 'choice'; readonly of: readonly Node[] }
  | { readonly is: 'repeat'; readonly of: Node; readonly least: number; readonly most: number }

const LONGEST = 1000
const MOST_TIMES = 255

/** Throws `invalid-query`, with the column, for what is no pattern. */
export function readPattern(source: string): Node {
  return new Reader(source).all()
}

export function refusePattern(source: string, en: string, de: string, column?: number): Problem {
  const short = source.slice(0, 60)
  const at = column === undefined ? {} : { column: column + 1 }
  return new Problem('invalid-query', { en: `The pattern “${short}” is not valid: ${en}.`, de: `Das Muster „${short}“ ist nicht gültig: ${de}.` }, at) // prettier-ignore
}

const DIGIT: readonly Range[] = [[48, 57]]
const WORD: readonly Range[] = [[48, 57], [65, 90], [95, 95], [97, 122]] // prettier-ignore
const SPACE: readonly Range[] = [[9, 13], [32, 32]] // prettier-ignore
const UPPER: readonly Range[] = [[65, 90]]
const LOWER: readonly Range[] = [[97, 122]]
const NAMED: Readonly<Record<string, readonly Range[]>> = {
  digit: DIGIT,
  alpha: [...UPPER, ...LOWER],
  alnum: [...DIGIT, ...UPPER, ...LOWER],
  upper: UPPER,
  lower: LOWER,
  space: SPACE,
  punct: [[33, 47], [58, 64], [91, 96], [123, 126]], // prettier-ignore
  xdigit: [[48, 57], [65, 70], [97, 102]], // prettier-ignore
}
const SIGNS: Readonly<Record<string, readonly Range[]>> = { d: DIGIT, w: WORD, s: SPACE, t: [[9, 9]], n: [[10, 10]], r: [[13, 13]] }
export const ANY = 0x10ffff

function opposite(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = []
  let from = 0
  for (const [a, b] of ranges.toSorted(([a], [b]) => a - b)) {
    if (a > from) gaps.push([from, a - 1])
    from = Math.max(from, b + 1)
  }
  return from > ANY ? gaps : [...gaps, [from, ANY]]
}

class Reader {
  private at = 0
  private readonly source: string
  private readonly letters: readonly string[]

  constructor(source: string) {
    if (source.length > LONGEST)
      throw refusePattern(source, `it is longer than ${LONGEST} characters`, `es ist länger als ${LONGEST} Zeichen`)
    this.source = source
    this.letters = Array.from(source)
  }

  all(): Node {
    const node = this.choice(0)
    if (this.at < this.letters.length)
      throw this.fault('a bracket closes that was not opened', 'eine Klammer schließt, die nicht offen ist')
    return node
  }

  private fault(en: string, de: string): Problem {
    return refusePattern(this.source, en, de, Math.min(this.at, this.letters.length))
  }

  private take(letter: string): boolean {
    if (this.letters[this.at] !== letter) return false
    this.at++
    return true
  }

  private choice(depth: number): Node {
    if (depth > 50) throw this.fault('it is nested too deep', 'es ist zu tief geschachtelt')
    const branches = [this.row(depth)]
    while (this.take('|')) branches.push(this.row(depth))
    return branches.length === 1 && branches[0] ? branches[0] : { is: 'choice', of: branches }
  }

  private row(depth: number): Node {
    const parts: Node[] = []
    for (let letter = this.letters[this.at]; letter !== undefined && letter !== '|' && letter !== ')'; letter = this.letters[this.at]) {
      if (this.take('^')) parts.push({ is: 'start' })
      else if (this.take('$')) parts.push({ is: 'end' })
      else parts.push(this.repeated(this.atom(letter, depth)))
    }
    return { is: 'row', of: parts }
  }

  private repeated(of: Node): Node {
    const times = this.times()
    if (times === undefined) return of
    this.take('?')
    return { is: 'repeat', of, least: times[0], most: times[1] }
  }

  private times(): Range | undefined {
    if (this.take('*')) return [0, Infinity]
    if (this.take('+')) return [1, Infinity]
    if (this.take('?')) return [0, 1]
    if (this.letters[this.at] !== '{') return undefined
    const end = this.letters.indexOf('}', this.at)
    const [, least, comma, most] = /^(\d{1,3})(,?)(\d{0,3})$/.exec(this.letters.slice(this.at + 1, end).join('')) ?? []
    if (end < 0 || least === undefined)
      throw this.fault('a curly bracket says how often: {2} or {2,5}', 'eine geschweifte Klammer sagt, wie oft: {2} oder {2,5}')
    this.at = end + 1
    const range: Range = [Number(least), comma === '' ? Number(least) : most === '' ? Infinity : Number(most)]
    if (range[0] > range[1] || range[0] > MOST_TIMES || (range[1] !== Infinity && range[1] > MOST_TIMES))
      throw this.fault(`nothing repeats more than ${MOST_TIMES} times`, `nichts wiederholt sich öfter als ${MOST_TIMES}-mal`)
    return range
  }

  private atom(letter: string, depth: number): Node {
    if ('*+?{'.includes(letter)) throw this.fault('there is nothing to repeat', 'es gibt nichts zu wiederholen')
    this.at++
    if (letter === '(') return this.group(depth)
    if (letter === '.') return { is: 'set', ranges: [[0, ANY]], negated: false }
    if (letter === '[') return this.set()
    return { is: 'set', ranges: letter === '\\' ? this.sign() : [single(letter)], negated: false }
  }

  private group(depth: number): Node {
    if (this.take('?') && !this.take(':')) throw this.fault('look-around is not supported', 'Vor- und Rückschau gibt es nicht')
    const inner = this.choice(depth + 1)
    if (!this.take(')')) throw this.fault('a bracket is not closed', 'eine Klammer ist nicht geschlossen')
    return inner
  }

  private sign(): readonly Range[] {
    const letter = this.letters[this.at++]
    const known = letter === undefined ? undefined : SIGNS[letter]
    if (known !== undefined) return known
    if (letter !== undefined && SIGNS[letter.toLowerCase()] !== undefined && 'DWS'.includes(letter))
      return opposite(SIGNS[letter.toLowerCase()] ?? [])
    if (letter === undefined || /[a-z0-9]/i.test(letter))
      throw this.fault('what follows the backslash is unknown', 'was dem Rückstrich folgt, ist unbekannt')
    return [single(letter)]
  }

  private set(): Node {
    const negated = this.take('^')
    const ranges: Range[] = []
    for (let first = true; first || !this.take(']'); first = false) {
      const letter = this.letters[this.at++]
      if (letter === undefined) throw this.fault('a square bracket is not closed', 'eine eckige Klammer ist nicht geschlossen')
      if (letter === '[' && this.letters[this.at] === ':') ranges.push(...this.named())
      else if (letter === '\\') ranges.push(...this.sign())
      else ranges.push(this.rangeFrom(letter))
    }
    return { is: 'set', ranges, negated }
  }

  private named(): readonly Range[] {
    const rest = this.letters.slice(this.at, this.at + 10).join('')
    const [all = '', name = ''] = /^:([a-z]+):\]/.exec(rest) ?? []
    const ranges = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined
    if (ranges === undefined) throw this.fault('this class of characters is unknown', 'diese Klasse von Zeichen ist unbekannt')
    this.at += all.length
    return ranges
  }

  private rangeFrom(letter: string): Range {
    const [from] = single(letter)
    if (this.letters[this.at] !== '-' || this.letters[this.at + 1] === ']' || this.letters[this.at + 1] === undefined) return [from, from]
    this.at++
    const end = this.letters[this.at++] ?? ''
    const [to] = end === '\\' ? (this.sign()[0] ?? [0, 0]) : single(end)
    if (to < from) throw this.fault('a range ends before it begins', 'ein Bereich endet, bevor er beginnt')
    return [from, to]
  }
}

function single(letter: string): Range {
  const point = letter.codePointAt(0) ?? 0
  return [point, point]
}

/**
 * solr: the part of Solr's query language that clients of CKAN write, read into a Filter.
 *
 *   query  = clause { [ "OR" | "||" ] clause }          neighbours without a word between them are joined by "AND"
 *   clause = unary { ( "AND" | "&&" ) unary }
 *   unary  = { "NOT" | "!" | "-" | "+" } ( "(" query ")" | field ":" value | value )
 *   value  = "(" values ")" | quoted | range | word [ "*" ]      values are joined as clauses are
 *   range  = ( "[" | "{" ) bound "TO" bound ( "]" | "}" )        a bound is a word, a quoted text or "*"
 *
 * A boost (^2) and a distance (~) after a value weigh nothing here and are passed over.
 */
import { and, everything, not, or, type Filter } from '../../query/filter.ts'
import { Scanner } from '../../query/scanner.ts'

export type Value =
  | { readonly is: 'word'; readonly text: string }
  | { readonly is: 'phrase'; readonly text: string }
  | { readonly is: 'start'; readonly text: string }
  | { readonly is: 'any' }
  | { readonly is: 'range'; readonly from?: string; readonly to?: string; readonly withFrom: boolean; readonly withTo: boolean }

/** What a field asks for; a value without a field is asked of all that is read by people. Throws `invalid-query` for a field that is not known. */
export interface Meaning {
  field(name: string, value: Value): Filter
  words(value: Value): Filter
}

const DEEPEST = 50

/** `parameter` is where the text stands. */
export function parseSolr(text: string, parameter: string, meaning: Meaning): Filter {
  const parser = new Parser(new Scanner(text, parameter), meaning)
  return text.trim() === '' ? everything : parser.whole()
}

class Parser {
  private readonly scanner: Scanner
  private readonly meaning: Meaning
  private depth = 0

  constructor(scanner: Scanner, meaning: Meaning) {
    this.scanner = scanner
    this.meaning = meaning
  }

  whole(): Filter {
    const filter = this.query((value) => this.meaning.words(value))
    this.scanner.end()
    return filter
  }

  /** `mean` says what a bare value is asked of: everything, or the field before the bracket. */
  private query(mean: (value: Value) => Filter): Filter {
    if (++this.depth > DEEPEST) this.scanner.fail(`nested more than ${DEEPEST} levels deep`)
    let all = this.clause(mean)
    for (;;) {
      this.space()
      if (this.scanner.take(OR) !== undefined) all = or(all, this.clause(mean))
      else if (this.isAtEnd()) break
      else all = and(all, this.clause(mean))
    }
    this.depth--
    return all
  }

  private clause(mean: (value: Value) => Filter): Filter {
    const parts = [this.unary(mean)]
    for (this.space(); this.scanner.take(AND) !== undefined; this.space()) parts.push(this.unary(mean))
    return and(...parts)
  }

  private unary(mean: (value: Value) => Filter): Filter {
    let negated = false
    for (this.space(); ; this.space()) {
      if (this.scanner.take(NOT) !== undefined) negated = !negated
      else if (!this.scanner.accept('+')) break
    }
    const asked = this.primary(mean)
    return negated ? not(asked) : asked
  }

  private primary(mean: (value: Value) => Filter): Filter {
    if (this.scanner.accept('(')) return this.bracket(mean)
    if (this.scanner.accept('*:*')) return everything
    const field = this.scanner.take(FIELD)
    if (field === undefined) return mean(this.value())
    const meanField = (value: Value) => this.meaning.field(field.slice(0, -1), value)
    this.space()
    return this.scanner.accept('(') ? this.bracket(meanField) : meanField(this.value())
  }

  private bracket(mean: (value: Value) => Filter): Filter {
    const inside = this.query(mean)
    this.scanner.expect(')')
    this.scanner.take(WEIGHT)
    return inside
  }

  private value(): Value {
    const phrase = this.scanner.take(QUOTED)
    const value = phrase === undefined ? (this.range() ?? this.word()) : ({ is: 'phrase', text: unescaped(phrase.slice(1, -1)) } as const)
    this.scanner.take(WEIGHT)
    return value
  }

  private range(): Value | undefined {
    const open = this.scanner.take(/[[{]/y)
    if (open === undefined) return undefined
    const from = this.bound()
    if (this.scanner.take(TO) === undefined) this.scanner.fail('expected “TO”')
    const to = this.bound()
    const close = this.scanner.take(/\s*[\]}]/y)
    if (close === undefined) this.scanner.fail('expected “]”')
    return {
      is: 'range',
      ...(from !== '*' && { from }),
      ...(to !== '*' && { to }),
      withFrom: open === '[',
      withTo: close.trim() === ']',
    }
  }

  private bound(): string {
    this.space()
    const quoted = this.scanner.take(QUOTED)
    if (quoted !== undefined) return unescaped(quoted.slice(1, -1))
    return this.scanner.take(/[^\s\]}]+/y) ?? this.scanner.fail('expected a bound')
  }

  private word(): Value {
    const text = this.scanner.take(WORD)
    if (text === undefined) this.scanner.fail('expected a value')
    if (text === '*') return { is: 'any' }
    return text.endsWith('*') && !text.endsWith('\\*')
      ? { is: 'start', text: unescaped(text.slice(0, -1)) }
      : { is: 'word', text: unescaped(text) }
  }

  private isAtEnd(): boolean {
    return this.scanner.take(/(?=\))|$/y) !== undefined
  }

  private space(): void {
    this.scanner.take(/\s+/y)
  }
}

const OR = /(?:OR(?=[\s(]|$)|\|\|)\s*/y
const AND = /(?:AND(?=[\s(]|$)|&&)\s*/y
const NOT = /(?:NOT(?=[\s(]|$)|[!-])\s*/y
const TO = /\s+TO(?=\s|$)/y
const FIELD = /[A-Za-z_][\w.-]*:/y
const QUOTED = /"(?:[^"\\]|\\.)*"/y
/** Up to a space or a bracket; a colon may stand inside, as in a time or an address. */
const WORD = /(?:[^\s()[\]{}"^~\\]|\\.)+/y
const WEIGHT = /[~^][\d.]*/y

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1')

/**
 * expression: the text of $filter and $orderby read into a tree (OData 4.0 §5.1.1, 18-088 req/request-data/filter).
 *
 *   or         = and { "or" and }
 *   and        = equality { "and" equality }
 *   equality   = relation { ( "eq" | "ne" ) relation | "in" "(" or { "," or } ")" }
 *   relation   = sum { ( "gt" | "ge" | "lt" | "le" ) sum }
 *   sum        = product { ( "add" | "sub" ) product }
 *   product    = unary { ( "mul" | "div" | "mod" ) unary }
 *   unary      = "not" equality | "-" unary | primary
 *   primary    = "(" or ")" | literal | function "(" [ or { "," or } ] ")" | path
 *   literal    = "'" text "'" | number | "true" | "false" | "null" | time [ "/" time ] | clock | "duration'" ISO "'" | "geography'" WKT "'"
 *   path       = name { "/" key | "[" digits "]" } [ "/" ( "any" | "all" ) "(" [ name ":" or ] ")" ]
 *
 * Words are separated by blanks. A quote inside a text is doubled. From `or` down each line binds more tightly; `not` reaches as far
 * as a comparison, which for booleans means the same as the standard's tighter reading.
 */
import type { Geometry } from '../../model/geometry.ts'
import { isInstant, microsOf, parseInstant, type Instant } from '../../model/time.ts'
import { Scanner } from '../../query/scanner.ts'
import { parseDuration } from './duration.ts'
import { parseWkt } from '../../query/wkt.ts'

export type Literal =
  | { readonly is: 'value'; readonly value: string | number | boolean | null }
  | { readonly is: 'instant'; readonly instant: Instant }
  | { readonly is: 'interval'; readonly start: Instant; readonly end: Instant }
  /** In milliseconds. */
  | { readonly is: 'duration'; readonly millis: number }
  | { readonly is: 'geometry'; readonly geometry: Geometry }

export type Expression =
  | Literal
  | { readonly is: 'path'; readonly names: readonly string[]; readonly column?: number }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly column?: number }
  | { readonly is: 'binary'; readonly by: Binary; readonly left: Expression; readonly right: Expression; readonly column?: number }
  | { readonly is: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly is: 'not' | 'minus'; readonly of: Expression }
  | { readonly is: 'in'; readonly left: Expression; readonly values: readonly Expression[] }
  | { readonly is: 'any' | 'all'; readonly names: readonly string[]; readonly variable?: string; readonly of?: Expression }

export type Binary = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'add' | 'sub' | 'mul' | 'div' | 'mod'

const LONGEST = 32_000
const DEEPEST = 100

/** Throws `invalid-query` with the column. */
export function parseExpression(text: string, parameter: string): Expression {
  const parser = new Parser(text, parameter)
  const expression = parser.or()
  parser.end()
  return expression
}

export interface Ordered {
  readonly by: Expression
  readonly descending: boolean
}

/** order = or [ "asc" | "desc" ] { "," or [ "asc" | "desc" ] } */
export function parseOrder(text: string, parameter: string): readonly Ordered[] {
  const parser = new Parser(text, parameter)
  const order = [parser.ordered()]
  while (parser.comma()) order.push(parser.ordered())
  parser.end()
  return order
}

class Parser {
  private depth = 0
  private readonly scanner: Scanner

  constructor(text: string, parameter: string) {
    this.scanner = new Scanner(text, parameter)
    if (text.length <= LONGEST) return
    this.scanner.take(new RegExp(`.{${LONGEST}}`, 'sy'))
    this.scanner.fail(`longer than ${LONGEST} characters`)
  }

  end(): void {
    this.blank()
    this.scanner.end()
  }

  ordered(): Ordered {
    const by = this.or()
    return { by, descending: this.word('asc', 'desc') === 'desc' }
  }

  comma(): boolean {
    this.blank()
    return this.scanner.accept(',')
  }

  or(): Expression {
    if (++this.depth > DEEPEST) this.scanner.fail('nested too deeply')
    const of = [this.and()]
    while (this.word('or')) of.push(this.and())
    this.depth--
    return joined('or', of)
  }

  private and(): Expression {
    const of = [this.equality()]
    while (this.word('and')) of.push(this.equality())
    return joined('and', of)
  }

  private equality(): Expression {
    let left = this.chain(['gt', 'ge', 'lt', 'le'], () => this.sum())
    for (let by = this.word('eq', 'ne', 'in'); by !== undefined; by = this.word('eq', 'ne', 'in')) {
      const column = this.scanner.column - by.length
      if (by === 'in') left = { is: 'in', left, values: this.list() }
      else left = { is: 'binary', by, left, right: this.chain(['gt', 'ge', 'lt', 'le'], () => this.sum()), column }
    }
    return left
  }

  private sum(): Expression {
    return this.chain(['add', 'sub'], () => this.chain(['mul', 'div', 'mod'], () => this.unary()))
  }

  private chain<const By extends Binary>(operators: readonly By[], next: () => Expression): Expression {
    let left = next()
    for (let by = this.word(...operators); by !== undefined; by = this.word(...operators)) {
      const column = this.scanner.column - by.length
      left = { is: 'binary', by, left, right: next(), column }
    }
    return left
  }

  private unary(): Expression {
    if (++this.depth > DEEPEST) this.scanner.fail('nested too deeply')
    const expression = this.prefixed()
    this.depth--
    return expression
  }

  private prefixed(): Expression {
    this.blank()
    if (this.scanner.take(/not(?=[\s(])/y) !== undefined) return { is: 'not', of: this.equality() }
    if (this.scanner.take(/-(?![\d.])/y) !== undefined) return { is: 'minus', of: this.unary() }
    return this.primary()
  }

  private primary(): Expression {
    if (this.scanner.accept('(')) {
      const inner = this.or()
      this.close()
      return inner
    }
    return this.text() ?? this.moment() ?? this.clock() ?? this.number() ?? this.named()
  }

  private text(): Expression | undefined {
    const quoted = this.scanner.take(/(?:duration|geography|geometry)?'(?:[^']|'')*'/y)
    if (quoted === undefined) return undefined
    const open = quoted.indexOf("'")
    const text = quoted.slice(open + 1, -1).replaceAll("''", "'")
    if (open === 0) return { is: 'value', value: text }
    if (quoted.startsWith('d')) return { is: 'duration', millis: parseDuration(text) ?? this.scanner.fail(`“${text}” is no duration`) }
    return { is: 'geometry', geometry: parseWkt(text) }
  }

  /** A plus sign that came unencoded in an address has become a blank. */
  private moment(): Expression | undefined {
    const found = this.scanner.take(MOMENT)
    if (found === undefined) return undefined
    const [start = '', end] = found.split('/').map((part) => part.replace(' ', '+'))
    if (!isInstant(start) || (end !== undefined && !isInstant(end))) this.scanner.fail(`“${found}” is no time`)
    if (end === undefined) return { is: 'instant', instant: parseInstant(start) }
    const [from, until] = [parseInstant(start), parseInstant(end)]
    if (microsOf(until) < microsOf(from)) this.scanner.fail(`“${found}” ends before it starts`)
    return { is: 'interval', start: from, end: until }
  }

  /** A time of day. */
  private clock(): Expression | undefined {
    const found = this.scanner.take(/\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?![\p{L}\d_])/uy)
    return found === undefined ? undefined : { is: 'value', value: clockOf(found) ?? this.scanner.fail(`“${found}” is no time of day`) }
  }

  private number(): Expression | undefined {
    const found = this.scanner.take(/-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?[dDfFlLmM]?(?![\p{L}\d_])/uy)
    return found === undefined ? undefined : { is: 'value', value: Number(found.replace(/[dDfFlLmM]$/, '')) }
  }

  private named(): Expression {
    const { column } = this.scanner
    const name = this.scanner.take(/[\p{L}_@$][\p{L}\p{N}_.@:-]*/uy) ?? this.scanner.fail('expected a name or a value')
    if (this.scanner.accept('(')) return { is: 'call', name, args: this.args(), column }
    if (Object.hasOwn(WORDS, name)) return { is: 'value', value: WORDS[name] ?? null }
    return this.path(name, column)
  }

  private path(first: string, column: number): Expression {
    const names = [first]
    for (;;) {
      const index = this.scanner.take(/\[\d+\]/y)
      if (index !== undefined) names.push(index.slice(1, -1))
      else if (!this.scanner.accept('/')) return { is: 'path', names, column }
      else {
        const quantifier = this.scanner.take(/(?:any|all)(?=\()/y)
        if (quantifier !== undefined) return this.quantified(quantifier === 'all' ? 'all' : 'any', names)
        names.push(this.scanner.take(/[\p{L}\p{N}_@$][\p{L}\p{N}_.@:-]*/uy) ?? this.scanner.fail('expected a name'))
      }
    }
  }

  private quantified(is: 'any' | 'all', names: readonly string[]): Expression {
    this.scanner.expect('(')
    if (this.scanner.take(/\s*\)/y) !== undefined) return { is, names }
    const variable =
      this.scanner
        .take(/\s*[\p{L}_][\p{L}\p{N}_]*\s*:/uy)
        ?.slice(0, -1)
        .trim() ?? this.scanner.fail('expected a name and a colon')
    const of = this.or()
    this.close()
    return { is, names, variable, of }
  }

  private list(): readonly Expression[] {
    this.blank()
    this.scanner.expect('(')
    return this.args()
  }

  /** After the opening bracket, up to and with the closing one. */
  private args(): readonly Expression[] {
    if (this.scanner.take(/\s*\)/y) !== undefined) return []
    const args = [this.or()]
    while (this.comma()) args.push(this.or())
    this.close()
    return args
  }

  private close(): void {
    this.blank()
    this.scanner.expect(')')
  }

  private word<const Word extends string>(...words: readonly Word[]): Word | undefined {
    const found = this.scanner.take(wordsOf(words))?.trim()
    return words.find((word) => word === found)
  }

  private blank(): void {
    this.scanner.take(/\s*/y)
  }
}

const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }
const TIME = String.raw`\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:[Zz]|[ +-]\d{2}(?::?\d{2})?(?![\p{L}\d]))?)?`
const MOMENT = new RegExp(`${TIME}(?:/${TIME})?`, 'uy')

const patterns = new Map<string, RegExp>()

/** The word, a blank before it unless a bracket or quote came, and none of its like behind. */
function wordsOf(words: readonly string[]): RegExp {
  const key = words.join('|')
  const pattern = patterns.get(key) ?? new RegExp(String.raw`\s*(?:${key})(?![\p{L}\p{N}_/.])`, 'uy')
  patterns.set(key, pattern)
  return pattern
}

/** A time of day as the function `clock` tells it; undefined when it is none. */
export function clockOf(text: string): string | undefined {
  const [, hour = '', minute = '', second = '00', fraction = ''] = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/.exec(text) ?? []
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  return `${hour}:${minute}:${second}.${fraction.slice(0, 6).padEnd(6, '0')}`
}

function joined(is: 'and' | 'or', of: readonly Expression[]): Expression {
  const [first] = of
  return of.length === 1 && first !== undefined ? first : { is, of }
}

/**
 * cql2-text: a filter in the text form of CQL2 (OGC 21-065r2, Annex B), read into its tree. Words of the language may be written in any case.
 *
 *   or        = and { "OR" and }
 *   and       = not { "AND" not }
 *   not       = [ "NOT" ] primary
 *   primary   = "(" or ")" | "TRUE" | "FALSE" | spatial | predicate
 *   spatial   = ( "S_INTERSECTS" | "S_WITHIN" | … ) "(" placed "," placed ")"
 *   placed    = name | WKT | "BBOX" "(" number { "," number } ")"
 *   predicate = scalar ( comparator scalar | [ "NOT" ] "LIKE" scalar | [ "NOT" ] "BETWEEN" scalar "AND" scalar
 *             | [ "NOT" ] "IN" "(" scalar { "," scalar } ")" | "IS" [ "NOT" ] "NULL" )
 *   scalar    = "CASEI" "(" scalar ")" | "DATE" "(" text ")" | "TIMESTAMP" "(" text ")" | text | number | "TRUE" | "FALSE" | name
 *   name      = letter { letter | digit | "_" | ":" | "." | "-" } | '"' … '"'
 *   text      = "'" … "'"                                     a quote inside is doubled
 */
import { parseInstant } from '../../model/time.ts'
import { polygonOf } from '../../model/geometry.ts'
import { Scanner } from '../../query/scanner.ts'
import { geometryAt } from '../../query/wkt.ts'
import type { Comparator } from '../../query/filter.ts'
import { SPATIAL, type Cql, type Placed, type Scalar } from './cql2.ts'

const DEEPEST = 100
const LONGEST = 32_000

/** Throws `invalid-query` with the column. */
export function parseCql2Text(text: string): Cql {
  const scanner = new Scanner(text, 'filter')
  if (text.length > LONGEST) scanner.fail(`longer than ${LONGEST} characters`)
  return new Parser(scanner).whole()
}

class Parser {
  private depth = 0
  private readonly scanner: Scanner

  constructor(scanner: Scanner) {
    this.scanner = scanner
  }

  whole(): Cql {
    const cql = this.or()
    this.space()
    this.scanner.end()
    return cql
  }

  private or(): Cql {
    if (++this.depth > DEEPEST) this.scanner.fail(`nested more than ${DEEPEST} levels deep`)
    const of = [this.and()]
    while (this.word('OR')) of.push(this.and())
    this.depth--
    return of.length === 1 ? (of[0] as Cql) : { is: 'or', of }
  }

  private and(): Cql {
    const of = [this.not()]
    while (this.word('AND')) of.push(this.not())
    return of.length === 1 ? (of[0] as Cql) : { is: 'and', of }
  }

  private not(): Cql {
    let negated = false
    while (this.word('NOT')) negated = !negated
    const of = this.primary()
    return negated ? { is: 'not', of } : of
  }

  private primary(): Cql {
    if (this.symbol('(')) {
      const inside = this.or()
      this.expect(')')
      return inside
    }
    const named = this.scanner.take(/s_[a-z]+(?=\s*\()/iy)?.toLowerCase()
    if (named === undefined) return this.predicate()
    const relation = Object.hasOwn(SPATIAL, named) ? SPATIAL[named]?.[0] : undefined
    if (relation === undefined) this.scanner.fail(`“${named}” is no function`)
    this.expect('(')
    const left = this.placed()
    this.expect(',')
    const right = this.placed()
    this.expect(')')
    return { is: 'spatial', relation, left, right }
  }

  private placed(): Placed {
    this.space()
    if (this.scanner.take(/bbox(?=\s*\()/iy) !== undefined) return { is: 'geometry', geometry: polygonOf(this.box()) }
    if (this.scanner.take(WKT) !== undefined) return { is: 'geometry', geometry: geometryAt(this.scanner) }
    return { is: 'property', name: this.name() ?? this.scanner.fail('expected a geometry') }
  }

  private box(): readonly [number, number, number, number] {
    const numbers = this.list(() => this.number() ?? this.scanner.fail('expected a number'))
    if (numbers.length !== 4 && numbers.length !== 6) this.scanner.fail('BBOX takes four or six numbers')
    const [west = 0, south = 0, east = 0, north = 0] = numbers.length === 6 ? [0, 1, 3, 4].map((i) => numbers[i]) : numbers
    return [west, south, east, north]
  }

  private predicate(): Cql {
    const left = this.scalar()
    this.space()
    const symbol = this.scanner.take(COMPARATOR) as Comparator | undefined
    if (symbol !== undefined) return { is: 'compare', left, by: symbol, right: this.scalar() }
    if (this.word('IS')) {
      const negated = this.word('NOT')
      if (!this.word('NULL')) this.scanner.fail('expected NULL')
      return negated ? { is: 'not', of: { is: 'null', of: left } } : { is: 'null', of: left }
    }
    if (left.is === 'value' && typeof left.value === 'boolean' && this.isOver()) return { is: 'literal', value: left.value }
    const negated = this.word('NOT')
    const of = this.range(left)
    return negated ? { is: 'not', of } : of
  }

  private range(of: Scalar): Cql {
    if (this.word('LIKE')) return { is: 'like', of, pattern: this.scalar() }
    if (this.word('IN')) return { is: 'in', of, values: this.list(() => this.scalar()) }
    if (!this.word('BETWEEN')) this.scanner.fail('expected a comparison')
    const low = this.scalar()
    if (!this.word('AND')) this.scanner.fail('expected AND')
    return { is: 'between', of, low, high: this.scalar() }
  }

  private scalar(): Scalar {
    this.space()
    if (this.scanner.take(/casei(?=\s*\()/iy) !== undefined) return { is: 'casei', of: this.inBrackets(() => this.scalar()) }
    const kind = this.scanner.take(/(?:date|timestamp)(?=\s*\()/iy)?.toLowerCase()
    if (kind !== undefined) return this.moment(kind)
    const text = this.text()
    if (text !== undefined) return { is: 'value', value: text }
    const number = this.number()
    if (number !== undefined) return { is: 'value', value: number }
    if (this.word('TRUE')) return { is: 'value', value: true }
    if (this.word('FALSE')) return { is: 'value', value: false }
    return { is: 'property', name: this.name() ?? this.scanner.fail('expected a value or a property') }
  }

  private moment(kind: string): Scalar {
    const text = this.inBrackets(() => this.text() ?? this.scanner.fail('expected a text'))
    return { is: 'instant', instant: parseInstant(kind === 'date' ? `${text}T00:00:00Z` : text, 'filter') }
  }

  private list<T>(read: () => T): readonly T[] {
    return this.inBrackets(() => {
      const of = [read()]
      while (this.symbol(',')) of.push(read())
      return of
    })
  }

  private inBrackets<T>(read: () => T): T {
    if (++this.depth > DEEPEST) this.scanner.fail(`nested more than ${DEEPEST} levels deep`)
    this.expect('(')
    const value = read()
    this.expect(')')
    this.depth--
    return value
  }

  private text(): string | undefined {
    this.space()
    return this.scanner
      .take(/'(?:[^']|'')*'/y)
      ?.slice(1, -1)
      .replaceAll("''", "'")
  }

  private number(): number | undefined {
    this.space()
    const text = this.scanner.take(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\w:])/iy)
    return text === undefined ? undefined : Number(text)
  }

  private name(): string | undefined {
    this.space()
    const quoted = this.scanner.take(/"(?:[^"]|"")+"/y)
    if (quoted !== undefined) return quoted.slice(1, -1).replaceAll('""', '"')
    return this.scanner.take(/[\p{L}_][\p{L}\p{N}_:.-]*/uy)
  }

  private word(word: string): boolean {
    this.space()
    return this.scanner.take(new RegExp(`${word}(?![\\p{L}\\p{N}_:])`, 'iuy')) !== undefined
  }

  private symbol(symbol: string): boolean {
    this.space()
    return this.scanner.accept(symbol)
  }

  private expect(symbol: string): void {
    this.space()
    this.scanner.expect(symbol)
  }

  private isOver(): boolean {
    return this.scanner.take(/\s*(?=\)|$|(?:and|or)\b)/iy) !== undefined
  }

  private space(): void {
    this.scanner.take(/\s+/y)
  }
}

const COMPARATOR = /<>|<=|>=|=|<|>/y
const WKT = /(?=(?:point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection)\s*(?:z|m|zm)?\s*\()/iy

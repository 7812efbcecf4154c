/**
 * apply: $apply read into one grouping: the part of the OData Extension for Data Aggregation 4.0 that one statement answers.
 *
 *   apply     = { "filter(" condition ")" "/" } ( aggregate | groupby )
 *   groupby   = "groupby((" part { "," part } ")" [ "," aggregate ] ")"
 *   part      = path | "bucket(" path ",'" size "'" [ ",'" zone "'" ] ")" "as" name
 *   aggregate = "aggregate(" measure { "," measure } ")"
 *   measure   = "$count" "as" name | path "with" method "as" name
 *   method    = "sum" | "min" | "max" | "average" | "countdistinct"
 *   path      = name { "/" name }
 *   size      = "1m" | "1h" | "1d" | "1w" | "1mo" | "1y"
 *
 * `condition` is that of $filter. bucket() is ours: the time at which the minute, hour, day … in that zone began (Europe/Berlin when
 * none is said). Other transformations of OData, and transformations after the grouping, are refused with 501 and their column.
 */
import { Problem, type Kind } from '../../problem.ts'
import { and, everything, type Filter, type Operand } from '../../query/filter.ts'
import type { Measure, Part } from '../../query/query.ts'
import { operandAt, parseFilter } from './filter.ts'
import type { EntityType } from './version.ts'
import { bucketNamed, ZONE, zoneNamed } from './summary.ts'

const PARAMETER = '$apply'
const METHODS = { sum: 'sum', min: 'min', max: 'max', average: 'avg', countdistinct: 'countdistinct' } as const
const LONGEST = 32_000
const MOST = 30

/** A column of the answer: where in an object it stands. */
export type Column = readonly string[]

export interface Apply {
  readonly where: Filter
  readonly by: readonly (Part & { readonly column: Column })[]
  readonly measures: readonly (Measure & { readonly column: Column })[]
}

/** Throws `invalid-query` or `not-implemented`, with the column. */
export function parseApply(text: string, type: EntityType): Apply {
  return new Parser(text, type).apply()
}

class Parser {
  private at = 0
  private readonly text: string
  private readonly type: EntityType
  private readonly names = new Set<string>()

  constructor(text: string, type: EntityType) {
    this.text = text
    this.type = type
    if (text.length > LONGEST) this.fail(`longer than ${LONGEST} characters`, LONGEST)
  }

  apply(): Apply {
    let where: Filter = everything
    for (;;) {
      const start = this.blank()
      const word = this.take(/[A-Za-z.]+/y) ?? this.fail('expected a transformation')
      if (word === 'filter') where = and(where, this.condition())
      else if (word === 'groupby' || word === 'aggregate') return { where, ...this.grouped(word) }
      else this.refuse(word, start)
      if (!this.accept('/')) this.refuse('filter without a grouping behind it', start)
    }
  }

  private grouped(word: 'groupby' | 'aggregate'): Omit<Apply, 'where'> {
    const found = word === 'groupby' ? this.groupby() : { by: [], measures: this.aggregate() }
    if (this.accept('/')) this.refuse('a transformation after the grouping', this.at)
    this.blank()
    if (this.at < this.text.length) this.fail(`unexpected “${String.fromCodePoint(this.text.codePointAt(this.at) ?? 0)}”`)
    return found
  }

  private condition(): Filter {
    this.expect('(')
    const start = this.at
    let open = 1
    for (;;) {
      const part = this.take(/(?:'(?:[^']|'')*'|[^'()])+/y) ?? this.take(/[()]/y) ?? this.fail('a bracket or quote is not closed')
      if (part === '(') open++
      if (part === ')' && --open === 0) break
    }
    // blanks before it keep its columns those of the whole text
    return parseFilter(' '.repeat(start) + this.text.slice(start, this.at - 1), this.type, PARAMETER)
  }

  private groupby(): Omit<Apply, 'where'> {
    this.expect('(')
    this.expect('(')
    const by = this.list(() => this.part())
    this.expect(')')
    if (!this.accept(',')) {
      this.expect(')')
      return { by, measures: [] }
    }
    const start = this.blank()
    const word = this.take(/[A-Za-z.]+/y) ?? this.fail('expected aggregate(…)')
    if (word !== 'aggregate') this.refuse(`${word} inside groupby`, start)
    const measures = this.aggregate()
    this.expect(')')
    return { by, measures }
  }

  private part(): Apply['by'][number] {
    const start = this.blank()
    const path = this.path()
    if (path.length > 1 || (path[0] !== 'bucket' && path[0] !== 'rollup') || !this.accept('('))
      return { of: this.operand(path, start), column: this.named(path, start) }
    if (path[0] === 'rollup') this.refuse('rollup', start)
    const from = this.blank()
    const of = this.operand(this.path(), from)
    this.expect(',')
    const bucket = this.quoted(bucketNamed, 'one of 1m, 1h, 1d, 1w, 1mo, 1y')
    const zone = this.accept(',') ? this.quoted(zoneNamed, 'a time zone such as Europe/Berlin') : ZONE
    this.expect(')')
    return { of, bucket, zone, column: this.alias() }
  }

  private aggregate(): Apply['measures'] {
    this.expect('(')
    const measures = this.list(() => this.measure())
    this.expect(')')
    return measures
  }

  private measure(): Apply['measures'][number] {
    const start = this.blank()
    if (this.accept('$count')) return { how: 'count', column: this.alias() }
    const of = this.operand(this.path(), start)
    this.word('with')
    const from = this.blank()
    const method = this.take(/[A-Za-z.]+/y) ?? this.fail('expected a method')
    if (!Object.hasOwn(METHODS, method)) this.refuse(`the method “${method}”; there are ${Object.keys(METHODS).join(', ')}`, from)
    return { how: METHODS[method as keyof typeof METHODS], of, column: this.alias() }
  }

  private operand(path: readonly string[], start: number): Operand {
    try {
      return operandAt(path, this.type, PARAMETER)
    } catch (error) {
      if (!(error instanceof Problem) || error.at.column !== undefined) throw error
      throw new Problem(error.kind, error.said, { parameter: PARAMETER, column: start + 1 }, { cause: error })
    }
  }

  private list<T>(one: () => T): readonly T[] {
    const items = [one()]
    while (this.accept(',')) {
      if (items.length >= MOST) this.fail(`more than ${MOST} of them`)
      items.push(one())
    }
    return items
  }

  private alias(): Column {
    this.word('as')
    const start = this.blank()
    return this.named([this.take(/[A-Za-z_]\w*/y) ?? this.fail('expected a name')], start)
  }

  /** Columns must not stand in each other's way. */
  private named(path: readonly string[], start: number): Column {
    const name = path.join('/')
    const taken = [...this.names].some((other) => other === name || other.startsWith(`${name}/`) || name.startsWith(`${other}/`))
    if (taken || path.includes('__proto__')) this.fail(`“${name}” is named twice`, start)
    this.names.add(name)
    return path
  }

  private path(): readonly string[] {
    this.blank()
    return (this.take(/[@A-Za-z_][\w@.]*(?:\/[@A-Za-z_][\w@.]*)*/y) ?? this.fail('expected a path')).split('/')
  }

  private quoted<T>(meaning: (text: string) => T | undefined, expected: string): T {
    const start = this.blank()
    const text = this.take(/'[^']*'/y)?.slice(1, -1)
    return (text === undefined ? undefined : meaning(text)) ?? this.fail(`expected ${expected}`, start)
  }

  private word(expected: string): void {
    const start = this.blank()
    if (this.take(/[a-z]+/y) !== expected) this.fail(`expected “${expected}”`, start)
  }

  private blank(): number {
    this.take(/\s*/y)
    return this.at
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    this.at += found?.length ?? 0
    return found
  }

  private accept(symbol: string): boolean {
    this.blank()
    if (!this.text.startsWith(symbol, this.at)) return false
    this.at += symbol.length
    return true
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) this.fail(`expected “${symbol}”`)
  }

  private refuse(what: string, at: number): never {
    return this.say('not-implemented', `Not supported in $apply: ${what}, at column ${at + 1}.`, at)
  }

  private fail(reason: string, at = this.at): never {
    return this.say('invalid-query', `$apply is not well formed: ${reason} at column ${at + 1}.`, at)
  }

  private say(kind: Kind, said: string, at: number): never {
    throw new Problem(kind, said, { parameter: PARAMETER, column: at + 1 })
  }
}

/** order: ORDER BY, and the keyset that continues after a row: stable, and as cheap on page 10,000 as on page 1. */
import type { Noun } from '../model/noun.ts'
import { Problem } from '../problem.ts'
import { isEqual, type Filter } from '../query/filter.ts'
import type { Order, Query } from '../query/query.ts'
import { columnOf } from './columns.ts'
import { compile, idIn } from './compile.ts'
import { operand } from './operand.ts'
import type { Scope, Type } from './scope.ts'
import { join, name, raw, sql, type Sql } from './sql.ts'

/** One ORDER BY term. Ascending puts missing values first, descending last, as OData says. */
export interface Term {
  readonly by: Sql
  readonly cast: string
  readonly descending: boolean
  readonly nullable: boolean
  /** The column of the selected row that is the same value. */
  readonly column?: string
}

const CAST: Readonly<Record<Type, string>> = { number: 'float8', text: 'text', boolean: 'boolean', time: 'timestamptz', json: 'jsonb' }
const NEVER_NULL: Readonly<Record<Noun, readonly string[]>> = {
  dataset: ['id', 'slug', 'created', 'modified', 'access', 'state'],
  entity: ['id', 'dataset', 'role', 'iri', 'name', 'description', 'created', 'modified'],
  series: ['id', 'dataset', 'entity', 'attribute', 'name', 'description', 'created', 'modified'],
  observation: ['id', 'series', 'dataset', 'time'],
}

/** The terms of a query, always ending with the id. Observations of few series run by time: that is their index. By id, PostgreSQL would look for few among all. */
export function termsOf({ noun, order, where }: Pick<Query, 'noun' | 'order' | 'where'>, scope: Scope): readonly Term[] {
  const asked: readonly Order[] =
    order.length === 0 && noun === 'observation' && runsByTime(where) ? [{ by: { path: ['time'] }, descending: false }] : order
  const terms = asked.flatMap((one) => term(one, scope))
  const descending = terms.at(-1)?.descending ?? false
  const id: Term = { by: columnOf(noun, 'id', scope.t), cast: 'bigint', descending, nullable: false, column: 'id' }
  return [...terms, id]
}

/** Whether all are of one series, or of a few. */
export function pinsSeries(where: Filter): boolean {
  if (where.is === 'and') return where.of.some(pinsSeries)
  if (where.is === 'in') return where.path[0] === 'series'
  return where.is === 'compare' && where.by === '=' && 'path' in where.left && where.left.path[0] === 'series'
}

/** Whether all are of series that are looked up: named, of one feature or thing, or the placements of things. */
function runsByTime(where: Filter): boolean {
  if (where.is === 'and') return where.of.some(runsByTime)
  if (where.is !== 'some') return pinsSeries(where)
  if (where.through === 'series') return isEqual(where.where, 'kind', 'place') || idIn(where.where) !== undefined
  return (where.through === 'feature' || where.through === 'thing') && idIn(where.where) !== undefined
}

function term({ by, descending }: Order, scope: Scope): Term[] {
  const value = operand(by, scope, compile)
  if (value.type === 'any') return (['number', 'text', 'boolean'] as const).map((type) => typed(value.as(type), type, descending, true))
  const type = value.certain ?? (value.type === 'json' ? 'json' : undefined)
  if (type === undefined) throw new Problem('invalid-query', 'One cannot order by that.')
  const nullable = !('path' in by) || by.path.length > 1 || !NEVER_NULL[scope.noun].includes(by.path[0])
  const column = !nullable && type === 'time' && 'path' in by ? { column: by.path[0] } : {}
  return [{ ...typed(value.as(type), type, descending, nullable), ...column }]
}

function typed(by: Sql | undefined, type: Type, descending: boolean, nullable: boolean): Term {
  return { by: type === 'text' ? sql`${by ?? raw('null')} collate "C"` : (by ?? raw('null')), cast: CAST[type], descending, nullable }
}

export function orderBy(terms: readonly Term[]): Sql {
  const one = ({ by, descending, nullable }: Term) =>
    sql`${by}${raw(descending ? ' desc' : '')}${raw(nullable ? (descending ? ' nulls last' : ' nulls first') : '')}`
  return join(terms.map(one), ', ')
}

/** The values of the terms that the item does not show, to be selected beside it: what a cursor is made of. */
export function keysOf(terms: readonly Term[]): Sql {
  const keys = terms.flatMap(({ by, cast, column }, i) =>
    column === undefined ? [sql`, ${by}${raw(cast === 'jsonb' || cast === 'float8' ? '::text' : '')} as ${name(`k${i}`)}`] : [],
  )
  return join(keys, '')
}

export function cursorOf(terms: readonly Term[], row: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(terms.map(({ column }, i) => row[column ?? `k${i}`]))).toString('base64url')
}

/** The rows beyond a cursor. Throws `invalid-query` when it is not one of ours, or of another order. */
export function beyond(terms: readonly Term[], cursor: string): Sql {
  const values = parseCursor(cursor, terms.length)
  const at = (i: number) => sql`${values[i]}::${raw(terms[i]?.cast ?? 'text')}`
  const uniform = terms.every(({ nullable, descending }) => !nullable && descending === terms[0]?.descending)
  if (uniform) {
    const sides = [join(terms.map(({ by }) => by), ', '), join(terms.map((_, i) => at(i)), ', ')] // prettier-ignore
    const way = raw(terms[0]?.descending ? '<' : '>')
    // The first side is said once more: of a comparison of rows PostgreSQL does not learn which months it can leave out.
    return sql`${terms[0]?.by ?? raw('null')} ${way}= ${at(0)} and (${sides[0]}) ${way} (${sides[1]})`
  }
  const steps = terms.map((term, i) => {
    const same = terms.slice(0, i).map(({ by }, j) => sql`${by} is not distinct from ${at(j)}`)
    return sql`(${join([...same, step(term, at(i), values[i] === null)], ' and ')})`
  })
  return sql`(${join(steps, ' or ')})`
}

function step({ by, descending, nullable }: Term, value: Sql, isNull: boolean): Sql {
  if (isNull) return descending ? sql`false` : sql`${by} is not null`
  if (!descending) return sql`${by} > ${value}`
  return nullable ? sql`(${by} < ${value} or ${by} is null)` : sql`${by} < ${value}`
}

function parseCursor(cursor: string, length: number): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.length === length && values.every(isKey)) return values
  } catch {
    // falls through: said below
  }
  throw new Problem(
    'invalid-query',
    { en: 'The page address is not valid (any more).', de: 'Die Seitenadresse ist nicht (mehr) gültig.' },
    { parameter: 'after' },
  )
}

function isKey(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

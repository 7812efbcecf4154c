/** distinct: one item for each combination of values that some paths have: $select=distinct. A page goes on where the one before ended, by count. */
import { Problem } from '../problem.ts'
import type { Operand } from '../query/filter.ts'
import type { Query } from '../query/query.ts'
import { selectOf, tableOf } from './columns.ts'
import { compile } from './compile.ts'
import type { Scope } from './scope.ts'
import { operand } from './operand.ts'
import { join, name, raw, sql, type Sql } from './sql.ts'

interface Field {
  readonly of: Operand
  /** What tells values apart; a result takes one for each of its types. */
  readonly parts: readonly Sql[]
}

export function distinctStatement(query: Query, paths: readonly Operand[]): Sql {
  const scope: Scope = { noun: query.noun, t: 't' }
  const fields = paths.map((of): Field => ({ of, parts: partsOf(of, scope) }))
  const all = fields.flatMap(({ parts }) => parts)
  const columns = join(
    all.map((_, i) => name(`d${i}`)),
    ', ',
  )
  const named = join(
    all.map((part, i) => sql`${part} as ${name(`d${i}`)}`),
    ', ',
  )
  return sql`select * from (
      select distinct on (${columns}) * from (select ${selectOf(query.noun, 't')}, ${named} from ${tableOf(query.noun, 't')}
        where ${compile(query.where, scope)}) matching
      order by ${columns}, id) found
    order by ${join(orderOf(query, fields), ', ')} limit ${query.page.limit + 1} offset ${offsetOf(query)}`
}

/** How many combinations there are. */
export function distinctCount({ noun, where }: Query, paths: readonly Operand[]): Sql {
  const scope: Scope = { noun, t: 't' }
  const all = paths.flatMap((of) => partsOf(of, scope)).map((part, i) => sql`${part} as ${name(`d${i}`)}`)
  return sql`select count(*) as total from (select distinct ${join(all, ', ')} from ${tableOf(noun, 't')} where ${compile(where, scope)}) found`
}

/** Where a page starts: what was passed over by then. */
export function offsetOf({ page: { after, offset = 0 } }: Pick<Query, 'page'>): number {
  if (after === undefined) return offset
  if (/^\d{1,15}$/.test(after)) return Number(after)
  throw new Problem('invalid-query', { en: 'The page address is not valid (any more).', de: 'Die Seitenadresse ist nicht (mehr) gültig.' }, { parameter: 'after' }) // prettier-ignore
}

function partsOf(of: Operand, scope: Scope): readonly Sql[] {
  const value = operand(of, scope, compile)
  const types = value.type === 'any' ? (['number', 'text', 'boolean', 'json'] as const) : ([value.certain ?? 'json'] as const)
  const parts = types.flatMap((type) => {
    const read = value.as(type)
    return read === undefined ? [] : [type === 'text' ? sql`(${read}) collate "C"` : sql`(${read})`]
  })
  if (parts.length === 0) throw new Problem('not-implemented', 'Shapes and lists are not told apart.')
  return parts
}

/** By what is asked, which must be among them; then by all of them, so that paging is stable. */
function orderOf({ order }: Query, fields: readonly Field[]): readonly Sql[] {
  const columns = new Map<Field, readonly number[]>()
  let next = 0
  for (const field of fields)
    columns.set(
      field,
      field.parts.map(() => next++),
    )
  const asked = order.flatMap(({ by, descending }) => {
    const field = fields.find(({ of }) => JSON.stringify(of) === JSON.stringify(by))
    if (field === undefined)
      throw new Problem('invalid-query', { en: 'Distinct values are ordered by what is selected.', de: 'Verschiedene Werte werden nach dem geordnet, was ausgewählt ist.' }, { parameter: '$orderby' }) // prettier-ignore
    return (columns.get(field) ?? []).map((i) => sql`${name(`d${i}`)}${raw(descending ? ' desc nulls last' : ' nulls first')}`)
  })
  const rest = Array.from({ length: next }, (_, i) => sql`${name(`d${i}`)} nulls first`)
  return [...asked, ...rest]
}

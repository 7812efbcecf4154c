/** group: items in groups of what is alike in them, counted and summarised by one statement. */
import { Problem } from '../problem.ts'
import type { Group, Grouping, Measure, Part } from '../query/query.ts'
import { tableOf } from './columns.ts'
import { compile } from './compile.ts'
import type { Scope } from './scope.ts'
import { operand, type Readable } from './operand.ts'
import type { Store } from './pool.ts'
import { resolveShapes } from './shapes.ts'
import { join, name, raw, sql, type Sql } from './sql.ts'

export async function group(store: Store, grouping: Grouping): Promise<readonly Group[]> {
  const { noun, by, measures, limit } = grouping
  const scope: Scope = { noun, t: 't' }
  const values = [...by.map((part) => partOf(part, scope)), ...measures.map((measure) => measureOf(measure, scope))]
  const columns = values.map((value, i) => sql`${value} as ${name(`c${i}`)}`)
  const positions = raw(by.map((_, i) => i + 1).join(', '))
  const groups = by.length === 0 ? sql`` : sql` group by ${positions} order by ${positions}`
  const where = await resolveShapes(store, grouping.where, noun)
  const rows = await store.query<Readonly<Record<string, unknown>>>(sql`
    select ${join(columns, ', ')} from ${tableOf(noun, 't')} where ${compile(where, scope)}${groups} limit ${limit + 1}`)
  return rows.map((row) => values.map((_, i) => row[`c${i}`]))
}

function partOf({ of, bucket, zone }: Part, scope: Scope): Sql {
  const value = operand(of, scope, compile)
  if (bucket === undefined) return anyOf(value)
  const time = value.as('time')
  if (time === undefined) throw unfit('Only times fall into buckets.', 'Nur Zeiten fallen in Zeitabschnitte.')
  return sql`date_trunc(${bucket}, ${time}, ${zone ?? 'UTC'})`
}

/** As its type; a value of no certain type as JSON. */
function anyOf(value: Readable): Sql {
  const type = value.certain ?? 'json'
  if (value.type === 'any') {
    const of = (one: 'number' | 'text' | 'boolean' | 'json') => value.as(one) ?? raw('null::jsonb')
    return sql`coalesce(to_jsonb(${of('number')}), to_jsonb(${of('text')}), to_jsonb(${of('boolean')}), ${of('json')})`
  }
  const read = value.whole ?? value.as(type)
  if (read === undefined) throw unfit('Shapes are not grouped.', 'Geometrien werden nicht gruppiert.')
  return read
}

function measureOf(measure: Measure, scope: Scope): Sql {
  if (measure.how === 'count') return sql`count(*)`
  const value = operand(measure.of, scope, compile)
  if (measure.how === 'countdistinct') return sql`count(distinct ${anyOf(value)})`
  const read = ordered(measure.how, value)
  return sql`${raw(measure.how)}(${read})`
}

/** Numbers are summed up; numbers, times and texts have a least and a greatest. */
function ordered(how: 'avg' | 'min' | 'max' | 'sum', value: Readable): Sql {
  if (how === 'min' || how === 'max') {
    const [time, text] = [value.certain === 'time' && value.as('time'), value.certain === 'text' && value.as('text')]
    if (time) return time
    if (text) return sql`(${text}) collate "C"`
  }
  const number = value.as('number')
  if (number === undefined) throw unfit(`${how} is of numbers.`, `${how} ist für Zahlen.`)
  return sql`(${number})::float8`
}

function unfit(en: string, de: string): Problem {
  return new Problem('invalid-query', { en, de })
}

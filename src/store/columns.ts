/** columns: where each field of a noun lives in SQL, and how a row becomes an item. `t` is the alias of the noun's table. */
import type { Noun, Nouns } from '../model/noun.ts'
import type { Result } from '../model/observation.ts'
import { FIELDS } from '../query/fields.ts'
import { join, name, raw, sql, type Sql } from './sql.ts'

/** The table of a noun under an alias; a series brings its state along. */
export function tableOf(noun: Noun, t: string): Sql {
  if (noun !== 'series') return sql`${name(noun)} ${name(t)}`
  return sql`series ${name(t)} left join series_state ${name(stateOf(t))} on ${name(stateOf(t))}.series = ${name(t)}.id`
}

const stateOf = (t: string): string => `${t}_state`

const OWN: Readonly<Record<Noun, Readonly<Record<string, string>>>> = {
  dataset: {},
  entity: {},
  series: { observationType: 'observation_type' },
  observation: { resultTime: 'result_time', validStart: 'valid_start', validEnd: 'valid_end' },
}

/** Fields of a series that live in its state. */
const STATE: Readonly<Record<string, string>> = {
  count: 'count',
  periodStart: 'period_start',
  periodEnd: 'period_end',
  resultStart: 'result_start',
  resultEnd: 'result_end',
  latestTime: 'latest_time',
  observedArea: 'area',
}

/** The column of a field. An 'any' field (a result) has several: resultOf. */
export function columnOf(noun: Noun, field: string, t: string): Sql {
  const state = noun === 'series' ? STATE[field] : undefined
  if (state === 'count') return sql`coalesce(${name(stateOf(t))}.count, 0)`
  if (state !== undefined) return sql`${name(stateOf(t))}.${name(state)}`
  if (!Object.hasOwn(FIELDS[noun], field)) throw new Error(`no column ${noun}.${field}`)
  return sql`${name(t)}.${name(OWN[noun][field] ?? field)}`
}

/** The typed column of a result: the one that is not null says its type. */
export function resultOf(noun: Noun, field: string, as: 'number' | 'text' | 'boolean' | 'json', t: string): Sql {
  return noun === 'series' && field === 'latestResult' ? sql`${name(stateOf(t))}.${name(`latest_${as}`)}` : sql`${name(t)}.${name(as)}`
}

/** What `select` lists to make an item of a row with itemOf. */
export function selectOf(noun: Noun, t: string): Sql {
  const table = name(t)
  const own = SELECT[noun].map((column) => sql`${table}.${name(column)}`)
  if (noun === 'observation') return join([...own, restOf(table)], ', ')
  if (noun !== 'series') return join(own, ', ')
  const state = name(stateOf(t))
  const moving = SELECT_STATE.map((column) => sql`${state}.${name(column)}`)
  return join([...own, sql`coalesce(${state}.count, 0) as count`, ...moving, raw(boxText(stateOf(t), 'area'))], ', ')
}

const boxText = (t: string, column: string): string => `"${t}"."${column}"::text as "${column}"`

const SELECT: Readonly<Record<Noun, readonly string[]>> = {
  dataset: [
    'id', 'tenant', 'slug', 'title', 'description', 'keywords', 'themes', 'licence', 'publisher', 'contact',
    'access', 'state', 'duplicates', 'properties', 'origin', 'created', 'modified',
  ],
  entity: ['id', 'dataset', 'role', 'iri', 'types', 'name', 'description', 'geometry', 'attributes', 'about', 'scopes', 'created', 'modified'],
  series: [
    'id', 'dataset', 'entity', 'attribute', 'instance', 'kind', 'name', 'description', 'observation_type', 'unit', 'parts', 'schema',
    'property', 'sensor', 'feature', 'ultimates', 'properties', 'created', 'modified',
  ],
  observation: ['id', 'series', 'dataset', 'time', 'number'],
} // prettier-ignore

const SELECT_STATE = [
  'period_start', 'period_end', 'result_start', 'result_end',
  'latest_id', 'latest_time', 'latest_end', 'latest_number', 'latest_text', 'latest_boolean', 'latest_json',
] // prettier-ignore

/** What most observations do not have comes as one value: ten columns of nothing take longer to read than they say. */
const REST = [
  'end', 'result_time', 'text', 'boolean', 'json', 'quality', 'valid_start', 'valid_end', 'parameters', 'feature',
] // prettier-ignore
const TIMES: readonly string[] = ['end', 'result_time', 'valid_start', 'valid_end']

function restOf(table: Sql): Sql {
  const columns = REST.map((column) => sql`${table}.${name(column)}`)
  const pairs = REST.map(
    (column, i) => sql`${raw(`'${column}'`)}, ${columns[i] ?? raw('null')}${raw(TIMES.includes(column) ? '::text' : '')}`,
  )
  return sql`case when num_nonnulls(${join(columns, ', ')}) > 0 then json_build_object(${join(pairs, ', ')}, 'in_parts',
    case when ${table}.json is not null then (select ${raw(PARTS)} from series where series.id = ${table}.series) end) end as rest`
}

/** Whether results have parts, and where they are said by name (model/named-result.ts), these. */
const PARTS = `case when parts is null then null
  when schema #>> '{resultType,type}' = 'DataRecord' and (schema #>> '{resultEncoding,recordsAsArrays}') is distinct from 'true'
  then (select jsonb_agg(part -> 'name') from jsonb_array_elements(parts) part) else 'true' end`

type Row = Readonly<Record<string, unknown>>

export function itemOf<N extends Noun>(noun: N, row: Row): Nouns[N] {
  return ITEM[noun](row) as unknown as Nouns[N]
}

const ITEM: Readonly<Record<Noun, (row: Row) => Row>> = {
  dataset: (row) => present(row, SELECT.dataset),
  entity: (row) => present(row, SELECT.entity),
  series: seriesOf,
  observation: observationOf,
}

/** The columns that are not null, under their own names. */
function present(row: Row, columns: readonly string[]): Record<string, unknown> {
  const item: Record<string, unknown> = {}
  for (const column of columns) if (row[column] !== null) item[column] = row[column]
  return item
}

function seriesOf(row: Row): Row {
  const { observation_type: observationType, ...item } = present(row, SELECT.series)
  return {
    ...item,
    observationType,
    count: row['count'],
    ...(row['latest_id'] !== null && { latest: latestOf(row) }),
    ...(row['period_start'] !== null && { period: { start: row['period_start'], end: row['period_end'] } }),
    ...(row['result_start'] !== null && { resultPeriod: { start: row['result_start'], end: row['result_end'] } }),
    ...(typeof row['area'] === 'string' && { observedArea: boxOf(row['area']) }),
  }
}

function latestOf(row: Row): Row {
  const result = valueOf(row['latest_number'], row['latest_text'], row['latest_boolean'], row['latest_json'])
  const latest = { id: row['latest_id'], time: row['latest_time'], result }
  return row['latest_end'] === null ? latest : { ...latest, end: row['latest_end'] }
}

function observationOf(row: Row): Row {
  const { id, series, dataset, time, number, rest } = row
  if (rest === null) return { id, series, dataset, time, result: number }
  return { id, series, dataset, time, ...restIn(rest as Row, number) }
}

function restIn(
  { end, result_time, text, boolean, json, quality, valid_start, valid_end, parameters, feature, in_parts }: Row,
  number: unknown,
): Row {
  return {
    result: valueOf(number, text, boolean, json),
    ...(end !== null && { end: instantOf(end) }),
    ...(result_time !== null && { resultTime: instantOf(result_time) }),
    ...(quality !== null && { quality }),
    ...(valid_start !== null && { valid: { start: instantOf(valid_start), end: instantOf(valid_end ?? valid_start) } }),
    ...(parameters !== null && { parameters }),
    ...(feature !== null && { feature }),
    ...(in_parts !== null && { inParts: true }),
    ...(Array.isArray(in_parts) && { names: in_parts }),
  }
}

/** "2026-03-01 12:00:00.5+00" as PostgreSQL writes it in UTC, to "2026-03-01T12:00:00.5Z". */
export function instantOf(text: unknown): string {
  const written = String(text)
  return `${written.slice(0, 10)}T${written.slice(11, -3)}Z`
}

function valueOf(number: unknown, text: unknown, boolean: unknown, json: unknown): Result {
  return (json ?? number ?? text ?? boolean ?? null) as Result
}

/** "(e,n),(w,s)" as PostgreSQL writes a box. */
function boxOf(text: string): readonly number[] {
  const [east = 0, north = 0, west = 0, south = 0] = text.match(/-?[\d.]+(?:e[+-]?\d+)?/gi)?.map(Number) ?? []
  return [west, south, east, north]
}

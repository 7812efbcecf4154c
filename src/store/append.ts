/**
 * append: observations written by one statement: rows, extents, latest values, counts and the outbox move together.
 * The state row of each series is locked first, in order, so that concurrent writers neither deadlock nor lose an update,
 * and a series that was removed meanwhile takes nothing.
 */
import type { Observation } from '../model/observation.ts'
import type { Store } from './pool.ts'
import { join, name, raw, sql, type Sql } from './sql.ts'

/** Writes observations whose partitions are there. Answers the ids that were stored; a series that is gone has none. */
export async function append(store: Store, observations: readonly Observation[]): Promise<ReadonlySet<number>> {
  const rows = await store.query<{ id: number }>(appendStatement(observations))
  return new Set(rows.map(({ id }) => id))
}

function appendStatement(observations: readonly Observation[]): Sql {
  const own = observations.some(({ feature }) => feature !== undefined)
  return sql`
    with input as (${inputOf(observations)}),
    head as (
      select state.series, series.dataset, series.feature, dataset.tenant, place.box
      from series_state state join series on series.id = state.series join dataset on dataset.id = series.dataset
        left join entity place on place.id = series.feature
      where state.series in (select series from input) order by state.series for update of state),
    stored as (
      insert into observation (id, time, number, series, dataset, "end", result_time, feature, boolean, text, json, quality, valid_start, valid_end, parameters)
      select id, time, number, series, head.dataset, "end", result_time, nullif(input.feature, head.feature), boolean, text, json, quality, valid_start, valid_end, parameters
      from input join head using (series)
      returning id),
    newest as (
      select distinct on (series) series, id, time, "end", number, text, boolean, json
      from input order by series, coalesce("end", time) desc, id desc),
    total as (
      select series, count(*) as count, min(time) as period_start, max(coalesce("end", time)) as period_end,
        min(result_time) as result_start, max(result_time) as result_end, coalesce(max("end" - time), '0') as longest
      from input group by series),
    reach as (${own ? reachOfFeatures : sql`select series, box from head`}),
    moved as (${moved}),
    noted as (
      insert into change (tenant, dataset, noun, verb, items)
      ${noteOf(observations)})
    select id from stored`
}

const NEWER = `state.latest_id is null or (coalesce(newest."end", newest.time), newest.id) > (coalesce(state.latest_end, state.latest_time), state.latest_id)`
const latest = ['id', 'time', 'end', 'number', 'text', 'boolean', 'json']
  .map((column) => `latest_${column} = case when ${NEWER} then newest."${column}" else state.latest_${column} end`)
  .join(', ')

/** History takes late data always; the latest value moves only when it is newer. */
const moved = sql`
  update series_state state set
    count = state.count + total.count,
    period_start = least(state.period_start, total.period_start), period_end = greatest(state.period_end, total.period_end),
    result_start = least(state.result_start, total.result_start), result_end = greatest(state.result_end, total.result_end),
    longest = greatest(state.longest, total.longest), ${raw(latest)},
    area = case when reach.box is null then state.area when state.area is null then reach.box else bound_box(state.area, reach.box) end
  from head join total using (series) join newest using (series) join reach using (series)
  where state.series = head.series`

/** The box around the features of the rows; a row without its own counts its series'. */
const reachOfFeatures = sql`
  select series, box(point(max((b[0])[0]), max((b[0])[1])), point(min((b[1])[0]), min((b[1])[1]))) as box
  from (select series, coalesce(feature.box, head.box) as b from input join head using (series) left join entity feature on feature.id = input.feature) boxes
  group by series`

/** Each column of the input: its type, and its value in an observation. */
export const COLUMNS: readonly (readonly [name: string, type: string, read: (one: Observation) => unknown])[] = [
  ['id', 'bigint', ({ id }) => id],
  ['series', 'int', ({ series }) => series],
  ['time', 'timestamptz', ({ time }) => time],
  ['end', 'timestamptz', ({ end }) => end],
  ['result_time', 'timestamptz', ({ resultTime }) => resultTime],
  ['feature', 'bigint', ({ feature }) => feature],
  ['number', 'float8', ({ result }) => (typeof result === 'number' ? result : undefined)],
  ['boolean', 'boolean', ({ result }) => (typeof result === 'boolean' ? result : undefined)],
  ['text', 'text', ({ result }) => (typeof result === 'string' ? result : undefined)],
  ['json', 'jsonb', ({ result }) => (typeof result === 'object' && result !== null ? JSON.stringify(result) : undefined)],
  ['quality', 'jsonb', ({ quality }) => (quality === undefined || quality === null ? undefined : JSON.stringify(quality))],
  ['valid_start', 'timestamptz', ({ valid }) => valid?.start],
  ['valid_end', 'timestamptz', ({ valid }) => valid?.end],
  ['parameters', 'jsonb', ({ parameters }) => parameters && JSON.stringify(parameters)],
]

/** Columns that no observation has are not sent: most have only a time and a number. */
function inputOf(observations: readonly Observation[]): Sql {
  const columns = COLUMNS.map(([column, type, read]) => ({ column, type, values: observations.map((one) => read(one) ?? null) }))
  const [sent, empty] = [
    columns.filter(({ values }) => values.some((value) => value !== null)),
    columns.filter(({ values }) => values.every((value) => value === null)),
  ]
  const arrays = join(
    sent.map(({ values, type }) => sql`${values}::${raw(type)}[]`),
    ', ',
  )
  const names = join(
    sent.map(({ column }) => name(column)),
    ', ',
  )
  const nulls = empty.map(({ column, type }) => sql`, null::${raw(type)} as ${name(column)}`)
  return sql`select input.*${join(nulls, '')} from unnest(${arrays}) as input(${names})`
}

/** The outbox row of each dataset. */
function noteOf(observations: readonly Observation[]): Sql {
  const dataset = observations[0]?.dataset
  if (!observations.every((one) => one.dataset === dataset))
    return sql`select tenant, dataset, 'observation', 'made', array_agg(id) from input join head using (series) group by tenant, dataset`
  return sql`select tenant, dataset, 'observation', 'made', ${observations.map(({ id }) => id)}::bigint[] from head limit 1`
}

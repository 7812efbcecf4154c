/**
 * append: observations written by one statement: rows, extents, latest values, counts and the outbox move together.
 * The state row of each series is locked first, in order, so that concurrent writers neither deadlock nor lose an update,
 * and a series that was removed meanwhile takes nothing.
 */
import type { Observation } from '../model/observation.ts'
import { arrayOf } from './arrays.ts'
import type { Store } from './pool.ts'
import { join, name, raw, sql, type Sql } from './sql.ts'
import { totalsOf, type Total } from './totals.ts'

/** Writes observations whose partitions are there. Answers the series that are gone: what was for them is not stored. */
export async function append(store: Store, observations: readonly Observation[]): Promise<ReadonlySet<number>> {
  const totals = totalsOf(observations)
  const rows = await store.query<{ series: number }>(appendStatement(observations, totals))
  if (rows.length === totals.length) return NONE
  const there = new Set(rows.map(({ series }) => series))
  return new Set(totals.flatMap(({ series }) => (there.has(series) ? [] : series)))
}

const NONE: ReadonlySet<number> = new Set()

/** Series are found by index, and rows by a hash of those found: the plan is made once, from a guess of few rows, and must do for many. */
function appendStatement(observations: readonly Observation[], totals: readonly Total[]): Sql {
  const dataset = totals[0]?.dataset ?? 0
  const apart = totals.some((total) => total.dataset !== dataset)
  const own = observations.some(({ feature }) => feature !== undefined)
  const input = tableOf('input', apart ? [...COLUMNS, DATASET] : COLUMNS, observations)
  const total = tableOf('total', TOTALS, totals)
  const values = input.sent.map((column) => (column === 'feature' ? sql`nullif(input.feature, head.feature)` : sql`input.${name(column)}`))
  return sql`
    with head as (
      select total.*${total.nulls}, series.dataset, series.feature, dataset.tenant, place.box, state.rolled_to
      from ${total.rows}
        join series_state state on state.series = total.series join series on series.id = total.series
        join dataset on dataset.id = series.dataset left join entity place on place.id = series.feature
      order by total.series for update of state),
    input as (select * from ${input.rows} where series = any(array(select series from head))),
    stored as (
      insert into observation (${input.names}${apart ? NOTHING : sql`, dataset`})
      select ${join(values, ', ')}${apart ? NOTHING : sql`, ${dataset}::int`} from input${own ? sql` join head using (series)` : NOTHING}),
    reach as (${own ? reachOfFeatures(observations) : sql`select series, box from head`}),
    moved as (${moved}),
    late as (${late}),
    noted as (
      insert into change (tenant, dataset, noun, verb, items)
      ${apart ? noteOfEach : sql`select tenant, dataset, 'observation', 'made', ${idsOf(observations)}::bigint[] from head limit 1`})
    select series from head`
}

const NOTHING = raw('')

const NEWER = `state.latest_id is null or (coalesce(head.latest_end, head.latest_time), head.latest_id) > (coalesce(state.latest_end, state.latest_time), state.latest_id)`
const latest = ['id', 'time', 'end', 'number', 'text', 'boolean', 'json']
  .map((column) => `latest_${column} = case when ${NEWER} then head.latest_${column} else state.latest_${column} end`)
  .join(', ')

/** History takes late data always; the latest value moves only when it is newer. */
const moved = sql`
  update series_state state set
    count = state.count + head.count,
    period_start = least(state.period_start, head.period_start), period_end = greatest(state.period_end, head.period_end),
    result_start = least(state.result_start, head.result_start), result_end = greatest(state.result_end, head.result_end),
    longest = greatest(state.longest, make_interval(secs => head.longest)), ${raw(latest)},
    area = case when reach.box is null then state.area when state.area is null then reach.box else bound_box(state.area, reach.box) end
  from head join reach using (series)
  where state.series = head.series`

/** Hours that are rolled up already are rolled again: roll.ts. Live data lie above that mark. */
const late = sql`
  insert into rollup (series, hour, state)
  select distinct series, date_trunc('hour', time, 'UTC'), 'touched' from input join head using (series)
  where head.period_start < head.rolled_to and time < head.rolled_to
  on conflict (series, hour) do update set state = 'touched'`

/** The box around the features of the rows; a row without its own counts its series'. */
function reachOfFeatures(observations: readonly Observation[]): Sql {
  const named = [...new Map(observations.map(({ series, feature }) => [`${series} ${feature}`, { series, feature }])).values()]
  return sql`
    select series, box(point(max((b[0])[0]), max((b[0])[1])), point(min((b[1])[0]), min((b[1])[1]))) as box
    from (select series, coalesce(entity.box, head.box) as b
      from unnest(${named.map(({ series }) => series)}::int[], ${named.map(({ feature }) => feature ?? null)}::bigint[]) as named(series, feature)
        join head using (series) left join entity on entity.id = named.feature) boxes
    group by series`
}

/** The outbox row of each dataset, where a batch has several. */
const noteOfEach = sql`
  select head.tenant, head.dataset, 'observation', 'made', array_agg(input.id) from input join head using (series) group by head.tenant, head.dataset`

const idsOf = (observations: readonly Observation[]) =>
  arrayOf(
    'bigint',
    observations.map(({ id }) => id),
  )

type Column<T> = readonly [name: string, type: string, read: (one: T) => unknown]

/** Each column of the input: its type, and its value in an observation. */
export const COLUMNS: readonly Column<Observation>[] = [
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
const DATASET: Column<Observation> = ['dataset', 'int', ({ dataset }) => dataset]

const TOTALS: readonly Column<Total>[] = [
  ['series', 'int', ({ series }) => series],
  ['count', 'int', ({ count }) => count],
  ['period_start', 'timestamptz', ({ start }) => start],
  ['period_end', 'timestamptz', ({ end }) => end],
  ['result_start', 'timestamptz', ({ resultStart }) => resultStart],
  ['result_end', 'timestamptz', ({ resultEnd }) => resultEnd],
  ['longest', 'float8', ({ longest }) => longest],
  ...COLUMNS.filter(([column]) => ['id', 'time', 'end', 'number', 'boolean', 'text', 'json'].includes(column)).map(
    ([column, type, read]): Column<Total> => [`latest_${column}`, type, ({ newest }) => read(newest)],
  ),
]

/** A table of parameters. Columns in which nothing stands are not sent: most observations have only a time and a number. */
function tableOf<T>(called: string, columns: readonly Column<T>[], items: readonly T[]) {
  const read = columns.map(([column, type, of]) => ({ column, type, values: items.map((one) => of(one) ?? null) }))
  const [sent, empty] = [
    read.filter(({ values }) => values.some((value) => value !== null)),
    read.filter(({ values }) => values.every((value) => value === null)),
  ]
  const names = join(sent.map(({ column }) => name(column)), ', ') // prettier-ignore
  const arrays = join(sent.map(({ type, values }) => sql`${arrayOf(type, values)}::${raw(type)}[]`), ', ') // prettier-ignore
  return {
    sent: sent.map(({ column }) => column),
    names,
    rows: sql`unnest(${arrays}) as ${raw(called)}(${names})`,
    nulls: join(empty.map(({ column, type }) => sql`, null::${raw(type)} as ${name(column)}`), ''), // prettier-ignore
  }
}

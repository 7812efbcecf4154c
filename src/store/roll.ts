/** roll: observations rolled up by hour. A series is rolled up to a mark; what is written live lies above it and costs nothing. */
import { observe } from '../observe.ts'
import type { Store } from './pool.ts'
import { sql, type Sql } from './sql.ts'

/** So many observations are rolled while their series is locked: a writer of it waits that long, some 50 ms. */
const STEP = 50_000
/** Sums of squares of larger numbers leave what a double can say; those hours are left as they are. */
const LARGEST = 1e100

/** Rolls what is a day behind, and hours that were changed since. Series with fewer than two observations an hour gain nothing by it. */
export async function rollUp(store: Store, signal?: AbortSignal): Promise<void> {
  const behind = await store.query<{ series: number }>(sql`
    select series from series_state
      where count > 500 and count > extract(epoch from period_end - period_start) / 1800
        and coalesce(rolled_to, period_start) < least(period_end, now()) - interval '1 day'
    union select series from rollup where state = 'touched'`)
  for (const { series } of behind) {
    if (signal?.aborted) return
    await rollSeries(store, series, signal).catch((error: unknown) => observe({ saw: 'crash', error }))
  }
}

async function rollSeries(store: Store, series: number, signal?: AbortSignal): Promise<void> {
  let more = true
  while (more && !signal?.aborted) more = await store.transaction((within) => rollStep(within, series))
}

/** Answers whether there is more to do. The lock keeps writers of the series away, so that no row comes between reading and marking. */
async function rollStep(store: Store, series: number): Promise<boolean> {
  const [state] = await store.query<{ from: string; until: string }>(sql`
    select coalesce(rolled_to, date_trunc('hour', period_start, 'UTC')) as from, date_trunc('hour', least(period_end, now()), 'UTC') as until
    from series_state where series = ${series} and period_start is not null for update`)
  const touched = await store.query<{ hour: string }>(sql`
    delete from rollup where series = ${series} and hour in (
      select hour from rollup where series = ${series} and state = 'touched' limit 500) returning hour`)
  const hours = touched.map(({ hour }) => hour)
  if (hours.length > 0)
    await store.query(
      roll(sql`
      unnest(${hours}::timestamptz[]) wanted(hour)
      join lateral (select * from observation where series = ${series} and time >= wanted.hour and time < wanted.hour + interval '1 hour' offset 0) found on true`),
    )
  if (state === undefined || hours.length > 0) return hours.length > 0
  return advance(store, series, state)
}

async function advance(store: Store, series: number, { from, until }: { readonly from: string; readonly until: string }): Promise<boolean> {
  const [step] = await store.query<{ until: string; more: boolean }>(sql`
    select least(${until}::timestamptz, cut.until) as until, coalesce(cut.until < ${until}::timestamptz, false) as more
    from (select greatest(
      (select date_trunc('hour', time, 'UTC') from observation where series = ${series} and time >= ${from}::timestamptz order by time limit 1) + interval '1 hour',
      (select date_trunc('hour', time, 'UTC') from observation where series = ${series} and time >= ${from}::timestamptz order by time offset ${STEP} limit 1)
    ) where exists (select from observation where series = ${series} and time >= ${from}::timestamptz offset ${STEP})) cut(until)
    right join (select) one on true`)
  const end = step?.until ?? until
  await store.query(roll(sql`observation where series = ${series} and time >= ${from}::timestamptz and time < ${end}::timestamptz`))
  await store.query(sql`update series_state set rolled_to = greatest(rolled_to, ${end}::timestamptz) where series = ${series}`)
  return step?.more ?? false
}

function roll(rows: Sql): Sql {
  return sql`
    insert into rollup (series, hour, state, count, moments, min, max, first, last)
    select series, date_trunc('hour', time, 'UTC') as hour, case when bool_and(abs(number) < ${LARGEST}::float8) is false then 'raw' else 'rolled' end,
      count(*), moments(number) filter (where abs(number) < ${LARGEST}::float8), min(number), max(number),
      (array_agg(number order by time, id) filter (where number is not null))[1],
      (array_agg(number order by time desc, id desc) filter (where number is not null))[1]
    from ${rows} group by series, date_trunc('hour', time, 'UTC')`
}

export interface Touched {
  readonly series: number
  readonly hour: string
}

/** The hours of these observations are no longer what was rolled. The states are locked first: rolling goes on before or after, never meanwhile. */
export async function touch(store: Store, hours: readonly Touched[]): Promise<void> {
  if (hours.length === 0) return
  const series = hours.map((one) => one.series)
  await store.query(sql`select from series_state where series = any(${series}::int[]) order by series for update`)
  await store.query(sql`
    insert into rollup (series, hour, state)
    select distinct series, date_trunc('hour', wanted.hour, 'UTC'), 'touched'
    from unnest(${series}::int[], ${hours.map(({ hour }) => hour)}::timestamptz[]) wanted(series, hour) join series_state using (series)
    where wanted.hour < rolled_to
    on conflict (series, hour) do update set state = 'touched'`)
}

/** aggregate: observations of series in periods that are counted from a moment of the question, not from the calendar. */
import type { Aggregated, Aggregation } from '../query/query.ts'
import type { Store } from './pool.ts'
import { sql, type Sql } from './sql.ts'

/** Periods without observations are left out. The anchor is `from`, else the first observation of each series. */
export async function aggregate(store: Store, asked: Aggregation): Promise<readonly Aggregated[]> {
  const { series, from, until, period, distinct } = asked
  const since = from === undefined ? sql`` : sql` and time >= ${from}::timestamptz`
  const before = until === undefined ? sql`` : sql` and time < ${until}::timestamptz`
  const different = distinct ? sql`count(distinct coalesce(number::text, text, boolean::text, json::text))` : sql`null`
  const rows = await store.query<Readonly<Record<string, unknown>>>(sql`
    with found as (
      select observation.series, coalesce("end", time) as at, number, text, boolean, json,
        ${from === undefined ? sql`state.period_start` : sql`${from}::timestamptz`} as anchor, state.period_end as last
      from observation join series_state state on state.series = observation.series
      where observation.series = any(${series}::int[])${since}${before}),
    placed as (select found.*, ${placeIn(period)} as place from found)
    select series, ${startOf(period)} as start, ${endOf(period, until)} as "end", count(*) as "totalCount", ${different} as "distinctCount",
      avg(number) as avg, min(number) as min, max(number) as max, sum(number) as sum, sum(number * number) as sumsq, stddev_pop(number) as stddev,
      min(text) as "minText", max(text) as "maxText", count(boolean) as booleans, count(*) filter (where boolean) as trues
    from placed group by series, place, anchor, last order by series, place`)
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Aggregated)
}

type Period = Aggregation['period']

/** The number of the period that an observation lies in. Months are counted as the calendar of UTC has them. */
function placeIn(period: Period): Sql {
  if (period === undefined) return sql`0`
  if (period.months === 0) return sql`floor(extract(epoch from at - anchor) / ${period.seconds}::float8)`
  return sql`floor((extract(year from age(at at time zone 'UTC', anchor at time zone 'UTC')) * 12
    + extract(month from age(at at time zone 'UTC', anchor at time zone 'UTC'))) / ${period.months}::int)`
}

function startOf(period: Period): Sql {
  return period === undefined ? sql`anchor` : after(period, sql`place`)
}

/** Without periods all is one, up to the end of the question or the last observation. */
function endOf(period: Period, until: Aggregation['until']): Sql {
  if (period === undefined) return sql`coalesce(${until ?? null}::timestamptz, last)`
  return after(period, sql`(place + 1)`)
}

function after({ months, seconds }: NonNullable<Period>, place: Sql): Sql {
  if (months === 0) return sql`anchor + make_interval(secs => (${place} * ${seconds}::float8)::float8)`
  return sql`(anchor at time zone 'UTC' + make_interval(months => (${place} * ${months}::int)::int)) at time zone 'UTC'`
}

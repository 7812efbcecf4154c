/**
 * summarise: observations of series into time buckets that begin where the calendar of a zone says. Of a bucket of a day and more, whole hours
 * that are rolled up are taken as they stand; its edges, what is newer than the mark of its series, and hours changed since are read.
 */
import { FIGURES, type Figure, type Summarised, type Summary } from '../query/query.ts'
import type { Store } from './pool.ts'
import { join, sql, type Sql } from './sql.ts'

export async function summarise(store: Store, summary: Summary): Promise<readonly Summarised[]> {
  const rows = isRolled(summary)
    ? await store.query<Readonly<Record<string, unknown>>>(overRollups(summary), 'once')
    : await store.query<Readonly<Record<string, unknown>>>(overRows(summary))
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Summarised)
}

function isRolled({ figures = FIGURES, bucket, percentile }: Summary): boolean {
  return bucket !== 'minute' && bucket !== 'hour' && percentile === undefined && !figures.includes('median')
}

const OF_ROWS: Readonly<Record<Figure, Sql>> = {
  avg: sql`avg(number) as avg`,
  min: sql`min(number) as min`,
  max: sql`max(number) as max`,
  sum: sql`sum(number) as sum`,
  first: sql`(array_agg(number order by time, id) filter (where number is not null))[1] as first`,
  last: sql`(array_agg(number order by time desc, id desc) filter (where number is not null))[1] as last`,
  stddev: sql`stddev_samp(number) as stddev`,
  median: sql`percentile_cont(0.5) within group (order by number) as median`,
}

function overRows({ series, from, until, bucket, zone, percentile, figures = FIGURES }: Summary): Sql {
  const share = percentile === undefined ? [] : [sql`percentile_cont(${percentile}::float8) within group (order by number) as percentile`]
  const asked = figures.map((figure) => OF_ROWS[figure])
  return sql`
    select ${join([sql`series`, sql`date_trunc(${bucket}, time, ${zone}) as start`, sql`count(*) as count`, ...asked, ...share], ', ')}
    from observation where series = any(${series}::int[]) and time >= ${from}::timestamptz and time < ${until}::timestamptz
    group by series, start order by series, start`
}

/** Of partial figures; `at` is when the first number of each was, `upto` when the last. */
const OF_PARTS: Readonly<Record<Exclude<Figure, 'median'>, Sql>> = {
  avg: sql`float8_avg(combined(moments)) as avg`,
  min: sql`min(min) as min`,
  max: sql`max(max) as max`,
  sum: sql`case when (combined(moments))[1] > 0 then (combined(moments))[2] end as sum`,
  first: sql`(array_agg(first order by at) filter (where first is not null))[1] as first`,
  last: sql`(array_agg(last order by upto desc) filter (where last is not null))[1] as last`,
  stddev: sql`float8_stddev_samp(combined(moments)) as stddev`,
}

/** The first and the last number, each with when it was. */
const ENDS_OF_HOURS = sql`
  (array_agg(first order by hour) filter (where state = 'rolled' and first is not null))[1] as first, min(hour) filter (where state = 'rolled' and first is not null) as at,
  (array_agg(last order by hour desc) filter (where state = 'rolled' and last is not null))[1] as last, max(hour) filter (where state = 'rolled' and last is not null) as upto`
const ENDS_OF_ROWS = sql`
  ${OF_ROWS.first}, min(time) filter (where number is not null) as at, ${OF_ROWS.last}, max(time) filter (where number is not null) as upto`
const NO_ENDS = sql`null::float8 as first, null::timestamptz as at, null::float8 as last, null::timestamptz as upto`
const EPOCH = sql`'2000-01-01T00:00:00Z'::timestamptz`

const ends = (figures: readonly Figure[]): boolean => figures.includes('first') || figures.includes('last')

function overRollups({ series, from, until, bucket, zone, figures = FIGURES }: Summary): Sql {
  const asked = figures.flatMap((figure) => (figure === 'median' ? [] : OF_PARTS[figure]))
  const [ofHours, ofRows] = ends(figures) ? [ENDS_OF_HOURS, ENDS_OF_ROWS] : [NO_ENDS, NO_ENDS]
  return sql`
    with period as (
      select series, greatest(${from}::timestamptz, period_start) as low, least(${until}::timestamptz, period_end + interval '1 microsecond') as high, rolled_to
      from series_state where series = any(${series}::int[])),
    bounds as (select series, low, high, greatest(low, least(high, rolled_to, case when rolled_to is null then low end)) as mark from period where low < high),
    bucket as (
      select series, start, greatest(start, low) as low, least(next, mark) as high
      from bounds cross join lateral (
        select local at time zone ${zone} as start, (local + step) at time zone ${zone} as next
        from (select ${`1 ${bucket}`}::interval as step) one,
          generate_series(date_trunc(${bucket}, low at time zone ${zone}), mark at time zone ${zone}, step) local) calendar
      where mark > low and next > low and start < mark),
    hours as materialized (
      select bucket.*, a, b, rolled.* from bucket
      cross join lateral (
        select date_bin('1 hour', low + interval '59 minutes 59.999999 seconds', ${EPOCH}) as a, date_bin('1 hour', high, ${EPOCH}) as b) whole
      cross join lateral (
        select sum(count) filter (where state = 'rolled')::bigint as count, combined(moments) filter (where state = 'rolled') as moments,
          min(min) filter (where state = 'rolled') as min, max(max) filter (where state = 'rolled') as max,
          array_agg(hour) filter (where state <> 'rolled') as others, ${ofHours}
        from rollup where rollup.series = bucket.series and hour >= a and hour < b) rolled),
    pieces as (
      select series, null::timestamptz as start, mark as low, high from bounds
      union all select series, start, low, case when a < b then a else high end from hours
      union all select series, start, b, high from hours where a < b
      union all select series, start, hour, hour + interval '1 hour' from hours, unnest(others) hour),
    parts as (
      select series, start, count, moments, min, max, first, at, last, upto from hours where count > 0
      union all
      select series, read.* from pieces cross join lateral (
        select coalesce(pieces.start, date_trunc(${bucket}, time, ${zone})), count(*), moments(number), min(number), max(number), ${ofRows}
        from observation where observation.series = pieces.series and time >= low and time < pieces.high
        group by 1) read where low < high)
    select ${join([sql`series`, sql`start`, sql`sum(count)::bigint as count`, ...asked], ', ')}
    from parts group by series, start order by series, start`
}

/** summarise: observations of series into time buckets that begin where the calendar of a zone says. */
import type { Summarised, Summary } from '../query/query.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export async function summarise(store: Store, { series, from, until, bucket, zone, percentile }: Summary): Promise<readonly Summarised[]> {
  const asked =
    percentile === undefined ? sql`` : sql`percentile_cont(${percentile}::float8) within group (order by number) as percentile, `
  const rows = await store.query<Readonly<Record<string, unknown>>>(sql`
    select series, ${asked}date_trunc(${bucket}, time, ${zone}) as start, count(*) as count, avg(number) as avg, min(number) as min, max(number) as max,
      sum(number) as sum, stddev_samp(number) as stddev, percentile_cont(0.5) within group (order by number) as median,
      (array_agg(number order by time, id) filter (where number is not null))[1] as first,
      (array_agg(number order by time desc, id desc) filter (where number is not null))[1] as last
    from observation where series = any(${series}::int[]) and time >= ${from}::timestamptz and time < ${until}::timestamptz
    group by series, start order by series, start`)
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Summarised)
}

/** recount: what a series says of itself, found again from its observations after some were changed or removed. */
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

/**
 * Exact for any series, and cheap: the extents come from the index on (series, time); the latest end can only lie within
 * the longest interval before the last start. Result times have no index: they are read only where a series has any.
 */
export async function recount(store: Store, series: readonly number[]): Promise<void> {
  if (series.length === 0) return
  await store.query(sql`select from series_state where series = any(${series}::int[]) order by series for update`)
  await store.query(sql`
    update series_state state set
      count = found.count, period_start = found.first, period_end = coalesce(newest."end", newest.time),
      result_start = found.result_start, result_end = found.result_end,
      latest_id = newest.id, latest_time = newest.time, latest_end = newest."end", latest_number = newest.number,
      latest_text = newest.text, latest_boolean = newest.boolean, latest_json = newest.json, area = reach.box
    from unnest(${series}::int[]) wanted(series)
    cross join lateral (
      select count(*) as count, min(time) as first, max(time) as last, min(result_time) as result_start, max(result_time) as result_end
      from observation where observation.series = wanted.series) found
    left join lateral (
      select id, time, "end", number, text, boolean, json from observation
      where observation.series = wanted.series
        and time >= found.last - (select longest from series_state where series_state.series = wanted.series)
      order by coalesce("end", time) desc, id desc limit 1) newest on true
    left join lateral (
      select box(point(max((b[0])[0]), max((b[0])[1])), point(min((b[1])[0]), min((b[1])[1]))) as box from (
        select entity.box as b from (
          select feature from observation where observation.series = wanted.series and feature is not null group by feature
          union select own.feature from series own where own.id = wanted.series and found.count > 0) named
        join entity on entity.id = named.feature) boxes) reach on true
    where state.series = wanted.series`)
}

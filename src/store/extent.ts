/** extent: where and when a dataset's data lie, from its entities and its series. */
import type { Box } from '../model/geometry.ts'
import type { Interval } from '../model/time.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

/** The box around the things of each dataset that has any with a place. */
export async function extentsOf(store: Store, datasets: readonly number[]): Promise<ReadonlyMap<number, Box>> {
  const rows = await store.query<{ id: number; west: number; south: number; east: number; north: number }>(sql`
    select dataset as id, min((box[1])[0]) as west, min((box[1])[1]) as south, max((box[0])[0]) as east, max((box[0])[1]) as north
    from entity where dataset = any(${datasets}::int[]) and role = 'thing' and box is not null group by dataset`)
  return new Map(rows.map(({ id, west, south, east, north }) => [id, [west, south, east, north]]))
}

/** From the first to the last observation of each dataset that has any. */
export async function periodsOf(store: Store, datasets: readonly number[]): Promise<ReadonlyMap<number, Interval>> {
  const rows = await store.query<Interval & { id: number }>(sql`
    select dataset as id, min(period_start) as start, max(period_end) as "end" from series join series_state on series_state.series = series.id
    where dataset = any(${datasets}::int[]) and period_start is not null group by dataset`)
  return new Map(rows.map(({ id, ...period }) => [id, period]))
}

export interface Counts {
  readonly entities: number
  readonly series: number
  readonly observations: number
}

export async function countsOf(store: Store, datasets: readonly number[]): Promise<ReadonlyMap<number, Counts>> {
  const rows = await store.query<Counts & { id: number }>(sql`
    select wanted.id, (select count(*) from entity where entity.dataset = wanted.id and role = 'thing') as entities,
      (select count(*) from series where series.dataset = wanted.id and kind = 'value') as series,
      (select coalesce(sum(count), 0)::bigint from series join series_state on series_state.series = series.id where series.dataset = wanted.id and kind = 'value') as observations
    from unnest(${datasets}::int[]) wanted(id)`)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

/** extent: where and when a dataset's data lie, from its entities and its series. */
import type { Box } from '../model/geometry.ts'
import type { Interval } from '../model/time.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export async function extentOf(store: Store, dataset: number): Promise<Box | undefined> {
  const [row] = await store.query<{ west: number | null; south: number; east: number; north: number }>(sql`
    select min((box[1])[0]) as west, min((box[1])[1]) as south, max((box[0])[0]) as east, max((box[0])[1]) as north
    from entity where dataset = ${dataset} and role = 'thing' and box is not null`)
  return row === undefined || row.west === null ? undefined : [row.west, row.south, row.east, row.north]
}

export async function periodOf(store: Store, dataset: number): Promise<Interval | undefined> {
  const [row] = await store.query<{ start: string | null; end: string }>(sql`
    select min(period_start) as start, max(period_end) as "end" from series join series_state on series_state.series = series.id where dataset = ${dataset}`)
  return row === undefined || row.start === null ? undefined : { start: row.start, end: row.end }
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

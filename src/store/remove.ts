/** remove: items and what hangs on them, as the standards cascade. Called inside a transaction, with ids that may go. */
import type { Noun } from '../model/noun.ts'
import { note } from './insert.ts'
import type { Store } from './pool.ts'
import { recount } from './recount.ts'
import { touch, type Touched } from './roll.ts'
import { sql } from './sql.ts'

export async function remove(store: Store, noun: Noun, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await REMOVE[noun](store, ids)
}

const REMOVE: Readonly<Record<Noun, (store: Store, ids: readonly number[]) => Promise<void>>> = {
  dataset: removeDatasets,
  entity: removeEntities,
  series: removeSeries,
  observation: removeObservations,
}

async function removeDatasets(store: Store, ids: readonly number[]): Promise<void> {
  const partly = await store.query<{ id: number }>(
    sql`select distinct series as id from series_part join entity on entity.id = property where dataset = any(${ids}::int[])`,
  )
  await removeSeries(
    store,
    partly.map(({ id }) => id),
  )
  for (const id of ids) await note(store, [{ noun: 'dataset', verb: 'removed', dataset: id, items: [id] }])
  await store.query(sql`delete from dataset where id = any(${ids}::int[])`)
  await store.query(sql`delete from observation where dataset = any(${ids}::int[])`)
}

/** A thing, sensor or observed property takes its series along; a feature its observations; a location its history. */
async function removeEntities(store: Store, ids: readonly number[]): Promise<void> {
  const series = await store.query<{ id: number }>(
    sql`select id from series where entity = any(${ids}::bigint[]) or sensor = any(${ids}::bigint[]) or property = any(${ids}::bigint[])
      or id = any(array(select series from series_part where property = any(${ids}::bigint[])))`,
  )
  await removeSeries(
    store,
    series.map(({ id }) => id),
  )
  await removeOfFeatures(store, ids)
  const gone = await store.query<{ id: number; dataset: number }>(
    sql`delete from entity where id = any(${ids}::bigint[]) returning id, dataset`,
  )
  await noteRemoved(store, 'entity', gone)
}

async function removeOfFeatures(store: Store, ids: readonly number[]): Promise<void> {
  await store.query(sql`
    update series set ultimates = nullif(array(select id from unnest(ultimates) with ordinality as one(id, at) where id <> all(${ids}::bigint[]) order by at), '{}')
    where ultimates && ${ids}::bigint[]`)
  const about = sql`(feature = any(${ids}::bigint[]) or feature is null and series in (select id from series where feature = any(${ids}::bigint[]) and kind = 'value'))`
  const gone = await store.query<Touched & Gone>(sql`delete from observation where ${about} returning series, dataset, ${HOUR}`)
  const places = await store.query<Touched & Gone>(sql`
    delete from observation where (parameters -> 'locations') is not null
      and parameters -> 'locations' @> any(select to_jsonb(id) from unnest(${ids}::bigint[]) id) and jsonb_array_length(parameters -> 'locations') = 1
    returning series, dataset, ${HOUR}`)
  await settle(store, [...gone, ...places])
  await noteRecounted(store, [...gone, ...places])
}

async function removeSeries(store: Store, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const gone = await store.query<{ id: number; dataset: number }>(
    sql`delete from series where id = any(${ids}::int[]) returning id, dataset`,
  )
  await store.query(sql`delete from observation where series = any(${ids}::int[])`)
  await noteRemoved(store, 'series', gone)
}

async function removeObservations(store: Store, ids: readonly number[]): Promise<void> {
  const gone = await store.query<Touched & { id: number; dataset: number }>(
    sql`delete from observation where id = any(${ids}::bigint[]) returning id, series, dataset, ${HOUR}`,
  )
  await settle(store, gone)
  await noteRemoved(store, 'observation', gone)
  await noteRecounted(store, gone)
}

const HOUR = sql`date_trunc('hour', time, 'UTC') as hour`

/** What series say of their observations, and what stands rolled up, after some of them went. */
async function settle(store: Store, gone: readonly Touched[]): Promise<void> {
  await recount(store, [...new Set(gone.map(({ series }) => series))])
  const hours = new Map(gone.map(({ series, hour }) => [`${series} ${hour}`, { series, hour }]))
  await touch(store, [...hours.values()])
}

async function noteRemoved(store: Store, noun: Noun, gone: readonly { readonly id: number; readonly dataset: number }[]): Promise<void> {
  const groups = Map.groupBy(gone, ({ dataset }) => dataset)
  await note(
    store,
    [...groups].map(([dataset, items]) => ({ noun, verb: 'removed', dataset, items: items.map(({ id }) => id) })),
  )
}

interface Gone {
  readonly series: number
  readonly dataset: number
}

/** What a series says of its observations is another now. */
async function noteRecounted(store: Store, gone: readonly Gone[]): Promise<void> {
  const groups = Map.groupBy(gone, ({ dataset }) => dataset)
  await note(
    store,
    [...groups].map(([dataset, items]) => ({
      noun: 'series',
      verb: 'changed',
      dataset,
      items: [...new Set(items.map(({ series }) => series))],
    })),
  )
}

/** heads: the few columns of datasets and series that every write needs, to be remembered by the service. */
import type { Dataset } from '../model/dataset.ts'
import type { Entity } from '../model/entity.ts'
import type { Series } from '../model/series.ts'
import type { Interval } from '../model/time.ts'
import type { Store } from './pool.ts'
import { itemOf, selectOf } from './columns.ts'
import { sql } from './sql.ts'

export type SeriesHead = Pick<
  Series,
  'id' | 'dataset' | 'entity' | 'attribute' | 'instance' | 'kind' | 'feature' | 'observationType' | 'parts' | 'schema'
> & {
  /** Its thing has moved since the series was given a feature: the feature of where it is now, null when that has none yet. */
  readonly moved?: number | null
}

export async function seriesHeads(store: Store, ids: readonly number[]): Promise<readonly SeriesHead[]> {
  const rows = await store.query<Record<string, unknown>>(sql`
    select id, dataset, entity, attribute, instance, kind, feature, observation_type as "observationType", parts, schema, here.feature_here,
      here.location is not null and feature_here is distinct from feature
        and exists (select from link where target = series.feature and name = 'feature') as stale
    from series left join lateral (
      select link.target as location, made.target as feature_here
      from link left join link made on made.source = link.target and made.name = 'feature'
      where link.source = series.entity and link.name = 'location' order by link.target desc limit 1) here on true
    where id = any(${ids}::int[])`)
  return rows.map(
    ({ feature, parts, schema, stale, feature_here: moved, ...row }) =>
      ({
        ...row,
        ...(feature !== null && { feature }),
        ...(parts !== null && { parts }),
        ...(schema !== null && { schema }),
        ...(stale === true && { moved }),
      }) as SeriesHead,
  )
}

export async function datasetHeads(store: Store, ids: readonly number[]): Promise<readonly Dataset[]> {
  const rows = await store.query<Record<string, unknown>>(
    sql`select ${selectOf('dataset', 't')} from dataset t where id = any(${ids}::int[])`,
  )
  return rows.map((row) => itemOf('dataset', row))
}

export async function datasetBySlug(store: Store, tenant: number, slug: string): Promise<Dataset | undefined> {
  const [row] = await store.query<Record<string, unknown>>(
    sql`select ${selectOf('dataset', 't')} from dataset t where tenant = ${tenant} and slug = ${slug}`,
  )
  return row && itemOf('dataset', row)
}

export async function entitiesByIri(store: Store, tenant: number, iris: readonly string[]): Promise<readonly Entity[]> {
  const rows = await store.query<Record<string, unknown>>(
    sql`select ${selectOf('entity', 't')} from entity t where tenant = ${tenant} and iri = any(${iris})`,
  )
  return rows.map((row) => itemOf('entity', row))
}

/** The datasets that entities belong to; those that are not there are missing. */
export async function datasetsOfEntities(store: Store, ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const rows = await store.query<{ id: number; dataset: number }>(sql`select id, dataset from entity where id = any(${ids}::bigint[])`)
  return new Map(rows.map(({ id, dataset }) => [id, dataset]))
}

/** Series by entity and attribute, of the default instance. */
export async function seriesOf(store: Store, entities: readonly number[], attributes: readonly string[]): Promise<readonly SeriesHead[]> {
  const rows = await store.query<{ id: number }>(sql`
    select series.id from unnest(${entities}::bigint[], ${attributes}::text[]) wanted(entity, attribute)
    join series on series.entity = wanted.entity and series.attribute = wanted.attribute and series.instance = ''`)
  return rows.length === 0
    ? []
    : seriesHeads(
        store,
        rows.map(({ id }) => id),
      )
}

/** The locations of things, and the features made of them, by thing. */
export async function placesOf(
  store: Store,
  things: readonly number[],
): Promise<readonly { readonly thing: number; readonly location: number; readonly feature: number | null }[]> {
  return store.query(sql`
    select link.source as thing, link.target as location, made.target as feature
    from link left join link made on made.source = link.target and made.name = 'feature'
    where link.source = any(${things}::bigint[]) and link.name = 'location' order by link.target`)
}

/** From the first to the last that was heard of each thing, by its series; things without observations are missing. */
export async function heardOf(store: Store, things: readonly number[]): Promise<ReadonlyMap<number, Interval>> {
  const rows = await store.query<Interval & { thing: number }>(sql`
    select entity as thing, min(period_start) as start, max(latest_time) as "end" from series join series_state on series_state.series = series.id
    where entity = any(${things}::bigint[]) and latest_time is not null group by entity`)
  return new Map(rows.map(({ thing, ...heard }) => [thing, heard]))
}

export async function setFeature(store: Store, series: readonly number[], feature: number): Promise<void> {
  await store.query(sql`update series set feature = ${feature} where id = any(${series}::int[]) and feature is null`)
}

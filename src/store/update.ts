/** update: one item written over, as it is now; what an entity was before is kept as a version. Called inside a transaction. */
import type { Dataset } from '../model/dataset.ts'
import type { Entity } from '../model/entity.ts'
import type { Noun, Nouns } from '../model/noun.ts'
import type { Observation } from '../model/observation.ts'
import type { Series } from '../model/series.ts'
import { COLUMNS } from './append.ts'
import { insertParts, placeOf, wordsOf } from './insert.ts'
import type { Store } from './pool.ts'
import { recount } from './recount.ts'
import { touch } from './roll.ts'
import { join, name, sql } from './sql.ts'

/** Locks the row until the transaction ends, so that two changes of one item take turns. */
export async function lock(store: Store, noun: Noun, id: number): Promise<void> {
  await store.query(sql`select from ${name(noun)} where id = ${id} for update`)
}

export async function update<N extends Noun>(store: Store, noun: N, old: Nouns[N], item: Nouns[N]): Promise<void> {
  await UPDATE[noun](store, old as never, item as never)
}

const UPDATE = { dataset: updateDataset, entity: updateEntity, series: updateSeries, observation: updateObservation }

async function updateDataset(store: Store, { id }: Dataset, one: Dataset): Promise<void> {
  await store.query(sql`
    update dataset set slug = ${one.slug}, title = ${JSON.stringify(one.title)}, description = ${JSON.stringify(one.description)}, keywords = ${one.keywords},
      themes = ${one.themes}, licence = ${one.licence ?? null}, publisher = ${one.publisher ? JSON.stringify(one.publisher) : null},
      contact = ${one.contact ? JSON.stringify(one.contact) : null}, access = ${one.access}, state = ${one.state}, duplicates = ${one.duplicates},
      properties = ${JSON.stringify(one.properties)}, words = ${wordsOf(one)}, modified = now() where id = ${id}`)
}

async function updateEntity(store: Store, old: Entity, one: Entity): Promise<void> {
  const { text, shape, box, lon, lat } = placeOf(one.geometry)
  const was = { name: old.name, description: old.description, geometry: old.geometry, attributes: old.attributes, about: old.about }
  await store.query(
    sql`insert into entity_version (entity, at, dataset, was) values (${old.id}, now(), ${old.dataset}, ${JSON.stringify(was)})`,
  )
  await store.query(sql`
    update entity set iri = ${one.iri}, types = ${one.types}, name = ${one.name}, description = ${one.description}, geometry = ${text}, shape = ${shape},
      box = ${box ? sql`box(point(${box[2]}::float8, ${box[3]}::float8), point(${box[0]}::float8, ${box[1]}::float8))` : null}, lon = ${lon}, lat = ${lat},
      attributes = ${JSON.stringify(one.attributes)}, about = ${JSON.stringify(one.about)}, scopes = ${one.scopes}, modified = now() where id = ${old.id}`)
}

async function updateSeries(store: Store, { id, parts }: Series, one: Series): Promise<void> {
  await store.query(sql`
    update series set entity = ${one.entity}, attribute = ${one.attribute}, instance = ${one.instance}, name = ${one.name}, description = ${one.description},
      observation_type = ${one.observationType}, unit = ${JSON.stringify(one.unit)}, parts = ${one.parts ? JSON.stringify(one.parts) : null},
      schema = ${one.schema ? JSON.stringify(one.schema) : null}, property = ${one.property ?? null}, sensor = ${one.sensor ?? null},
      feature = ${one.feature ?? null}, ultimates = ${one.ultimates?.length ? one.ultimates : null}::bigint[], properties = ${JSON.stringify(one.properties)}, modified = now() where id = ${id}`)
  if (parts === undefined && one.parts === undefined) return
  await store.query(sql`delete from series_part where series = ${id}`)
  await insertParts(store, [one])
}

async function updateObservation(store: Store, old: Observation, one: Observation): Promise<void> {
  const columns = COLUMNS.filter(([column]) => column !== 'id').map(([column, , read]) => sql`${name(column)} = ${read(one) ?? null}`)
  await store.query(sql`update observation set ${join(columns, ', ')}, modified = now() where id = ${old.id}`)
  await store.query(sql`
    update series_state set longest = greatest(longest, coalesce(${one.end ?? null}::timestamptz - ${one.time}::timestamptz, '0'))
    where series = ${one.series}`)
  await recount(store, [...new Set([old.series, one.series])])
  await touch(
    store,
    [old, one].map(({ series, time }) => ({ series, hour: time })),
  )
}

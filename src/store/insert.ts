/** insert: new datasets, entities, links and series, set-based. Called inside a transaction. */
import type { Dataset } from '../model/dataset.ts'
import type { Entity, Link } from '../model/entity.ts'
import type { Noun } from '../model/noun.ts'
import { boxOf, type Geometry } from '../model/geometry.ts'
import { wkbOf } from '../model/wkb.ts'
import type { Series } from '../model/series.ts'
import { textIn } from '../model/text.ts'
import type { Store } from './pool.ts'
import { sql, type Sql } from './sql.ts'

export async function insertDatasets(store: Store, datasets: readonly Dataset[]): Promise<void> {
  for (const one of datasets)
    await store.query(sql`
      insert into dataset (id, tenant, slug, title, description, keywords, themes, licence, publisher, contact, access, state, duplicates, properties, origin, words)
      values (${one.id}, ${one.tenant}, ${one.slug}, ${JSON.stringify(one.title)}, ${JSON.stringify(one.description)}, ${one.keywords}, ${one.themes},
        ${one.licence ?? null}, ${jsonOf(one.publisher)}, ${jsonOf(one.contact)}, ${one.access}, ${one.state}, ${one.duplicates},
        ${JSON.stringify(one.properties)}, ${one.origin ?? null}, ${wordsOf(one)})`)
}

/** What the catalogue's search looks into; titles weigh most. */
export function wordsOf({ title, description, keywords, publisher }: Dataset): Sql {
  const all = (text: Dataset['title']) => Object.values(text).join(' ')
  return sql`setweight(to_tsvector('german', ${`${textIn(title, 'de')} ${all(title)}`}), 'A') || setweight(to_tsvector('german', ${keywords.join(' ')}), 'B')
    || to_tsvector('german', ${`${all(description)} ${publisher?.name ?? ''}`}) || to_tsvector('simple', ${`${all(title)} ${keywords.join(' ')}`})`
}

export async function insertEntities(store: Store, entities: readonly Entity[]): Promise<void> {
  if (entities.length === 0) return
  const column = <T>(read: (one: Entity) => T): T[] => entities.map(read)
  const places = entities.map(({ geometry }) => placeOf(geometry))
  await store.query(sql`
    insert into entity (id, tenant, dataset, role, iri, types, name, description, geometry, shape, box, lon, lat, attributes, about, scopes)
    select input.id, dataset.tenant, input.dataset, role, iri, array(select jsonb_array_elements_text(types)), name, input.description, geometry, shape,
      case when west is not null then box(point(east, north), point(west, south)) end, lon, lat, attributes, about, array(select jsonb_array_elements_text(scopes))
    from unnest(${column(({ id }) => id)}::bigint[], ${column(({ dataset }) => dataset)}::int[], ${column(({ role }) => role)}::text[],
      ${column(({ iri }) => iri)}::text[], ${column(({ types }) => JSON.stringify(types))}::jsonb[], ${column(({ name }) => name)}::text[],
      ${column(({ description }) => description)}::text[], ${places.map(({ text }) => text)}::json[], ${places.map(({ shape }) => shape)}::bytea[],
      ${places.map(({ box }) => box?.[0] ?? null)}::float8[], ${places.map(({ box }) => box?.[1] ?? null)}::float8[],
      ${places.map(({ box }) => box?.[2] ?? null)}::float8[], ${places.map(({ box }) => box?.[3] ?? null)}::float8[],
      ${places.map(({ lon }) => lon)}::float8[], ${places.map(({ lat }) => lat)}::float8[],
      ${column(({ attributes }) => JSON.stringify(attributes))}::jsonb[], ${column(({ about }) => JSON.stringify(about))}::jsonb[],
      ${column(({ scopes }) => JSON.stringify(scopes))}::jsonb[])
      as input(id, dataset, role, iri, types, name, description, geometry, shape, west, south, east, north, lon, lat, attributes, about, scopes)
    join dataset on dataset.id = input.dataset`)
}

/** A geometry in its four forms: verbatim, for GEOS, for the index, and as a point's two numbers. Throws `invalid-body` for what is none. */
export function placeOf(geometry: Geometry | undefined) {
  const wkb = geometry && wkbOf(geometry, 'invalid-body')
  const box = geometry && boxOf(geometry)
  const [lon, lat] = geometry?.type === 'Point' ? geometry.coordinates : []
  const shape = wkb && lon === undefined ? Buffer.from(wkb) : null
  return { text: geometry ? JSON.stringify(geometry) : null, shape, box, lon: lon ?? null, lat: lat ?? null }
}

export async function insertLinks(store: Store, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return
  await store.query(sql`
    insert into link (source, name, target)
    select * from unnest(${links.map(({ source }) => source)}::bigint[], ${links.map(({ name }) => name)}::text[], ${links.map(({ target }) => target)}::bigint[])
    on conflict do nothing`)
}

export async function insertSeries(store: Store, series: readonly Series[]): Promise<void> {
  if (series.length === 0) return
  const column = <T>(read: (one: Series) => T): T[] => series.map(read)
  await store.query(sql`
    with made as (
      insert into series (id, dataset, entity, attribute, instance, kind, name, description, observation_type, unit, parts, schema, property, sensor, feature, ultimates, properties)
      select id, dataset, entity, attribute, instance, kind, name, description, type, unit, parts, schema, property, sensor, feature,
        case when ultimates is not null then array(select jsonb_array_elements_text(ultimates)::bigint) end, properties
      from unnest(${column(({ id }) => id)}::int[], ${column(({ dataset }) => dataset)}::int[], ${column(({ entity }) => entity)}::bigint[],
        ${column(({ attribute }) => attribute)}::text[], ${column(({ instance }) => instance)}::text[], ${column(({ kind }) => kind)}::text[],
        ${column(({ name }) => name)}::text[], ${column(({ description }) => description)}::text[],
        ${column(({ observationType }) => observationType)}::text[], ${column(({ unit }) => JSON.stringify(unit))}::jsonb[],
        ${column(({ parts }) => jsonOf(parts))}::jsonb[], ${column(({ schema }) => jsonOf(schema))}::jsonb[],
        ${column(({ property }) => property ?? null)}::bigint[], ${column(({ sensor }) => sensor ?? null)}::bigint[],
        ${column(({ feature }) => feature ?? null)}::bigint[], ${column(({ ultimates }) => jsonOf(ultimates))}::jsonb[],
        ${column(({ properties }) => JSON.stringify(properties))}::jsonb[])
        as input(id, dataset, entity, attribute, instance, kind, name, description, type, unit, parts, schema, property, sensor, feature, ultimates, properties)
      returning id)
    insert into series_state (series) select id from made`)
  await insertParts(store, series)
}

/** The parts of series again, to be found from their properties. */
export async function insertParts(store: Store, series: readonly Series[]): Promise<void> {
  const rows = series.flatMap(({ id, parts = [] }) => parts.map(({ property }, position) => ({ id, property, position })))
  if (rows.length === 0) return
  await store.query(sql`
    insert into series_part (series, position, property)
    select * from unnest(${rows.map(({ id }) => id)}::int[], ${rows.map(({ position }) => position)}::int[], ${rows.map(({ property }) => property)}::bigint[])`)
}

export interface Note {
  readonly noun: Noun
  readonly verb: 'made' | 'changed' | 'removed'
  readonly dataset: number
  readonly items: readonly number[]
}

/** Notes in the outbox what this transaction changed, and tells the other nodes to forget what they know of it. */
export async function note(store: Store, notes: readonly Note[]): Promise<void> {
  for (const { noun, verb, dataset, items } of notes) {
    if (items.length === 0) continue
    await store.query(sql`
      insert into change (tenant, dataset, noun, verb, items)
      select coalesce((select tenant from dataset where id = ${dataset}), 1), ${dataset}, ${noun}, ${verb}, ${items}::bigint[]`)
    if (noun !== 'observation') await store.query(sql`select pg_notify(${CHANGED}, ${noun})`)
  }
}

/** The channel on which nodes tell each other that descriptions have changed. Observations would be too many for it. */
export const CHANGED = 'allmende_changed'

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

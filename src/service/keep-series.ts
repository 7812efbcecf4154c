/** keep-series: series of a source, with the observed property and the sensor behind them. */
import type { ObservationDraft, SeriesDraft } from '../model/draft.ts'
import type { Entity, Role } from '../model/entity.ts'
import type { JsonObject } from '../model/json.ts'
import type { Series } from '../model/series.ts'
import { Problem } from '../problem.ts'
import { entitiesByIri, seriesOf } from '../store/heads.ts'
import { insertEntities, insertSeries } from '../store/insert.ts'
import type { Batching } from './batching.ts'
import type { Observed, ObservedProperty } from './service.ts'

interface Numbered<D> {
  readonly position: number
  readonly draft: D
}

const MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement'

export const keyOf = ({ entity, attribute }: { readonly entity: string; readonly attribute: string }): string => `${entity}\n${attribute}`

export async function keepSeries(
  batch: Batching,
  drafts: readonly Numbered<SeriesDraft>[],
  observations: readonly Numbered<ObservationDraft>[],
): Promise<{ readonly made: readonly number[] }> {
  const spokenOf = new Map<string, SeriesDraft | ObservationDraft>()
  for (const list of [drafts, observations]) for (const { draft } of list) spokenOf.set(keyOf(draft), draft)
  await findThings(batch, [...spokenOf.values()])
  await findSeries(batch, [...spokenOf.values()])
  const fresh = new Map<string, SeriesDraft>()
  for (const { position, draft } of drafts) {
    if (!batch.things.has(draft.entity)) batch.failed.set(position, unknownThing(draft.entity))
    else if (!batch.series.has(keyOf(draft))) fresh.set(keyOf(draft), draft)
  }
  return { made: await make(batch, [...fresh.values()]) }
}

function unknownThing(iri: string): Problem {
  return new Problem('invalid-body', { en: `“${iri}” is not known.`, de: `„${iri}“ ist nicht bekannt.` })
}

/** Things that this batch names but does not describe. */
async function findThings(batch: Batching, drafts: readonly (SeriesDraft | ObservationDraft)[]): Promise<void> {
  const iris = [...new Set(drafts.map(({ entity }) => entity))].filter((iri) => !batch.things.has(iri))
  if (iris.length === 0) return
  for (const one of await entitiesByIri(batch.store, batch.dataset.tenant, iris))
    if (one.dataset === batch.dataset.id) batch.things.set(one.iri, one.id)
}

/** Each is spoken of once. */
async function findSeries(batch: Batching, drafts: readonly (SeriesDraft | ObservationDraft)[]): Promise<void> {
  const pairs = drafts.flatMap(({ entity: iri, attribute }) => {
    const id = batch.things.get(iri)
    return id === undefined ? [] : { iri, id, attribute }
  })
  const iriOf = new Map(pairs.map(({ id, iri }) => [id, iri]))
  const found = await seriesOf(
    batch.store,
    pairs.map(({ id }) => id),
    pairs.map(({ attribute }) => attribute),
  )
  for (const { id, entity, attribute } of found) batch.series.set(keyOf({ entity: iriOf.get(entity) ?? '', attribute }), id)
}

async function make(batch: Batching, drafts: readonly SeriesDraft[]): Promise<readonly number[]> {
  if (drafts.length === 0) return []
  const roles = await ensure(batch, drafts.flatMap((draft) => [propertyOf(batch, draft), sensorOf(batch, draft)])) // prettier-ignore
  const ids = await batch.ids.take('series', drafts.length)
  const series = drafts.map((draft, i): Series => {
    const id = ids[i] ?? 0
    batch.series.set(keyOf(draft), id)
    return {
      id,
      dataset: batch.dataset.id,
      entity: batch.things.get(draft.entity) ?? 0,
      attribute: draft.attribute,
      instance: '',
      kind: 'value',
      name: draft.name ?? draft.property?.name ?? draft.attribute,
      description: draft.description ?? '',
      observationType: draft.observationType ?? MEASUREMENT,
      unit: draft.unit ?? { name: null, symbol: null, definition: null },
      property: roles.get(propertyOf(batch, draft).iri) ?? 0,
      sensor: roles.get(sensorOf(batch, draft).iri) ?? 0,
      properties: {},
      count: 0,
      created: '',
      modified: '',
    }
  })
  await insertSeries(batch.store, series)
  return ids
}

/** Two that make the same at once take turns. */
export async function ensureObserved(batch: Batching, properties: readonly ObservedProperty[]): Promise<Observed> {
  const drafts = properties.map(({ attribute, name, definition }): SeriesDraft => ({ draft: 'series', entity: '', attribute, property: { name, definition } })) // prettier-ignore
  const none: SeriesDraft = { draft: 'series', entity: '', attribute: '' }
  const roles = await ensure(batch, [...drafts.map((draft) => propertyOf(batch, draft)), sensorOf(batch, none)])
  const idOf = ({ iri }: Wanted) => roles.get(iri) ?? 0
  return {
    properties: new Map(drafts.map((draft) => [draft.attribute, idOf(propertyOf(batch, draft))])),
    sensor: idOf(sensorOf(batch, none)),
  }
}

type Wanted = Pick<Entity, 'role' | 'iri' | 'name' | 'description' | 'about'>

function propertyOf({ dataset }: Batching, { attribute, property }: SeriesDraft): Wanted {
  const definition = property?.definition ?? `urn:allmende:property:${encodeURIComponent(attribute)}`
  return wanted('property', `${dataset.slug}:${attribute}`, property?.name ?? attribute, property?.description ?? '', { definition })
}

function sensorOf({ dataset }: Batching, { sensor }: SeriesDraft): Wanted {
  if (sensor === undefined)
    return wanted('sensor', `${dataset.slug}:unspecified`, 'Unspecified sensor', 'The source does not name its sensor.', {
      encodingType: 'text/plain',
      metadata: '',
    })
  return wanted('sensor', `${dataset.slug}:${sensor.name}`, sensor.name, sensor.description ?? '', {
    encodingType: 'text/plain',
    metadata: sensor.metadata ?? '',
  })
}

function wanted(role: Role, key: string, name: string, description: string, about: JsonObject): Wanted {
  const type = role === 'sensor' ? 'Sensor' : 'ObservedProperty'
  return { role, iri: `urn:ngsi-ld:${type}:${encodeURIComponent(key)}`, name, description, about }
}

/** Their ids by IRI, made where they are not there yet. */
async function ensure(batch: Batching, all: readonly Wanted[]): Promise<ReadonlyMap<string, number>> {
  const byIri = new Map(all.map((one) => [one.iri, one]))
  const found = new Map((await entitiesByIri(batch.store, batch.dataset.tenant, [...byIri.keys()])).map(({ iri, id }) => [iri, id]))
  const fresh = [...byIri.values()].filter(({ iri }) => !found.has(iri))
  const ids = await batch.ids.take('entity', fresh.length)
  const entities = fresh.map((one, i): Entity => ({
    ...one,
    id: ids[i] ?? 0,
    dataset: batch.dataset.id,
    types: [one.role === 'sensor' ? 'Sensor' : 'ObservedProperty'],
    attributes: {},
    scopes: [],
    created: '',
    modified: '',
  }))
  await insertEntities(batch.store, entities)
  return new Map([...found, ...entities.map(({ iri, id }) => [iri, id] as const)])
}

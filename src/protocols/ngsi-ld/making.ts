/** making: new entities and new series as one batch, with the places, observed properties and sensors that other standards ask for. */
import type { Entity, Link } from '../../model/entity.ts'
import type { Geometry } from '../../model/geometry.ts'
import type { Observation } from '../../model/observation.ts'
import type { Series } from '../../model/series.ts'
import { now, type Instant } from '../../model/time.ts'
import { equals, type Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import type { Attribute } from './attribute.ts'
import { detailOf, headFor } from './delta.ts'
import { iriOf, lastPart } from './names.ts'

export interface Writer {
  readonly service: Service
  readonly who: Principal
}

/** A value that no series takes yet. */
export interface First {
  readonly entity: Entity
  readonly name: string
  readonly attribute: Attribute
}

/** A thing that is somewhere from now on. */
export interface Placed {
  readonly entity: Entity
  readonly geometry: Geometry
  readonly time: Instant
}

const OM = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_'

/** A batch in the making; it is handed to `record` as it is. */
export class Making {
  readonly entities: Entity[] = []
  readonly links: Link[] = []
  readonly series: Series[] = []
  readonly observations: Observation[] = []
  private readonly places = new Map<number, Entity>()
  private readonly writer: Writer
  private readonly dataset: number

  constructor(writer: Writer, dataset: number) {
    this.writer = writer
    this.dataset = dataset
  }

  /** Where things are: a location each, and the beginning of their history. `series` are those that things have already. */
  async place(placed: readonly Placed[], series: ReadonlyMap<number, number> = new Map()): Promise<void> {
    const ids = await this.writer.service.ids('entity', placed.length)
    const fresh = [...(await this.writer.service.ids('series', placed.filter(({ entity }) => !series.has(entity.id)).length))]
    for (const [i, { entity, geometry, time }] of placed.entries()) {
      const location = locationOf(entity, ids[i] ?? 0, geometry)
      this.entities.push(location)
      this.places.set(entity.id, location)
      const known = series.get(entity.id)
      const of = known ?? fresh.shift() ?? 0
      if (known === undefined) this.series.push(placeSeries(of, entity))
      const id = await this.writer.service.observationId(time)
      const result = geometry as unknown as Observation['result']
      this.observations.push({ id, series: of, dataset: entity.dataset, time, result, parameters: { locations: [location.id] } })
    }
  }

  locationOf(entity: number): number | undefined {
    return this.places.get(entity)?.id
  }

  linkPlaces(): void {
    for (const [source, { id: target }] of this.places) this.links.push({ source, name: 'location', target })
  }

  /** Series for values that have none, each with its observed property and the sensor nobody named. */
  async measure(firsts: readonly First[]): Promise<void> {
    if (firsts.length === 0) return
    const { service, who } = this.writer
    const names = [...new Set(firsts.map(({ name }) => name))]
    const { properties, sensor } = await service.observed(who, this.dataset, names.map((name) => ({ attribute: name, name: lastPart(name), definition: iriOf(name) }))) // prettier-ignore
    const ids = await service.ids('series', firsts.length)
    const features = await this.features(firsts)
    for (const [i, { entity, name, attribute }] of firsts.entries()) {
      const feature = features.get(entity.id)
      const fresh: Series = {
        ...bareSeries(ids[i] ?? 0, entity, name, attribute),
        property: properties.get(name) ?? 0,
        sensor,
        ...(feature !== undefined && { feature }),
      }
      this.series.push(headFor(fresh, attribute))
      await this.observe(fresh, attribute)
    }
  }

  async observe(series: Series, attribute: Attribute): Promise<void> {
    const observation = observationOf(series, attribute)
    const id = await this.writer.service.observationId(observation.time)
    this.observations.push({ ...observation, id, dataset: series.dataset })
  }

  /** Features of interest of things that are placed by this batch. */
  private async features(firsts: readonly First[]): Promise<ReadonlyMap<number, number>> {
    const placed = [...new Set(firsts.map(({ entity }) => entity.id))].flatMap((id) => this.places.get(id) ? [[id, this.places.get(id)] as const] : []) // prettier-ignore
    const ids = await this.writer.service.ids('entity', placed.length)
    return new Map(placed.map(([entity, place], i) => {
        const id = ids[i] ?? 0
        if (place === undefined) return [entity, id]
        this.entities.push({ ...place, id, role: 'feature', iri: `urn:ngsi-ld:FeatureOfInterest:${id}`, types: ['FeatureOfInterest'] })
        this.links.push({ source: place.id, name: 'feature', target: id })
        return [entity, id]
      })) // prettier-ignore
  }
}

/** The place series of things, by thing. */
export async function placeSeriesOf({ service, who }: Writer, things: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const where: Filter = { is: 'and', of: [equals(['kind'], 'place'), { is: 'in', path: ['entity'], values: things }] }
  const { items } = await service.find(who, ask('series', where, things.length))
  return new Map(items.map(({ entity, id }) => [entity, id]))
}

export function bareEntity(of: Pick<Entity, 'id' | 'dataset' | 'iri' | 'types'> & Partial<Entity>): Entity {
  return { role: 'thing', name: '', description: '', attributes: {}, about: {}, scopes: [], created: '', modified: '', ...of }
}

function locationOf({ dataset, name, description }: Entity, id: number, geometry: Geometry): Entity {
  const iri = `urn:ngsi-ld:Location:${id}`
  return bareEntity({ id, dataset, iri, types: ['Location'], role: 'location', name, description, geometry, about: { encodingType: 'application/geo+json' } }) // prettier-ignore
}

const UNSAID = { name: null, symbol: null, definition: null }

function bareSeries(id: number, entity: Entity, name: string, { kind, value, datasetId }: Attribute): Series {
  return {
    id,
    dataset: entity.dataset,
    entity: entity.id,
    attribute: name,
    instance: datasetId ?? '',
    kind: 'value',
    name: lastPart(name),
    description: '',
    observationType: observationType(kind, value),
    unit: UNSAID,
    properties: {},
    count: 0,
    created: '',
    modified: '',
  }
}

/** What the canonical model says of each kind. */
function observationType(kind: Attribute['kind'], value: Attribute['value']): string {
  if (kind === 'VocabProperty' && typeof value === 'string') return `${OM}CategoryObservation`
  if (kind !== 'Property') return `${OM}Observation`
  if (typeof value === 'number') return `${OM}Measurement`
  return typeof value === 'boolean' ? `${OM}TruthObservation` : `${OM}Observation`
}

function placeSeries(id: number, entity: Entity): Series {
  const attribute: Attribute = { kind: 'GeoProperty', value: null, sub: new Map() }
  return { ...bareSeries(id, entity, 'location', attribute), kind: 'place', name: 'Location' }
}

/** What comes without a time is of now. */
export function observationOf(series: Pick<Series, 'id'>, attribute: Attribute): Omit<Observation, 'id' | 'dataset'> {
  const parameters = detailOf(attribute)
  return { series: series.id, time: attribute.observedAt ?? now(), result: attribute.value, ...(parameters && { parameters }) }
}

/** world: two tenants with datasets that are open, hidden, unreleased and granted, each with a thing, a series and an observation. */
import type { Dataset } from '../../src/model/dataset.ts'
import type { Entity } from '../../src/model/entity.ts'
import type { Series } from '../../src/model/series.ts'
import { openPeople, type People } from '../../src/govern/people.ts'
import { keeper } from '../../src/rights/principal.ts'
import { openService } from '../../src/service/open.ts'
import type { Offer, Service } from '../../src/service/service.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase, type Database } from '../../src/store/pool.ts'
import { throwawaySchema, type ThrowawaySchema } from '../support/database.ts'

/** What hangs together in one dataset. */
export interface Place {
  readonly tenant: number
  readonly slug: string
  readonly dataset: number
  readonly thing: number
  readonly sensor: number
  readonly property: number
  readonly series: number
  readonly observation: number
  readonly time: string
}

export interface Places {
  /** Public and released: everyone reads it. */
  readonly open: Place
  /** Internal: nobody here was granted it. */
  readonly hidden: Place
  /** Public, but not released yet. */
  readonly unreleased: Place
  /** Internal: the member was granted it. */
  readonly mine: Place
  /** Public and released, in the other tenant. */
  readonly foreign: Place
}

export interface World extends Places {
  readonly database: Database
  readonly service: Service
  readonly people: People
  close(): Promise<void>
}

export const HOME_TENANT = 1

export async function openWorld(offers: readonly Offer[] = []): Promise<World> {
  const schema: ThrowawaySchema = await throwawaySchema()
  const database = await openDatabase(schema.url, 6)
  await migrate(database)
  const service = await openService(database, offers)
  const people = openPeople(database)
  return {
    database,
    service,
    people,
    ...(await settleAll(service, people)),
    async close() {
      await database.close()
      await schema.drop()
    },
  }
}

export async function settleAll(service: Service, people: People): Promise<Places> {
  const other = await people.tenants.make('nachbar', 'Nachbarstadt')
  const place = (tenant: number, slug: string, parts: Pick<Dataset, 'access' | 'state'>) => settle(service, tenant, slug, parts)
  return {
    open: await place(HOME_TENANT, 'offen', { access: 'public', state: 'released' }),
    hidden: await place(HOME_TENANT, 'verborgen', { access: 'internal', state: 'released' }),
    unreleased: await place(HOME_TENANT, 'entwurf', { access: 'public', state: 'draft' }),
    mine: await place(HOME_TENANT, 'meins', { access: 'internal', state: 'released' }),
    foreign: await place(other.id, 'fremd', { access: 'public', state: 'released' }),
  }
}

/** In every name and title of a place; the slug alone may come back in an answer because it was asked for. */
export function markOf({ slug }: Pick<Place, 'slug'>): string {
  return `Inhalt-${slug}`
}

async function settle(service: Service, tenant: number, slug: string, parts: Pick<Dataset, 'access' | 'state'>): Promise<Place> {
  const who = keeper(tenant, 'test')
  const time = '2026-03-01T12:00:00Z'
  const [dataset = 0] = await service.ids('dataset', 1)
  const [thing = 0, sensor = 0, property = 0] = await service.ids('entity', 3)
  const [series = 0] = await service.ids('series', 1)
  await service.record(who, {
    datasets: [datasetOf(dataset, tenant, slug, parts)],
    entities: [
      entityOf(thing, dataset, 'thing', `${markOf({ slug })} Thing`),
      entityOf(sensor, dataset, 'sensor', `${markOf({ slug })} Sensor`),
      entityOf(property, dataset, 'property', `${markOf({ slug })} Property`),
    ],
    series: [seriesOf(series, dataset, thing, { sensor, property, name: `${markOf({ slug })} Series` })],
  })
  const [observation] = await service.append(who, [{ series, time, result: 42 }])
  if (typeof observation !== 'number') throw new Error('the world could not be settled', { cause: observation })
  return { tenant, slug, dataset, thing, sensor, property, series, observation, time }
}

export function datasetOf(id: number, tenant: number, slug: string, parts: Pick<Dataset, 'access' | 'state'>): Dataset {
  return {
    id,
    tenant,
    slug,
    title: { de: `${markOf({ slug })} Titel` },
    description: {},
    keywords: [],
    themes: [],
    duplicates: 'keep',
    properties: {},
    created: '',
    modified: '',
    ...parts,
  }
}

export function entityOf(id: number, dataset: number, role: Entity['role'], name: string): Entity {
  const type = {
    thing: 'Thing',
    location: 'Location',
    sensor: 'Sensor',
    property: 'ObservedProperty',
    feature: 'FeatureOfInterest',
    actuator: 'Actuator',
    'feature-type': 'FeatureType',
  }[role]
  return {
    id,
    dataset,
    role,
    iri: `urn:ngsi-ld:${type}:${id}`,
    types: [type],
    name,
    description: '',
    ...(role === 'thing' ? { geometry: { type: 'Point', coordinates: [8.1, 49.2] } } : {}),
    attributes: {},
    about: {},
    scopes: [],
    created: '',
    modified: '',
  }
}

export function seriesOf(id: number, dataset: number, entity: number, parts: Partial<Series> = {}): Series {
  return {
    id,
    dataset,
    entity,
    attribute: `a${id}`,
    instance: '',
    kind: 'value',
    name: `Series ${id}`,
    description: '',
    observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
    unit: { name: null, symbol: null, definition: null },
    properties: {},
    count: 0,
    created: '',
    modified: '',
    ...parts,
  }
}

/** names: what SensorThings calls our nouns, fields and relations. The whole mapping of the data model, as tables. */
import type { Noun } from '../../model/noun.ts'
import type { Role } from '../../model/entity.ts'
import { equals, type Filter, type Path } from '../../query/filter.ts'

export const SETS = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
] as const
export type SetName = (typeof SETS)[number]

/**
 * How a property is asked for. An 'interval' may be an instant too: then its end is missing. A 'shape' is GeoJSON that is kept as
 * the entity's geometry; what is not GeoJSON is in `about.location`. 'sealed' ones are written out but cannot be asked for.
 */
export type Property =
  | { readonly is: 'plain' | 'time' | 'json'; readonly path: Path }
  | { readonly is: 'interval'; readonly path: Path; readonly end: Path }
  | { readonly is: 'shape'; readonly path: Path; readonly inner: Path }
  | { readonly is: 'area'; readonly path: Path }

export interface Navigation {
  readonly name: string
  readonly to: SetName
  readonly many: boolean
  /** The relation that leads there, and the one that leads back (query/relations.ts). */
  readonly through: string
  readonly back: string
  /** The field that holds the id of the related item, where it is in the item itself. */
  readonly key?: string
}

export interface EntityType {
  readonly set: SetName
  /** What one of the set is called: "Thing". */
  readonly one: string
  readonly noun: Noun
  /** Of an entity. */
  readonly role?: Role
  /** What of the noun belongs to the set. */
  readonly where: Filter
  readonly properties: Readonly<Record<string, Property>>
  readonly navigation: Readonly<Record<string, Navigation>>
}

const plain = (...path: Path): Property => ({ is: 'plain', path })
const time = (...path: Path): Property => ({ is: 'time', path })
const json = (...path: Path): Property => ({ is: 'json', path })
const interval = (start: string, end: string): Property => ({ is: 'interval', path: [start], end: [end] })

const many = (name: SetName, through: string, back: string): Navigation => ({ name, to: name, many: true, through, back })
const one = (name: string, to: SetName, through: string, back: string, key?: string): Navigation => ({
  name,
  to,
  many: false,
  through,
  back,
  ...(key !== undefined && { key }),
})

const byName = <T extends { readonly name: string }>(...of: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(of.map((each) => [each.name, each]))

const id = { id: plain('id') }
const described = { ...id, name: plain('name'), description: plain('description'), properties: json('attributes') }

/** Whether a row is a value of a Datastream or a placement of a Thing is said by its series. */
const ofKind = (kind: string): Filter => ({ is: 'some', through: 'series', where: equals(['kind'], kind) })

export const TYPES: Readonly<Record<SetName, EntityType>> = {
  Things: {
    set: 'Things',
    one: 'Thing',
    noun: 'entity',
    role: 'thing',
    where: equals(['role'], 'thing'),
    properties: described,
    navigation: byName(
      many('Datastreams', 'series', 'entity'),
      many('Locations', 'locations', 'things'),
      many('HistoricalLocations', 'placements', 'thing'),
    ),
  },
  Locations: {
    set: 'Locations',
    one: 'Location',
    noun: 'entity',
    role: 'location',
    where: equals(['role'], 'location'),
    properties: {
      ...described,
      encodingType: plain('about', 'encodingType'),
      location: { is: 'shape', path: ['geometry'], inner: ['about', 'location'] },
    },
    navigation: byName(many('Things', 'things', 'locations'), many('HistoricalLocations', 'placements', 'places')),
  },
  HistoricalLocations: {
    set: 'HistoricalLocations',
    one: 'HistoricalLocation',
    noun: 'observation',
    where: ofKind('place'),
    properties: { ...id, time: time('time') },
    navigation: byName(one('Thing', 'Things', 'thing', 'placements'), many('Locations', 'places', 'placements')),
  },
  Datastreams: {
    set: 'Datastreams',
    one: 'Datastream',
    noun: 'series',
    where: equals(['kind'], 'value'),
    properties: {
      ...described,
      properties: json('properties'),
      unitOfMeasurement: json('unit'),
      observationType: plain('observationType'),
      observedArea: { is: 'area', path: ['observedArea'] },
      phenomenonTime: interval('periodStart', 'periodEnd'),
      resultTime: interval('resultStart', 'resultEnd'),
    },
    navigation: byName(
      one('Thing', 'Things', 'entity', 'series', 'entity'),
      one('Sensor', 'Sensors', 'sensor', 'sensing', 'sensor'),
      one('ObservedProperty', 'ObservedProperties', 'property', 'observing', 'property'),
      many('Observations', 'observations', 'series'),
    ),
  },
  Sensors: {
    set: 'Sensors',
    one: 'Sensor',
    noun: 'entity',
    role: 'sensor',
    where: equals(['role'], 'sensor'),
    properties: { ...described, encodingType: plain('about', 'encodingType'), metadata: json('about', 'metadata') },
    navigation: byName(many('Datastreams', 'sensing', 'sensor')),
  },
  ObservedProperties: {
    set: 'ObservedProperties',
    one: 'ObservedProperty',
    noun: 'entity',
    role: 'property',
    where: equals(['role'], 'property'),
    properties: { ...described, definition: plain('about', 'definition') },
    navigation: byName(many('Datastreams', 'observing', 'property')),
  },
  Observations: {
    set: 'Observations',
    one: 'Observation',
    noun: 'observation',
    where: ofKind('value'),
    properties: {
      ...id,
      phenomenonTime: interval('time', 'end'),
      resultTime: time('resultTime'),
      result: json('result'),
      resultQuality: json('quality'),
      validTime: interval('validStart', 'validEnd'),
      parameters: json('parameters'),
    },
    navigation: byName(
      one('Datastream', 'Datastreams', 'series', 'observations', 'series'),
      one('FeatureOfInterest', 'FeaturesOfInterest', 'feature', 'observations'),
    ),
  },
  FeaturesOfInterest: {
    set: 'FeaturesOfInterest',
    one: 'FeatureOfInterest',
    noun: 'entity',
    role: 'feature',
    where: equals(['role'], 'feature'),
    properties: {
      ...described,
      encodingType: plain('about', 'encodingType'),
      feature: { is: 'shape', path: ['geometry'], inner: ['about', 'location'] },
    },
    navigation: byName(many('Observations', 'observations', 'feature')),
  },
}

export function isSet(name: string): name is SetName {
  return Object.hasOwn(TYPES, name)
}

/** "@iot.id" is what clients see, "id" what the standard calls it. */
export function propertyOf(type: EntityType, name: string): Property | undefined {
  const known = name === '@iot.id' ? 'id' : name
  return Object.hasOwn(type.properties, known) ? type.properties[known] : undefined
}

export function navigationOf(type: EntityType, name: string): Navigation | undefined {
  return Object.hasOwn(type.navigation, name) ? type.navigation[name] : undefined
}

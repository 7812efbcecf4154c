/** names: what SensorThings calls our nouns, fields and relations. The whole mapping of the data model, as tables. */
import type { Noun } from '../../model/noun.ts'
import type { Role } from '../../model/entity.ts'
import { and, equals, type Filter, type Path } from '../../query/filter.ts'

export const SETS = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'MultiDatastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
  'TaskingCapabilities',
  'Actuators',
  'Tasks',
] as const
export type SetName = (typeof SETS)[number]

/**
 * How a property is asked for. An 'interval' may be an instant too: then its end is missing. A 'shape' is GeoJSON that is kept as
 * the entity's geometry; what is not GeoJSON is in `about.location`. 'each' is a list of what each member of another list has.
 */
export type Property =
  | { readonly is: 'plain' | 'time' | 'json'; readonly path: Path }
  | { readonly is: 'interval'; readonly path: Path; readonly end: Path }
  | { readonly is: 'shape'; readonly path: Path; readonly inner: Path }
  | { readonly is: 'area'; readonly path: Path }
  | { readonly is: 'each'; readonly path: Path; readonly of: string }

export interface Navigation {
  readonly name: string
  readonly to: SetName
  readonly many: boolean
  /** The relation that leads there, and the one that leads back (query/relations.ts). */
  readonly through: string
  readonly back: string
  /** What of the related items belongs to the set, where the relation leads to others too. */
  readonly where?: Filter
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

/** A Datastream is a series whose results are of one piece, a MultiDatastream one whose results have parts. */
const whole = equals(['parts'], null)
const inParts: Filter = { is: 'exists', path: ['parts'] }

const manyStreams = (through: string, back: string): readonly Navigation[] => [
  { ...many('Datastreams', through, back), where: whole },
  { ...many('MultiDatastreams', through, back), where: inParts },
]

const byName = <T extends { readonly name: string }>(...of: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(of.map((each) => [each.name, each]))

const id = { id: plain('id') }
const described = { ...id, name: plain('name'), description: plain('description'), properties: json('attributes') }

const streamed = {
  ...described,
  properties: json('properties'),
  observationType: plain('observationType'),
  observedArea: { is: 'area', path: ['observedArea'] },
  phenomenonTime: interval('periodStart', 'periodEnd'),
  resultTime: interval('resultStart', 'resultEnd'),
} as const satisfies Readonly<Record<string, Property>>

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
      ...manyStreams('series', 'entity'),
      many('Locations', 'locations', 'things'),
      many('HistoricalLocations', 'placements', 'thing'),
      many('TaskingCapabilities', 'tasking', 'entity'),
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
    where: and(equals(['kind'], 'value'), whole),
    properties: { ...streamed, unitOfMeasurement: json('unit') },
    navigation: byName(
      one('Thing', 'Things', 'entity', 'series', 'entity'),
      one('Sensor', 'Sensors', 'sensor', 'sensing', 'sensor'),
      one('ObservedProperty', 'ObservedProperties', 'property', 'observing', 'property'),
      many('Observations', 'observations', 'series'),
    ),
  },
  MultiDatastreams: {
    set: 'MultiDatastreams',
    one: 'MultiDatastream',
    noun: 'series',
    where: and(equals(['kind'], 'value'), inParts),
    properties: {
      ...streamed,
      unitOfMeasurements: { is: 'each', path: ['parts'], of: 'unit' },
      multiObservationDataTypes: { is: 'each', path: ['parts'], of: 'observationType' },
    },
    navigation: byName(
      one('Thing', 'Things', 'entity', 'series', 'entity'),
      one('Sensor', 'Sensors', 'sensor', 'sensing', 'sensor'),
      many('ObservedProperties', 'observed', 'observing'),
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
    navigation: byName(...manyStreams('sensing', 'sensor')),
  },
  ObservedProperties: {
    set: 'ObservedProperties',
    one: 'ObservedProperty',
    noun: 'entity',
    role: 'property',
    where: equals(['role'], 'property'),
    properties: { ...described, definition: plain('about', 'definition') },
    navigation: byName(
      { ...many('Datastreams', 'observing', 'property'), where: whole },
      { ...many('MultiDatastreams', 'observing', 'observed'), where: inParts },
    ),
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
      { ...one('Datastream', 'Datastreams', 'series', 'observations', 'series'), where: whole },
      { ...one('MultiDatastream', 'MultiDatastreams', 'series', 'observations', 'series'), where: inParts },
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
  TaskingCapabilities: {
    set: 'TaskingCapabilities',
    one: 'TaskingCapability',
    noun: 'series',
    where: equals(['kind'], 'task'),
    properties: { ...described, properties: json('properties'), taskingParameters: json('schema') },
    navigation: byName(
      one('Thing', 'Things', 'entity', 'tasking', 'entity'),
      one('Actuator', 'Actuators', 'sensor', 'sensing', 'sensor'),
      many('Tasks', 'observations', 'series'),
    ),
  },
  Actuators: {
    set: 'Actuators',
    one: 'Actuator',
    noun: 'entity',
    role: 'actuator',
    where: equals(['role'], 'actuator'),
    properties: { ...described, encodingType: plain('about', 'encodingType'), metadata: json('about', 'metadata') },
    navigation: byName(many('TaskingCapabilities', 'sensing', 'sensor')),
  },
  Tasks: {
    set: 'Tasks',
    one: 'Task',
    noun: 'observation',
    where: ofKind('task'),
    properties: { ...id, creationTime: time('time'), taskingParameters: json('result') },
    navigation: byName(one('TaskingCapability', 'TaskingCapabilities', 'series', 'observations', 'series')),
  },
}

export function isSet(name: string): name is SetName {
  return Object.hasOwn(TYPES, name)
}

/** A text that names an entity is its IRI, or becomes one: "baum-7" is urn:ngsi-ld:Thing:baum-7. */
export function iriOf({ one: type }: EntityType, text: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:./.test(text) ? text : `urn:ngsi-ld:${type}:${encodeURIComponent(text)}`
}

/** "@iot.id" is what clients see, "id" what the standard calls it. */
export function propertyOf(type: EntityType, name: string): Property | undefined {
  const known = name === '@iot.id' ? 'id' : name
  return Object.hasOwn(type.properties, known) ? type.properties[known] : undefined
}

export function navigationOf(type: EntityType, name: string): Navigation | undefined {
  return Object.hasOwn(type.navigation, name) ? type.navigation[name] : undefined
}

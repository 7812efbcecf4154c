/** names: what SensorThings 1.1 calls our nouns, fields and relations. The whole mapping of its data model, as tables. */
import type { JsonObject } from '../../../model/json.ts'
import { and, equals, type Filter } from '../../../query/filter.ts'
import { keyOf } from '../body.ts'
import { byName, interval, json, many, ofKind, one, plain, time, weave, type Property, type Table, type Way } from '../version.ts'
import { checkProperty, REQUIRED } from './checks.ts'
import { VALUES } from './values.ts'

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
type Set = (typeof SETS)[number]

/** A Datastream is a series whose results are of one piece, a MultiDatastream one whose results have parts. */
const whole = equals(['parts'], null)
const inParts: Filter = { is: 'exists', path: ['parts'] }

const manyStreams = (through: string, back: string): readonly Way[] => [
  { ...many('Datastreams', through, back), where: whole },
  { ...many('MultiDatastreams', through, back), where: inParts },
]

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

const TABLES: Readonly<Record<Set, Omit<Table, 'readers' | 'required' | 'blank'>>> = {
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

const tables = Object.fromEntries(
  SETS.map((set) => [set, { ...TABLES[set], readers: VALUES[set], required: REQUIRED[set], blank: blankOf(set) }]),
)

function blankOf(set: Set): JsonObject {
  if (set === 'Observations') return { resultTime: null, resultQuality: null, validTime: null, parameters: null }
  return 'properties' in TABLES[set].properties ? { properties: {} } : {}
}

export const V1 = weave(
  {
    number: 'v1.1',
    base: '/sta/v1.1',
    mark: '@iot.',
    self: '@iot.selfLink',
    id: '@iot.id',
    tells: false,
    pathWins: false,
    quiet: false,
    unsupported: [],
    context: () => '',
    property: (_base, name, value) => JSON.stringify({ [name]: value }),
    check: checkProperty,
    /** Nothing but an id is a link to what is there. An id among other properties is passed over, as the standard says. */
    linkIn(body, type, pointer) {
      const id = body['@iot.id'] ?? body['id']
      const alone = Object.keys(body).every((name) => name === 'id' || name.startsWith('@iot.'))
      return id === undefined || !alone ? undefined : keyOf(id, type, pointer)
    },
    plain: (draft) => draft,
  },
  tables as Readonly<Record<Set, Table>>,
)

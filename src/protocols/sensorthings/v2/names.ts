/** names: what SensorThings 2.0 (23-019, clause 8) calls our nouns, fields and relations. The whole mapping of its data model, as tables. */
import type { JsonObject } from '../../../model/json.ts'
import { equals } from '../../../query/filter.ts'
import { keyOf, refused } from '../body.ts'
import { byName, json, many, ofKind, one, plain, time, weave, type EntityType, type Property, type Table } from '../version.ts'
import { checkProperty, REQUIRED } from './checks.ts'
import { inWordsOfOne } from './plain.ts'
import { VALUES } from './values.ts'

const SETS = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'Features',
  'FeatureTypes',
] as const
type Set = (typeof SETS)[number]

const id = { id: plain('id') }
const described = {
  ...id,
  name: plain('name'),
  definition: plain('about', 'definition'),
  description: plain('description'),
  properties: json('attributes'),
}
const period = (start: string, end: string): Property => ({ is: 'interval', path: [start], end: [end], inner: true })

/** What of a result type is a field of the series: the rest of it is written out but cannot be asked for. */
const resultType: Property = {
  is: 'inside',
  paths: {
    label: ['schema', 'resultType', 'label'],
    'uom/label': ['unit', 'name'],
    'uom/symbol': ['unit', 'symbol'],
    'uom/href': ['unit', 'definition'],
    'uom/code': ['unit', 'code'],
  },
}

const TABLES: Readonly<Record<Set, Omit<Table, 'readers' | 'required' | 'blank'>>> = {
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
      definition: json('schema', 'definition'),
      properties: json('properties'),
      resultType,
      resultEncoding: json('schema', 'resultEncoding'),
      observedArea: { is: 'area', path: ['observedArea'] },
      phenomenonTime: period('periodStart', 'periodEnd'),
      resultTime: period('resultStart', 'resultEnd'),
    },
    navigation: byName(
      one('Thing', 'Things', 'entity', 'series', 'entity'),
      one('Sensor', 'Sensors', 'sensor', 'sensing', 'sensor'),
      many('ObservedProperties', 'observed', 'observing'),
      many('Observations', 'observations', 'series'),
      one('ProximateFeatureOfInterest', 'Features', 'feature', 'featured', 'feature'),
      { ...many('Features', 'ultimates', 'ultimateOf'), name: 'UltimateFeaturesOfInterest' },
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
    properties: described,
    navigation: byName(many('Datastreams', 'observing', 'observed')),
  },
  Observations: {
    set: 'Observations',
    one: 'Observation',
    noun: 'observation',
    where: ofKind('value'),
    properties: {
      ...id,
      phenomenonTime: period('time', 'end'),
      resultTime: time('resultTime'),
      result: json('result'),
      validTime: period('validStart', 'validEnd'),
      properties: json('parameters'),
    },
    navigation: byName(
      one('Datastream', 'Datastreams', 'series', 'observations', 'series'),
      one('ProximateFeatureOfInterest', 'Features', 'feature', 'observations'),
    ),
  },
  Features: {
    set: 'Features',
    one: 'Feature',
    noun: 'entity',
    role: 'feature',
    where: equals(['role'], 'feature'),
    properties: {
      ...described,
      encodingType: plain('about', 'encodingType'),
      feature: { is: 'shape', path: ['geometry'], inner: ['about', 'location'] },
    },
    navigation: byName(
      many('FeatureTypes', 'kinds', 'kindOf'),
      many('Observations', 'observations', 'feature'),
      { ...many('Datastreams', 'featured', 'feature'), name: 'DatastreamsProximate' },
      { ...many('Datastreams', 'ultimateOf', 'ultimates'), name: 'DatastreamsUltimate' },
    ),
  },
  FeatureTypes: {
    set: 'FeatureTypes',
    one: 'FeatureType',
    noun: 'entity',
    role: 'feature-type',
    where: equals(['role'], 'feature-type'),
    properties: described,
    navigation: byName(many('Features', 'kindOf', 'kinds')),
  },
}

const tables = Object.fromEntries(
  SETS.map((set) => [set, { ...TABLES[set], readers: VALUES[set], required: REQUIRED[set], blank: blankOf(set) }]),
)

function blankOf(set: Set): JsonObject {
  const optional = ['definition', 'description', 'properties', 'encodingType', 'metadata', 'resultTime', 'validTime', 'resultEncoding']
  return Object.fromEntries(Object.keys(TABLES[set].properties).filter((name) => optional.includes(name)).map((name) => [name, null])) // prettier-ignore
}

export const V2 = weave(
  {
    number: 'v2.0',
    base: '/sta/v2.0',
    mark: '@',
    self: '@id',
    id: 'id',
    tells: true,
    pathWins: true,
    quiet: true,
    unsupported: [],
    context: (base, of) => `"@context":"${base}/$metadata#${of}",`,
    property: (base, _name, value) => `{"@context":"${base}/$metadata#${edmOf(value)}","value":${JSON.stringify(value)}}`,
    check: checkProperty,
    /** `{"@id": "Sensors(2)"}`, from the root of the service, from its host or with it; a plain id too. */
    linkIn(body, type, pointer) {
      const names = Object.keys(body)
      const address = body['@id']
      if (typeof address === 'string' && names.every((name) => name === 'id' || name.startsWith('@'))) return named(address, type, pointer)
      return names.length === 1 && body['id'] !== undefined ? keyOf(body['id'], type, pointer) : undefined
    },
    plain: inWordsOfOne,
  },
  tables as unknown as Readonly<Record<Set, Table>>,
)

function named(address: string, type: EntityType, pointer: string) {
  const [, set, id = ''] = /(?:^|\/)([A-Za-z]+)\((?:'(.*)'|.*)\)$/.exec(address) ?? []
  const key = id === '' ? address.slice(address.lastIndexOf('(') + 1, -1) : id
  if (set === type.set) return keyOf(key, type, pointer)
  throw refused(pointer, {
    en: `“${address}” is no address such as ${type.set}(1).`,
    de: `„${address}“ ist keine Adresse wie ${type.set}(1).`,
  })
}

function edmOf(value: unknown): string {
  if (typeof value === 'string') return 'Edm.String'
  if (typeof value === 'boolean') return 'Edm.Boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'Edm.Int64' : 'Edm.Double'
  return 'Edm.Untyped'
}

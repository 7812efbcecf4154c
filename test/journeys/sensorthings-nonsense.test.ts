/** sensorthings-nonsense: questions and bodies that are well formed but senseless, over the real database: refused or answered, never a crash. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
before(async () => (platform = await startPlatform()))
after(() => platform.end())

test('an address that cannot be read is refused in the language asked for', async () => {
  for (const [language, detail] of [
    ['de', 'Die Anfrage ist nicht lesbar.'],
    ['en', "'/%zz' is not a valid url component"],
  ] as const) {
    const { status, headers, json } = await platform.ask('GET /%zz', { headers: { 'accept-language': language } })
    assert.deepEqual([status, headers['content-type'], json.detail], [400, 'application/problem+json; charset=utf-8', detail])
  }
})

const SETS = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
  'MultiDatastreams',
  'TaskingCapabilities',
  'Actuators',
  'Tasks',
]
const sets = fc.constantFrom(...SETS)
const NAMES: Readonly<Record<string, readonly string[]>> = {
  Things: ['id', 'name', 'description', 'properties', 'properties/a', 'properties/a/0', 'Datastreams/name', 'Datastreams/Observations/result', 'Locations/location', 'Locations/location/type', 'HistoricalLocations/time', 'Datastreams/phenomenonTime'],
  Locations: ['@iot.id', 'name', 'location', 'location/type', 'location/coordinates/0', 'location/properties/x', 'encodingType', 'Things/name', 'HistoricalLocations/time'],
  HistoricalLocations: ['id', 'time', 'Thing/id', 'Thing/name', 'Locations/location', 'Locations/name'],
  Datastreams: ['id', 'name', 'properties', 'unitOfMeasurement/name', 'observedArea', 'phenomenonTime', 'resultTime', 'Thing/id', 'Sensor/name', 'ObservedProperty/definition', 'Observations/result', 'Observations/phenomenonTime'],
  Sensors: ['id', 'metadata', 'metadata/x', 'Datastreams/Thing/name', 'Datastreams/observedArea'],
  ObservedProperties: ['id', 'definition', 'properties/x', 'Datastreams/Observations/FeatureOfInterest/feature'],
  Observations: ['id', 'phenomenonTime', 'resultTime', 'validTime', 'result', 'result/a', 'result[0]', 'parameters/x', 'resultQuality', 'Datastream/id', 'Datastream/Thing/Locations/location', 'Datastream/name', 'FeatureOfInterest/feature', 'FeatureOfInterest/id'],
  MultiDatastreams: ['id', 'name', 'unitOfMeasurements', 'unitOfMeasurements[0]/name', 'unitOfMeasurements/x', 'multiObservationDataTypes/0', 'ObservedProperties/name', 'Observations/result[0]', 'phenomenonTime', 'Thing/id'],
  TaskingCapabilities: ['id', 'taskingParameters', 'taskingParameters/fields/0/name', 'Thing/name', 'Actuator/id', 'Tasks/creationTime'],
  Actuators: ['id', 'metadata', 'TaskingCapabilities/Thing/id'],
  Tasks: ['id', 'creationTime', 'taskingParameters', 'taskingParameters/a', 'TaskingCapability/id', 'TaskingCapability/Thing/name'],
  FeaturesOfInterest: ['id', 'name', 'feature', 'feature/type', 'Observations/phenomenonTime', 'Observations/result'],
} // prettier-ignore
const literals = fc.constantFrom("'a'", "'2026-01-01'", '1', '-1.5', '1e300', '9007199254740993', 'true', 'false', 'null', '2026-01-01T00:00:00Z', '0001-01-01', '2026-01-01/2026-02-01', 'now()', 'maxdatetime()', "geography'POINT(8 50)'", "geography'POLYGON((0 0,1 0,1 1,0 0))'", "geography'LINESTRING(0 0,1 1)'", "''") // prettier-ignore
const filtersOf = (names: fc.Arbitrary<string>) =>
  fc.letrec<{ value: string; filter: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      literals,
      literals,
      literals,
      names,
      literals,
      fc
        .tuple(fc.constantFrom('length', 'tolower', 'trim', 'year', 'second', 'round', 'floor', 'totaloffsetminutes', '-'), tie('value'))
        .map(([name, a]) => `${name}(${a})`),
      fc
        .tuple(fc.constantFrom('concat', 'indexof', 'substring', 'geo.distance'), tie('value'), tie('value'))
        .map(([name, a, b]) => `${name}(${a},${b})`),
      fc.tuple(tie('value'), fc.constantFrom('add', 'sub', 'mul', 'div', 'mod'), tie('value')).map(([a, by, b]) => `(${a} ${by} ${b})`),
    ),
    filter: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(tie('value'), fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge'), tie('value')).map((parts) => parts.join(' ')),
      fc.tuple(fc.constantFrom('substringof', 'startswith', 'endswith', 'st_within', 'st_disjoint', 'geo.intersects', 'st_equals', 'before', 'overlaps', 'during', 'finishes'), tie('value'), tie('value')).map(([name, a, b]) => `${name}(${a},${b})`), // prettier-ignore
      fc.tuple(tie('filter'), fc.constantFrom('and', 'or', 'eq'), tie('filter')).map(([a, by, b]) => `(${a}) ${by} (${b})`),
      tie('filter').map((a) => `not (${a})`),
      fc.tuple(tie('value'), tie('value')).map(([a, b]) => `${a} in (${b},1,'x')`),
    ),
  }))
const asked = sets.chain((set) => {
  const names = fc.constantFrom(...(NAMES[set] ?? []))
  return fc.tuple(fc.constant(set), filtersOf(names).filter, names)
})

async function sane(call: string, body?: unknown): Promise<void> {
  const answer = await platform.ask(call, body === undefined ? {} : { body })
  assert.ok(answer.status < 500 || answer.status === 501, `${call} ${JSON.stringify(body)}: ${answer.status} ${answer.text}`)
}

test('filters and orders', async () => {
  await platform.ask('POST /sta/v1.1/Things', { body: { name: 'a', description: '', properties: { a: [1, 'x', null] }, Locations: [{ name: 'l', description: '', encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [8, 50] } }], Datastreams: [{ name: 'd', description: '', observationType: 'x', unitOfMeasurement: {}, Sensor: { name: 's', description: '', encodingType: 'x', metadata: { x: 1 } }, ObservedProperty: { name: 'o', description: '', definition: 'x' }, Observations: [1, 'a', true, null, { a: 1 }, [0]].map((result) => ({ result, phenomenonTime: '2026-01-01T00:00:00Z' })) }] } }) // prettier-ignore
  await fc.assert(
    fc.asyncProperty(asked, fc.boolean(), ([set, where, order], ordered) => {
      const orderBy = ordered ? `&$orderby=${encodeURIComponent(order)} desc` : ''
      return sane(`GET /sta/v1.1/${set}?$count=true&$filter=${encodeURIComponent(where)}${orderBy}`)
    }),
    { numRuns: 600 },
  )
})

test('bodies', async () => {
  const links = fc.constantFrom(undefined, undefined, undefined, undefined, undefined, undefined, 1, '1', 'x', { '@iot.id': 1 }, { '@iot.id': 1e300 }, { '@iot.id': 'urn:x' }, [], [{ '@iot.id': 1 }], [{ '@iot.id': 1 }, { '@iot.id': 1 }], null, {}) // prettier-ignore
  const point = fc.constantFrom({ type: 'Point', coordinates: [8, 50] }, { type: 'Point', coordinates: [9, 50] }, { type: 'Point', coordinates: [10, 50] }, { type: 'Point', coordinates: [1e300, 50] }, { type: 'Feature' }, { type: 'Feature', geometry: null }, 'x', null, 1, { type: 'GeometryCollection', geometries: [] }) // prettier-ignore
  const text = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('a', '') },
    { weight: 1, arbitrary: fc.constantFrom('\u0000', '\ud800', 'x'.repeat(5000), 1, null) },
  )
  const time = fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.5Z', '2026-01-03T00:00:00+02:00', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-01:00', '2026-02-30', '2026-01-02/2026-01-01', '2026-01-01/2026-01-02', null, 5) // prettier-ignore
  const body = fc.record({ name: text, description: fc.constant(''), encodingType: fc.constantFrom('application/geo+json', 'application/geo+json', 'x', '\u0000'), metadata: text, definition: text, observationType: text, unitOfMeasurement: fc.constantFrom({}, { name: '\u0000' }), properties: fc.dictionary(fc.string(), fc.jsonValue()), location: point, feature: point, result: fc.jsonValue(), time, phenomenonTime: time, resultTime: time, validTime: time, parameters: fc.dictionary(fc.string(), fc.jsonValue()), resultQuality: fc.jsonValue(), Thing: links, Things: links, Locations: links, Datastream: links, Datastreams: links, Sensor: links, ObservedProperty: links, FeatureOfInterest: links, Observations: links, HistoricalLocations: links, ObservedProperties: links, unitOfMeasurements: fc.constantFrom([{}], [], [{}, {}], [1], {}, null), multiObservationDataTypes: fc.constantFrom(['x'], [], ['x', 'y'], [1], null), taskingParameters: fc.constantFrom({}, { type: 'DataRecord', fields: [] }, { type: 'DataRecord', fields: [{ name: 'a', type: 'Text', optional: true }] }, { a: 'x' }, null, 5), Actuator: links, TaskingCapability: links, TaskingCapabilities: links, Tasks: links, creationTime: time }, { requiredKeys: ['description'] }) // prettier-ignore
  const own: Readonly<Record<string, readonly string[]>> = {
    Things: ['name', 'description', 'properties', 'Locations', 'Datastreams'],
    Locations: ['name', 'description', 'encodingType', 'location', 'properties', 'Things'],
    HistoricalLocations: ['time', 'Thing', 'Locations'],
    Datastreams: ['name', 'description', 'observationType', 'unitOfMeasurement', 'properties', 'Thing', 'Sensor', 'ObservedProperty', 'phenomenonTime'],
    Sensors: ['name', 'description', 'encodingType', 'metadata', 'Datastreams'],
    ObservedProperties: ['name', 'description', 'definition'],
    Observations: ['result', 'phenomenonTime', 'resultTime', 'validTime', 'parameters', 'resultQuality', 'Datastream', 'FeatureOfInterest'],
    FeaturesOfInterest: ['name', 'description', 'encodingType', 'feature', 'Observations'],
    MultiDatastreams: ['name', 'description', 'unitOfMeasurements', 'multiObservationDataTypes', 'Thing', 'Sensor', 'ObservedProperties', 'Observations'],
    TaskingCapabilities: ['name', 'description', 'taskingParameters', 'Thing', 'Actuator', 'Tasks'],
    Actuators: ['name', 'description', 'encodingType', 'metadata', 'TaskingCapabilities'],
    Tasks: ['taskingParameters', 'TaskingCapability', 'creationTime'],
  } // prettier-ignore
  const [{ '@iot.id': stream }] = (await platform.ask('GET /sta/v1.1/Datastreams?$select=id')).json.value
  await fc.assert(
    fc.asyncProperty(sets, body, fc.constantFrom('POST', 'PATCH', 'PUT'), fc.boolean(), async (set, all, method, linked) => {
      const said = Object.fromEntries(Object.entries(all).filter(([name]) => own[set]?.includes(name)))
      if (linked && set === 'Observations') said['Datastream'] = { '@iot.id': stream } as never
      const [item] = method === 'POST' ? [] : (await platform.ask(`GET /sta/v1.1/${set}?$select=id&$top=1`)).json.value
      await sane(`${method} /sta/v1.1/${set}${item === undefined ? '' : `(${item['@iot.id']})`}`, said)
    }),
    { numRuns: 600 },
  )
})

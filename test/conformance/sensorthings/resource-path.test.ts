/** resource-path and datamodel: SensorThings 1.1 (18-088): the root, the eight kinds of path, control information, every entity. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { HOST, place, point, ROOT, startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
let id: number
let datastream: number
before(async () => {
  sta = await startSensorThings()
  id = await sta.post('/Things', thing('Nord', { properties: { owner: { name: 'Stadt' }, none: null, list: [1, 2] }, Locations: [place('N', point(8, 50))], Datastreams: [stream('T', { Observations: [{ result: 5, phenomenonTime: '2026-01-01T00:00:00Z' }] })] })) // prettier-ignore
  await sta.post('/Things', thing('Leer'))
  datastream = (await sta.get(`/Things(${id})/Datastreams?$select=id`)).value[0]['@iot.id']
})
after(() => sta.end())

const SETS = [
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
]

test('req/resource-path/resource-path-to-entities: the root lists every set and what is conformed to', async () => {
  for (const path of ['', '/']) {
    const root = await sta.get(path)
    assert.deepEqual(root.value, SETS.map((name) => ({ name, url: `${HOST}${ROOT}/${name}` }))) // prettier-ignore
    assert.ok(
      root.serverSettings.conformance.every((one: string) =>
        /^http:\/\/www\.opengis\.net\/spec\/iot_(?:sensing\/1\.1|tasking\/1\.0)\/req\/|\/FROST-Server\/extensions\//.test(one),
      ),
    )
  }
})

const KEYS: Readonly<Record<string, readonly string[]>> = {
  Things: ['name', 'description', 'properties', 'TaskingCapabilities@iot.navigationLink', 'MultiDatastreams@iot.navigationLink', 'Datastreams@iot.navigationLink', 'Locations@iot.navigationLink', 'HistoricalLocations@iot.navigationLink'],
  Locations: ['name', 'description', 'encodingType', 'location', 'properties', 'Things@iot.navigationLink', 'HistoricalLocations@iot.navigationLink'],
  HistoricalLocations: ['time', 'Thing@iot.navigationLink', 'Locations@iot.navigationLink'],
  Datastreams: ['name', 'description', 'observationType', 'unitOfMeasurement', 'observedArea', 'phenomenonTime', 'properties', 'Thing@iot.navigationLink', 'Sensor@iot.navigationLink', 'ObservedProperty@iot.navigationLink', 'Observations@iot.navigationLink'],
  Sensors: ['name', 'description', 'encodingType', 'metadata', 'properties', 'MultiDatastreams@iot.navigationLink', 'Datastreams@iot.navigationLink'],
  ObservedProperties: ['name', 'description', 'definition', 'properties', 'MultiDatastreams@iot.navigationLink', 'Datastreams@iot.navigationLink'],
  Observations: ['phenomenonTime', 'result', 'resultTime', 'Datastream@iot.navigationLink', 'FeatureOfInterest@iot.navigationLink'],
  FeaturesOfInterest: ['name', 'description', 'encodingType', 'feature', 'properties', 'Observations@iot.navigationLink'],
} // prettier-ignore

for (const set of SETS.filter((name) => name in KEYS))
  test(`req/datamodel: ${set} have control information, properties and relations`, async () => {
    const [one] = (await sta.get(`/${set}`)).value
    assert.deepEqual(Object.keys(one).sort(), ['@iot.id', '@iot.selfLink', ...(KEYS[set] ?? [])].sort())
    assert.deepEqual((await sta.platform.ask(`GET ${one['@iot.selfLink'].replace(HOST, '')}`)).json, one)
    for (const key of Object.keys(one).filter((name) => name.endsWith('navigationLink')))
      assert.equal((await sta.platform.ask(`GET ${one[key].replace(HOST, '')}`)).status, 200, key)
  })

const PATHS: readonly (readonly [string, number])[] = [
  ['/Things(1000000)', 404], ['/Things(abc)', 404], ["/Things('urn:x:none')", 404], ['/Nothings', 404], ['/Things(1', 404], ['/Things)', 404], ["/Things('", 404],
  ['/Things/name', 404], ['/Things/Datastreams', 404], ['/Things(ID)/nothing', 404], ['/Things(ID)/properties/nothing', 404], ['/Things(ID)/properties/owner/name/x', 404],
  ['/Things(ID)/properties/none', 204], ['/Observations(1000000)/Datastream', 404], ['/Things(1000000)/Datastreams', 404], ['/Things(1000000)/Datastreams/$ref', 404],
  ['/Things(ID)/$value', 404], ['/Things(ID)/Datastreams(1000000)', 404], ['/Things(ID)/Datastreams(DS)/Thing/Datastreams(DS)/Observations', 200],
  ['/Datastreams(DS)/Thing(ID)', 404], ['/Things(ID)/name/$value', 200], ['/Things(ID)/Locations/$ref', 200], ['/Things(ID)/name/$ref', 404], [`/Things(ID)${'/Datastreams(DS)/Thing'.repeat(40)}`, 404],
  ["/Things('ID')", 200], ['/Things(ID)/@iot.id', 200], ['/Things(ID)/id/$value', 200], ['/Sensors(ID)', 404], ['/Things(%)', 400], ['/Things(ID)/', 200],
] // prettier-ignore

for (const [path, status] of PATHS)
  test(`req/resource-path/resource-path-to-entities, req/request-data/status-code: GET ${path.slice(0, 80)} is answered with ${status}`, async () => {
    const answer = await sta.ask(`GET ${path.replaceAll('ID', String(id)).replaceAll('DS', String(datastream))}`)
    assert.equal(answer.status, status, answer.text)
  })

test('req/resource-path/resource-path-to-entities: properties, values and addresses', async () => {
  assert.deepEqual(await sta.get(`/Things(${id})/name`), { name: 'Nord' })
  assert.deepEqual(await sta.get(`/Things(${id})/properties/owner`), { owner: { name: 'Stadt' } })
  assert.deepEqual(await sta.get(`/Things(${id})/properties/list/1`), { 1: 2 })
  assert.equal((await sta.ask(`GET /Things(${id})/properties/owner/name/$value`)).text, 'Stadt')
  const value = await sta.ask(`GET /Datastreams(${datastream})/phenomenonTime/$value`)
  assert.deepEqual([value.text, value.headers['content-type']], ['2026-01-01T00:00:00Z/2026-01-01T00:00:00Z', 'text/plain; charset=utf-8'])
  assert.deepEqual(await sta.get(`/Things(${id})/Datastreams/$ref`), {
    value: [{ '@iot.selfLink': `${HOST}${ROOT}/Datastreams(${datastream})` }],
  })
  assert.equal((await sta.ask(`GET /Observations?$select=id`)).status, 200)
  const [observation] = (await sta.get('/Observations')).value
  assert.equal((await sta.ask(`GET /Observations(${observation['@iot.id']})/resultTime`)).status, 204)
  assert.equal((await sta.get(`/Observations(${observation['@iot.id']})/Datastream/Thing/Locations`)).value[0].name, 'N')
  assert.equal((await sta.get(`/Observations(${observation['@iot.id']})/FeatureOfInterest/Observations`)).value.length, 1)
  const { value: empty } = await sta.get("/Things?$filter=name eq 'Leer'&$expand=Datastreams,Locations")
  assert.deepEqual([empty[0].Datastreams, empty[0].Locations, empty[0].properties], [[], [], {}])
})

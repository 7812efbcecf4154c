/** sensorthings: a municipality's sensors over HTTP: made, measured, asked for, changed, deleted. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
const STA = '/sta/v1.1'
const ask = (call: string, body?: unknown, headers?: Record<string, string>) => {
  const [method, path] = call.split(/ (.*)/s)
  return platform.ask(`${method} ${STA}${path}`, { ...(body !== undefined && { body }), ...(headers && { headers }) })
}
const idOf = (location: string | undefined): number => Number(/\((\d+)\)$/.exec(location ?? '')?.[1])
async function post(path: string, body: unknown): Promise<number> {
  const answer = await ask(`POST ${path}`, body)
  assert.equal(answer.status, 201, answer.text)
  return idOf(answer.headers['location'])
}

before(async () => (platform = await startPlatform()))
after(() => platform.end())

const unitOfMeasurement = { name: 'Celsius', symbol: '°C', definition: 'http://unitsofmeasure.org/ucum.html#para-30' }
const observationType = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement'
export const station = {
  name: 'Marktplatz',
  description: 'Wetterstation',
  properties: { owner: { name: 'Stadt' }, floors: [1, 2] },
  Locations: [
    { name: 'Markt', description: 'Mitte', encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [8.1, 49.2] } },
  ],
  Datastreams: [
    {
      name: 'Temperatur',
      description: 'Luft',
      unitOfMeasurement,
      observationType,
      ObservedProperty: { name: 'Lufttemperatur', definition: 'http://x/t', description: '' },
      Sensor: { name: 'DHT22', description: '', encodingType: 'application/pdf', metadata: 'http://x/dht22.pdf' },
      Observations: [
        { phenomenonTime: '2026-01-01T00:00:00Z', result: 1 },
        { phenomenonTime: '2026-01-01T02:00:00+0100', resultTime: '2026-01-01T01:00:01Z', result: 2.5 },
      ],
    },
  ],
}

test('a station is made in one go and read in one go', async () => {
  const thing = await post('/Things', station)
  const answer = await ask(`GET /Things(${thing})?$expand=Locations,HistoricalLocations($expand=Locations),Datastreams($expand=Sensor,ObservedProperty,Observations($orderby=phenomenonTime desc;$top=1;$count=true;$expand=FeatureOfInterest))`) // prettier-ignore
  assert.equal(answer.status, 200, answer.text)
  const { json } = answer
  assert.equal(json['@iot.id'], thing)
  assert.equal(json['@iot.selfLink'], `http://localhost:8080/sta/v1.1/Things(${thing})`)
  assert.deepEqual(json.properties, station.properties)
  assert.deepEqual(json.Locations[0].location, station.Locations[0]?.location)
  assert.deepEqual(json.HistoricalLocations[0].Locations[0].name, 'Markt')
  const [stream] = json.Datastreams
  assert.deepEqual(stream.unitOfMeasurement, unitOfMeasurement)
  assert.equal(stream.phenomenonTime, '2026-01-01T00:00:00Z/2026-01-01T01:00:00Z')
  assert.equal(stream.resultTime, '2026-01-01T01:00:01Z/2026-01-01T01:00:01Z')
  assert.equal(stream.Sensor.metadata, 'http://x/dht22.pdf')
  assert.equal(stream.ObservedProperty.definition, 'http://x/t')
  assert.equal(stream['Observations@iot.count'], 2)
  assert.equal(stream.Observations.length, 1)
  assert.equal(stream.Observations[0].result, 2.5)
  assert.deepEqual(stream.Observations[0].FeatureOfInterest.feature, station.Locations[0]?.location)
  assert.match(stream['Observations@iot.nextLink'], /Datastreams\(\d+\)\/Observations\?.*\$skip=1$/)
})

test('the next page of an expanded set is where its link says', async () => {
  const { json } = await ask('GET /Datastreams?$expand=Observations($orderby=phenomenonTime desc;$top=1)')
  const next = json.value[0]['Observations@iot.nextLink'].replace('http://localhost:8080', '')
  const page = await platform.ask(`GET ${next}`)
  assert.equal(page.json.value[0].result, 1)
})

test('a dataset has a door of its own: what is written there belongs to it, and nothing else is seen', async () => {
  const made = await platform.ask('POST /api/v1/datasets', { body: { slug: 'luft', title: { de: 'Luft' }, access: 'public' }, headers: { 'x-allmende': '1' } }) // prettier-ignore
  assert.equal(made.status, 201, made.text)
  const door = (call: string, body?: unknown) => {
    const [method, path] = call.split(/ (.*)/s)
    return platform.ask(`${method} /datasets/luft${STA}${path}`, body === undefined ? {} : { body })
  }
  assert.deepEqual((await door('GET /Things')).json, { value: [] })
  const posted = await door('POST /Things', { ...station, name: 'Luftstation' })
  assert.match(posted.headers['location'] ?? '', /^http:\/\/localhost:8080\/datasets\/luft\/sta\/v1\.1\/Things\(\d+\)$/)
  const { json } = await door('GET /Things?$count=true&$expand=Datastreams($expand=Sensor,Observations)')
  assert.deepEqual([json['@iot.count'], json.value[0].name, json.value[0].Datastreams[0].Observations.length], [1, 'Luftstation', 2])
  assert.ok(json.value[0]['@iot.selfLink'].startsWith('http://localhost:8080/datasets/luft/sta/v1.1/'))
  const elsewhere = (await ask("GET /Things?$filter=name eq 'Marktplatz'")).json.value[0]['@iot.id']
  assert.equal((await door(`GET /Things(${elsewhere})`)).status, 404)
  assert.equal((await door(`GET /Things(${elsewhere})/Datastreams`)).status, 404)
  const stream = { ...station.Datastreams[0], Thing: { '@iot.id': elsewhere } }
  assert.equal((await door('POST /Datastreams', stream)).status, 400)
  assert.equal((await door('GET /Observations?$count=true&$top=0')).json['@iot.count'], 2)
})

test('a thing is where its Location is, for every standard', async () => {
  const thing = await post('/Things', { ...station, name: 'Wagen' })
  const where = async () =>
    (await platform.service.get({ id: 'x', name: '', tenant: 1, admin: true, grants: [] }, 'entity', thing)).geometry
  assert.deepEqual(await where(), { type: 'Point', coordinates: [8.1, 49.2] })
  const [location] = (await ask(`GET /Things(${thing})/Locations`)).json.value
  await ask(`PATCH /Locations(${location['@iot.id']})`, { location: { type: 'Point', coordinates: [9, 50] } })
  assert.deepEqual(await where(), { type: 'Point', coordinates: [9, 50] })
  await post(`/Things(${thing})/Locations`, { ...station.Locations[0], location: { type: 'Point', coordinates: [10, 51] } })
  assert.deepEqual(await where(), { type: 'Point', coordinates: [10, 51] })
})

test('strangers read what is released and change nothing', async () => {
  const closed = await startPlatform({ ALLMENDE_OPEN: '0' })
  try {
    const made = await closed.ask(`POST ${STA}/Things`, { body: station })
    assert.ok([401, 403].includes(made.status), made.text)
    assert.deepEqual([made.json.code, made.json.type], [made.status, 'error'])
    assert.deepEqual((await closed.ask(`GET ${STA}/Things`)).json, { value: [] })
    for (const call of ['PATCH', 'PUT', 'DELETE'])
      assert.ok([401, 404].includes((await closed.ask(`${call} ${STA}/Things(1)`, { body: station })).status))
    assert.ok([401, 403].includes((await closed.ask(`POST ${STA}/Datastreams(1)/Observations`, { body: { result: 1 } })).status))
    assert.ok([201, 401, 403].includes((await closed.ask(`POST ${STA}/CreateObservations`, { body: [] })).status))
  } finally {
    await closed.end()
  }
})

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

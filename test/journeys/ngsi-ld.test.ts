/** ngsi-ld: entities made, read, changed and deleted over HTTP; what is written by one standard is read by the other. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
const ask = (call: string, body?: unknown, headers?: Record<string, string>) => {
  const [method, path] = call.split(/ (.*)/s)
  return platform.ask(`${method} /ngsi-ld/v1${path}`, { ...(body !== undefined && { body }), ...(headers && { headers }) })
}
const sta = async (path: string) => (await platform.ask(`GET /sta/v1.1${path}`)).json

before(async () => (platform = await startPlatform()))
after(() => platform.end())

const AIR = 'urn:ngsi-ld:AirQualityObserved:Marktplatz'
const air = {
  id: AIR,
  type: 'AirQualityObserved',
  name: { type: 'Property', value: 'Marktplatz' },
  location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [8.1, 49.2, 112] } },
  pm10: { type: 'Property', value: 17.5, unitCode: 'GQ', observedAt: '2026-03-01T12:00:00Z' },
  refDevice: { type: 'Relationship', object: 'urn:ngsi-ld:Device:7' },
  title: { type: 'LanguageProperty', languageMap: { de: 'Messstelle', en: 'Station' } },
  reliability: { type: 'Property', value: 0.9, checkedBy: { type: 'Relationship', object: 'urn:ngsi-ld:Person:1' } },
}

test('an entity is created, and read as it was written', async () => {
  const made = await ask('POST /entities', air)
  assert.equal(made.status, 201, made.text)
  assert.equal(made.headers['location'], `/ngsi-ld/v1/entities/${AIR}`)
  const read = await ask(`GET /entities/${AIR}`)
  assert.equal(read.status, 200, read.text)
  assert.deepEqual(read.json, air)
  assert.match(read.headers['link'] ?? '', /ngsi-ld-core-context-v1\.9\.jsonld>; rel="http:\/\/www\.w3\.org\/ns\/json-ld#context"/)
})

test('an upsert is a Thing with a Location, a Datastream with its unit, and an Observation', async () => {
  const { value } = await sta(`/Things?$filter=name eq 'Marktplatz'&$expand=Locations,HistoricalLocations,Datastreams($expand=Observations,ObservedProperty,Sensor)`) // prettier-ignore
  const [thing] = value
  assert.deepEqual(thing.Locations[0].location, air.location.value)
  assert.equal(thing.HistoricalLocations.length, 1)
  assert.equal(thing.properties.reliability, 0.9)
  const [stream] = thing.Datastreams
  assert.equal(stream.unitOfMeasurement.symbol, 'µg/m³')
  assert.equal(stream.ObservedProperty.name, 'pm10')
  assert.deepEqual(stream.Observations.map((one: { result: number }) => one.result), [17.5]) // prettier-ignore
  assert.equal(stream.Observations[0].phenomenonTime, '2026-03-01T12:00:00Z')
})

test('what a sensor posts by SensorThings is the value of the attribute', async () => {
  const { value } = await sta(`/Datastreams?$filter=Thing/name eq 'Marktplatz'`)
  const posted = await platform.ask(`POST /sta/v1.1/Datastreams(${value[0]['@iot.id']})/Observations`, { body: { phenomenonTime: '2026-03-01T13:00:00Z', result: 21 } }) // prettier-ignore
  assert.equal(posted.status, 201, posted.text)
  const { json } = await ask(`GET /entities/${AIR}?attrs=pm10`)
  assert.deepEqual(json, { id: AIR, type: 'AirQualityObserved', pm10: { type: 'Property', value: 21, unitCode: 'GQ', observedAt: '2026-03-01T13:00:00Z' } }) // prettier-ignore
})

test('attributes are patched, deleted, and written once more', async () => {
  assert.equal((await ask(`PATCH /entities/${AIR}/attrs`, { pm10: { value: 30, unitCode: 'GQ', observedAt: '2026-03-01T14:00:00Z' }, colour: 'green' })).status, 204) // prettier-ignore
  assert.equal((await ask(`PATCH /entities/${AIR}/attrs/reliability`, { value: 0.5 })).status, 204)
  const simple = await ask(`GET /entities/${AIR}?options=keyValues&omit=location,title`)
  assert.deepEqual(simple.json, { id: AIR, type: 'AirQualityObserved', name: 'Marktplatz', pm10: 30, refDevice: 'urn:ngsi-ld:Device:7', reliability: 0.5, colour: 'green' }) // prettier-ignore
  const { json } = await ask(`GET /entities/${AIR}?pick=reliability`)
  assert.deepEqual(json.reliability.checkedBy, { type: 'Relationship', object: 'urn:ngsi-ld:Person:1' })
  assert.equal((await ask(`DELETE /entities/${AIR}/attrs/pm10`)).status, 204)
  assert.equal((await ask(`DELETE /entities/${AIR}/attrs/pm10`)).status, 404)
  assert.equal((await ask(`GET /entities/${AIR}`)).json.pm10, undefined)
  assert.equal((await ask(`POST /entities/${AIR}/attrs`, { pm10: { value: 5, observedAt: '2026-03-02T00:00:00Z' } })).status, 204)
  assert.equal((await ask(`GET /entities/${AIR}`)).json.pm10.value, 5)
})

test('what is upserted at a dataset’s door is a feature, a row of its CSV, and the door is on its card', async () => {
  const made = await platform.ask('POST /api/v1/datasets', {
    body: { title: 'Luft', slug: 'luft', licence: 'http://dcat-ap.de/def/licenses/cc-zero' },
  })
  assert.equal(made.status, 201, made.text)
  const upserted = await platform.ask('POST /datasets/luft/ngsi-ld/v1/entityOperations/upsert', { body: [{ ...air, id: `${AIR}:2` }] })
  assert.equal(upserted.status, 201, upserted.text)
  const features = await platform.ask('GET /ogc/collections/luft/items')
  const [feature] = features.json.features
  assert.deepEqual([feature.geometry, feature.properties.pm10, feature.properties.pm10_unit, feature.properties.iri], [air.location.value, 17.5, 'µg/m³', `${AIR}:2`]) // prettier-ignore
  const csv = await platform.ask('GET /datasets/luft.csv')
  assert.match(csv.text, /17[.,]5/)
  const card = await platform.ask('GET /datasets/luft', { headers: { accept: 'application/ld+json' } })
  assert.match(card.text, /datasets\/luft\/ngsi-ld\/v1/)
  assert.deepEqual((await platform.ask('GET /datasets/luft/ngsi-ld/v1/entities?local=true')).json.length, 1)
  assert.equal((await platform.ask(`GET /datasets/luft/ngsi-ld/v1/entities/${AIR}`)).status, 404)
})

test('a batch is taken up item by item', async () => {
  const many = ['a', 'b'].map((name) => ({ id: `urn:x:${name}`, type: 'Lamp', power: { value: 1, observedAt: '2026-01-01T00:00:00Z' } }))
  const upserted = await ask('POST /entityOperations/upsert', [...many, { id: 'no uri', type: 'Lamp' }])
  assert.equal(upserted.status, 207, upserted.text)
  assert.deepEqual(upserted.json.success, ['urn:x:a', 'urn:x:b'])
  assert.equal(upserted.json.errors[0].error.type, 'https://uri.etsi.org/ngsi-ld/errors/BadRequestData')
  assert.equal((await ask('POST /entityOperations/upsert', many)).status, 204)
  const { json, headers } = await ask('GET /entities?type=Lamp&count=true&format=simplified&limit=1')
  assert.deepEqual(json, [{ id: 'urn:x:a', type: 'Lamp', power: 1 }])
  assert.equal(headers['ngsild-results-count'], '2')
  const next = /<http:\/\/localhost:8080\/ngsi-ld\/v1([^>]+)>; rel="next"/.exec(headers['link'] ?? '')?.[1]
  assert.deepEqual((await ask(`GET ${next}`)).json, [{ id: 'urn:x:b', type: 'Lamp', power: 1 }])
  assert.equal((await ask('POST /entityOperations/delete', ['urn:x:a', 'urn:x:b'])).status, 204)
})

test('properties of a Thing that are called like what an entity has of its own do not stand in its place', async () => {
  const body = { name: 'Bank', description: '', properties: { type: 'Sitzbank', id: 7, name: 0, seats: 3 } }
  const made = await platform.ask('POST /sta/v1.1/Things', { body })
  assert.equal(made.status, 201, made.text)
  const { json } = await ask('GET /entities?q=seats==3&format=simplified')
  assert.deepEqual([json.length, json[0].type, json[0].seats], [1, 'Sitzbank', 3])
  assert.equal((await ask('GET /entities?type=Sitzbank')).json.length, 1)
  assert.match(json[0].id, /^urn:/)
  assert.equal(json[0].name, 'Bank')
  assert.equal((await ask(`PATCH /entities/${json[0].id}`, { seats: { type: 'Property', value: 4 } })).status, 204)
  const { json: thing } = await platform.ask(`GET ${made.headers['location']?.replace(/^https?:\/\/[^/]+/, '')}`)
  assert.deepEqual(thing.properties, { ...body.properties, seats: 4 })
})

/** two: SensorThings 2.0 (23-019), by its requirements; and that what is written in one version is read in the other. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { REQUIREMENTS } from '../../../src/protocols/sensorthings/v2/conformance.ts'
import { startPlatform, type Answer, type Platform } from '../../support/platform.ts'
import { celsius, HOST, idIn, place, point, property, sensor, stream, thing } from './service.ts'

const [ONE, TWO] = ['/sta/v1.1', '/sta/v2.0']
const BASE = `${HOST}${TWO}`
let platform: Platform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.end())

async function ask(call: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
  const [method, path] = call.split(/ (.*)/s)
  return platform.ask(`${method} ${path}`, { ...(body !== undefined && { body }), ...(headers && { headers }) })
}
async function get(path: string): Promise<Answer['json']> {
  const answer = await ask(`GET ${path}`)
  assert.equal(answer.status, 200, `${path}: ${answer.text}`)
  return answer.json
}
async function post(path: string, body: unknown): Promise<number> {
  const answer = await ask(`POST ${path}`, body)
  assert.equal(answer.status, 201, `${path}: ${answer.text}`)
  return idIn(answer.headers['location'])
}
async function status(call: string, expected: number, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
  const answer = await ask(call, body, headers)
  assert.equal(answer.status, expected, `${call}: ${answer.text}`)
  return answer
}

const quantity = (definition: string) => ({ type: 'Quantity', label: 'Temperatur', definition, uom: { code: 'Cel', label: 'Grad Celsius', symbol: '°C' } }) // prettier-ignore
const observed = (name: string) => ({ name, definition: `http://x/${name}` })

/** A Thing with a place, a Datastream and two Observations, in the words of 2.0. */
async function oven() {
  const observedProperty = await post(`${TWO}/ObservedProperties`, observed('temp'))
  const id = await post(`${TWO}/Things`, {
    name: 'Ofen',
    definition: 'http://x/ofen',
    properties: { color: 'Black' },
    Locations: [{ name: 'Küche', encodingType: 'application/geo+json', location: point(8, 50) }],
    Datastreams: [
      {
        name: 'Ofentemperatur',
        resultType: quantity(`ObservedProperties(${observedProperty})`),
        Sensor: { name: 'DS18B20' },
        Observations: [
          { phenomenonTime: { start: '2026-01-01T00:00:00Z' }, result: 180.5, properties: { offen: true, grenze: '170.0' } },
          {
            phenomenonTime: { start: '2026-01-01T01:00:00Z', end: '2026-01-01T02:00:00Z' },
            resultTime: '2026-01-01T02:00:01Z',
            validTime: { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' },
            result: 200,
          },
        ],
      },
    ],
  })
  const datastream: number = (await get(`${TWO}/Things(${id})/Datastreams`)).value[0].id
  return { id, datastream, observedProperty }
}

test('req/api/cud/advertisement, req/binding/http/advertisement: the service document is a landing page too', async () => {
  const root = await get(`${TWO}/`)
  assert.equal(root['@context'], `${BASE}/$metadata`)
  assert.deepEqual(root.value[0], { name: 'Things', url: `${BASE}/Things` })
  const { conformance, functions } = root.serverSettings
  for (const requirement of REQUIREMENTS) assert.ok(conformance.includes(requirement))
  assert.ok(functions.includes('st_within') && functions.includes('any'))
  assert.deepEqual(root.serverSettings['http://www.opengis.net/spec/sensorthings/2.0/req/binding/http'], { endpoints: [BASE] })
  for (const { href } of root.links) await get(href.replace(HOST, ''))
  assert.deepEqual((await get(`${TWO}/conformance`)).conformsTo, conformance)
})

test('req/api/read/paths: $metadata describes each set, and its links lead somewhere', async () => {
  const metadata = await get(`${TWO}/$metadata`)
  const space = metadata['org.OGC.STA']
  for (const { name } of (await get(`${TWO}/`)).value) {
    const { $Type, $NavigationPropertyBinding } = space.SensorThingsV2[name]
    const type = space[$Type.replace('org.OGC.STA.', '')]
    assert.deepEqual([type.$Kind, type.$Key], ['EntityType', ['id']])
    for (const [link, to] of Object.entries<string>($NavigationPropertyBinding)) {
      assert.equal(type[link].$Kind, 'NavigationProperty')
      assert.ok(space.SensorThingsV2[to], to)
    }
  }
  assert.deepEqual(space.Datastream.Thing, { $Kind: 'NavigationProperty', $Partner: 'Datastreams', $Type: 'org.OGC.STA.Thing' })
  const api = await get(`${TWO}/api`)
  assert.ok(api.components.schemas.Datastream.properties.resultType)
  assert.ok(api.components.schemas.Thing.properties['@id'])
})

test('req/datamodel/core/thing, req/datamodel/core/location, req/datamodel/core/historical-location: plain names, and nothing of 1.1', async () => {
  const { id } = await oven()
  const entity = await get(`${TWO}/Things(${id})`)
  assert.deepEqual(entity, {
    '@context': `${BASE}/$metadata#Things/$entity`,
    '@id': `${BASE}/Things(${id})`,
    id,
    name: 'Ofen',
    definition: 'http://x/ofen',
    properties: { color: 'Black' },
    'Datastreams@navigationLink': `${BASE}/Things(${id})/Datastreams`,
    'Locations@navigationLink': `${BASE}/Things(${id})/Locations`,
    'HistoricalLocations@navigationLink': `${BASE}/Things(${id})/HistoricalLocations`,
  })
  const { value } = await get(`${TWO}/Things(${id})/HistoricalLocations?$expand=Locations,Thing($select=id)`)
  assert.deepEqual([value.length, value[0].Locations[0].location, value[0].Thing.id], [1, point(8, 50), id])
  assert.equal(JSON.stringify(value).includes('@iot'), false)
})

test('req/datamodel/core/sensor, req/datamodel/core/observed-property, req/datamodel/core/observation: times are objects, what is missing is left out', async () => {
  const { datastream, observedProperty } = await oven()
  const { resultType, phenomenonTime, ...rest } = await get(`${TWO}/Datastreams(${datastream})`)
  assert.deepEqual(resultType, quantity(`ObservedProperties(${observedProperty})`))
  assert.deepEqual(phenomenonTime, { start: '2026-01-01T00:00:00Z', end: '2026-01-01T02:00:00Z' })
  assert.equal('description' in rest || 'unitOfMeasurement' in rest || 'observationType' in rest, false)
  const { value } = await get(`${TWO}/Datastreams(${datastream})/Observations?$orderby=phenomenonTime/start&$select=phenomenonTime,result,resultTime,validTime,properties`) // prettier-ignore
  const shown = value.map((one: object) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== '@id')))
  assert.deepEqual(shown, [
    { phenomenonTime: { start: '2026-01-01T00:00:00Z' }, result: 180.5, properties: { offen: true, grenze: '170.0' } },
    {
      phenomenonTime: { start: '2026-01-01T01:00:00Z', end: '2026-01-01T02:00:00Z' },
      result: 200,
      resultTime: '2026-01-01T02:00:01Z',
      validTime: { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' },
    },
  ])
  const fresh = await post(`${TWO}/Datastreams(${datastream})/Observations`, { result: 1 })
  assert.ok((await get(`${TWO}/Observations(${fresh})`)).phenomenonTime.start)
  assert.deepEqual(Object.keys(await get(`${TWO}/Datastreams(${datastream})/Sensor?$format=json;metadata=none`)), ['id', 'name'])
})

test('req/datamodel/core/datastream: several observed properties, as the resultType names them', async () => {
  const [a, b] = [await post(`${TWO}/ObservedProperties`, observed('a')), await post(`${TWO}/ObservedProperties`, observed('b'))]
  const field = (name: string, id: number) => ({ name, type: 'Quantity', label: name, definition: `${BASE}/ObservedProperties(${id})`, uom: { code: 'mbar' } }) // prettier-ignore
  const body = {
    name: 'beide',
    resultType: { type: 'DataRecord', fields: [field('a', a), field('b', b)] },
    resultEncoding: { type: 'JSONEncoding', recordsAsArrays: true },
    Thing: { name: 'Station' },
    Sensor: { name: 'S' },
  }
  const id = await post(`${TWO}/Datastreams`, body)
  const shown = await get(`${TWO}/Datastreams(${id})?$expand=ObservedProperties($select=id)`)
  assert.deepEqual(shown.resultType.fields.map((one: { name: string; definition: string }) => [one.name, one.definition]), [['a', `ObservedProperties(${a})`], ['b', `ObservedProperties(${b})`]]) // prettier-ignore
  assert.deepEqual(shown.ObservedProperties.map((one: { id: number }) => one.id), [a, b]) // prettier-ignore
  await post(`${TWO}/Datastreams(${id})/Observations`, { result: [15, 1024] })
  await status(`POST ${TWO}/Datastreams(${id})/Observations`, 400, { result: 15 })
  const multi = await get(`${ONE}/MultiDatastreams(${id})?$expand=ObservedProperties,Observations`)
  assert.deepEqual([multi.ObservedProperties.length, multi.Observations[0].result], [2, [15, 1024]])
  await status(`POST ${TWO}/Datastreams`, 400, { ...body, resultType: quantity('ObservedProperties(987654)') })
  await status(`POST ${TWO}/Datastreams`, 501, { ...body, resultType: { ...quantity(''), type: 'Matrix' } })
})

test('req/datamodel/core/datastream: records are said by name, unless they are to be lists', async () => {
  const field = (name: string) => ({ name, type: 'Quantity', label: name, definition: `http://x/${name}`, uom: { code: 'mbar' } })
  const id = await post(`${TWO}/Datastreams`, {
    name: 'benannt',
    resultType: { type: 'DataRecord', fields: [field('innen'), field('außen')] },
    ObservedProperties: [observed('innen'), observed('außen')],
    Thing: { name: 'Station' },
    Sensor: { name: 'S' },
    Observations: [{ result: { außen: 2, innen: 1 }, phenomenonTime: { start: '2026-01-01T00:00:00Z' } }],
  })
  const path = `${TWO}/Datastreams(${id})`
  assert.equal('resultEncoding' in (await get(path)), false)
  const made = await post(`${path}/Observations`, { result: { innen: 3, außen: 4 }, phenomenonTime: { start: '2026-01-02T00:00:00Z' } })
  const results = async (at: string) => (await get(`${at}/Observations?$orderby=phenomenonTime`)).value.map((one: { result: unknown }) => one.result) // prettier-ignore
  assert.deepEqual(await results(path), [{ innen: 1, außen: 2 }, { innen: 3, außen: 4 }]) // prettier-ignore
  assert.deepEqual(await results(`${ONE}/MultiDatastreams(${id})`), [[1, 2], [3, 4]]) // prettier-ignore
  assert.deepEqual((await get(`${TWO}/Observations(${made})/result`)).value, { innen: 3, außen: 4 })
  await status(`PATCH ${TWO}/Observations(${made})`, 204, { result: { innen: 5, außen: 6 } })
  assert.deepEqual((await get(`${ONE}/Observations(${made})`)).result, [5, 6])
  await ask(`POST ${TWO}/CreateObservations`, [{ Datastream: { '@id': `Datastreams(${id})` }, components: ['phenomenonTime', 'result'], dataArray: [[{ start: '2026-01-03T00:00:00Z' }, { innen: 7, außen: 8 }]] }]) // prettier-ignore
  assert.deepEqual((await results(path)).at(-1), { innen: 7, außen: 8 })
  const [latest] = (await get(`${TWO}/Things?$filter=Datastreams/id eq ${id}&$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))`)).value // prettier-ignore
  assert.deepEqual(latest.Datastreams[0].Observations[0].result, { innen: 7, außen: 8 })
  for (const [result, pointer] of [
    [{ innen: 1 }, '/result'],
    [{ innen: 1, außen: 2, oben: 3 }, '/result/oben'],
    [{ innen: 'kalt', außen: 2 }, '/result/0'],
  ] as const)
    assert.equal((await status(`POST ${path}/Observations`, 400, { result })).json.at.pointer, pointer)
  await status(`PATCH ${path}`, 204, { resultEncoding: { type: 'JSONEncoding', recordsAsArrays: true } })
  assert.deepEqual((await results(path)).at(-1), [7, 8])
})

test('req/datamodel/core/datastream: results of any structure are checked by what their resultType says', async () => {
  const make = (resultType: object) =>
    post(`${TWO}/Datastreams`, { name: 'Struktur', resultType: { definition: 'http://x/p', ...resultType }, ObservedProperties: [observed('p')], Thing: { name: 'T' }, Sensor: { name: 'S' } }) // prettier-ignore
  const spectrum = { type: 'DataArray', elementType: { name: 'band', type: 'Quantity' } }
  const cases = [
    [spectrum, [1, 2.5], [1, 'zwei'], '/result/1'],
    [{ type: 'QuantityRange', uom: { code: 'Cel' } }, [3, 9], 5, '/result'],
    [{ type: 'Vector', coordinates: [{ name: 'x', type: 'Quantity' }, { name: 'y', type: 'Quantity' }] }, { x: 1, y: 2 }, { x: 1 }, '/result'], // prettier-ignore
  ] as const
  for (const [resultType, good, bad, pointer] of cases) {
    const id = await make(resultType)
    assert.equal((await get(`${TWO}/Datastreams(${id})`)).resultType.type, resultType.type)
    const made = await post(`${TWO}/Datastreams(${id})/Observations`, { result: good })
    assert.deepEqual((await get(`${TWO}/Observations(${made})`)).result, good)
    assert.equal((await status(`POST ${TWO}/Datastreams(${id})/Observations`, 400, { result: bad })).json.at.pointer, pointer)
  }
  const { json } = await status(`POST ${TWO}/Datastreams`, 400, { name: 'x', resultType: { type: 'DataArray', definition: 'http://x/p', elementType: { type: 'Zahl' } }, ObservedProperties: [observed('p')], Thing: { name: 'T' }, Sensor: { name: 'S' } }) // prettier-ignore
  assert.equal(json.at.pointer, '/resultType/elementType/type')
})

test('req/datamodel/core/feature: of an Observation, and of a Datastream', async () => {
  const { datastream } = await oven()
  const river = await post(`${TWO}/Features`, { name: 'Fluss', encodingType: 'application/geo+json', feature: point(9, 51) })
  const observation = await post(`${TWO}/Datastreams(${datastream})/Observations`, { result: 1, ProximateFeatureOfInterest: { '@id': `Features(${river})` } }) // prettier-ignore
  assert.equal((await get(`${TWO}/Observations(${observation})/ProximateFeatureOfInterest`)).id, river)
  assert.equal((await get(`${ONE}/Observations(${observation})/FeatureOfInterest`))['@iot.id'], river)
  await status(`PUT ${TWO}/Datastreams(${datastream})/ProximateFeatureOfInterest/$ref`, 204, { '@id': `Features(${river})` })
  assert.equal((await get(`${TWO}/Features(${river})/DatastreamsProximate`)).value[0].id, datastream)
  await status(`DELETE ${TWO}/Datastreams(${datastream})/ProximateFeatureOfInterest/$ref`, 204)
  await status(`GET ${TWO}/Datastreams(${datastream})/ProximateFeatureOfInterest`, 404)
})

test('req/api/read/paths: properties, raw values and references', async () => {
  const { id, datastream } = await oven()
  assert.deepEqual(await get(`${TWO}/Things(${id})/name`), { '@context': `${BASE}/$metadata#Edm.String`, value: 'Ofen' })
  assert.equal((await ask(`GET ${TWO}/Things(${id})/name/$value`)).text, 'Ofen')
  await status(`GET ${TWO}/Things(${id})/description`, 204)
  assert.deepEqual(await get(`${TWO}/Datastreams(${datastream})/Thing/$ref`), { '@context': `${BASE}/$metadata#$ref`, '@id': `${BASE}/Things(${id})` }) // prettier-ignore
  const refs = { '@context': `${BASE}/$metadata#Collection($ref)`, value: [{ '@id': `${BASE}/Datastreams(${datastream})` }] }
  assert.deepEqual(await get(`${TWO}/Things(${id})/Datastreams/$ref`), refs)
  await status(`GET ${TWO}/Things(${id})/MultiDatastreams`, 404)
  await status(`GET ${TWO}/FeaturesOfInterest`, 404)
})

test('req/api/read/options/precedence, req/api/read/options/top, req/api/read/options/skip, req/api/read/options/count, req/api/read/options/orderby, req/api/read/options/pagination: pages of a set', async () => {
  const { datastream } = await oven()
  const first = await get(
    `${TWO}/Datastreams(${datastream})/Observations?$count=true&$top=1&$orderby=phenomenonTime desc&$filter=result gt 0`,
  )
  assert.deepEqual([first['@context'], first['@count'], first.value[0].result], [`${BASE}/$metadata#Observations`, 2, 200])
  assert.match(first['@nextLink'], /\$top=1&\$skip=1/)
  const second = await get(first['@nextLink'].replace(HOST, ''))
  assert.deepEqual([second.value[0].result, '@nextLink' in second], [180.5, false])
  const skipped = await get(`${TWO}/Datastreams(${datastream})/Observations?$orderby=result&$skip=1`)
  assert.deepEqual(skipped.value.map((one: { result: number }) => one.result), [200]) // prettier-ignore
  await status(`GET ${TWO}/Things?$count=maybe`, 400)
  await status(`GET ${TWO}/Things?$resultFormat=csv`, 501)
})

test('req/api/read/options/select, req/api/read/options/expand: at every level', async () => {
  const { id } = await oven()
  const shown = await get(`${TWO}/Things(${id})?$select=name&$expand=Datastreams($select=name;$expand=Observations($count=true;$top=1;$orderby=result))`) // prettier-ignore
  assert.deepEqual(Object.keys(shown), ['@context', '@id', 'name', 'Datastreams'])
  const [one] = shown.Datastreams
  assert.deepEqual([one['Observations@count'], one.Observations[0].result], [2, 180.5])
  assert.ok(one['Observations@nextLink'].startsWith(`${BASE}/Datastreams(`))
})

for (const [filter, count] of [
  ['phenomenonTime lt 2026-01-01T00:30:00Z', 1],
  ['phenomenonTime/start ge 2026-01-01T01:00:00Z', 1],
  ['phenomenonTime/end eq null', 1],
  ['validTime/start lt 2026-06-01T00:00:00Z', 1],
  ['properties/offen eq true', 1],
  ["hour(phenomenonTime/start, 'Europe/Berlin') eq 2", 1],
  ["year(phenomenonTime/start, 'America/New_York') eq 2025", 2],
  ["date(phenomenonTime/start, 'America/New_York') eq 2025-12-31", 2],
  ["time(phenomenonTime/start, 'Europe/Berlin') ge 02:00", 1],
  ['phenomenonTime eq interval(2026-01-01T01:00:00Z, 2026-01-01T02:00:00Z)', 1],
  ['during(phenomenonTime, interval(2026-01-01T00:30:00Z, now()))', 1],
  ["Datastream/resultType/uom/symbol eq '°C'", 2],
  ["cast('180.5', Edm.Decimal) eq result", 1],
  ['cast(result, Edm.Double) gt cast(properties/grenze, Edm.Double)', 1],
  ["phenomenonTime/start ge cast('2026-01-01T01:00:00+01:00', Edm.DateTimeOffset)", 2],
  ["Datastream/resultType/uom/code eq 'Cel'", 2],
  ["Datastream/Thing/definition eq 'http://x/ofen'", 2],
  ["Datastream/ObservedProperties/any(p: p/name eq 'temp')", 2],
  ["st_within(ProximateFeatureOfInterest/feature, geometry'POLYGON ((7 49,9 49,9 51,7 51,7 49))')", 2],
] as const)
  test(`req/api/read/options/filter: ${filter}`, async () => {
    const { datastream } = await oven()
    const { '@count': found } = await get(`${TWO}/Datastreams(${datastream})/Observations?$top=0&$count=true&$filter=${encodeURIComponent(filter)}`) // prettier-ignore
    assert.equal(found, count)
  })

for (const filter of [
  "resultType/type eq 'Quantity'",
  'cast(id, Edm.String) eq 1',
  'cast(id) eq 1',
  'cast(id, Edm.Int32, 1) eq 1',
  'cast(id, 5) eq 1',
  "hour(phenomenonTime/start, 'MEZ') eq 1",
  "year(phenomenonTime/start, '+01:00') eq 2026",
  'interval(result, 1) eq phenomenonTime',
])
  test(`req/api/read/options/filter: ${filter} is refused`, async () => {
    const answer = await ask(`GET ${TWO}/Datastreams?$filter=${encodeURIComponent(filter)}`)
    assert.ok([400, 501].includes(answer.status), answer.text)
  })

test('req/api/read/options/format: how much is said, and other forms', async () => {
  const { id } = await oven()
  const keys = async (format: string) => Object.keys(await get(`${TWO}/Things(${id})?$format=${format}`))
  assert.deepEqual(await keys('application/json;metadata=minimal'), ['@context', 'id', 'name', 'definition', 'properties'])
  assert.deepEqual(await keys('json;metadata=none'), ['id', 'name', 'definition', 'properties'])
  const csv = await ask(`GET ${TWO}/Things(${id})?$format=text/csv&$select=id,name`)
  assert.equal(csv.text, `id,name\r\n${id},Ofen\r\n`)
  await status(`GET ${TWO}/Things?$format=xml`, 501)
  await status(`GET ${TWO}/Things?$format=json;metadata=all`, 400)
})

test('req/api/cud/create, req/api/cud/deep_insert: what the path says goes before the body; all or nothing', async () => {
  const { id, observedProperty } = await oven()
  const other = await post(`${TWO}/Things`, { name: 'Anderer' })
  const body = { name: 'D', resultType: quantity(`ObservedProperties(${observedProperty})`), Sensor: { name: 'S' }, Thing: { '@id': `Things(${id})` } } // prettier-ignore
  const datastream = await post(`${TWO}/Things(${other})/Datastreams`, body)
  assert.equal((await get(`${TWO}/Datastreams(${datastream})/Thing`)).id, other)
  const along = { ...body, resultType: quantity('http://x/neu'), ObservedProperties: [observed('neu')] }
  const made = await post(`${TWO}/Datastreams`, along)
  assert.equal((await get(`${TWO}/Datastreams(${made})/ObservedProperties`)).value[0].name, 'neu')
  const count = async () => (await get(`${TWO}/Things?$top=0&$count=true`))['@count']
  const before = await count()
  await status(`POST ${TWO}/Things`, 400, { name: 'X', Datastreams: [{ ...along, Thing: undefined, Sensor: undefined }] })
  assert.equal(await count(), before)
  for (const [wrong, pointer] of [
    [
      { name: 'X', Datastreams: [{ name: 'D', resultType: { type: 'Quantity' }, Sensor: { name: 'S' } }] },
      '/Datastreams/0/resultType/definition',
    ],
    [{ name: 'X', Locations: [{ '@id': 'Sensors(1)' }] }, '/Locations/0'],
    [{ name: 'X', unknown: 1 }, '/unknown'],
    [{ description: 'X' }, undefined],
  ] as const) {
    const answer = await status(`POST ${TWO}/Things`, 400, wrong)
    assert.equal(answer.json.at?.pointer || undefined, pointer)
  }
  for (const phenomenonTime of ['2026-01-01T00:00:00Z', { end: '2026-01-01T00:00:00Z' }, { start: 'gestern' }])
    await status(`POST ${TWO}/Datastreams(${datastream})/Observations`, 400, { result: 1, phenomenonTime })
})

test('req/api/cud/update, req/api/cud/replace, req/api/cud/json_patch: what is left out stays, or goes; a failing test is a conflict', async () => {
  const { id, datastream } = await oven()
  await status(`PATCH ${TWO}/Things(${id})`, 204, { name: 'Neu' })
  assert.deepEqual(((one) => [one.name, one.properties])(await get(`${TWO}/Things(${id})`)), ['Neu', { color: 'Black' }])
  await status(`PUT ${TWO}/Things(${id})`, 204, { name: 'Ganz neu' })
  assert.deepEqual(Object.keys(await get(`${TWO}/Things(${id})?$format=json;metadata=none`)), ['id', 'name'])
  const patch = { 'content-type': 'application/json-patch+json' }
  await status(`PATCH ${TWO}/Things(${id})`, 204, [{ op: 'add', path: '/properties', value: { a: 1 } }], patch)
  await status(`PATCH ${TWO}/Things(${id})`, 409, [{ op: 'test', path: '/properties/a', value: 2 }], patch)
  const unit = { code: 'K', label: 'Kelvin', symbol: 'K' }
  const { resultType } = await get(`${TWO}/Datastreams(${datastream})`)
  await status(`PATCH ${TWO}/Datastreams(${datastream})`, 204, { resultType: { ...resultType, uom: unit } })
  assert.deepEqual((await get(`${ONE}/Datastreams(${datastream})`)).unitOfMeasurement, { name: 'Kelvin', symbol: 'K', definition: null })
  await status(`PATCH ${TWO}/Datastreams(${datastream})`, 409, { resultType: { type: 'DataRecord', fields: [{ ...resultType, name: 'a' }] }, resultEncoding: { recordsAsArrays: true } }) // prettier-ignore
})

test('req/api/cud/return_value: what is preferred', async () => {
  const wants = { prefer: 'return=representation' }
  const made = await status(`POST ${TWO}/Things?$select=name`, 201, { name: 'Ding' }, wants)
  assert.deepEqual(Object.keys(made.json), ['@context', '@id', 'name'])
  const path = `${TWO}/Things(${idIn(made.headers['location'])})`
  assert.equal((await status(`PATCH ${path}`, 200, { name: 'Dong' }, wants)).json.name, 'Dong')
  assert.equal((await status(`PATCH ${path}`, 204, { name: 'Ding' }, { prefer: 'return=minimal' })).text, '')
  assert.equal((await status(`POST ${TWO}/Things`, 201, { name: 'Ding' })).text, '')
})

test('req/api/cud/update_relations: links are added, replaced and removed; none that must be there', async () => {
  const { id, datastream } = await oven()
  const [a, b] = [await post(`${TWO}/Locations`, place('A', point(1, 1))), await post(`${TWO}/Locations`, place('B', point(2, 2)))]
  const there = async () => (await get(`${TWO}/Things(${id})/Locations?$orderby=id`)).value.map((one: { name: string }) => one.name)
  await status(`POST ${TWO}/Things(${id})/Locations/$ref`, 204, { '@id': `Locations(${a})` })
  assert.deepEqual(await there(), ['Küche', 'A'])
  await status(`PUT ${TWO}/Things(${id})/Locations/$ref`, 204, {
    value: [{ '@id': `${BASE}/Locations(${a})` }, { '@id': `Locations(${b})` }],
  })
  assert.deepEqual(await there(), ['A', 'B'])
  await status(`DELETE ${TWO}/Things(${id})/Locations/$ref?$id=../../Locations(${a})`, 204)
  assert.deepEqual(await there(), ['B'])
  await status(`DELETE ${TWO}/Things(${id})/Locations/$ref`, 204)
  assert.deepEqual(await there(), [])
  const other = await post(`${TWO}/Things`, { name: 'Anderes' })
  await status(`PUT ${TWO}/Datastreams(${datastream})/Thing/$ref`, 204, { '@id': `Things(${other})` })
  assert.equal((await get(`${TWO}/Things(${other})/Datastreams`)).value[0].id, datastream)
  await status(`POST ${TWO}/Things(${id})/Datastreams/$ref`, 204, { '@id': `Datastreams(${datastream})` })
  assert.equal((await get(`${ONE}/Datastreams(${datastream})/Thing`))['@iot.id'], id)
  await status(`DELETE ${TWO}/Things(${id})/Datastreams/$ref`, 400)
  await status(`DELETE ${TWO}/Datastreams(${datastream})/Thing/$ref`, 400)
  await status(`PUT ${TWO}/Things(${id})/Datastreams/$ref`, 400, { value: [] })
  await status(`PATCH ${TWO}/Things(${id})`, 400, { Datastreams: [] })
  await status(`POST ${TWO}/Datastreams(${datastream})/Thing/$ref`, 400, { '@id': `Things(${id})` })
})

test('req/api/cud/delete, req/api/cud/filtered_delete: with what hangs on it', async () => {
  const { id, datastream } = await oven()
  await status(`DELETE ${TWO}/Datastreams(${datastream})/Observations?$filter=result gt 190`, 204)
  assert.equal((await get(`${TWO}/Datastreams(${datastream})/Observations`)).value.length, 1)
  await status(`DELETE ${TWO}/Observations`, 400)
  await status(`DELETE ${TWO}/Things(${id})`, 204)
  await status(`GET ${TWO}/Datastreams(${datastream})`, 404)
})

test('req/binding/http/request_response: HEAD answers as GET', async () => {
  await status(`HEAD ${TWO}/Things`, 200)
  await status(`HEAD ${TWO}/Things(999999)`, 404)
})

test('batches of 2.0: in its own words, whole or not at all, and named by what was made before', async () => {
  const quantity = (name: string) => ({ type: 'Quantity', definition: name, uom: { code: 'K' } })
  const station = (name: string, result: unknown) => [
    { id: 't', atomicityGroup: 'g', method: 'post', url: 'Things', body: { name } },
    { id: 's', atomicityGroup: 'g', method: 'post', url: 'Sensors', body: { name } },
    { id: 'd', atomicityGroup: 'g', method: 'post', url: '$t/Datastreams', body: { name, resultType: quantity(name), Sensor: { '@id': '$s' }, ObservedProperties: [{ name, definition: name }] } },
    { id: 'o', atomicityGroup: 'g', method: 'post', url: '$d/Observations', body: { phenomenonTime: { start: '2026-05-01T00:00:00Z' }, result } },
    { id: 'c', atomicityGroup: 'g', method: 'post', url: 'CreateObservations', body: [{ Datastream: { '@id': '$d' }, components: ['phenomenonTime', 'result'], dataArray: [[{ start: '2026-05-02T00:00:00Z' }, 2]] }] },
  ] // prettier-ignore
  const read = { id: 'r', method: 'get', url: `${TWO}/$t?$format=json;metadata=none&$select=name&$expand=Datastreams($expand=Observations($select=result))` } // prettier-ignore
  const applied = { id: 'a', method: 'get', url: '$d/Observations?$apply=aggregate(result with sum as all)' }
  const { json } = await status(`POST ${TWO}/$batch`, 200, { requests: [...station('Stapel', 1), read, applied] })
  assert.deepEqual(json.responses.map((one: Answer['json']) => one.status), [201, 201, 201, 201, 201, 200, 200], JSON.stringify(json)) // prettier-ignore
  const [shown, groups] = json.responses.slice(-2).map((one: Answer['json']) => one.body)
  assert.deepEqual([shown.name, shown.Datastreams[0].Observations.map((one: Answer['json']) => one.result)], ['Stapel', [1, 2]]) // prettier-ignore
  assert.deepEqual(groups.value, [{ all: 3 }])
  const failed = await status(`POST ${TWO}/$batch`, 200, { requests: station('Halb', { no: 'number' }) })
  assert.ok(failed.json.responses.every((one: Answer['json']) => one.status >= 400))
  assert.deepEqual((await get(`${TWO}/Things?$filter=name eq 'Halb'`)).value, [])
})

test('data arrays of 2.0: times are objects, records are lists, and both versions read the same rows', async () => {
  const { datastream } = await oven()
  const [{ id: feature }] = [{ id: await post(`${TWO}/Features`, { name: 'Rost', encodingType: 'application/geo+json', feature: point(8, 50) }) }] // prettier-ignore
  const body = [
    {
      Datastream: { '@id': `Datastreams(${datastream})` },
      components: ['phenomenonTime', 'result', 'properties', 'ProximateFeatureOfInterest/id'],
      dataArray: [
        [{ start: '2026-02-01T00:00:00Z', end: '2026-02-01T01:00:00Z' }, 7, { a: 1 }, feature],
        ['2026-02-02T00:00:00Z/2026-02-01T00:00:00Z', 8, null, null],
        [{ start: 'gestern' }, 9, null, null],
      ],
    },
  ]
  const { json } = await status(`POST ${TWO}/CreateObservations`, 201, body)
  assert.match(json[0], /\/sta\/v2\.0\/Observations\(\d+\)$/)
  assert.deepEqual(json.slice(1).map((row: string) => row.startsWith('error: ')), [true, true]) // prettier-ignore
  const id = idIn(json[0])
  const old = await get(`${ONE}/Observations(${id})?$expand=FeatureOfInterest`)
  assert.deepEqual([old.phenomenonTime, old.parameters, old.FeatureOfInterest.name], ['2026-02-01T00:00:00Z/2026-02-01T01:00:00Z', { a: 1 }, 'Rost']) // prettier-ignore
  const array = await get(`${TWO}/Datastreams(${datastream})/Observations?$format=dataArray&$filter=result eq 7&$count=true`)
  assert.equal(array['@count'], 1)
  const [group] = array.value
  assert.equal(group['Datastream@navigationLink'], `${BASE}/Datastreams(${datastream})`)
  assert.equal(group['dataArray@count'], 1)
  const row = Object.fromEntries(group.components.map((name: string, i: number) => [name, group.dataArray[0][i]]))
  assert.deepEqual(row, { id, phenomenonTime: { start: '2026-02-01T00:00:00Z', end: '2026-02-01T01:00:00Z' }, result: 7, resultTime: null, validTime: null, properties: { a: 1 } }) // prettier-ignore
  await status(`POST ${TWO}/CreateObservations`, 400, [{ ...body[0], components: ['phenomenonTime', 'result', 'parameters', 'FeatureOfInterest/id'] }]) // prettier-ignore
  await status(`GET ${TWO}/Things?$format=dataArray`, 501)
})

test('groups, lines and figures of 2.0, by its names', async () => {
  const { datastream } = await oven()
  const path = `${TWO}/Datastreams(${datastream})/Observations`
  const grouped = await get(`${path}?$apply=groupby((Datastream/name),aggregate(result with max as top))&$count=true`)
  assert.deepEqual(grouped, { '@count': 1, value: [{ Datastream: { name: 'Ofentemperatur' }, top: 200 }] })
  const days = await get(`${path}?$apply=groupby((bucket(phenomenonTime/start,'1d','UTC') as day),aggregate($count as count))`)
  assert.deepEqual(days.value, [{ day: '2026-01-01T00:00:00Z', count: 2 }])
  assert.deepEqual((await get(`${path}?aggregate=avg&bucket=1d&tz=UTC`)).value[0].result, 190.25)
  assert.equal((await get(`${path}?downsample=lttb&points=4`)).value.length, 2)
})

test('req/api/read/options/select_distinct: not below an expanded set', async () => {
  await oven()
  const { value } = await get(`${TWO}/Things?$select=distinct:properties/color&$filter=properties/color ne null`)
  assert.deepEqual(value, [{ properties: { color: 'Black' } }])
})

test('what 1.1 writes is read in 2.0', async () => {
  const id = await post(`${ONE}/Things`, thing('Alt', { Locations: [place('Markt', point(8, 50))], Datastreams: [stream('T', { Observations: [{ result: 1, phenomenonTime: '2026-01-01T00:00:00Z/2026-01-01T01:00:00Z', parameters: { a: 1 } }] })], MultiDatastreams: [{ name: 'M', description: '', unitOfMeasurements: [celsius, celsius], multiObservationDataTypes: ['http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement', 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_CountObservation'], ObservedProperties: [property('x'), property('y')], Sensor: sensor('m'), Observations: [{ result: [1.5, 2] }] }] })) // prettier-ignore
  const { Datastreams } = await get(`${TWO}/Things(${id})?$expand=Datastreams($orderby=id;$expand=ObservedProperties,Observations)`)
  const [single, multiple] = Datastreams
  assert.deepEqual(single.resultType, {
    type: 'Quantity',
    label: 'T',
    definition: `ObservedProperties(${single.ObservedProperties[0].id})`,
    uom: { label: celsius.name, symbol: celsius.symbol, href: celsius.definition },
  })
  assert.deepEqual(single.Observations[0].phenomenonTime, { start: '2026-01-01T00:00:00Z', end: '2026-01-01T01:00:00Z' })
  assert.deepEqual(single.Observations[0].properties, { a: 1 })
  assert.deepEqual(multiple.resultType.fields.map((one: { type: string }) => one.type), ['Quantity', 'Count']) // prettier-ignore
  assert.deepEqual([multiple.resultEncoding.recordsAsArrays, multiple.Observations[0].result], [true, [1.5, 2]])
})

/** Keys of objects have no order. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, one]) => [key, inOrder(one)])
}

const words = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => !text.includes('\u0000'))
const json = fc.dictionary(fc.constantFrom('a', 'b', 'ä'), fc.oneof(words, fc.integer(), fc.boolean()), {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
})
const minute = fc
  .integer({ min: 0, max: 500_000 })
  .map((n) => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString().replace('.000', ''))
const periods = fc.oneof(minute.map((start) => ({ start })), fc.tuple(minute, fc.integer({ min: 1, max: 9 })).map(([start, n]) => ({ start, end: new Date(Date.parse(start) + n * 60_000).toISOString().replace('.000', '') }))) // prettier-ignore
const observation = fc.record(
  { phenomenonTime: periods, result: fc.integer(), properties: json },
  { requiredKeys: ['phenomenonTime', 'result'], noNullPrototype: true },
)
const trees = fc.record({
  name: words,
  description: words,
  definition: words,
  properties: json,
  Datastreams: fc.array(fc.record({ name: words, label: words, symbol: words, Observations: fc.array(observation, { maxLength: 3 }) }, { noNullPrototype: true }), { maxLength: 2 }),
}, { requiredKeys: ['name', 'Datastreams'], noNullPrototype: true }) // prettier-ignore

test('any tree that is written in 2.0 is read as it was, and 1.1 says the same of it', async () => {
  await fc.assert(
    fc.asyncProperty(trees, async ({ Datastreams, ...rest }) => {
      const streams = Datastreams.map(({ name, label, symbol, Observations }, i) => ({
        name,
        resultType: { type: 'Quantity', label, definition: `http://x/${i}`, uom: { code: 'K', symbol } },
        ObservedProperties: [observed(String(i))],
        Sensor: { name: 'S' },
        Observations,
      }))
      const id = await post(`${TWO}/Things`, { ...rest, Datastreams: streams })
      const { Datastreams: shown, id: _, ...own } = await get(`${TWO}/Things(${id})?$format=json;metadata=none&$expand=Datastreams($orderby=id;$expand=Observations($orderby=id))`) // prettier-ignore
      assert.deepEqual(own, rest)
      const plain = (of: Record<string, unknown>[]) => of.map(({ id: __, ...one }) => one)
      const sorted = (of: readonly object[]) => of.map((one) => JSON.stringify(inOrder(one))).toSorted((a, b) => (a < b ? -1 : 1))
      for (const [i, one] of shown.entries()) {
        assert.deepEqual([one.name, one.resultType.label, one.resultType.uom], [Datastreams[i]?.name, Datastreams[i]?.label, { code: 'K', symbol: Datastreams[i]?.symbol }]) // prettier-ignore
        assert.deepEqual(sorted(plain(one.Observations)), sorted(Datastreams[i]?.Observations ?? []))
      }
      const old = await get(`${ONE}/Things(${id})?$expand=Datastreams($orderby=id;$expand=Observations)`)
      assert.deepEqual([old.name, old.description, old.properties], [rest.name, rest.description ?? '', rest.properties ?? {}])
      assert.deepEqual(old.Datastreams.map((one: Answer['json']) => [one.name, one.unitOfMeasurement.symbol, one.Observations.length]), Datastreams.map((one) => [one.name, one.symbol, one.Observations.length])) // prettier-ignore
    }),
    { numRuns: 15 },
  )
})

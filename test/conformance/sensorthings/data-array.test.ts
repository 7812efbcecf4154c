/** data-array: SensorThings 1.1 (18-088, req/data-array): Observations read and written as rows. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { HOST, place, point, ROOT, startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
let [a, b] = [0, 0]
before(async () => {
  sta = await startSensorThings()
  const t = await sta.post('/Things', thing('A', { Locations: [place('L', point(1, 2))], Datastreams: [stream('a'), stream('b')] }))
  ;[a, b] = (await sta.get(`/Things(${t})/Datastreams?$select=id&$orderby=name`)).value.map(
    (each: { '@iot.id': number }) => each['@iot.id'],
  )
})
after(() => sta.end())

test('req/data-array/data-array: rows are kept each on its own, and every failing one says why', async () => {
  const f = await sta.post('/FeaturesOfInterest', {
    name: 'F',
    description: '',
    encodingType: 'application/geo+json',
    feature: point(3, 4),
  })
  const answer = await sta.ask(
    'POST /CreateObservations',
    [
      { Datastream: { '@iot.id': a }, components: ['phenomenonTime', 'result', 'FeatureOfInterest/id'], 'dataArray@iot.count': 4, dataArray: [['2026-01-01T00:00:00Z', 1, f], ['gestern', 2, f], ['2026-01-01T00:00:00Z', 3], ['2026-01-01T01:00:00Z', 4, 999999]] }, // prettier-ignore
      { Datastream: { '@iot.id': 999999 }, components: ['result'], dataArray: [[1]] },
      { Datastream: { '@iot.id': b }, components: ['phenomenonTime', 'result', 'resultTime', 'parameters'], dataArray: [['2026-01-01T00:00:00Z/2026-01-01T01:00:00Z', 'x', null, { k: 1 }]] }, // prettier-ignore
    ],
    { 'accept-language': 'en' },
  )
  assert.equal(answer.status, 201, answer.text)
  assert.deepEqual(answer.json.map((each: string) => (each.startsWith(`${HOST}${ROOT}/Observations(`) ? 'kept' : each.slice(0, 6))), ['kept', 'error:', 'error:', 'error:', 'error:', 'kept']) // prettier-ignore
  assert.match(answer.json[1], /phenomenonTime/)
  const [first] = (await sta.get(`/Datastreams(${a})/Observations?$expand=FeatureOfInterest`)).value
  assert.deepEqual([first.result, first.FeatureOfInterest.name], [1, 'F'])
  assert.deepEqual((await sta.get(`/Datastreams(${b})/Observations`)).value[0].parameters, { k: 1 })
})

test('req/data-array/data-array: read in groups, with the options and pages of any set', async () => {
  const rows = Array.from({ length: 10 }, (_, i) => [`2026-02-01T00:0${i}:00Z`, i])
  await sta.ask('POST /CreateObservations', [{ Datastream: { '@iot.id': a }, components: ['phenomenonTime', 'result'], dataArray: rows }])
  const page = await sta.get(
    `/Datastreams(${a})/Observations?$resultFormat=dataArray&$select=id,phenomenonTime,result&$orderby=phenomenonTime desc&$top=3&$count=true`,
  )
  const [group] = page.value
  assert.deepEqual(group.components, ['id', 'phenomenonTime', 'result'])
  assert.equal(group['Datastream@iot.navigationLink'], `${HOST}${ROOT}/Datastreams(${a})`)
  assert.deepEqual(group.dataArray.map((row: unknown[]) => row[2]), [9, 8, 7]) // prettier-ignore
  assert.deepEqual([page['@iot.count'], group['dataArray@iot.count']], [11, 3])
  assert.match(page['@iot.nextLink'], /resultFormat=dataArray/)
  const all = await sta.get('/Observations?$resultFormat=dataArray')
  assert.deepEqual([all.value.length, all.value[0].components.length], [2, 7])
})

for (const [name, body] of [
  ['no list', {}],
  ['no Datastream', [{ components: ['result'], dataArray: [] }]],
  ['no components', [{ Datastream: { '@iot.id': 1 }, dataArray: [] }]],
  ['an unknown component', [{ Datastream: { '@iot.id': 1 }, components: ['result', 'colour'], dataArray: [] }]],
  ['no result', [{ Datastream: { '@iot.id': 1 }, components: ['phenomenonTime'], dataArray: [] }]],
] as const)
  test(`req/data-array/data-array: ${name} is refused`, async () => {
    assert.equal((await sta.ask('POST /CreateObservations', body)).status, 400)
  })

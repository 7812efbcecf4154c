/** downsample: a year of values drawn with some hundred. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
let path: string
before(async () => {
  sta = await startSensorThings()
  await sta.post('/Things', thing('Markt', { Datastreams: [stream('Luft')] }))
  const { value } = await sta.get('/Datastreams')
  path = `/Datastreams(${value[0]['@iot.id']})/Observations`
  const dataArray = Array.from({ length: 5000 }, (_, i) => [
    new Date(Date.UTC(2026, 0, 1) + i * 600_000).toISOString(),
    i === 3333 ? 900 : Math.sin(i / 40),
  ])
  const body = [{ Datastream: { '@iot.id': value[0]['@iot.id'] }, components: ['phenomenonTime', 'result'], dataArray }]
  assert.equal((await sta.ask('POST /CreateObservations', body)).status, 201)
})
after(() => sta.end())

test('downsample: at most so many points, with the ends and the spike', async () => {
  for (const how of ['lttb', 'minmax']) {
    const { value } = await sta.get(`${path}?downsample=${how}&points=200`)
    assert.ok(value.length > 150 && value.length <= 200, `${value.length}`)
    assert.ok(value.some(({ result }: { result: number }) => result === 900))
  }
  const { value } = await sta.get(`${path}?downsample=lttb&points=200`)
  assert.deepEqual([value[0].phenomenonTime, value.at(-1).phenomenonTime], ['2026-01-01T00:00:00Z', '2026-02-04T17:10:00Z'])
})

test('downsample: from and until bound it; few points come as they are', async () => {
  const { value } = await sta.get(`${path}?downsample=lttb&points=100&from=2026-01-01T01:00:00Z&until=2026-01-01T02:00:00Z`)
  assert.deepEqual(value.length, 6)
  const { json } = await sta.platform.ask(`GET /api/v1/series/${/\d+/.exec(path)?.[0]}/line?method=avg&points=10`)
  assert.equal(json.items.length, 10)
})

test('downsample: what is wrong is refused with its place', async () => {
  for (const [query, status, parameter] of [
    ['downsample=mean', 400, 'downsample'],
    ['downsample=lttb&points=3', 400, 'points'],
    ['downsample=lttb&from=gestern', 400, 'from'],
    ['downsample=lttb&$top=3', 501, '$top'],
  ] as const) {
    const answer = await sta.ask(`GET ${path}?${query}`)
    assert.deepEqual([answer.status, answer.json.at.parameter], [status, parameter])
  }
})

/** batch: SensorThings 1.1 (18-088, req/batch-request): many requests in one, change sets whole or not at all. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { HOST, place, point, property, ROOT, sensor, startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
before(async () => (sta = await startSensorThings()))
after(() => sta.end())

const statuses = (json: { responses: { id: string; status: number }[] }) => json.responses.map(({ id, status }) => [id, status])
const batch = (requests: readonly unknown[]) => sta.ask('POST /$batch', { requests })
const mime = (body: string, boundary = 'b') => sta.ask('POST /$batch', body.replaceAll('\n', '\r\n'), { 'content-type': `multipart/mixed; boundary=${boundary}` }) // prettier-ignore
const named = async (name: string) => (await sta.get(`/Things?$filter=name eq '${name}'&$count=true`))['@iot.count'] as number

test('req/batch-request/batch-request: in JSON, each request is answered as if it had come alone', async () => {
  const answer = await batch([
    { id: '1', method: 'post', url: 'Things', body: thing('Eins') },
    { id: '2', method: 'get', url: "Things?$filter=name%20eq%20'Eins'&$select=name" },
    { id: '3', method: 'get', url: `${ROOT}/Things($1)/name/$value` },
    { id: '4', method: 'patch', url: `${HOST}${ROOT}/$1`, body: { name: 'Zwei' } },
    { id: '5', method: 'get', url: '$1?$select=name' },
    { id: '6', method: 'delete', url: '$1' },
    { id: '7', method: 'get', url: '$1' },
    { id: '8', method: 'get', url: 'Nichts' },
    { id: '9', method: 'get', url: 'Things?$top=x', dependsOn: ['1'] },
    { id: '10', method: 'get', url: 'Things', dependsOn: ['9'] },
  ])
  assert.equal(answer.status, 200, answer.text)
  const { responses } = answer.json
  assert.deepEqual(responses.map((one: { status: number }) => one.status), [201, 200, 200, 200, 200, 200, 404, 404, 400, 424]) // prettier-ignore
  assert.match(responses[0].location, /\/Things\(\d+\)$/)
  assert.deepEqual([responses[1].body.value, responses[2].body, responses[4].body], [[{ name: 'Eins' }], 'Eins', { name: 'Zwei' }])
})

const station = (group: string | undefined, result: unknown = 1) =>
  [
    { id: 't', method: 'post', url: 'Things', body: thing('Gruppe', { Locations: [place('Ort', point(8, 49))] }) },
    { id: 's', method: 'post', url: 'Sensors', body: sensor('S') },
    { id: 'p', method: 'post', url: 'ObservedProperties', body: property('P') },
    { id: 'd', method: 'post', url: '$t/Datastreams', body: stream('D', { Sensor: { '@iot.id': '$s' }, ObservedProperty: { '@iot.id': '$p' } }) },
    { id: 'o', method: 'post', url: 'Observations', body: { result, phenomenonTime: '2026-05-01T00:00:00Z', Datastream: { '@iot.id': '$d' } } },
    { id: 'c', method: 'post', url: 'CreateObservations', body: [{ Datastream: { '@iot.id': '$d' }, components: ['phenomenonTime', 'result'], dataArray: [['2026-05-02T00:00:00Z', 2]] }] },
    { id: 'u', method: 'patch', url: 'Things($t)', body: { description: 'geändert' } },
  ].map((one) => ({ ...one, ...(group !== undefined && { atomicityGroup: group }) })) // prettier-ignore

test('req/batch-request/batch-request: a change set makes, measures and changes what it has made itself', async () => {
  const answer = await batch([...station('g'), { id: 'r', method: 'get', url: '$t?$expand=Datastreams($expand=Observations)' }])
  assert.deepEqual(statuses(answer.json), [['t', 201], ['s', 201], ['p', 201], ['d', 201], ['o', 201], ['c', 201], ['u', 200], ['r', 200]]) // prettier-ignore
  const { description, Datastreams } = answer.json.responses.at(-1).body
  assert.equal(description, 'geändert')
  assert.deepEqual(Datastreams[0].Observations.map((one: { result: number }) => one.result), [1, 2]) // prettier-ignore
  assert.equal(Datastreams[0].phenomenonTime, '2026-05-01T00:00:00Z/2026-05-02T00:00:00Z')
})

test('req/batch-request/batch-request: of a change set in which one request fails nothing is kept, and the rest goes on', async () => {
  const [there, count] = [await sta.post('/Things', thing('Da')), await named('Gruppe')]
  const answer = await batch([
    { id: 'x', atomicityGroup: 'g', method: 'delete', url: `Things(${there})` },
    ...station('g'),
    { id: 'bad', atomicityGroup: 'g', method: 'post', url: 'Observations', body: { result: 1, Datastream: { '@iot.id': 999999 } } },
    { id: 'after', method: 'get', url: `Things(${there})`, dependsOn: [] },
    { id: 'needs', method: 'get', url: 'Things', dependsOn: ['g'] },
  ])
  assert.equal(answer.status, 200, answer.text)
  const by = Object.fromEntries(statuses(answer.json))
  assert.deepEqual([by['x'], by['t'], by['after'], by['needs']], [424, 424, 200, 424])
  assert.ok([400, 404].includes(by['bad'] as number))
  assert.equal(await named('Gruppe'), count)
})

test('req/batch-request/batch-request: in a change set a failing row fails it all', async () => {
  const rows = (id: number | string) => [{ Datastream: { '@iot.id': id }, components: ['phenomenonTime', 'result'], dataArray: [['2026-05-03T00:00:00Z', 3], ['gestern', 4]] }] // prettier-ignore
  const answer = await batch([
    ...station('g'),
    { id: 'rows', atomicityGroup: 'g', method: 'post', url: 'CreateObservations', body: rows('$d') },
  ])
  assert.deepEqual([answer.json.responses.at(-1).status, answer.json.responses[0].status], [400, 424])
})

test('req/batch-request/batch-request: change sets at the same time do not wait for each other for ever', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => batch(station('g'))))
  for (const one of all) assert.ok(statuses(one.json).every(([, status]) => Number(status) < 300), one.text) // prettier-ignore
})

test('req/batch-request/batch-request: multipart, with a change set and what it has made named by Content-ID', async () => {
  const answer = await mime(`--b
Content-Type: application/http

GET /sta/v1.1/Things?$top=0&$count=true HTTP/1.1
Host: localhost

--b
Content-Type: multipart/mixed; boundary="c s"

--c s
Content-Type: application/http
Content-ID: thing1

POST Things HTTP/1.1
Content-Type: application/json

${JSON.stringify(thing('Mime'))}
--c s
Content-Type: application/http
Content-ID: stream1

POST $thing1/Datastreams HTTP/1.1
Content-Type: application/json

${JSON.stringify(stream('Reihe'))}
--c s--
--b
Content-Type: application/http

GET Things?$filter=name%20eq%20'Mime'&$expand=Datastreams($select=name) HTTP/1.1

--b--
`)
  assert.equal(answer.status, 200, answer.text)
  const [, boundary = ''] = /^multipart\/mixed; boundary=(.+)$/.exec(answer.headers['content-type'] ?? '') ?? []
  const parts = answer.text.split(`--${boundary}`).slice(1, -1)
  assert.equal(parts.length, 3)
  assert.match(parts[0] ?? '', /HTTP\/1\.1 200 OK[^]*"@iot\.count":/)
  assert.match(parts[1] ?? '', /multipart\/mixed[^]*content-id: thing1[^]*HTTP\/1\.1 201 Created\r\nlocation: [^\r]*Things\(\d+\)[^]*content-id: stream1[^]*Datastreams\(\d+\)/) // prettier-ignore
  assert.match(parts[2] ?? '', /"Datastreams":\[\{"name":"Reihe"\}\]/)
})

test('req/batch-request/batch-request: a failing change set of a multipart is answered by one error', async () => {
  const post = (body: object) => `--c\nContent-Type: application/http\n\nPOST Things HTTP/1.1\n\n${JSON.stringify(body)}\n`
  const answer = await mime(`--b\nContent-Type: multipart/mixed; boundary=c\n\n${post(thing('Nie'))}${post({ name: 'ohne' })}--c--\n--b--`)
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.text.match(/HTTP\/1\.1/g)?.length, 1)
  assert.match(answer.text, /HTTP\/1\.1 400/)
  assert.equal(await named('Nie'), 0)
})

for (const [name, body, type] of [
  ['no requests', '{}', 'application/json'],
  ['requests without an id', '{"requests":[{"method":"get","url":"Things"}]}', 'application/json'],
  [
    'an id that is there twice',
    '{"requests":[{"id":"1","method":"get","url":"Things"},{"id":"1","method":"get","url":"Things"}]}',
    'application/json',
  ],
  ['no boundary', 'x', 'multipart/mixed'],
  ['a boundary that never comes', 'x', 'multipart/mixed; boundary=b'],
  ['no last boundary', '--b\r\nContent-Type: application/http\r\n\r\nGET Things HTTP/1.1\r\n', 'multipart/mixed; boundary=b'],
  ['no request line', '--b\r\nContent-Type: application/http\r\n\r\n\r\n--b--', 'multipart/mixed; boundary=b'],
  ['a part of another type', '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--', 'multipart/mixed; boundary=b'],
  ['a header that is none', '--b\r\nContent Type\r\n\r\nx\r\n--b--', 'multipart/mixed; boundary=b'],
] as const)
  // prettier-ignore
  test(`req/batch-request/batch-request: ${name}: refused as a whole`, async () => {
    const answer = await sta.ask('POST /$batch', body, { 'content-type': type })
    assert.equal(answer.status, 400, answer.text)
    assert.ok(answer.json.message.length > 10)
  })

test('req/batch-request/batch-request: what a single request gets wrong is its own affair', async () => {
  const answer = await batch([
    { id: '1', method: 'get', url: 'http://localhost:8080/anderswo/Things' },
    { id: '2', method: 'get', url: 'Things(%E0%A4%A)' },
    { id: '3', method: 'post', url: '$batch', body: { requests: [] } },
    { id: '4', method: 'brew', url: 'Things' },
    { id: '5', method: 'post', url: 'Things', body: null },
    { id: '6', method: 'get', url: '$nobody/Datastreams' },
    { id: '7', method: 'get', url: '' + 'x'.repeat(5000) },
    { id: '8', method: 'get', url: 'Things?$top=1&$top=2' },
  ])
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual(answer.json.responses.map((one: { status: number }) => one.status), [400, 400, 404, 501, 400, 404, 404, 400]) // prettier-ignore
})

/** two-mqtt: SensorThings 2.0 (23-019) by MQTT 5: new entities, requests of any kind, and what changes. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { IPublishPacket, MqttClient } from 'mqtt'
import { admin, startWorld, type World } from '../../support/mqtt.ts'

let world: World
let client: MqttClient
const answers = 'replies/two'
before(async () => {
  world = await startWorld()
  client = await world.connect({ ...admin, protocolVersion: 5 })
  await client.subscribeAsync(answers, { qos: 1 })
})
after(() => world.end())

const next = (topic: string): Promise<IPublishPacket> =>
  new Promise((resolve) => {
    const hear = (told: string, _payload: Buffer, packet: IPublishPacket) => {
      if (told !== topic || packet.retain) return
      client.off('message', hear)
      resolve(packet)
    }
    client.on('message', hear)
  })

async function send(topic: string, properties: Record<string, string>, body?: unknown) {
  const answer = next(answers)
  const payload = body === undefined ? '' : JSON.stringify(body)
  await client.publishAsync(topic, payload, { qos: 1, properties: { responseTopic: answers, correlationData: Buffer.from('7'), userProperties: properties } }).catch(() => {}) // prettier-ignore
  const packet = await answer
  assert.equal(packet.properties?.correlationData?.toString(), '7')
  const text = packet.payload.toString()
  const { status, location } = (packet.properties?.userProperties ?? {}) as Record<string, string>
  return { status, location, json: text === '' ? undefined : JSON.parse(text) }
}
const ask = (type: string, url: string, body?: unknown, more: Record<string, string> = {}) =>
  send('v2.0/$request', { type, url, ...more }, body)

test('req/binding/mqtt/request_response: read, create, update, replace and delete, as by HTTP', async () => {
  const root = await ask('read', 'v2.0')
  assert.equal(root.status, '200')
  assert.match(root.json['@context'], /\/sta\/v2\.0\/\$metadata$/)
  const made = await ask('create', 'v2.0/Things', { name: 'Über MQTT', properties: { a: 1 } })
  assert.equal(made.status, '201')
  const [path = ''] = /v2\.0\/Things\(\d+\)$/.exec(made.location ?? '') ?? []
  assert.equal((await ask('update', path, { properties: { b: 2 } })).status, '204')
  const read = await ask('read', `${path}?$select=name,properties`)
  assert.deepEqual([read.json.name, read.json.properties], ['Über MQTT', { b: 2 }])
  const shown = await ask('replace', path, { name: 'Neu' }, { prefer: 'return=representation' })
  assert.deepEqual([shown.status, shown.json.name, 'properties' in shown.json], ['200', 'Neu', false])
  const patched = await ask('update', path, [{ op: 'replace', path: '/name', value: 'Noch neuer' }], { 'content-type': 'application/json-patch+json' }) // prettier-ignore
  assert.equal(patched.status, '204')
  const found = await ask('read', "v2.0/Things?$filter=name eq 'Noch neuer'&$count=true")
  assert.equal(found.json['@count'], 1)
  assert.equal((await ask('delete', path)).status, '204')
  assert.equal((await ask('read', path)).status, '404')
})

test('req/binding/mqtt/request_response: what cannot be is refused at the response topic, with its status', async () => {
  assert.equal((await ask('read', 'v2.0/Nothing')).status, '404')
  assert.equal((await ask('read', 'v2.0/Things?$filter=name eq')).status, '400')
  assert.equal((await ask('steal', 'v2.0/Things')).status, '400')
  assert.equal((await ask('create', 'v2.0/Things', { description: 'no name' })).status, '400')
  assert.equal((await ask('read', 'http://elsewhere.example/v1.1/Things')).status, '400')
  const stranger = await world.connect({ protocolVersion: 5 })
  await stranger.subscribeAsync(answers, { qos: 1 })
  const heard = new Promise<IPublishPacket>((resolve) => stranger.once('message', (_topic, _payload, packet) => resolve(packet)))
  await stranger.publishAsync('v2.0/$request', '{"name":"x"}', { qos: 1, properties: { responseTopic: answers, userProperties: { type: 'create', url: 'v2.0/Things' } } }).catch(() => {}) // prettier-ignore
  assert.equal((await heard).properties?.userProperties?.['status'], '401')
})

test('req/binding/mqtt/simple_create, req/binding/mqtt/pub_sub: published at …/create, told in the words of 2.0 and of 1.1', async () => {
  const { datastream } = await world.station('zwei')
  const [two, one] = [`v2.0/Datastreams(${datastream})/Observations`, `v1.1/Datastreams(${datastream})/Observations`]
  for (const topic of [two, `${two}?$filter=result gt 5&$select=result`, one]) await client.subscribeAsync(topic, { qos: 1 })
  const told = [next(two), next(`${two}?$filter=result gt 5&$select=result`), next(one)]
  const made = await send(
    `${two}/create`,
    { unit: 'test' },
    { phenomenonTime: { start: '2026-03-01T12:00:00Z' }, result: 7, properties: { a: 1 } },
  )
  assert.equal(made.status, '201')
  assert.match(made.location ?? '', /\/sta\/v2\.0\/Observations\(\d+\)$/)
  const [whole, part, old] = (await Promise.all(told)).map(({ payload }) => JSON.parse(payload.toString()))
  assert.deepEqual([whole.phenomenonTime, whole.properties], [{ start: '2026-03-01T12:00:00Z' }, { a: 1 }])
  assert.equal(part.result, 7)
  assert.deepEqual((await Promise.all(told)).map(({ properties }) => properties?.userProperties?.['type']), ['create', 'create', undefined]) // prettier-ignore
  const changed = next(two)
  const [id] = /\d+(?=\)$)/.exec(made.location ?? '') ?? []
  await send('v2.0/$request', { url: `v2.0/Observations(${id})`, type: 'update' }, { result: 8 })
  const { payload, properties } = await changed
  assert.deepEqual([JSON.parse(payload.toString()).result, properties?.userProperties?.['type']], [8, 'update'])
  assert.deepEqual([old.phenomenonTime, old.parameters], ['2026-03-01T12:00:00Z', { a: 1 }])
  assert.equal((await send(two, { unit: 'test' }, { result: 1 })).status, '400')
  await assert.rejects(client.subscribeAsync(`${two}/create`, { qos: 1 }))
})

/** MQTT 5: what it can say beyond 3.1.1, with real clients over TCP and WebSocket. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { after, before, test } from 'node:test'
import type { IClientOptions, IPublishPacket, MqttClient } from 'mqtt'
import { generate, parser as mqttParser, type Packet } from 'mqtt-packet'
import { admin, inbox, startWorld, type World } from '../support/mqtt.ts'

let world: World

before(async () => void (world = await startWorld()))
after(() => world.end())

const FIVE = { protocolVersion: 5 } as const
const web = () => `${world.http.replace('http', 'ws')}/mqtt`

async function both(options: IClientOptions = {}): Promise<readonly MqttClient[]> {
  return [await world.connect({ ...FIVE, ...options }), await world.connect({ ...FIVE, ...options }, web())]
}

/** The next message of a client, with what MQTT 5 says about it. */
const message = (client: MqttClient): Promise<IPublishPacket> =>
  new Promise((resolve) => client.once('message', (_topic, _payload, packet) => resolve(packet)))

const refused = (code: number) => (error: { readonly code?: number }) => error.code === code

test('mqtt 5: what is published is stored and told, over TCP and WebSocket', async () => {
  const { datastream } = await world.station('five')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  for (const client of await both(admin)) {
    await client.subscribeAsync(topic, { qos: 1, properties: { subscriptionIdentifier: 7 }, rh: 2 })
    const next = message(client)
    await client.publishAsync(topic, '{"result":1}', { qos: 1 })
    await client.publishAsync(topic, '{"result":2}', { qos: 2, properties: { topicAlias: 3 } })
    await client.publishAsync('', '{"result":3}', { qos: 0, properties: { topicAlias: 3 } })
    const { payload, properties, retain } = await next
    assert.equal(JSON.parse(payload.toString()).result, 1)
    assert.deepEqual(
      [properties?.subscriptionIdentifier, properties?.contentType, properties?.payloadFormatIndicator, retain],
      [7, 'application/json', true, false],
    )
    await client.unsubscribeAsync(topic)
  }
  while ((await world.countOf(datastream)) < 6) await new Promise((resolve) => setTimeout(resolve, 20))
})

test('mqtt 5: CONNACK tells what there is and what there is not', async () => {
  const terms = new Promise<Packet>((resolve) => {
    void world
      .connect({ ...FIVE, clientId: '', properties: { sessionExpiryInterval: 3600, requestResponseInformation: true } })
      .then((client) => {
        client.on('packetreceive', resolve)
        client.reconnect()
      })
  })
  const packet = await terms
  assert.ok(packet.cmd === 'connack')
  const { assignedClientIdentifier, ...properties } = packet.properties ?? {}
  assert.equal(packet.sessionPresent, false)
  assert.match(assignedClientIdentifier ?? '', /^[\w-]{36}$/)
  assert.deepEqual(properties, {
    sessionExpiryInterval: 0,
    receiveMaximum: 1000,
    maximumPacketSize: 1024 * 1024,
    topicAliasMaximum: 100,
    wildcardSubscriptionAvailable: false,
    sharedSubscriptionAvailable: false,
    responseInformation: 'replies/',
  })
})

test('mqtt 5: what is refused says why by its number', async () => {
  const { datastream } = await world.station('refused')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  await assert.rejects(world.connect({ ...FIVE, username: 'x', password: 'guessed' }), refused(0x86))
  await assert.rejects(world.connect({ ...FIVE, clientId: 'x'.repeat(300) }), refused(0x85))
  await assert.rejects(world.connect({ ...FIVE, properties: { authenticationMethod: 'SCRAM' } }), refused(0x8c))
  const [client, stranger] = [await world.connect({ ...FIVE, ...admin }), await world.connect(FIVE)]
  const publishing = [
    [topic, '{', 0x99],
    ['v1.1/Nothing', '{}', 0x90],
    ['v1.1/Things', '{}', 0x90],
    ['v1.1/Datastreams(999999)/Observations', '{"result":1}', 0x90],
  ] as const
  for (const [at, payload, code] of publishing)
    for (const qos of [1, 2] as const) await assert.rejects(client.publishAsync(at, payload, { qos }), refused(code), at)
  await assert.rejects(
    client.publishAsync(topic, Buffer.from([0xff]), { qos: 1, properties: { payloadFormatIndicator: true } }),
    refused(0x99),
  )
  await assert.rejects(stranger.publishAsync(topic, '{"result":1}', { qos: 1 }), refused(0x87))
  assert.equal(await world.countOf(datastream), 0)
  const codes = await Promise.all(
    ['v1.1/#', 'v1.1/+', '$share/x/v1.1/Things', 'v1.1/Nothing', 'v1.1/Things?$top=1', 'other', 'v1.1/Things', 'replies/1'].map(
      (one) =>
        new Promise<unknown>((resolve) => client.subscribe(one, { qos: 1 }, (_error, _granted, packet) => resolve(packet?.granted?.[0]))),
    ),
  )
  assert.deepEqual(codes, [0xa2, 0xa2, 0x9e, 0x8f, 0x83, 0x8f, 1, 1])
})

test('mqtt 5: answers go to the response topic with their correlation data, good ones and bad ones', async () => {
  const { datastream } = await world.station('asked')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  for (const client of await both(admin)) {
    await client.subscribeAsync('replies/mine', { qos: 1 })
    const ask = (payload: string, n: number) => {
      const answer = message(client)
      client.publish(topic, payload, { qos: 1, properties: { responseTopic: 'replies/mine', correlationData: Buffer.from([n]) } }, () => {})
      return answer
    }
    const good = await ask('{"result":1}', 1)
    assert.deepEqual([good.payload.length, good.properties?.correlationData], [0, Buffer.from([1])])
    const { status, location } = { ...good.properties?.userProperties }
    assert.equal(status, '201')
    const path = String(location).replace(/^https?:\/\/[^/]+/, '')
    assert.equal((await world.platform.ask(`GET ${path}`, { headers: { authorization: `Bearer ${admin.password}` } })).json.result, 1)
    const bad = await ask('{', 2)
    assert.deepEqual(
      [JSON.parse(bad.payload.toString()).code, { ...bad.properties?.userProperties }, bad.properties?.correlationData],
      [400, { status: '400' }, Buffer.from([2])],
    )
  }
})

test('mqtt 5: no-local, and when the retained value is wanted', async () => {
  const { datastream } = await world.station('local')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const [client, other] = [await world.connect({ ...FIVE, ...admin }), await world.connect({ ...FIVE, ...admin }, web())]
  await world.observe(datastream, 0)
  const hear = (one: MqttClient, rh: 0 | 1 | 2) => one.subscribeAsync(topic, { qos: 1, nl: true, rh })
  const heard = async (one: MqttClient) => (await inbox(one).next()).json.result
  await hear(client, 0)
  await hear(client, 1)
  await hear(client, 2)
  await hear(other, 1)
  assert.deepEqual([await heard(client), await heard(other)], [0, 0])
  await client.publishAsync(topic, '{"result":1}', { qos: 1 })
  await other.publishAsync(topic, '{"result":2}', { qos: 1 })
  await world.observe(datastream, 3)
  assert.deepEqual([await heard(client), await heard(client), await heard(other), await heard(other)], [2, 3, 1, 3])
  await hear(client, 0)
  assert.equal(await heard(client), 3)
})

/** A connection of bytes; `next` waits for a packet. */
function raw() {
  const socket = connectSocket(world.port, '127.0.0.1')
  const parser = mqttParser({ protocolVersion: 5 })
  const packets: Packet[] = []
  let wake = (): void => {}
  parser.on('packet', (packet) => {
    packets.push(packet)
    wake()
  })
  socket.on('data', (chunk) => parser.parse(chunk))
  socket.on('error', () => {})
  return {
    socket,
    say: (...said: readonly Packet[]) => socket.write(Buffer.concat(said.map((packet) => generate(packet, { protocolVersion: 5 })))),
    next: async () => {
      while (packets.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return packets.shift() as Packet & { readonly reasonCode?: number }
    },
  }
}

const hello = {
  cmd: 'connect',
  clientId: 'raw',
  protocolVersion: 5,
  keepalive: 0,
  clean: true,
  username: 'x',
  password: Buffer.from(admin.password),
} as const
const publish = { cmd: 'publish', topic: 'v1.1/Observations', payload: '{', qos: 1, messageId: 1, retain: false, dup: false } as const

test('mqtt 5: whoever breaks the protocol is told why, and is gone', async () => {
  const cases: readonly (readonly [readonly Packet[], number])[] = [
    [[hello], 0x82],
    [[{ ...publish, topic: 'a/#' }], 0x90],
    [[{ ...publish, topic: '' }], 0x90],
    [[{ ...publish, topic: '', properties: { topicAlias: 5 } }], 0x94],
    [[{ ...publish, properties: { topicAlias: 200 } }], 0x94],
    [[{ cmd: 'auth', reasonCode: 0x18 }], 0x82],
    [[{ cmd: 'pingresp' }], 0x82],
    [
      Array.from({ length: 1001 }, (_, i) => ({
        ...publish,
        topic: `v1.1/Datastreams(0)/Observations`,
        payload: '{"result":1}',
        qos: 2,
        messageId: i + 1,
      })),
      0x93,
    ],
    [[{ ...publish, payload: 'x'.repeat(1_100_000) }], 0x95],
  ]
  for (const [said, code] of cases) {
    const { socket, say, next } = raw()
    say(hello)
    assert.equal((await next()).cmd, 'connack')
    const closed = once(socket, 'close')
    say(...said)
    let last = await next()
    while (last.cmd !== 'disconnect') last = await next()
    assert.equal(last.reasonCode, code, said[0]?.cmd)
    await closed
  }
})

test('mqtt 5: who comes again takes over; who is silent is let go; who wants no reasons gets none', async () => {
  const [first, second] = [raw(), raw()]
  first.say(hello)
  await first.next()
  second.say({ ...hello, keepalive: 1, properties: { requestProblemInformation: false } })
  assert.deepEqual((await first.next()).reasonCode, 0x8e)
  await second.next()
  second.say(publish)
  const { cmd, reasonCode, ...ack } = await second.next()
  assert.deepEqual([cmd, reasonCode, 'properties' in ack], ['puback', 0x99, false])
  const { cmd: last, reasonCode: why } = await second.next()
  assert.deepEqual([last, why], ['disconnect', 0x8d])
})

test('mqtt 5: no more is sent at a time than a client takes, and nothing that is too large for it', async () => {
  const { datastream } = await world.station('window')
  const { say, next, socket } = raw()
  say({ ...hello, properties: { receiveMaximum: 2, maximumPacketSize: 2000 } })
  await next()
  const topic = `v1.1/Datastreams(${datastream})/Observations?$select=result,parameters`
  say({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1, nl: false, rap: false, rh: 2 }] })
  assert.equal((await next()).cmd, 'suback')
  await world.observe(datastream, 0, { parameters: { text: 'x'.repeat(3000) } })
  for (const result of [1, 2, 3]) await world.observe(datastream, result)
  const ids: number[] = []
  for (const result of [1, 2]) {
    const told = await next()
    assert.ok(told.cmd === 'publish')
    assert.equal(JSON.parse(told.payload.toString()).result, result)
    ids.push(told.messageId ?? 0)
  }
  say({ cmd: 'pingreq' })
  assert.equal((await next()).cmd, 'pingresp')
  say({ cmd: 'puback', messageId: ids[0] ?? 0, reasonCode: 0 })
  const third = await next()
  assert.ok(third.cmd === 'publish')
  assert.equal(JSON.parse(third.payload.toString()).result, 3)
  socket.destroy()
})

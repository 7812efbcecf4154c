/** mqtt: clients that are slow, broken or hostile, beside others that are served. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { generate, parser as mqttParser, type Packet } from 'mqtt-packet'
import { admin, closing, inbox, startWorld, type World } from '../support/mqtt.ts'

const credentials = { username: admin.username, password: Buffer.from(admin.password) }
let world: World

before(async () => void (world = await startWorld()))
after(() => world.end())

test('mqtt: who reads nothing is disconnected, and the others hear everything', { timeout: 120_000 }, async () => {
  const { datastream } = await world.station('slow')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const fast = inbox(await world.connectAndHear(admin, [topic]))
  const slow = await world.connect(admin)
  await slow.subscribeAsync(topic)
  slow.stream.pause()
  const closed = closing(slow)
  const text = 'x'.repeat(200_000)
  const drained = (async () => {
    for (let i = 0; i < 150; i++) assert.equal((await fast.next()).json.parameters.text.length, text.length)
  })()
  for (let i = 0; i < 150; i++) await world.observe(datastream, i, { parameters: { text } })
  await drained
  slow.stream.resume()
  await closed
})

test('mqtt: who acknowledges nothing is disconnected, and the others hear everything', { timeout: 120_000 }, async () => {
  const { datastream } = await world.station('mute')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const socket = connectSocket(world.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(generate({ cmd: 'connect', clientId: 'mute', keepalive: 0, clean: true, protocolVersion: 5, properties: { receiveMaximum: 1 }, ...credentials })) // prettier-ignore
  socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1, nl: false, rap: false, rh: 2 }] }, { protocolVersion: 5 })) // prettier-ignore
  const codes: number[] = []
  const parser = mqttParser({ protocolVersion: 5 })
  parser.on('packet', (packet) => packet.cmd === 'disconnect' && codes.push(packet.reasonCode ?? 0))
  socket.on('data', (chunk) => parser.parse(chunk))
  const closed = once(socket, 'close')
  const fast = inbox(await world.connectAndHear(admin, [topic]))
  const text = 'x'.repeat(200_000)
  for (let i = 0; i < 30; i++) await world.observe(datastream, i, { parameters: { text } })
  for (let i = 0; i < 30; i++) assert.equal((await fast.next()).json.result, i)
  await closed
  assert.deepEqual(codes, [0x97])
})

test('mqtt: what is too large, or no MQTT at all, ends the connection', async () => {
  const bytes = [
    Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]),
    Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff]),
    Buffer.from([0xc0, 0x00]),
    Buffer.from([0x10, 0x02, 0x00, 0x04]),
    Buffer.alloc(100),
  ]
  for (const sent of bytes) {
    const socket = connectSocket(world.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(sent)
    await once(socket, 'close')
  }
  const client = await world.connect(admin)
  const closed = closing(client)
  client.publish('v1.1/Observations', 'x'.repeat(1_100_000))
  await closed
})

for (const version of [4, 5] as const) test(`mqtt: whatever bytes come, the others are served (${version})`, () => survive(version))

async function survive(protocolVersion: 4 | 5): Promise<void> {
  const said = (packet: Packet) => generate(packet, { protocolVersion })
  const about = { responseTopic: 'replies/x', correlationData: Buffer.from([1]), userProperties: { a: 'b' }, topicAlias: 1, payloadFormatIndicator: true } // prettier-ignore
  const packets = Buffer.concat([
    said({ cmd: 'connect', protocolVersion, clientId: 'x', keepalive: 0, clean: false, will: { topic: 'v1.1/Observations', payload: Buffer.from('{'), qos: 1, retain: true }, ...admin, password: Buffer.from(admin.password) }),
    said({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'v1.1/Things', qos: 2 }, { topic: 'v1.1/Things/errors', qos: 0 }] }),
    said({ cmd: 'publish', topic: 'v1.1/Observations', payload: '{"result":1}', properties: about, qos: 2, messageId: 2, retain: true, dup: false }),
    said({ cmd: 'pubrel', messageId: 2 }),
    said({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['v1.1/Things', 'x'] }),
  ]) // prettier-ignore
  const change = fc.record({ at: fc.nat(packets.length - 1), to: fc.integer({ min: 0, max: 255 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), fc.nat(packets.length), async (changes, length) => {
      const sent = Buffer.from(packets)
      for (const { at, to } of changes) sent[at] = to
      const socket = connectSocket(world.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.resume()
      socket.end(sent.subarray(0, length))
      await once(socket, 'close')
    }),
    { numRuns: 200 },
  )
  const { datastream } = await world.station('after')
  const client = await world.connect(admin)
  await client.publishAsync(`v1.1/Datastreams(${datastream})/Observations`, '{"result":1}', { qos: 1 })
  assert.equal(await world.countOf(datastream), 1)
}

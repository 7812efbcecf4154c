/** A broker of others: what is public is told there, what devices say there is stored, and nothing is lost when either side dies. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Aedes } from 'aedes'
import memory from 'aedes-persistence'
import { connectAsync, type MqttClient } from 'mqtt'
import { build } from '../../src/app.ts'
import { headers, startWorld, type World } from '../support/mqtt.ts'

const TOKEN = 'administrator-token-of-the-mqtt-journey'

/** Another town's broker, which can die and come back with what it keeps. */
class Foreign {
  port = 0
  readonly seen: string[] = []
  private readonly persistence = (memory as unknown as () => object)()
  private broker: Aedes | undefined
  private server: Server | undefined
  private readonly sockets = new Set<Socket>()

  async live(): Promise<void> {
    const broker = await Aedes.createBroker({
      persistence: this.persistence,
      authenticate: (_client, username, password, done) => done(null, username !== 'platform' || password?.toString() === 'its secret'),
    })
    broker.on('client', ({ id }) => this.seen.push(id))
    const server = createServer((socket) => {
      this.sockets.add(socket)
      socket.on('error', () => {})
      broker.handle(socket)
    })
    server.listen(this.port, '127.0.0.1')
    await once(server, 'listening')
    this.port = (server.address() as AddressInfo).port
    Object.assign(this, { broker, server })
  }

  async die(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.sockets.clear()
    await new Promise<void>((resolve) => this.server?.close(() => resolve()))
    await new Promise<void>((resolve) => this.broker?.close(() => resolve()))
  }

  connections(): number {
    return this.broker?.connectedClients ?? 0
  }
}

const foreign = new Foreign()
let world: World
let listener: MqttClient
const told: { readonly topic: string; readonly json: any }[] = [] // oxlint-disable-line typescript/no-explicit-any
const results = (topic: string) => told.filter((one) => one.topic === topic).map(({ json }) => json.result)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await setTimeout(20)
}

before(async () => {
  await foreign.live()
  const broker = `mqtt://platform:its%20secret@127.0.0.1:${foreign.port}`
  world = await startWorld({ ALLMENDE_MQTT_URL: broker, ALLMENDE_MQTT_TOKEN: TOKEN })
  const options = { clientId: 'listener', clean: false, reconnectPeriod: 50 }
  listener = await connectAsync(`mqtt://127.0.0.1:${foreign.port}`, options)
  listener.on('error', () => {})
  listener.on('message', (topic, payload) => void told.push({ topic, json: parsed(payload.toString()) }))
  await listener.subscribeAsync(['v1.1/#', 't/#'], { qos: 1 })
  await until(() => foreign.seen.some((id) => id.startsWith('allmende-')))
})
after(async () => {
  await listener.endAsync(true)
  await world.end()
  await foreign.die()
})

test('bridge: what everybody may know is told, and nothing else', async () => {
  const [inner, open] = [await world.dataset('innen', false), await world.dataset('aussen', true)]
  await world.observe(inner.datastream, 1)
  await world.observe(open.datastream, 2)
  await until(() => results(open.topic).includes(2) && results('v1.1/Observations').includes(2))
  assert.deepEqual([results(inner.topic), results('v1.1/Observations')], [[], [2]])
  const stream = `v1.1/Datastreams(${open.datastream})`
  await until(() => told.some(({ topic, json }) => topic === stream && json.phenomenonTime !== null))
  const { json } = await world.platform.ask(`GET /sta/${stream}`, { headers })
  assert.deepEqual(told.findLast(({ topic }) => topic === stream)?.json, json)
})

test('bridge: what devices publish there is stored once, with the rights of the token, and told where it is refused', async () => {
  const { datastream, topic } = await world.dataset('fremd', true)
  await listener.publishAsync(topic, '{"result":5}', { qos: 1 })
  await until(() => results(topic).filter((result) => result === 5).length === 2)
  await listener.publishAsync(topic, 'nothing', { qos: 1 })
  await until(() => told.some((one) => one.topic === `${topic}/errors`))
  assert.equal(told.find((one) => one.topic === `${topic}/errors`)?.json.code, 400)
  // the platform hears its own announcements, and the third is one of them
  await listener.publishAsync(topic, '{"result":6}', { qos: 2 })
  await until(() => results(topic).filter((result) => result === 6).length === 2)
  assert.equal(await world.countOf(datastream), 2)
})

test('bridge: nothing is lost while the broker is dead, nor while the platform is', async () => {
  const { datastream, topic } = await world.dataset('dauer', true)
  await world.observe(datastream, 1)
  await until(() => results(topic).includes(1))
  await foreign.die()
  for (const result of [2, 3]) await world.observe(datastream, result)
  await foreign.live()
  await until(() => results(topic).includes(3))
  assert.deepEqual([...new Set(results(topic))], [1, 2, 3])
  await foreign.die()
  await world.observe(datastream, 4)
  await world.platform.close()
  await foreign.live()
  await until(() => listener.connected)
  await listener.publishAsync(topic, '{"result":5}', { qos: 1 })
  const again = await build(world.platform.config)
  try {
    await again.listen()
    await until(() => results(topic).filter((result) => result === 5).length === 2 && results(topic).includes(4))
    assert.deepEqual(new Set(results(topic)), new Set([1, 2, 3, 4, 5]))
    const { json } = await again.server.app
      .inject({ url: `/sta/v1.1/Datastreams(${datastream})/Observations?$count=true`, headers })
      .then((answer) => ({ json: answer.json() }))
    assert.equal(json['@iot.count'], 5)
  } finally {
    await again.close()
  }
})

test('bridge: a platform that is stopped leaves the broker alone', () => until(() => foreign.connections() === 1))

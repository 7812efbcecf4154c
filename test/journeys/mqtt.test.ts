/** SensorThings over MQTT: real clients over TCP and WebSocket against the whole platform. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
let port: number
let http: string
const clients: MqttClient[] = []

const ADMIN = 'administrator-token-of-the-mqtt-journey'

before(async () => {
  platform = await startPlatform({ ALLMENDE_OPEN: '', ALLMENDE_ADMIN_TOKEN: ADMIN, ALLMENDE_MQTT_PORT: '0', ALLMENDE_PORT: '0' })
  http = await platform.listen()
  port = platform.mqttPort() ?? 0
})

after(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)))
  await platform.end()
})

async function connect(options: IClientOptions = {}, url = `mqtt://127.0.0.1:${port}`): Promise<MqttClient> {
  const client = await connectAsync(url, { reconnectPeriod: 0, ...options })
  client.on('error', () => {})
  clients.push(client)
  return client
}

const admin = { username: 'token', password: ADMIN }

/** The messages of a client, each waited for. */
function inbox(client: MqttClient) {
  const arrived: { topic: string; json: any }[] = [] // oxlint-disable-line typescript/no-explicit-any
  let wake = (): void => {}
  client.on('message', (topic, payload) => {
    arrived.push({ topic, json: JSON.parse(payload.toString()) })
    wake()
  })
  return {
    arrived,
    async next() {
      while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return arrived.shift() as (typeof arrived)[number]
    },
  }
}

const headers = { authorization: `Bearer ${ADMIN}` }

async function post(path: string, body: unknown, prefix = '/sta/v1.1'): Promise<number> {
  const answer = await platform.ask(`POST ${prefix}/${path}`, { body, headers })
  assert.equal(answer.status, 201, answer.text)
  return Number(/\((\d+)\)$/.exec(answer.headers['location'] ?? '')?.[1])
}

/** A Thing with a place and one Datastream; answers the ids. */
async function station(name: string, prefix?: string): Promise<{ thing: number; datastream: number }> {
  const thing = await post(
    'Things',
    {
      name,
      description: '',
      Locations: [{ name, description: '', encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [8.5, 47.5] } }],
    },
    prefix,
  )
  const datastream = await post(
    'Datastreams',
    {
      name: `${name} temperature`,
      description: '',
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: 'degree Celsius', symbol: '°C', definition: 'ucum:Cel' },
      Thing: { '@iot.id': thing },
      Sensor: { name: 'S', description: '', encodingType: 'text/plain', metadata: '-' },
      ObservedProperty: { name: 'Temperature', description: '', definition: 'http://example.org/temperature' },
    },
    prefix,
  )
  return { thing, datastream }
}

async function countOf(datastream: number): Promise<number> {
  const { json } = await platform.ask(`GET /sta/v1.1/Datastreams(${datastream})/Observations?$count=true&$top=0`, { headers })
  return json['@iot.count']
}

test('mqtt: what is published is stored when it is acknowledged', async () => {
  const { datastream } = await station('publish')
  const client = await connect(admin)
  await client.publishAsync(`v1.1/Datastreams(${datastream})/Observations`, JSON.stringify({ result: 21.5 }), { qos: 1 })
  assert.equal(await countOf(datastream), 1)
  const body = { result: 22, phenomenonTime: '2026-01-01T00:00:00Z', Datastream: { '@iot.id': datastream } }
  await client.publishAsync('sta/v1.1/Observations', JSON.stringify(body), { qos: 2 })
  assert.equal(await countOf(datastream), 2)
})

test('mqtt: what is posted arrives as HTTP would show it, over TCP and WebSocket', async () => {
  const { datastream } = await station('subscribe')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const overTcp = await connect(admin)
  const overWeb = await connect(admin, `${http.replace('http', 'ws')}/mqtt`)
  const inboxes = [inbox(overTcp), inbox(overWeb)]
  for (const client of [overTcp, overWeb]) await client.subscribeAsync(topic, { qos: 1 })
  const id = await post(`Datastreams(${datastream})/Observations`, { result: 7, phenomenonTime: '2026-01-02T00:00:00Z' })
  const { json } = await platform.ask(`GET /sta/v1.1/Observations(${id})`, { headers })
  for (const box of inboxes) assert.deepEqual(await box.next(), { topic, json })
})

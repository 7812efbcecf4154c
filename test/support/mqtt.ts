/** mqtt: a whole platform that MQTT clients connect to, and what their tests need around it. */
import assert from 'node:assert/strict'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { startPlatform, type Platform } from './platform.ts'

const ADMIN = 'administrator-token-of-the-mqtt-journey'
export const headers = { authorization: `Bearer ${ADMIN}` }
export const admin = { username: 'token', password: ADMIN }

export type World = Awaited<ReturnType<typeof startWorld>>

export async function startWorld(env: Readonly<Record<string, string>> = {}) {
  const platform = await startPlatform({
    ALLMENDE_OPEN: '',
    ALLMENDE_ADMIN_TOKEN: ADMIN,
    ALLMENDE_MQTT_PORT: '0',
    ALLMENDE_PORT: '0',
    ...env,
  })
  const http = await platform.listen()
  const port = platform.mqttPorts().plain ?? 0
  const clients: MqttClient[] = []

  const connect = async (options: IClientOptions = {}, url = `mqtt://127.0.0.1:${port}`): Promise<MqttClient> => {
    const client = await connectAsync(url, { reconnectPeriod: 0, ...options })
    client.on('error', () => {})
    listen(client)
    clients.push(client)
    return client
  }

  const leaveAll = async (): Promise<void> => void (await Promise.all(clients.splice(0).map((client) => client.endAsync(true))))

  return {
    platform,
    http,
    port,
    connect,
    leaveAll,
    ...acting(platform),
    async connectAndHear(options: IClientOptions, topics: readonly string[]): Promise<MqttClient> {
      const client = await connect(options)
      for (const topic of topics) assert.notEqual((await client.subscribeAsync(topic, { qos: 1 }))[0]?.qos, 128, topic)
      return client
    },
    async end() {
      await leaveAll()
      await platform.end()
    },
  }
}

/** What is done by HTTP. */
function acting(platform: Platform) {
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

  /** A dataset, a station in it, and its topic. */
  async function dataset(slug: string, released: boolean): Promise<{ datastream: number; thing: number; topic: string }> {
    const made = await platform.ask('POST /api/v1/datasets', { body: { slug, title: { de: slug }, description: { de: slug }, access: 'public', licence: 'http://dcat-ap.de/def/licenses/dl-by-de/2.0', publisher: { name: 'Stadt' }, contact: { name: 'Amt', email: 'amt@stadt.example' } }, headers }) // prettier-ignore
    assert.equal(made.status, 201, made.text)
    const ids = await station(slug, `/datasets/${slug}/sta/v1.1`)
    if (released) assert.equal((await platform.ask(`POST /api/v1/datasets/${slug}/release`, { headers })).status, 200)
    return { ...ids, topic: `v1.1/Datastreams(${ids.datastream})/Observations` }
  }

  const observe = (datastream: number, result: unknown, more: object = {}) =>
    post(`Datastreams(${datastream})/Observations`, { result, ...more })

  async function token(verbs: readonly string[], datasets: readonly string[]): Promise<{ id: number; token: string }> {
    const { json, text } = await platform.ask('POST /api/v1/tokens', { body: { name: 'device', verbs, datasets }, headers })
    assert.ok(json.token, text)
    return json
  }

  return { post, station, countOf, dataset, observe, token }
}

export const byText = (a: string, b: string): number => (a < b ? -1 : 1)

export const closing = (client: MqttClient): Promise<void> => new Promise((resolve) => client.once('close', () => resolve()))

interface Inbox {
  // Tests look into messages of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly arrived: { readonly topic: string; readonly json: any }[]
  next(): Promise<Inbox['arrived'][number]>
}

const inboxes = new WeakMap<MqttClient, Inbox>()

/** The messages of a client since it connected, each waited for. */
export function inbox(client: MqttClient): Inbox {
  const box = inboxes.get(client)
  assert.ok(box)
  return box
}

function listen(client: MqttClient): void {
  const arrived: Inbox['arrived'] = []
  let wake = (): void => {}
  client.on('message', (topic, payload) => {
    const text = payload.toString()
    arrived.push({ topic, json: text === '' ? undefined : JSON.parse(text) })
    wake()
  })
  inboxes.set(client, {
    arrived,
    async next() {
      while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return arrived.shift() as Inbox['arrived'][number]
    },
  })
}

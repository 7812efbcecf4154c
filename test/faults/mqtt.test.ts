/** SensorThings over MQTT: real clients over TCP and WebSocket against the whole platform. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { generate, parser as mqttParser } from 'mqtt-packet'
import { keeper } from '../../src/rights/principal.ts'
import type { Sql } from '../../src/store/sql.ts'
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

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

const closing = (client: MqttClient): Promise<void> => new Promise((resolve) => client.once('close', () => resolve()))

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

/** A dataset, a station in it, and its topic. */
async function dataset(slug: string, released: boolean): Promise<{ datastream: number; thing: number; topic: string }> {
  const made = await platform.ask('POST /api/v1/datasets', { body: { slug, title: { de: slug }, description: { de: slug }, access: 'public', licence: 'http://dcat-ap.de/def/licenses/dl-by-de/2.0', publisher: { name: 'Stadt' }, contact: { name: 'Amt', email: 'amt@stadt.example' } }, headers }) // prettier-ignore
  assert.equal(made.status, 201, made.text)
  const ids = await station(slug, `/datasets/${slug}/sta/v1.1`)
  if (released) assert.equal((await platform.ask(`POST /api/v1/datasets/${slug}/release`, { headers })).status, 200)
  return { ...ids, topic: `v1.1/Datastreams(${ids.datastream})/Observations` }
}

const observe = (datastream: number, result: unknown) => post(`Datastreams(${datastream})/Observations`, { result })

async function token(verbs: readonly string[], datasets: readonly string[]): Promise<{ id: number; token: string }> {
  const { json, text } = await platform.ask('POST /api/v1/tokens', { body: { name: 'device', verbs, datasets }, headers })
  assert.ok(json.token, text)
  return json
}

test('mqtt: a bad token is refused, and so is a name without a password', async () => {
  const refused = [{ password: 'guessed' }, { password: `allm_abcdefgh_${'x'.repeat(43)}` }, {}]
  for (const more of refused) await assert.rejects(connect({ username: 'device', ...more }), { code: 4 })
  await assert.rejects(connect({ protocolVersion: 5 }))
})

test('mqtt: strangers hear what is released, until it is withdrawn, and nothing else', async () => {
  const [open, inner, other] = [await dataset('offen', true), await dataset('intern', false), await dataset('anders', true)]
  const stranger = inbox(await connectAndHear({}, [open.topic, inner.topic, other.topic, 'v1.1/Observations', 'v1.1/Datastreams']))
  await observe(inner.datastream, 1)
  await observe(open.datastream, 2)
  const heard = [await stranger.next(), await stranger.next(), await stranger.next()]
  assert.deepEqual(heard.map(({ topic }) => topic).toSorted(byText), ['v1.1/Datastreams', open.topic, 'v1.1/Observations'].toSorted(byText))
  for (const { topic, json } of heard) if (topic !== 'v1.1/Datastreams') assert.equal(json.result, 2)
  assert.equal((await platform.ask('POST /api/v1/datasets/offen/withdraw', { headers })).status, 200)
  await observe(open.datastream, 3)
  await observe(other.datastream, 4)
  const later = [await stranger.next(), await stranger.next(), await stranger.next()]
  assert.deepEqual(later.map(({ json }) => String(json.result ?? json.name)).toSorted(byText), ['4', '4', 'anders temperature'])
})

/** The outbox is not looked into until it is let go on. */
function holdOutbox() {
  const { database } = platform
  const query = database.query.bind(database)
  const { promise, resolve } = Promise.withResolvers<void>()
  Object.assign(database, {
    query: (statement: Sql) => (statement.toQuery().text.includes('from change') ? promise.then(() => query(statement)) : query(statement)),
  })
  return () => {
    Object.assign(database, { query })
    resolve()
  }
}

test('mqtt: a Datastream that was made before somebody listened, and observed after, is told of even when both are read at once', async () => {
  const letGo = holdOutbox()
  const { datastream } = await station('at once')
  const topics = [`v1.1/Datastreams(${datastream})`, `v1.1/Datastreams(${datastream})/Observations`]
  const box = inbox(await connectAndHear(admin, topics))
  await observe(datastream, 1)
  letGo()
  assert.deepEqual([await box.next(), await box.next()].map(({ topic }) => topic).toSorted(byText), topics)
  await observe(datastream, 2)
  assert.equal((await box.next()).json.result ?? (await box.next()).json.result, 2)
})

async function connectAndHear(options: IClientOptions, topics: readonly string[]): Promise<MqttClient> {
  const client = await connect(options)
  for (const topic of topics) assert.notEqual((await client.subscribeAsync(topic, { qos: 1 }))[0]?.qos, 128, topic)
  return client
}

test('mqtt: strangers and tokens for reading store nothing, and are told why', async () => {
  const { datastream, topic } = await dataset('lesen', true)
  const reading = await token(['read'], ['lesen'])
  for (const [who, code] of [
    [{}, 401],
    [{ username: 'd', password: reading.token }, 403],
  ] as const) {
    const client = await connectAndHear(who, [`${topic}/errors`])
    const errors = inbox(client)
    await client.publishAsync(topic, '{"result":1}', { qos: 1 })
    assert.equal((await errors.next()).json.code, code)
  }
  assert.equal(await countOf(datastream), 0)
})

test('mqtt: a token that is revoked is good for nothing more', async () => {
  const { datastream, topic } = await dataset('geraet', true)
  const device = await token(['read', 'append'], ['geraet'])
  const client = await connect({ username: 'd', password: device.token })
  const listener = await connectAndHear({ username: 'd', password: device.token }, [topic])
  await client.publishAsync(topic, '{"result":1}', { qos: 1 })
  const closed = [closing(client), closing(listener)]
  assert.equal((await platform.ask(`DELETE /api/v1/tokens/${device.id}`, { headers })).status, 204)
  client.publish(topic, '{"result":2}', { qos: 1 })
  await observe(datastream, 3)
  await Promise.all(closed)
  assert.equal(await countOf(datastream), 2)
})

test('mqtt: what is no observation is told to its publisher alone, and nothing is stored', async () => {
  const { datastream, topic } = await dataset('unsinn', true)
  const places = [
    'v1.1/Observations', topic, 'v1.1/Things', `v1.1/Datastreams(${datastream})`, 'v1.1/', 'v1.1/Nothing', 'v1.1/Datastreams(999999)/Observations',
    `${topic}?$select=result`, 'datasets/nichts/v1.1/Observations', 't/nichts/v1.1/Observations', `v1.1/Datastreams(${datastream})/Observations(1)`, "v1.1/Things('", `v1.1/${'Things(1)/Datastreams(1)/'.repeat(30)}Thing`,
  ] // prettier-ignore
  const payloads = [
    '', ' ', 'x', '{', '[]', 'null', '1', '"text"', '{"result":', '{"result":1}}', '{"nothing":1}', '{"result":1,"phenomenonTime":"yesterday"}',
    '{"result":1,"__proto__":{"admin":true}}', `{"result":${'['.repeat(5000)}${']'.repeat(5000)}}`, Buffer.from([0xff, 0xfe, 0x00]), '{"result":1,"FeatureOfInterest":{"@iot.id":-1}}',
  ] // prettier-ignore
  const client = await connectAndHear(
    admin,
    places.map((place) => `${place}/errors`),
  )
  const other = inbox(await connectAndHear(admin, [`${topic}/errors`]))
  const errors = inbox(client)
  for (const place of places)
    for (const payload of place === topic ? payloads : ['{"result":1}', 'x']) {
      await client.publishAsync(place, payload, { qos: 1 })
      const { topic: said, json } = await errors.next()
      assert.equal(said, `${place}/errors`)
      assert.ok(json.code >= 400 && json.code < 500 && json.message !== '', `${place} ${payload.toString()}: ${JSON.stringify(json)}`)
    }
  assert.deepEqual(other.arrived, [])
  assert.equal(await countOf(datastream), 0)
})

test('mqtt: topics that say nothing are not granted', async () => {
  const client = await connect(admin)
  for (const topic of [
    '#',
    'v1.1/#',
    'v1.1/+',
    '$SYS/x',
    'other',
    'v1.1/Nothing',
    'v1.1/Things(1)/nothing',
    'v1.1/Things/$ref',
    'v1.1/Things?$top=1',
    'v1.1/Things?$filter=',
    'v1.1/Things?$select=x',
    'v1.1/Things?$expand=x',
    'datasets/nichts/v1.1/Things',
    't/nichts/v1.1/Things',
    `v1.1/Things?$filter=name eq '${'x'.repeat(5000)}'`,
  ])
    // prettier-ignore
    await assert.rejects(client.subscribeAsync(topic), topic)
})

test('mqtt: an entity, a property and what is derived from observations are told when they change', async () => {
  const { thing, datastream } = await station('derived')
  const [entity, name, period] = [`v1.1/Things(${thing})`, `v1.1/Things(${thing})/name`, `v1.1/Datastreams(${datastream})/phenomenonTime`]
  const box = inbox(await connectAndHear(admin, [entity, name, period, `v1.1/Datastreams(${datastream})?$select=name,phenomenonTime`]))
  const change = (body: unknown) => platform.ask(`PATCH /sta/v1.1/Things(${thing})`, { body, headers })
  await change({ description: 'another' })
  assert.deepEqual([(await box.next()).topic, box.arrived], [entity, []])
  await change({ name: 'renamed' })
  const heard = [await box.next(), await box.next()].toSorted((a, b) => a.topic.length - b.topic.length)
  assert.deepEqual(
    heard.map(({ topic }) => topic),
    [entity, name],
  )
  assert.deepEqual(heard[1]?.json, { name: 'renamed' })
  const at = (time: string) => post(`Datastreams(${datastream})/Observations`, { result: 1, phenomenonTime: time })
  await at('2026-02-01T00:00:00Z')
  await at('2026-02-03T00:00:00Z')
  const periods: unknown[] = []
  while (periods.at(-1) !== '2026-02-01T00:00:00Z/2026-02-03T00:00:00Z') {
    const { topic, json } = await box.next()
    if (topic === period) periods.push(json.phenomenonTime)
    else assert.deepEqual(Object.keys(json), ['name', 'phenomenonTime'])
  }
})

test('mqtt: $expand and $filter, the door of a dataset, and the prefix of a tenant', async () => {
  const { datastream, topic } = await dataset('tueren', true)
  const filtered = `${topic}?$filter=result gt 5&$select=result`
  const expanded = `sta/${topic}?$expand=Datastream($select=name)&$select=result`
  const own = 'datasets/tueren/v1.1/Observations?$select=result'
  const elsewhere = 'datasets/lesen/v1.1/Observations'
  const box = inbox(await connectAndHear({}, [filtered, expanded, own, elsewhere, `t/default/${filtered}`]))
  await observe(datastream, 1)
  await observe(datastream, 9)
  const heard = new Map<string, unknown[]>()
  const told = () => [...heard.values()].flat().length
  while (told() < 6) {
    const { topic: said, json } = await box.next()
    heard.set(said, [...(heard.get(said) ?? []), json])
  }
  assert.deepEqual(heard.get(filtered), [{ result: 9 }])
  assert.deepEqual(heard.get(`t/default/${filtered}`), [{ result: 9 }])
  assert.deepEqual(heard.get(own), [{ result: 1 }, { result: 9 }])
  assert.deepEqual(
    heard.get(expanded),
    [1, 9].map((result) => ({ result, Datastream: { name: 'tueren temperature' } })),
  )
})

test('mqtt: things that move, features that are made, and what a run brings are told', async () => {
  const { thing } = await station('moving')
  const topics = [`v1.1/Things(${thing})/HistoricalLocations`, 'v1.1/FeaturesOfInterest', `v1.1/Things(${thing})/Datastreams`]
  const box = inbox(await connectAndHear(admin, topics))
  const location = {
    name: 'there',
    description: '',
    encodingType: 'application/geo+json',
    location: { type: 'Point', coordinates: [9, 48] },
  }
  await post(`Things(${thing})/Locations`, location)
  assert.equal((await box.next()).topic, topics[0])
  const { datastream } = await station('fresh')
  await observe(datastream, 1)
  assert.equal((await box.next()).topic, topics[1])
  const target = await platform.service.dataset(keeper(1, 'test'), 'tueren')
  const listener = inbox(await connectAndHear({}, ['datasets/tueren/v1.1/Observations']))
  const key = { entity: 'urn:x:run', attribute: 'no2' }
  await platform.service.keep(keeper(1, 'test'), target.id, [
    { draft: 'entity', iri: 'urn:x:run', type: 'Station' },
    { draft: 'series', ...key },
    ...Array.from(
      { length: 700 },
      (_, i) => ({ draft: 'observation', ...key, time: new Date(i * 60_000).toISOString(), result: i }) as const,
    ),
  ])
  const results = new Set<number>()
  while (results.size < 700) results.add((await listener.next()).json.result)
})

test('mqtt: topics of a token are those of its tenant, and the others are closed to it', async () => {
  await platform.people.tenants.make('nord', 'Nord')
  await platform.ask('POST /t/nord/api/v1/datasets', { body: { slug: 'see', title: { de: 'See' } }, headers })
  const { datastream } = await station('nord', '/t/nord/datasets/see/sta/v1.1')
  const made = await platform.ask('POST /t/nord/api/v1/tokens', {
    body: { name: 'd', verbs: ['read', 'append'], datasets: ['see'] },
    headers,
  })
  const device = { username: 'd', password: made.json.token as string }
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const [client, other] = [await connectAndHear(device, [topic]), await connect(device, `${http.replace('http', 'ws')}/t/nord/mqtt`)]
  const [mine, foreign] = [inbox(client), inbox(await connectAndHear({}, [topic, `t/nord/${topic}`]))]
  await client.publishAsync(topic, '{"result":1}', { qos: 1 })
  await other.publishAsync(`t/nord/${topic}`, '{"result":2}', { qos: 1 })
  assert.deepEqual(
    [(await mine.next()).json.result, (await mine.next()).json.result].toSorted((a, b) => a - b),
    [1, 2],
  )
  const closed = closing(client)
  client.publish(`t/default/${topic}`, '{"result":3}', { qos: 1 })
  await closed
  await assert.rejects(connect(device, `${http.replace('http', 'ws')}/t/default/mqtt`), { code: 4 })
  assert.deepEqual(foreign.arrived, [])
})

test('mqtt: a message of QoS 2 that comes again is stored once', async () => {
  const { datastream } = await station('twice')
  const socket = connectSocket(port, '127.0.0.1')
  const parser = mqttParser()
  const acknowledged: string[] = []
  let wake = (): void => {}
  parser.on('packet', ({ cmd }) => {
    acknowledged.push(cmd)
    wake()
  })
  socket.on('data', (chunk) => parser.parse(chunk))
  const said = async (...expected: string[]) => {
    while (acknowledged.length < expected.length) await new Promise<void>((resolve) => (wake = resolve))
    assert.deepEqual(acknowledged.splice(0), expected)
  }
  const publish = { cmd: 'publish', topic: `v1.1/Datastreams(${datastream})/Observations`, payload: '{"result":1}', qos: 2, messageId: 5, retain: false } as const // prettier-ignore
  socket.write(generate({ cmd: 'connect', clientId: 'twice', keepalive: 0, clean: true, ...admin, password: Buffer.from(ADMIN) }))
  await said('connack')
  socket.write(generate({ ...publish, dup: false }))
  await said('pubrec')
  socket.write(generate({ ...publish, dup: true }))
  await said('pubrec')
  socket.write(generate({ cmd: 'pubrel', messageId: 5 }))
  await said('pubcomp')
  assert.equal(await countOf(datastream), 1)
  socket.destroy()
})

test('mqtt: topics are bounded, however many are asked for at once', async () => {
  const client = await connect(admin)
  const topics = Array.from({ length: 600 }, (_, i) => `v1.1/Things(${i})`)
  const granted: number[] = []
  for (let i = 0; i < 3; i++) {
    const packet = await new Promise<readonly number[]>((resolve) =>
      client.subscribe(topics.slice(i * 200, i * 200 + 200), (_error, _granted, suback) => resolve(suback?.granted as readonly number[])),
    )
    granted.push(...packet)
  }
  assert.deepEqual([granted.filter((code) => code === 128).length, granted.length], [100, 600])
})

test('mqtt: a last will is stored', async () => {
  const { datastream, topic } = await station('will').then((ids) => ({ ...ids, topic: `v1.1/Datastreams(${ids.datastream})/Observations` }))
  const box = inbox(await connectAndHear(admin, [topic]))
  const client = await connect({ ...admin, will: { topic, payload: Buffer.from('{"result":"gone"}'), qos: 1, retain: true } })
  client.stream.destroy()
  assert.equal((await box.next()).json.result, 'gone')
  assert.equal(await countOf(datastream), 1)
  const late = inbox(await connectAndHear(admin, [topic]))
  await observe(datastream, 5)
  assert.equal((await late.next()).json.result, 5, 'nothing is retained')
})

/** The statements from now on. */
function statements() {
  const { database } = platform
  const texts: string[] = []
  const query = database.query.bind(database)
  Object.assign(database, {
    query(statement: Sql) {
      const { text } = statement.toQuery()
      texts.push(text)
      return query(statement)
    },
  })
  return {
    end() {
      Object.assign(database, { query })
      return texts
    },
  }
}

test('mqtt: two hundred subscribers are told by as many statements as one', async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)))
  const { datastream } = await station('many')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const boxes: ReturnType<typeof inbox>[] = []
  const askedFor = async (result: number): Promise<readonly string[]> => {
    const asked = statements()
    await observe(datastream, result)
    for (const box of boxes) assert.equal((await box.next()).json.result, result)
    return asked.end().filter((text) => /^\s*select[^]*\bfrom "observation"/.test(text))
  }
  boxes.push(inbox(await connectAndHear(admin, [topic])))
  await askedFor(1)
  const one = await askedFor(2)
  for (let i = 1; i < 200; i++) boxes.push(inbox(await connectAndHear(admin, [topic])))
  assert.equal(one.length, 1)
  assert.deepEqual(await askedFor(3), one)
})

test('mqtt: who reads nothing is disconnected, and the others hear everything', async () => {
  const { datastream } = await station('slow')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const fast = inbox(await connectAndHear(admin, [topic]))
  const slow = await connect(admin)
  await slow.subscribeAsync(topic)
  slow.stream.pause()
  const closed = closing(slow)
  const text = 'x'.repeat(200_000)
  const drained = (async () => {
    for (let i = 0; i < 150; i++) assert.equal((await fast.next()).json.result.length, text.length)
  })()
  for (let i = 0; i < 150; i++) await observe(datastream, text)
  await drained
  slow.stream.resume()
  await closed
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
    const socket = connectSocket(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(sent)
    await once(socket, 'close')
  }
  const client = await connect(admin)
  const closed = closing(client)
  client.publish('v1.1/Observations', 'x'.repeat(1_100_000))
  await closed
})

test('mqtt: whatever bytes come, the others are served', async () => {
  const packets = Buffer.concat([
    generate({ cmd: 'connect', clientId: 'x', keepalive: 0, clean: false, will: { topic: 'v1.1/Observations', payload: Buffer.from('{'), qos: 1, retain: true }, ...admin, password: Buffer.from(ADMIN) }),
    generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'v1.1/Things', qos: 2 }, { topic: 'v1.1/Things/errors', qos: 0 }] }),
    generate({ cmd: 'publish', topic: 'v1.1/Observations', payload: '{"result":1}', qos: 2, messageId: 2, retain: true, dup: false }),
    generate({ cmd: 'pubrel', messageId: 2 }),
    generate({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['v1.1/Things', 'x'] }),
  ]) // prettier-ignore
  const change = fc.record({ at: fc.nat(packets.length - 1), to: fc.integer({ min: 0, max: 255 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), fc.nat(packets.length), async (changes, length) => {
      const sent = Buffer.from(packets)
      for (const { at, to } of changes) sent[at] = to
      const socket = connectSocket(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.resume()
      socket.end(sent.subarray(0, length))
      await once(socket, 'close')
    }),
    { numRuns: 200 },
  )
  const { datastream } = await station('after')
  const client = await connect(admin)
  await client.publishAsync(`v1.1/Datastreams(${datastream})/Observations`, '{"result":1}', { qos: 1 })
  assert.equal(await countOf(datastream), 1)
})

test('mqtt: a WebSocket elsewhere is not taken', async () => {
  const socket = new WebSocket(`${http.replace('http', 'ws')}/other`, 'mqtt')
  await once(socket, 'error')
})

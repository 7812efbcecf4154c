/** SensorThings over MQTT: real clients over TCP and WebSocket against the whole platform. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { after, before, test } from 'node:test'
import { generate, parser as mqttParser } from 'mqtt-packet'
import { keeper } from '../../src/rights/principal.ts'
import type { Sql } from '../../src/store/sql.ts'
import { admin, byText, closing, headers, inbox, startWorld, type World } from '../support/mqtt.ts'

let world: World

before(async () => void (world = await startWorld()))
after(() => world.end())

test('mqtt: what is published is stored when it is acknowledged', async () => {
  const { datastream } = await world.station('publish')
  const client = await world.connect(admin)
  await client.publishAsync(`v1.1/Datastreams(${datastream})/Observations`, JSON.stringify({ result: 21.5 }), { qos: 1 })
  assert.equal(await world.countOf(datastream), 1)
  const body = { result: 22, phenomenonTime: '2026-01-01T00:00:00Z', Datastream: { '@iot.id': datastream } }
  await client.publishAsync('sta/v1.1/Observations', JSON.stringify(body), { qos: 2 })
  assert.equal(await world.countOf(datastream), 2)
})

test('mqtt: what is posted arrives as HTTP would show it, over TCP and WebSocket', async () => {
  const { datastream } = await world.station('subscribe')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const overTcp = await world.connect(admin)
  const overWeb = await world.connect(admin, `${world.http.replace('http', 'ws')}/mqtt`)
  const inboxes = [inbox(overTcp), inbox(overWeb)]
  for (const client of [overTcp, overWeb]) await client.subscribeAsync(topic, { qos: 1 })
  const id = await world.post(`Datastreams(${datastream})/Observations`, { result: 7, phenomenonTime: '2026-01-02T00:00:00Z' })
  const { json } = await world.platform.ask(`GET /sta/v1.1/Observations(${id})`, { headers })
  for (const box of inboxes) assert.deepEqual(await box.next(), { topic, json })
})

test('mqtt: a bad token is refused, and so is a name without a password', async () => {
  const refused = [{ password: 'guessed' }, { password: `allm_abcdefgh_${'x'.repeat(43)}` }, {}]
  for (const more of refused) await assert.rejects(world.connect({ username: 'device', ...more }), { code: 4 })
})

test('mqtt: strangers hear what is released, until it is withdrawn, and nothing else', async () => {
  const [open, inner, other] = [
    await world.dataset('offen', true),
    await world.dataset('intern', false),
    await world.dataset('anders', true),
  ]
  const stranger = inbox(await world.connectAndHear({}, [open.topic, inner.topic, other.topic, 'v1.1/Observations', 'v1.1/Datastreams']))
  await world.observe(inner.datastream, 1)
  await world.observe(open.datastream, 2)
  const heard = [await stranger.next(), await stranger.next(), await stranger.next()]
  assert.deepEqual(heard.map(({ topic }) => topic).toSorted(byText), ['v1.1/Datastreams', open.topic, 'v1.1/Observations'].toSorted(byText))
  for (const { topic, json } of heard) if (topic !== 'v1.1/Datastreams') assert.equal(json.result, 2)
  assert.equal((await world.platform.ask('POST /api/v1/datasets/offen/withdraw', { headers })).status, 200)
  await world.observe(open.datastream, 3)
  await world.observe(other.datastream, 4)
  const later = [await stranger.next(), await stranger.next(), await stranger.next()]
  assert.deepEqual(later.map(({ json }) => String(json.result ?? json.name)).toSorted(byText), ['4', '4', 'anders temperature'])
})

/** The outbox is not looked into until it is let go on. */
function holdOutbox() {
  const { database } = world.platform
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
  const { datastream } = await world.station('at once')
  const topics = [`v1.1/Datastreams(${datastream})`, `v1.1/Datastreams(${datastream})/Observations`]
  const box = inbox(await world.connectAndHear(admin, topics))
  await world.observe(datastream, 1)
  letGo()
  assert.deepEqual([await box.next(), await box.next()].map(({ topic }) => topic).toSorted(byText), topics)
  await world.observe(datastream, 2)
  assert.equal((await box.next()).json.result ?? (await box.next()).json.result, 2)
})

test('mqtt: strangers and tokens for reading store nothing, and are told why', async () => {
  const { datastream, topic } = await world.dataset('lesen', true)
  const reading = await world.token(['read'], ['lesen'])
  for (const [who, code] of [
    [{}, 401],
    [{ username: 'd', password: reading.token }, 403],
  ] as const) {
    const client = await world.connectAndHear(who, [`${topic}/errors`])
    const errors = inbox(client)
    await client.publishAsync(topic, '{"result":1}', { qos: 1 })
    assert.equal((await errors.next()).json.code, code)
  }
  assert.equal(await world.countOf(datastream), 0)
})

test('mqtt: a token that is revoked is good for nothing more', async () => {
  const { datastream, topic } = await world.dataset('geraet', true)
  const device = await world.token(['read', 'append'], ['geraet'])
  const client = await world.connect({ username: 'd', password: device.token })
  const listener = await world.connectAndHear({ username: 'd', password: device.token }, [topic])
  await client.publishAsync(topic, '{"result":1}', { qos: 1 })
  const closed = [closing(client), closing(listener)]
  assert.equal((await world.platform.ask(`DELETE /api/v1/tokens/${device.id}`, { headers })).status, 204)
  client.publish(topic, '{"result":2}', { qos: 1 })
  await world.observe(datastream, 3)
  await Promise.all(closed)
  assert.equal(await world.countOf(datastream), 2)
})

test('mqtt: what is no observation is told to its publisher alone, and nothing is stored', async () => {
  const { datastream, topic } = await world.dataset('unsinn', true)
  const places = [
    'v1.1/Observations', topic, 'v1.1/Things', `v1.1/Datastreams(${datastream})`, 'v1.1/', 'v1.1/Nothing', 'v1.1/Datastreams(999999)/Observations',
    `${topic}?$select=result`, 'datasets/nichts/v1.1/Observations', 't/nichts/v1.1/Observations', `v1.1/Datastreams(${datastream})/Observations(1)`, "v1.1/Things('", `v1.1/${'Things(1)/Datastreams(1)/'.repeat(30)}Thing`,
  ] // prettier-ignore
  const payloads = [
    '', ' ', 'x', '{', '[]', 'null', '1', '"text"', '{"result":', '{"result":1}}', '{"nothing":1}', '{"result":1,"phenomenonTime":"yesterday"}',
    '{"result":1,"__proto__":{"admin":true}}', `{"result":${'['.repeat(5000)}${']'.repeat(5000)}}`, Buffer.from([0xff, 0xfe, 0x00]), '{"result":1,"FeatureOfInterest":{"@iot.id":-1}}',
  ] // prettier-ignore
  const client = await world.connectAndHear(
    admin,
    places.map((place) => `${place}/errors`),
  )
  const other = inbox(await world.connectAndHear(admin, [`${topic}/errors`]))
  const errors = inbox(client)
  for (const place of places)
    for (const payload of place === topic ? payloads : ['{"result":1}', 'x']) {
      await client.publishAsync(place, payload, { qos: 1 })
      const { topic: said, json } = await errors.next()
      assert.equal(said, `${place}/errors`)
      assert.ok(json.code >= 400 && json.code < 500 && json.message !== '', `${place} ${payload.toString()}: ${JSON.stringify(json)}`)
    }
  assert.deepEqual(other.arrived, [])
  assert.equal(await world.countOf(datastream), 0)
})

test('mqtt: topics that say nothing are not granted', async () => {
  const client = await world.connect(admin)
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
  const { thing, datastream } = await world.station('derived')
  const [entity, name, period] = [`v1.1/Things(${thing})`, `v1.1/Things(${thing})/name`, `v1.1/Datastreams(${datastream})/phenomenonTime`]
  const box = inbox(
    await world.connectAndHear(admin, [entity, name, period, `v1.1/Datastreams(${datastream})?$select=name,phenomenonTime`]),
  )
  const change = (body: unknown) => world.platform.ask(`PATCH /sta/v1.1/Things(${thing})`, { body, headers })
  await change({ description: 'another' })
  assert.deepEqual([(await box.next()).topic, box.arrived], [entity, []])
  await change({ name: 'renamed' })
  const heard = [await box.next(), await box.next()].toSorted((a, b) => a.topic.length - b.topic.length)
  assert.deepEqual(
    heard.map(({ topic }) => topic),
    [entity, name],
  )
  assert.deepEqual(heard[1]?.json, { name: 'renamed' })
  const at = (time: string) => world.post(`Datastreams(${datastream})/Observations`, { result: 1, phenomenonTime: time })
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
  const { datastream, topic } = await world.dataset('tueren', true)
  const filtered = `${topic}?$filter=result gt 5&$select=result`
  const named = `${topic}?$filter=concat(Datastream/Thing/name,'a') ne Datastream/name&$select=result`
  const unnamed = `${topic}?$filter=concat(Datastream/Thing/name,'a') eq Datastream/name&$select=result`
  const expanded = `sta/${topic}?$expand=Datastream($select=name)&$select=result`
  const own = 'datasets/tueren/v1.1/Observations?$select=result'
  const elsewhere = 'datasets/lesen/v1.1/Observations'
  const box = inbox(await world.connectAndHear({}, [filtered, named, unnamed, expanded, own, elsewhere, `t/default/${filtered}`]))
  await world.observe(datastream, 1)
  await world.observe(datastream, 9)
  const heard = new Map<string, unknown[]>()
  const told = () => [...heard.values()].flat().length
  while (told() < 8) {
    const { topic: said, json } = await box.next()
    heard.set(said, [...(heard.get(said) ?? []), json])
  }
  assert.deepEqual(heard.get(filtered), [{ result: 9 }])
  assert.deepEqual(heard.get(`t/default/${filtered}`), [{ result: 9 }])
  assert.deepEqual([heard.get(named), heard.get(unnamed)], [[{ result: 1 }, { result: 9 }], undefined])
  assert.deepEqual(heard.get(own), [{ result: 1 }, { result: 9 }])
  assert.deepEqual(
    heard.get(expanded),
    [1, 9].map((result) => ({ result, Datastream: { name: 'tueren temperature' } })),
  )
})

test('mqtt: things that move, features that are made, and what a run brings are told', async () => {
  const { thing } = await world.station('moving')
  const topics = [`v1.1/Things(${thing})/HistoricalLocations`, 'v1.1/FeaturesOfInterest', `v1.1/Things(${thing})/Datastreams`]
  const box = inbox(await world.connectAndHear(admin, topics))
  const location = {
    name: 'there',
    description: '',
    encodingType: 'application/geo+json',
    location: { type: 'Point', coordinates: [9, 48] },
  }
  await world.post(`Things(${thing})/Locations`, location)
  assert.equal((await box.next()).topic, topics[0])
  const { datastream } = await world.station('fresh')
  await world.observe(datastream, 1)
  assert.equal((await box.next()).topic, topics[1])
  const target = await world.platform.service.dataset(keeper(1, 'test'), 'tueren')
  const listener = inbox(await world.connectAndHear({}, ['datasets/tueren/v1.1/Observations']))
  const key = { entity: 'urn:x:run', attribute: 'no2' }
  await world.platform.service.keep(keeper(1, 'test'), target.id, [
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

test('mqtt: a Thing that is moved tells its Locations, and observations that go tell their Datastream', async () => {
  const letGo = holdOutbox()
  const { thing, datastream } = await world.station('relocated')
  const place = (name: string, at: number) => world.post('Locations', { name, description: '', encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [at, 48] } }) // prettier-ignore
  const [there, elsewhere] = [await place('there', 9), await place('elsewhere', 10)]
  const locations = `v1.1/Things(${thing})/Locations`
  const box = inbox(await world.connectAndHear(admin, [locations, 'v1.1/Locations', `v1.1/Datastreams(${datastream})`]))
  const history = { time: new Date().toISOString(), Thing: { '@iot.id': thing }, Locations: [{ '@iot.id': there }] }
  await world.post('HistoricalLocations', history)
  letGo()
  const moved = await box.next()
  assert.deepEqual([moved.topic, moved.json['@iot.id'], moved.json.name], [locations, there, 'there'])
  const made = await world.post(`Things(${thing})/Locations`, { name: 'new', description: '', encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [11, 48] } }) // prettier-ignore
  const once = [await box.next(), await box.next()].map(({ topic, json: { '@iot.id': id } }) => [topic, id])
  assert.deepEqual(once.toSorted(([a], [b]) => byText(a, b)), [['v1.1/Locations', made], [locations, made]]) // prettier-ignore
  const linking = { body: { Locations: [{ '@iot.id': elsewhere }] }, headers }
  assert.equal((await world.platform.ask(`PATCH /sta/v1.1/Things(${thing})`, linking)).status, 200)
  const linked = await box.next()
  assert.deepEqual([linked.topic, linked.json['@iot.id']], [locations, elsewhere])
  await world.observe(datastream, 1)
  const { json } = await box.next()
  assert.notEqual(json.phenomenonTime, null)
  const feature = await world.platform.ask(`GET /sta/v1.1/Datastreams(${datastream})/Observations?$expand=FeatureOfInterest`, { headers })
  const id = feature.json.value[0].FeatureOfInterest['@iot.id']
  assert.equal((await world.platform.ask(`DELETE /sta/v1.1/FeaturesOfInterest(${id})`, { headers })).status, 200)
  assert.equal((await box.next()).json.phenomenonTime, undefined)
})

test('mqtt: topics of a token are those of its tenant, and the others are closed to it', async () => {
  await world.platform.people.tenants.make('nord', 'Nord')
  await world.platform.ask('POST /t/nord/api/v1/datasets', { body: { slug: 'see', title: { de: 'See' } }, headers })
  const { datastream } = await world.station('nord', '/t/nord/datasets/see/sta/v1.1')
  const made = await world.platform.ask('POST /t/nord/api/v1/tokens', {
    body: { name: 'd', verbs: ['read', 'append'], datasets: ['see'] },
    headers,
  })
  const device = { username: 'd', password: made.json.token as string }
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const [client, other] = [
    await world.connectAndHear(device, [topic]),
    await world.connect(device, `${world.http.replace('http', 'ws')}/t/nord/mqtt`),
  ]
  const [mine, foreign] = [inbox(client), inbox(await world.connectAndHear({}, [topic, `t/nord/${topic}`]))]
  await client.publishAsync(topic, '{"result":1}', { qos: 1 })
  await other.publishAsync(`t/nord/${topic}`, '{"result":2}', { qos: 1 })
  assert.deepEqual(
    [(await mine.next()).json.result, (await mine.next()).json.result].toSorted((a, b) => a - b),
    [1, 2],
  )
  const closed = closing(client)
  client.publish(`t/default/${topic}`, '{"result":3}', { qos: 1 })
  await closed
  await assert.rejects(world.connect(device, `${world.http.replace('http', 'ws')}/t/default/mqtt`), { code: 4 })
  assert.deepEqual(foreign.arrived, [])
})

test('mqtt: a message of QoS 2 that comes again is stored once', async () => {
  const { datastream } = await world.station('twice')
  const socket = connectSocket(world.port, '127.0.0.1')
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
  socket.write(generate({ cmd: 'connect', clientId: 'twice', keepalive: 0, clean: true, ...admin, password: Buffer.from(admin.password) }))
  await said('connack')
  socket.write(generate({ ...publish, dup: false }))
  await said('pubrec')
  socket.write(generate({ ...publish, dup: true }))
  await said('pubrec')
  socket.write(generate({ cmd: 'pubrel', messageId: 5 }))
  await said('pubcomp')
  assert.equal(await world.countOf(datastream), 1)
  socket.destroy()
})

test('mqtt: topics are bounded, however many are asked for at once', async () => {
  const client = await world.connect(admin)
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
  const { datastream, topic } = await world
    .station('will')
    .then((ids) => ({ ...ids, topic: `v1.1/Datastreams(${ids.datastream})/Observations` }))
  const box = inbox(await world.connectAndHear(admin, [topic]))
  const client = await world.connect({ ...admin, will: { topic, payload: Buffer.from('{"result":-99}'), qos: 1, retain: true } })
  client.stream.destroy()
  assert.equal((await box.next()).json.result, -99)
  assert.equal(await world.countOf(datastream), 1)
})

test('mqtt: whoever begins to listen to a Datastream gets its latest Observation at once, as retained, and only what may be read', async () => {
  const { datastream, topic } = await world.dataset('zuletzt', true)
  const [filtered, empty, single] = [`${topic}?$filter=result lt 5`, await world.station('leer'), `v1.1/Datastreams(${datastream})`]
  for (const [result, day] of [
    [7, 2],
    [8, 3],
    [6, 1],
  ] as const)
    await world.post(`Datastreams(${datastream})/Observations`, { result, phenomenonTime: `2026-01-0${day}T00:00:00Z` })
  const others = [`${topic}?$select=result&$expand=Datastream($select=name)`, `datasets/zuletzt/${topic}`]
  const stranger = await world.connect()
  const heard: [string, unknown, boolean][] = []
  let wake = (): void => {}
  stranger.on('message', (said, payload, { retain }) => {
    heard.push([said, JSON.parse(payload.toString()), retain])
    wake()
  })
  const until = async (count: number) => {
    while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve))
    return heard.map(([said, json, retain]) => [said, (json as { result: unknown }).result, retain])
  }
  for (const one of [filtered, `v1.1/Datastreams(${empty.datastream})/Observations`, single, 'v1.1/Observations'])
    await stranger.subscribeAsync(one, { qos: 1 })
  for (const [i, one] of [topic, ...others].entries()) {
    await stranger.subscribeAsync(one, { qos: 1 })
    assert.deepEqual((await until(i + 1)).at(-1), [one, 8, true])
  }
  assert.deepEqual(heard[1]?.[1], { result: 8, Datastream: { name: 'zuletzt temperature' } })
  await world.observe(datastream, 1)
  assert.equal((await until(4))[3]?.[2], false)
  assert.equal((await world.platform.ask('POST /api/v1/datasets/zuletzt/withdraw', { headers })).status, 200)
  const late = inbox(await world.connectAndHear({}, [topic, `${topic}/errors`]))
  const { topic: seen } = await world.dataset('danach', true)
  await world.observe(Number(/\d+(?=\)\/Obs)/.exec(seen)?.[0]), 5)
  assert.equal((await inbox(await world.connectAndHear({}, [seen])).next()).json.result, 5)
  assert.deepEqual(late.arrived, [])
})

/** The statements from now on. */
function statements() {
  const { database } = world.platform
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
  await world.leaveAll()
  const { datastream } = await world.station('many')
  const topic = `v1.1/Datastreams(${datastream})/Observations`
  const boxes: ReturnType<typeof inbox>[] = []
  const askedFor = async (result: number): Promise<readonly string[]> => {
    const asked = statements()
    await world.observe(datastream, result)
    for (const box of boxes) assert.equal((await box.next()).json.result, result)
    return asked.end().filter((text) => /^\s*select[^]*\bfrom "observation"/.test(text))
  }
  boxes.push(inbox(await world.connectAndHear(admin, [topic])))
  await askedFor(1)
  const one = await askedFor(2)
  for (let i = 1; i < 200; i++) {
    const box = inbox(await world.connectAndHear(admin, [topic]))
    assert.equal((await box.next()).json.result, 2)
    boxes.push(box)
  }
  assert.equal(one.length, 1)
  assert.deepEqual(await askedFor(3), one)
})

test('mqtt: a WebSocket elsewhere is not taken', async () => {
  const socket = new WebSocket(`${world.http.replace('http', 'ws')}/other`, 'mqtt')
  await once(socket, 'error')
})

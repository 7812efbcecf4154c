/** tasking: SensorThings Tasking Core (17-079r1): what things can be told to do, and what they were told. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connectAsync, type MqttClient } from 'mqtt'
import { Problem } from '../../../src/problem.ts'
import { keeper, type Verb } from '../../../src/rights/principal.ts'
import { startPlatform, type Platform } from '../../support/platform.ts'
import { place, point, sensor, stream, thing } from './service.ts'

const LAMP = {
  type: 'DataRecord',
  field: [
    { name: 'status', label: 'An oder aus', type: 'Category', constraint: { type: 'AllowedTokens', value: ['on', 'off'] } },
    { name: 'color', type: 'Text', optional: true, constraint: { type: 'AllowedTokens', pattern: '^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$' } },
    { name: 'level', type: 'Quantity', optional: true, constraint: { type: 'AllowedValues', interval: [[0, 1], [10, 20]] } }, // prettier-ignore
    { name: 'until', type: 'Time', optional: true },
  ],
}
const capability = (name: string, more: object = {}) => ({
  name,
  description: 'Licht',
  taskingParameters: LAMP,
  properties: { room: 7 },
  Actuator: sensor(`Schalter ${name}`),
  ...more,
})

let platform: Platform
let client: MqttClient
let [lamp, id, actuator] = [0, 0, 0]
const english = { 'accept-language': 'en' }
const ask = (call: string, body?: unknown) => {
  const [method, path] = call.split(/ (.*)/s)
  return platform.ask(`${method} /sta/v1.1${path}`, { headers: english, ...(body !== undefined && { body }) })
}
const get = async (path: string) => {
  const answer = await ask(`GET ${path}`)
  assert.equal(answer.status, 200, `${path}: ${answer.text}`)
  return answer.json
}
const post = async (path: string, body: unknown) => {
  const answer = await ask(`POST ${path}`, body)
  assert.equal(answer.status, 201, answer.text)
  return Number(/\((\d+)\)$/.exec(answer.headers['location'] ?? '')?.[1])
}

before(async () => {
  platform = await startPlatform({ ALLMENDE_MQTT_PORT: '0', ALLMENDE_PORT: '0', ALLMENDE_URL: 'http://localhost:8080' })
  await platform.listen()
  client = await connectAsync(`mqtt://127.0.0.1:${platform.mqttPorts().plain}`)
  lamp = await post('/Things', thing('Laterne', { Locations: [place('Platz', point(7, 51))], Datastreams: [stream('Helligkeit')] }))
  actuator = await post('/Actuators', sensor('Schalter'))
  id = await post(`/Things(${lamp})/TaskingCapabilities`, { ...capability('Licht'), Actuator: { '@iot.id': actuator } })
})
after(async () => {
  await client.endAsync(true)
  await platform.end()
})

test('req/tasking-capability/properties, req/actuator/properties: answered as they were given', async () => {
  const one = await get(`/TaskingCapabilities(${id})`)
  assert.deepEqual([one.name, one.taskingParameters, one.properties], ['Licht', LAMP, { room: 7 }])
  const { name, description, encodingType, metadata } = sensor('Schalter')
  const other = await get(`/Actuators(${actuator})`)
  assert.deepEqual([other.name, other.description, other.encodingType, other.metadata], [name, description, encodingType, metadata])
  assert.deepEqual(await get(`/TaskingCapabilities(${id})/taskingParameters/field/0/name`), { name: 'status' })
})

test('req/thing/properties, req/thing/relations, req/tasking-capability/relations, req/actuator/relations: every way leads there and back', async () => {
  for (const [path, name] of [
    [`/Things(${lamp})/TaskingCapabilities(${id})`, 'Licht'],
    [`/Actuators(${actuator})/TaskingCapabilities(${id})`, 'Licht'],
    [`/TaskingCapabilities(${id})/Thing`, 'Laterne'],
    [`/TaskingCapabilities(${id})/Actuator`, 'Schalter'],
  ] as const)
    assert.equal((await get(path)).name, name, path)
  const [whole] = (await get(`/Things?$filter=TaskingCapabilities/Actuator/name eq 'Schalter'&$expand=TaskingCapabilities($expand=Actuator,Tasks),Datastreams`)).value // prettier-ignore
  assert.deepEqual([whole.TaskingCapabilities.length, whole.TaskingCapabilities[0].Actuator.name, whole.Datastreams.length], [1, 'Schalter', 1]) // prettier-ignore
  assert.equal((await get(`/TaskingCapabilities?$filter=Thing/id eq ${lamp}&$count=true`))['@iot.count'], 1)
  assert.deepEqual((await get('/Sensors')).value.map((one: { name: string }) => one.name), ['Fühler Helligkeit']) // prettier-ignore
  assert.equal((await get(`/Datastreams?$count=true`))['@iot.count'], 1)
  for (const path of [`/Datastreams(${id})`, `/Datastreams(${id})/Observations`]) assert.equal((await ask(`GET ${path}`)).status, 404)
})

test('req/create-tasks/task-creation, req/task/properties, req/task/relations: linked by body or address, timed by the service', async () => {
  const a = await post('/Tasks', { taskingParameters: { status: 'on' }, TaskingCapability: { '@iot.id': id } })
  const b = await post(`/TaskingCapabilities(${id})/Tasks`, { creationTime: '2000-01-01T00:00:00Z', taskingParameters: { status: 'off', color: '#FF0000', level: 15, until: '2026-01-01T00:00:00+01:00' } }) // prettier-ignore
  const one = await get(`/Tasks(${a})`)
  assert.deepEqual([one.taskingParameters, Object.keys(one)], [{ status: 'on' }, ['@iot.selfLink', '@iot.id', 'creationTime', 'taskingParameters', 'TaskingCapability@iot.navigationLink']]) // prettier-ignore
  assert.equal((await get(`/Tasks(${b})/TaskingCapability`)).name, 'Licht')
  assert.ok((await get(`/Tasks(${b})`)).creationTime > '2026')
  const on = await get(`/TaskingCapabilities(${id})/Tasks?$filter=taskingParameters/status eq 'on'&$orderby=creationTime desc&$count=true`)
  assert.deepEqual([on['@iot.count'], on.value[0]['@iot.id']], [1, a])
  assert.equal((await get('/Tasks?$count=true'))['@iot.count'], 2)
  assert.equal((await get('/Observations?$count=true'))['@iot.count'], 0, 'a Task is no Observation')
  for (const [body, at] of [
    [{}, '/taskingParameters'],
    [{ status: 'dim' }, '/taskingParameters/status'],
    [{ status: 'on', color: 'red' }, '/taskingParameters/color'],
    [{ status: 'on', level: 5 }, '/taskingParameters/level'],
    [{ status: 'on', level: '15' }, '/taskingParameters/level'],
    [{ status: 'on', until: 'morgen' }, '/taskingParameters/until'],
    [{ status: 'on', colour: '#fff' }, '/taskingParameters/colour'],
  ] as const) {
    const answer = await ask(`POST /TaskingCapabilities(${id})/Tasks`, { taskingParameters: body })
    assert.equal(answer.status, 400, answer.text)
    assert.deepEqual(answer.json.at, { pointer: at })
  }
  assert.equal((await ask('POST /Tasks', { taskingParameters: { status: 'on' } })).status, 400, 'a Task has a TaskingCapability')
  assert.equal((await ask('POST /Tasks', { taskingParameters: 'on', TaskingCapability: { '@iot.id': id } })).status, 400)
  assert.equal((await ask('POST /Observations', { result: 1, Datastream: { '@iot.id': id } })).status, 404)
  const [datastream] = (await get('/Datastreams?$select=id')).value
  assert.equal((await ask(`POST /Tasks`, { taskingParameters: {}, TaskingCapability: datastream })).status, 404)
  assert.equal((await get('/Tasks?$count=true'))['@iot.count'], 2)
  assert.equal((await ask(`PATCH /Tasks(${a})`, { taskingParameters: { status: 'x' } })).status, 400)
})

test('req/tasking-capability/properties: parameters that nothing can be checked against are refused with their place', async () => {
  for (const [taskingParameters, at] of [
    [{ type: 'Text' }, '/type'],
    [{ type: 'DataRecord' }, '/fields'],
    [{ type: 'DataRecord', fields: [{ type: 'Text' }] }, '/fields/0/name'],
    [{ type: 'DataRecord', fields: [{ name: 'a', type: 'Colour' }] }, '/fields/0/type'],
    [
      {
        type: 'DataRecord',
        fields: [
          { name: 'a', type: 'Text' },
          { name: 'a', type: 'Text' },
        ],
      },
      '/fields/1/name',
    ],
    [{ type: 'DataRecord', fields: [{ name: 'a', type: 'Text', constraint: { pattern: '(' } }] }, '/fields/0/constraint/pattern'],
  ] as const) {
    const answer = await ask(`POST /Things(${lamp})/TaskingCapabilities`, capability('x', { taskingParameters }))
    assert.equal(answer.status, 400, answer.text)
    assert.deepEqual(answer.json.at, { pointer: `/taskingParameters${at}` })
  }
})

test('req/create-tasks/task-creation: takes the right to change; appending, as sensors may, is not enough', async () => {
  const admin = keeper(1, 'test')
  const { dataset } = await platform.service.get(admin, 'series', id)
  const order = { series: id, time: '2026-01-01T00:00:00Z', result: { status: 'on' }, of: 'task' } as const
  const answerTo = async (...verbs: readonly Verb[]) => {
    const who = { ...admin, admin: false, grants: [{ dataset, verbs: ['read' as const, ...verbs] }] }
    const [answer] = await platform.service.append(who, [order])
    return answer instanceof Problem ? answer.kind : 'stored'
  }
  assert.deepEqual([await answerTo('append'), await answerTo('append', 'change')], ['forbidden', 'stored'])
})

test('req/tasking-capability/relations: made in one go, and gone with its Actuator or Thing', async () => {
  const Tasks = [{ taskingParameters: { status: 'on' } }]
  const other = await post('/Things', thing('Zweite', { TaskingCapabilities: [capability('Zwei', { Tasks })] }))
  const [made] = (await get(`/Things(${other})/TaskingCapabilities?$expand=Tasks,Actuator`)).value
  assert.deepEqual([made.Tasks[0].taskingParameters, made.Actuator.name], [{ status: 'on' }, 'Schalter Zwei'])
  assert.equal((await ask('POST /Things', thing('Dritte', { TaskingCapabilities: [capability('Drei', { Tasks: [{ taskingParameters: {} }] })] }))).status, 400) // prettier-ignore
  await ask(`DELETE /Actuators(${made.Actuator['@iot.id']})`)
  assert.equal((await ask(`GET /TaskingCapabilities(${made['@iot.id']})`)).status, 404)
  assert.equal((await ask(`GET /Tasks(${made.Tasks[0]['@iot.id']})`)).status, 404)
  assert.equal((await ask(`GET /Things(${other})`)).status, 200)
})

test('req/create-tasks-via-mqtt/task-creation, req/receive-updates-via-mqtt/receive-updates: a device hears what it is told, from either way', async () => {
  const heard: unknown[] = []
  let wake = (): void => {}
  client.on('message', (_, payload) => {
    heard.push(JSON.parse(payload.toString()).taskingParameters)
    wake()
  })
  await client.subscribeAsync(`v1.1/TaskingCapabilities(${id})/Tasks`)
  await client.publishAsync(`v1.1/TaskingCapabilities(${id})/Tasks`, JSON.stringify({ taskingParameters: { status: 'off' } }), { qos: 1 })
  await post('/Tasks', { taskingParameters: { status: 'on' }, TaskingCapability: { '@iot.id': id } })
  while (heard.length < 2) await new Promise<void>((resolve) => (wake = resolve))
  assert.deepEqual(heard, [{ status: 'off' }, { status: 'on' }])
  const { serverSettings } = await get('/')
  assert.ok(serverSettings['http://www.opengis.net/spec/iot_tasking/1.0/req/create-tasks-via-mqtt/task-creation'].endpoints.length > 0)
})

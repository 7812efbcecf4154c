/** mqtt: SensorThings 1.1 (18-088), Observations created and changes received by MQTT 3.1.1. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connectAsync, type MqttClient } from 'mqtt'
import { startPlatform, type Platform } from '../../support/platform.ts'
import { place, point, property, stream, thing } from './service.ts'

let platform: Platform
let client: MqttClient
let [station, datastream, feature] = [0, 0, 0]
let arrived: { readonly topic: string; readonly json: unknown }[] = []
let wake = (): void => {}

before(async () => {
  platform = await startPlatform({ ALLMENDE_MQTT_PORT: '0', ALLMENDE_PORT: '0', ALLMENDE_URL: 'http://localhost' })
  await platform.listen()
  client = await connectAsync(`mqtt://127.0.0.1:${platform.mqttPorts().plain}`)
  client.on('message', (topic, payload, { retain }) => {
    // what was there before the subscription is no update
    if (retain) return
    arrived.push({ topic, json: JSON.parse(payload.toString()) })
    wake()
  })
  station = await post('Things', thing('A', { Locations: [place('L', point(1, 2))], Datastreams: [stream('a')] }))
  datastream = (await get(`Things(${station})/Datastreams`)).value[0]['@iot.id']
  feature = await post('FeaturesOfInterest', {
    name: 'F',
    description: '',
    encodingType: 'application/geo+json',
    feature: point(3, 4),
  })
})
after(async () => {
  await client.endAsync(true)
  await platform.end()
})

async function post(path: string, body: unknown): Promise<number> {
  const answer = await platform.ask(`POST /sta/v1.1/${path}`, { body })
  assert.equal(answer.status, 201, answer.text)
  return Number(/\((\d+)\)$/.exec(answer.headers['location'] ?? '')?.[1])
}

const get = async (path: string) => (await platform.ask(`GET /sta/v1.1/${path}`)).json

/** The next messages, by topic. */
async function heard(count: number): Promise<ReadonlyMap<string, unknown>> {
  while (arrived.length < count) await new Promise<void>((resolve) => (wake = resolve))
  const messages = new Map(arrived.map(({ topic, json }) => [topic, json]))
  arrived = []
  return messages
}

/** What is told on each of these topics, whatever else is told meanwhile. */
async function heardOf(topics: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  while (!topics.every((one) => arrived.some(({ topic }) => topic === one))) await new Promise<void>((resolve) => (wake = resolve))
  return heard(0)
}

test('req/create-observations-via-mqtt/observations-creation: published to the set, below a Datastream and below a feature', async () => {
  const result = { phenomenonTime: '2026-01-01T00:00:00Z', result: 5 }
  const publish = (topic: string, body: unknown) => client.publishAsync(topic, JSON.stringify(body), { qos: 1 })
  await publish('v1.1/Observations', { ...result, Datastream: { '@iot.id': datastream } })
  await publish(`v1.1/Datastreams(${datastream})/Observations`, { ...result, FeatureOfInterest: { '@iot.id': feature } })
  await publish(`v1.1/FeaturesOfInterest(${feature})/Observations`, { ...result, Datastream: { '@iot.id': datastream } })
  await publish('v1.1/Observations', {
    ...result,
    Datastream: stream('deep', { Thing: thing('B', { Locations: [place('M', point(1, 3))] }) }),
  })
  const made = await get(`Observations?$expand=FeatureOfInterest($select=name)&$orderby=id`)
  assert.deepEqual(made.value.map((one: { FeatureOfInterest: { name: string } }) => one.FeatureOfInterest.name), ['L', 'F', 'F', 'M']) // prettier-ignore
})

test('req/receive-updates-via-mqtt/receive-updates: of a set, an entity, a property, and of a set with $select', async () => {
  const [set, one] = ['v1.1/Observations', `v1.1/Datastreams(${datastream})`]
  const [property, selected] = [`${one}/phenomenonTime`, `${one}/Observations?$select=result,phenomenonTime`]
  await client.subscribeAsync([set, one, property, selected], { qos: 2 })
  const id = await post(`Datastreams(${datastream})/Observations`, { phenomenonTime: '2026-02-01T00:00:00Z', result: 8 })
  const messages = await heardOf([set, one, property, selected])
  assert.deepEqual(messages.get(set), await get(`Observations(${id})`))
  assert.deepEqual(messages.get(one), await get(`Datastreams(${datastream})`))
  assert.deepEqual(messages.get(property), { phenomenonTime: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z' })
  assert.deepEqual(messages.get(selected), { phenomenonTime: '2026-02-01T00:00:00Z', result: 8 })
  await platform.ask(`PATCH /sta/v1.1/Observations(${id})`, { body: { result: 9 } })
  assert.deepEqual((await heardOf([set, selected])).get(selected), { phenomenonTime: '2026-02-01T00:00:00Z', result: 9 })
  assert.equal((await platform.ask(`PATCH /sta/v1.1/Datastreams(${datastream})`, { body: { name: 'renamed' } })).status, 200)
  assert.deepEqual([...(await heard(1)).keys()], [one])
})

test('req/multi-datastream/relations: Observations of MultiDatastreams are created and received by MQTT too', async () => {
  const { Sensor, ObservedProperty, observationType: _, unitOfMeasurement, ...rest } = stream('zwei')
  const body = { ...rest, Sensor, ObservedProperties: [ObservedProperty, property('noch eine')], unitOfMeasurements: [unitOfMeasurement, unitOfMeasurement], multiObservationDataTypes: ['x', 'y'] } // prettier-ignore
  const id = await post(`Things(${station})/MultiDatastreams`, body)
  const topics = [`v1.1/MultiDatastreams(${id})/Observations?$select=result`, `v1.1/MultiDatastreams(${id})/phenomenonTime`]
  await client.subscribeAsync(topics)
  const time = { phenomenonTime: '2026-02-02T00:00:00Z' }
  await client.publishAsync(`v1.1/MultiDatastreams(${id})/Observations`, JSON.stringify({ ...time, result: [1] }), { qos: 1 })
  await client.publishAsync(`v1.1/MultiDatastreams(${id})/Observations`, JSON.stringify({ ...time, result: [1, 2] }), { qos: 1 })
  const messages = await heardOf(topics)
  assert.deepEqual(messages.get(topics[0] ?? ''), { result: [1, 2] })
  assert.deepEqual(messages.get(topics[1] ?? ''), { phenomenonTime: '2026-02-02T00:00:00Z/2026-02-02T00:00:00Z' })
  await client.unsubscribeAsync(topics)
})

test('req/receive-updates-via-mqtt/receive-updates: the service says where', async () => {
  const { serverSettings } = await get('')
  for (const name of ['create-observations-via-mqtt/observations-creation', 'receive-updates-via-mqtt/receive-updates'])
    assert.deepEqual(serverSettings[`http://www.opengis.net/spec/iot_sensing/1.1/req/${name}`].endpoints, ['ws://localhost/mqtt'])
})

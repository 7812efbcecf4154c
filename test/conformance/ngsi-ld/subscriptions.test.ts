/** Subscriptions of NGSI-LD: somebody writes, by whichever standard, and somebody else is told. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openEndpoint, type Endpoint } from '../../support/endpoint.ts'
import { startPlatform, type Platform } from '../../support/platform.ts'

let platform: Platform
let endpoint: Endpoint
const ask = (call: string, body?: unknown, headers?: Record<string, string>) => {
  const [method, path] = call.split(/ (.*)/s)
  return platform.ask(`${method} /ngsi-ld/v1${path}`, { ...(body !== undefined && { body }), ...(headers && { headers }) })
}

before(async () => {
  endpoint = await openEndpoint()
  platform = await startPlatform({ ALLMENDE_PORT: '0' })
  await platform.listen()
})
after(async () => {
  await platform.end()
  await endpoint.close()
})

const subscribe = async (path: string, said: object, notification: object = {}, at: object = {}): Promise<string> => {
  const made = await ask('POST /subscriptions', { type: 'Subscription', notification: { endpoint: { uri: endpoint.url + path, ...at }, ...notification }, ...said }) // prettier-ignore
  assert.equal(made.status, 201, made.text)
  return made.headers['location']?.replace('/ngsi-ld/v1', '') ?? ''
}
interface Counters {
  readonly status: string
  readonly timesSent: number
  readonly timesFailed: number
  readonly lastSuccess?: string
}

/** Looks until the counters are as they should be; throws when they are not after half a minute. */
async function counted(path: string, fits: (counters: Counters) => boolean): Promise<void> {
  for (let left = 150; left > 0; left--) {
    if (fits((await ask(`GET ${path}`)).json.notification)) return
    await wait(200)
  }
  assert.fail((await ask(`GET ${path}`)).text)
}
const of = (type: string) => ({ entities: [{ type }] })
const at = (minute: number): string => `2026-03-01T12:${String(minute).padStart(2, '0')}:00Z`

test('5.8.1 5.8.2 5.8.3 5.8.4 5.8.5 a subscription is made, read, listed, changed and deleted', async () => {
  const path = await subscribe('/crud', { id: 'urn:x:sub:1', subscriptionName: 'Eins', ...of('Crud') })
  assert.equal(path, '/subscriptions/urn:x:sub:1')
  const { json } = await ask(`GET ${path}`)
  assert.deepEqual(json, { id: 'urn:x:sub:1', type: 'Subscription', subscriptionName: 'Eins', entities: [{ type: 'Crud' }], status: 'active', notification: { endpoint: { uri: `${endpoint.url}/crud` }, status: 'ok', timesSent: 0, timesFailed: 0 } }) // prettier-ignore
  assert.equal((await ask('POST /subscriptions', { ...json, notification: { endpoint: { uri: endpoint.url } } })).status, 409)
  assert.deepEqual((await ask('GET /subscriptions?limit=1&count=true')).headers['ngsild-results-count'], '1')
  assert.equal((await ask(`PATCH ${path}`, { isActive: false, subscriptionName: 'urn:ngsi-ld:null' })).status, 204)
  const changed = (await ask(`GET ${path}?options=sysAttrs`)).json
  assert.deepEqual([changed.status, changed.subscriptionName, typeof changed.modifiedAt], ['paused', undefined, 'string'])
  assert.equal((await ask(`DELETE ${path}`)).status, 204)
  assert.equal((await ask(`GET ${path}`)).status, 404)
})

test('5.8.6 a POST by SensorThings fires a subscription of NGSI-LD', async () => {
  const thing = { name: 'Pegel', description: '', properties: { type: 'Gauge' }, Datastreams: [{ name: 'Wasserstand', description: '', observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement', unitOfMeasurement: { name: 'Zentimeter', symbol: 'cm', definition: 'https://ucum.org/ucum#cm' }, Sensor: { name: 's', description: '', encodingType: 'text/plain', metadata: 'x' }, ObservedProperty: { name: 'level', definition: 'urn:x:level', description: '' } }] } // prettier-ignore
  const made = await platform.ask('POST /sta/v1.1/Things', { body: thing })
  assert.equal(made.status, 201, made.text)
  const { value } = (await platform.ask(`GET /sta/v1.1/Datastreams?$filter=name eq 'Wasserstand'`)).json
  const path = await subscribe('/sta', of('Gauge'))
  const posted = await platform.ask(`POST /sta/v1.1/Datastreams(${value[0]['@iot.id']})/Observations`, { body: { phenomenonTime: at(1), result: 421 } }) // prettier-ignore
  assert.equal(posted.status, 201, posted.text)
  const [first] = await endpoint.wait(1, '/sta')
  assert.equal(first?.body.subscriptionId, path.split('/').at(-1))
  assert.deepEqual([first?.body.type, first?.body.data[0].level.value, first?.body.data[0].level.observedAt], ['Notification', 421, at(1)])
  assert.match(String(first?.headers['link']), /rel="http:\/\/www\.w3\.org\/ns\/json-ld#context"/)
})

test('5.8.6 every value is told, in its order, with what the receiver asked for', async () => {
  await ask('POST /entities', { id: 'urn:x:order', type: 'Order', level: { value: 0, observedAt: at(0) } })
  await subscribe('/order', of('Order'), { format: 'keyValues', attributes: ['level'] }, { accept: 'application/ld+json', receiverInfo: [{ key: 'Authorization', value: 'Bearer x' }] }) // prettier-ignore
  for (let minute = 1; minute <= 20; minute++)
    assert.equal((await ask('PATCH /entities/urn:x:order/attrs', { level: { value: minute, observedAt: at(minute) } })).status, 204)
  const taken = await endpoint.wait(20, '/order')
  assert.deepEqual(taken.map(({ body }) => body.data[0].level), Array.from({ length: 20 }, (_, i) => i + 1)) // prettier-ignore
  assert.deepEqual([taken[0]?.headers['authorization'], taken[0]?.headers['content-type']], ['Bearer x', 'application/ld+json'])
  assert.ok(taken[0]?.body['@context'])
})

test('5.2.12 only what is watched is told, an unchanged value is no change, deletions only when asked for', async () => {
  await ask('POST /entities', { id: 'urn:x:watched', type: 'Watched', colour: 'red', size: 1 })
  await subscribe('/watched', { ...of('Watched'), watchedAttributes: ['colour'] })
  await subscribe('/gone', { ...of('Watched'), notificationTrigger: ['attributeDeleted'] })
  await ask('PATCH /entities/urn:x:watched/attrs', { size: 2 })
  await ask('PATCH /entities/urn:x:watched/attrs', { colour: 'red' })
  await ask('PATCH /entities/urn:x:watched/attrs', { colour: 'blue' })
  const [first] = await endpoint.wait(1, '/watched')
  assert.equal(first?.body.data[0].colour.value, 'blue')
  await ask('DELETE /entities/urn:x:watched/attrs/colour')
  const [gone] = await endpoint.wait(1, '/gone')
  assert.equal(gone?.body.data[0].colour, 'urn:ngsi-ld:null')
  assert.equal((await endpoint.wait(1, '/watched')).length, 1)
})

test('5.8.6 q is asked of each value as it was, and an id by its pattern', async () => {
  await ask('POST /entities', { id: 'urn:x:asked:1', type: 'Asked', level: { value: 0, observedAt: at(0) } })
  await subscribe('/asked', { entities: [{ type: 'Asked', idPattern: '^urn:x:asked:' }], q: 'level>2' })
  for (const [i, value] of [1, 5, 2, 7].entries())
    await ask('PATCH /entities/urn:x:asked:1/attrs', { level: { value, observedAt: at(i + 1) } })
  const taken = await endpoint.wait(2, '/asked')
  assert.deepEqual(taken.map(({ body }) => body.data[0].level.value), [5, 7]) // prettier-ignore
})

test('5.2.12 a new entity is told once', async () => {
  await subscribe('/made', { ...of('Made'), notificationTrigger: ['entityCreated'] }, {}, { accept: 'application/geo+json' })
  await ask('POST /entities', { id: 'urn:x:made', type: 'Made', location: { type: 'Point', coordinates: [8, 49] }, level: { value: 1, observedAt: at(0) } }) // prettier-ignore
  const [first] = await endpoint.wait(1, '/made')
  assert.deepEqual([first?.body.data.type, first?.body.data.features[0].geometry.coordinates], ['FeatureCollection', [8, 49]])
})

test('5.8.6 timeInterval tells all that match again and again', async () => {
  await ask('POST /entities', { id: 'urn:x:beat', type: 'Beat', level: 1 })
  const path = await subscribe('/beat', { ...of('Beat'), timeInterval: 1 })
  const taken = await endpoint.wait(2, '/beat')
  assert.ok(taken.every(({ body }) => body.data[0].id === 'urn:x:beat'))
  await ask(`DELETE ${path}`)
})

test('5.8.6 an endpoint that fails is tried again, one that is silent delays nobody, and both are counted', async () => {
  await ask('POST /entities', { id: 'urn:x:again', type: 'Again', level: 0 })
  const silent = await subscribe('/silent', of('Again'), {}, { timeout: 300, cooldown: 60_000 })
  const path = await subscribe('/again', of('Again'), {}, { cooldown: 100 })
  endpoint.answer(503)
  await ask('PATCH /entities/urn:x:again/attrs', { level: 1 })
  await counted(path, ({ status, timesFailed }) => status === 'failed' && timesFailed > 0)
  endpoint.answer(200)
  const [first] = await endpoint.wait(1, '/again')
  assert.equal(first?.body.data[0].level.value, 1)
  await counted(path, ({ status, lastSuccess }) => status === 'ok' && lastSuccess !== undefined)
  await counted(silent, ({ status, timesSent }) => status === 'failed' && timesSent === 1)
})

test('5.8.1 what cannot be meant is refused with its place', async () => {
  const notification = { endpoint: { uri: `${endpoint.url}/x` } }
  const wrong: readonly (readonly [number, string, object])[] = [
    [400, '/type', { notification, ...of('X') }],
    [400, '/entities', { type: 'Subscription', notification }],
    [400, '/entities', { type: 'Subscription', notification, entities: [] }],
    [400, '/notification', { type: 'Subscription', ...of('X') }],
    [400, '/notification/endpoint/uri', { type: 'Subscription', ...of('X'), notification: { endpoint: { uri: 'file:///etc/passwd' } } }],
    [400, '/notification/endpoint/receiverInfo/0', { type: 'Subscription', ...of('X'), notification: { endpoint: { uri: endpoint.url, receiverInfo: [{ key: 'Host', value: 'x' }] } } }], // prettier-ignore
    [400, '/expiresAt', { type: 'Subscription', ...of('X'), notification, expiresAt: '2001-01-01T00:00:00Z' }],
    [400, '/throttling', { type: 'Subscription', ...of('X'), notification, timeInterval: 5, throttling: 5 }],
    [400, '/watchedAttributes', { type: 'Subscription', notification, watchedAttributes: [] }],
    [400, '/notificationTrigger', { type: 'Subscription', ...of('X'), notification, notificationTrigger: ['whenever'] }],
    [501, '/notificationTrigger', { type: 'Subscription', ...of('X'), notification, notificationTrigger: ['entityDeleted'] }],
    [501, '/csf', { type: 'Subscription', ...of('X'), notification, csf: 'a==1' }],
    [501, '/notification/showChanges', { type: 'Subscription', ...of('X'), notification: { ...notification, showChanges: true } }],
  ]
  for (const [status, pointer, body] of wrong) {
    const answer = await ask('POST /subscriptions', body)
    assert.deepEqual([answer.status, answer.json.at?.pointer], [status, pointer], answer.text)
  }
})

/** client-ids: ids that clients give what they make: passed over as the standard says, or kept where the town lets them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { celsius, idIn, OM, place, point, property, sensor, startSensorThings, thing, type SensorThings } from './service.ts'

let sta: SensorThings
const english = { 'accept-language': 'en' }
const status = async (path: string, body: unknown) => (await sta.ask(`POST ${path}`, body, english)).status
before(async () => {
  sta = await startSensorThings()
})
after(() => sta.end())

test('without the setting an id in a new entity is passed over', async () => {
  assert.notEqual(await sta.post('/Things', thing('a', { '@iot.id': 123_456 })), 123_456)
  assert.equal((await sta.ask('GET /Things(123456)')).status, 404)
})

test('with the setting numbers are kept, at any depth, and are taken once', async () => {
  await sta.platform.ask('PATCH /api/v1/settings', { body: { clientIds: true } })
  const Datastreams = [{ '@iot.id': 5000, name: 'd', description: '', unitOfMeasurement: celsius, observationType: `${OM}OM_Measurement`, Sensor: { '@iot.id': 5002, ...sensor('s') }, ObservedProperty: { '@iot.id': '5003', ...property('p') }, Observations: [{ '@iot.id': 7, result: 1 }] }] // prettier-ignore
  assert.equal(await sta.post('/Things', thing('b', { '@iot.id': 5001, Locations: [{ '@iot.id': 5004, ...place('l', point(1, 2)) }], Datastreams })), 5001) // prettier-ignore
  for (const path of ['Things(5001)/Datastreams(5000)', 'Sensors(5002)', 'ObservedProperties(5003)', 'Locations(5004)/Things(5001)'])
    await sta.get(`/${path}`)
  assert.equal(await status('/Things', thing('c', { '@iot.id': 5001 })), 409)
  assert.equal(await status('/Sensors', { '@iot.id': 5001, ...sensor('x') }), 409)
  assert.equal((await sta.get('/Things(5001)')).name, 'b')
  const others = []
  for (let i = 0; i < 3; i++) others.push(await sta.post('/Things', thing('d')))
  assert.ok(
    others.every((id) => id > 2 ** 40),
    'what is made here lies beyond',
  )
})

test('a text is the IRI, or becomes one, and names the entity from then on', async () => {
  const answer = await sta.ask('POST /Things', thing('Baum', { '@iot.id': 'baum 7/ä' }))
  const id = idIn(answer.headers['location'])
  assert.equal((await sta.get("/Things('baum 7%2Fä')"))['@iot.id'], id)
  await sta.post('/Sensors', { ...sensor('u'), '@iot.id': 'urn:x:1' })
  assert.equal((await sta.get("/Sensors('urn:x:1')")).name, 'u')
  assert.equal(await status('/Things', thing('Baum', { '@iot.id': 'baum 7/ä' })), 409)
  const stream = { name: 'd', description: '', unitOfMeasurement: celsius, observationType: 'x', Sensor: { '@iot.id': 'urn:x:1' }, ObservedProperty: property('q') } // prettier-ignore
  const d = await sta.post('/Datastreams', { ...stream, Thing: { '@iot.id': 'baum 7/ä' } })
  assert.equal((await sta.get(`/Datastreams(${d})/Thing`))['@iot.id'], id)
  assert.equal(await status('/Datastreams', { ...stream, '@iot.id': 'text', Thing: { '@iot.id': id } }), 400)
})

test('what is no id is refused with its place, and nothing is kept', async () => {
  for (const given of [-1, 1.5, 2 ** 40, true, null, {}, [], '']) {
    const answer = await sta.ask('POST /Things', thing('falsch', { '@iot.id': given }), english)
    assert.equal(answer.status, 400, JSON.stringify(given))
    assert.deepEqual(answer.json.at, { pointer: '/@iot.id' })
  }
  assert.equal((await sta.get("/Things?$filter=name eq 'falsch'&$count=true"))['@iot.count'], 0)
})

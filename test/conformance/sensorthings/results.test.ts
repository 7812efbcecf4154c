/** results: what is written is of the observation type of its Datastream, unless the town leaves that open. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { OM, place, point, startSensorThings, stream, thing, type SensorThings } from './service.ts'

const TYPES = ['OM_Measurement', 'OM_CountObservation', 'OM_TruthObservation', 'OM_CategoryObservation', 'OM_Observation'] as const
type Type = (typeof TYPES)[number]

let sta: SensorThings
const ids = {} as Record<Type, number>
const setting = (checkResults: boolean) => sta.platform.ask('PATCH /api/v1/settings', { body: { checkResults } })
const english = { 'accept-language': 'en' }

before(async () => {
  sta = await startSensorThings()
  const Datastreams = TYPES.map((type) => stream(type, { observationType: `${OM}${type}` }))
  const t = await sta.post('/Things', thing('T', { Locations: [place('L', point(7, 51))], Datastreams }))
  for (const one of (await sta.get(`/Things(${t})/Datastreams`)).value) ids[one.name as Type] = one['@iot.id']
})
after(() => sta.end())

for (const [type, good, bad, said] of [
  ['OM_Measurement', [1, -2.5, null], ['1', true, [1], {}], 'a number'],
  ['OM_CountObservation', [1, 0, null], [1.5, '1'], 'a whole number'],
  ['OM_TruthObservation', [true, false, null], [1, 'true'], 'true or false'],
  ['OM_CategoryObservation', ['rot', 'http://x/rot', null], [1, false], 'a text'],
  ['OM_Observation', [1, 'x', true, null, [1], { a: 1 }], [], ''],
] as const)
  test(`${type}: what fits is kept, what does not is refused with its place`, async () => {
    for (const result of good) await sta.post(`/Datastreams(${ids[type]})/Observations`, { result })
    for (const result of bad) {
      const answer = await sta.ask(`POST /Datastreams(${ids[type]})/Observations`, { result }, english)
      assert.equal(answer.status, 400, answer.text)
      assert.deepEqual(answer.json.at, { pointer: '/result' })
      assert.ok(answer.json.message.includes(`${type} is ${said}, not ${JSON.stringify(result)}`), answer.json.message)
    }
    const { value } = await sta.get(`/Datastreams(${ids[type]})/Observations?$orderby=id`)
    assert.deepEqual(value.map(({ result }: { result: unknown }) => result), good) // prettier-ignore
  })

test('by rows each says why; deep inserts and changes are kept whole or not at all', async () => {
  const id = ids.OM_Measurement
  const rows = await sta.ask('POST /CreateObservations', [{ Datastream: { '@iot.id': id }, components: ['result'], dataArray: [[5], ['6']] }], english) // prettier-ignore
  assert.match(rows.json[0], /Observations/)
  assert.match(rows.json[1], /^error: A result of OM_Measurement is a number, not "6"/)
  const Datastreams = [stream('neu', { observationType: `${OM}OM_Measurement`, Observations: [{ result: 'x' }] })]
  assert.equal((await sta.ask('POST /Things', thing('Neu', { Datastreams }))).status, 400)
  assert.equal((await sta.get("/Things?$filter=name eq 'Neu'&$count=true"))['@iot.count'], 0)
  const [one] = (await sta.get(`/Datastreams(${id})/Observations?$top=1`)).value
  assert.equal((await sta.ask(`PATCH /Observations(${one['@iot.id']})`, { result: 'x' })).status, 400)
  assert.equal((await sta.ask(`PATCH /Observations(${one['@iot.id']})`, { result: 7 })).status, 200)
  const text = await sta.post(`/Datastreams(${ids.OM_Observation})/Observations`, { result: 'x' })
  assert.equal((await sta.ask(`PATCH /Observations(${text})`, { Datastream: { '@iot.id': id } })).status, 400)
})

test('a town may leave it open; what was written then stays readable, and other properties of it may change', async () => {
  const into = `/Datastreams(${ids.OM_Measurement})/Observations`
  assert.deepEqual((await setting(false)).json, { checkResults: false, clientIds: false })
  const id = await sta.post(into, { result: 'kaputt' })
  await setting(true)
  assert.equal((await sta.ask(`POST ${into}`, { result: 'kaputt' })).status, 400)
  assert.equal((await sta.get(`/Observations(${id})`)).result, 'kaputt')
  assert.equal((await sta.get(`${into}?$filter=result eq 'kaputt'&$count=true`))['@iot.count'], 1)
  assert.equal((await sta.ask(`PATCH /Observations(${id})`, { parameters: { why: 'Sturm' } })).status, 200)
  assert.equal((await sta.ask(`PATCH /Observations(${id})`, { result: 'anders' })).status, 400)
})

test('in NGSI-LD a value may change its type', async () => {
  const entity = { id: 'urn:ngsi-ld:Lamp:1', type: 'Lamp', level: { type: 'Property', value: 5, observedAt: '2026-01-01T00:00:00Z' } }
  assert.equal((await sta.platform.ask('POST /ngsi-ld/v1/entities', { body: entity })).status, 201)
  const body = { level: { type: 'Property', value: 'hell', observedAt: '2026-01-02T00:00:00Z' } }
  assert.equal((await sta.platform.ask('PATCH /ngsi-ld/v1/entities/urn:ngsi-ld:Lamp:1/attrs', { body })).status, 204)
  const [one] = (await sta.get("/Observations?$filter=result eq 'hell'&$expand=Datastream")).value
  assert.equal(one.Datastream.observationType, `${OM}OM_Measurement`)
})

test('settings are true or false, and known', async () => {
  for (const body of [{ checkResults: 'yes' }, { colour: true }, [], { clientIds: 1 }])
    assert.equal((await sta.platform.ask('PATCH /api/v1/settings', { body })).status, 400)
  assert.deepEqual((await sta.platform.ask('GET /api/v1/settings')).json, { checkResults: true, clientIds: false })
})

/** create-update-delete: SensorThings 1.1 (18-088): making, changing and deleting entities, and what follows of itself. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { HOST, idIn, OM, place, point, property, ROOT, sensor, startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
before(async () => (sta = await startSensorThings()))
after(() => sta.end())

const one = async (path: string) => (await sta.get(path)).value[0]

test('req/create-update-delete/create-entity, req/create-update-delete/link-to-existing-entities: each kind on its own', async () => {
  const t = await sta.post('/Things', thing('A'))
  const s = await sta.post('/Sensors', sensor('S'))
  const p = await sta.post('/ObservedProperties', property('P'))
  const l = await sta.post(`/Things(${t})/Locations`, place('L', point(1, 2)))
  const link = (id: number) => ({ '@iot.id': id })
  const { ObservedProperty: _, Sensor: __, ...bare } = stream('D', { Thing: link(t), Sensor: link(s), ObservedProperty: link(p) })
  const d = await sta.post('/Datastreams', { ...bare, Sensor: link(s), ObservedProperty: link(p) })
  const f = await sta.post('/FeaturesOfInterest', {
    name: 'F',
    description: '',
    encodingType: 'application/geo+json',
    feature: point(3, 4),
  })
  const o = await sta.post('/Observations', { result: 1, Datastream: link(d), FeatureOfInterest: link(f), parameters: { a: 1 }, resultQuality: ['x'], validTime: '2026-01-01T00:00:00Z/2026-01-02T00:00:00Z' }) // prettier-ignore
  const read = await sta.get(
    `/Observations(${o})?$expand=Datastream($expand=Thing($expand=Locations),Sensor,ObservedProperty),FeatureOfInterest`,
  )
  assert.deepEqual([read.Datastream.Thing['@iot.id'], read.Datastream.Sensor['@iot.id'], read.Datastream.ObservedProperty['@iot.id'], read.FeatureOfInterest['@iot.id'], read.Datastream.Thing.Locations[0]['@iot.id']], [t, s, p, f, l]) // prettier-ignore
  assert.deepEqual([read.parameters, read.resultQuality, read.validTime, read.resultTime], [{ a: 1 }, ['x'], '2026-01-01T00:00:00Z/2026-01-02T00:00:00Z', null]) // prettier-ignore
  assert.ok(Math.abs(Date.parse(read.phenomenonTime) - Date.now()) < 60_000, 'the phenomenon time is now')
  assert.deepEqual((await sta.get(`/Datastreams(${d})`)).observedArea.coordinates[0][0], [3, 4])
})

test('req/create-update-delete/create-entity: 201, the address, and the entity where it is preferred', async () => {
  const plain = await sta.ask('POST /Things', thing('B'))
  assert.deepEqual(
    [plain.status, plain.text, plain.headers['location']],
    [201, '', `${HOST}${ROOT}/Things(${idIn(plain.headers['location'])})`],
  )
  const full = await sta.ask('POST /Things', thing('B', { '@iot.id': 99999, properties: { a: 1 } }), { prefer: 'return=representation' })
  assert.deepEqual([full.json.name, full.json.properties, full.json['@iot.id'] === 99999], ['B', { a: 1 }, false])
})

test('req/create-update-delete/deep-insert: all or nothing', async () => {
  const count = async () => Promise.all(['Things', 'Locations', 'Datastreams', 'Sensors', 'ObservedProperties', 'Observations', 'FeaturesOfInterest'].map(async (set) => (await sta.get(`/${set}?$count=true&$top=0`))['@iot.count'])) // prettier-ignore
  const before = await count()
  const bad = thing('C', { Locations: [place('L', point(1, 2))], Datastreams: [stream('D', { Observations: [{ result: 1 }, { phenomenonTime: 'gestern', result: 1 }] })] }) // prettier-ignore
  const answer = await sta.ask('POST /Things', bad)
  assert.deepEqual([answer.status, answer.json.at.pointer], [400, '/Datastreams/0/Observations/1/phenomenonTime'])
  const dangling = await sta.ask('POST /Things', thing('C', { Datastreams: [stream('D', { Sensor: { '@iot.id': 123456 } })] }))
  assert.deepEqual([dangling.status, dangling.json.at.pointer], [400, '/Datastreams/0/Sensor'])
  assert.deepEqual(await count(), before)
})

test('req/create-update-delete/deep-insert, req/create-update-delete/deep-insert-status-code: from the leaf up', async () => {
  const o = await sta.post('/Observations', { result: 4, FeatureOfInterest: { name: 'F', description: '', encodingType: 'application/vnd.geo+json', feature: point(5, 6) }, Datastream: stream('Tief', { Thing: thing('Tief', { Locations: [place('T', point(7, 8))] }) }) }) // prettier-ignore
  const read = await sta.get(
    `/Observations(${o})?$expand=FeatureOfInterest,Datastream($expand=Thing($expand=Locations,HistoricalLocations))`,
  )
  assert.deepEqual([read.FeatureOfInterest.name, read.Datastream.Thing.name, read.Datastream.Thing.Locations[0].name, read.Datastream.Thing.HistoricalLocations.length], ['F', 'Tief', 'T', 1]) // prettier-ignore
})

const INVALID: readonly (readonly [string, unknown, string])[] = [
  ['/Things', {}, ''],
  ['/Things', { name: 'x' }, ''],
  ['/Things', { name: 5, description: '' }, '/name'],
  ['/Things', { name: 'x', description: '', colour: 1 }, '/colour'],
  ['/Things', { name: 'x', description: '', properties: [] }, '/properties'],
  ['/Things', [], ''],
  ['/Things', 'null', ''],
  ['/Things', { name: 'x', description: '', Locations: {} }, '/Locations'],
  ['/Things', { name: 'x', description: '', Locations: [{ '@iot.id': {} }] }, '/Locations/0'],
  ['/Locations', { ...place('x', point(1, 2)), location: { type: 'Point', coordinates: ['a', 1] } }, '/location'],
  ['/Locations', { ...place('x', point(1, 2)), location: 'POINT(1 2)' }, '/location'],
  ['/Datastreams', stream('x'), ''],
  ['/Datastreams', { ...stream('x'), unitOfMeasurement: 'C' }, '/unitOfMeasurement'],
  ['/Observations', { result: 1 }, ''],
  ['/Observations', { Datastream: { '@iot.id': 1 } }, ''],
  ['/Observations', { result: 1, Datastream: { '@iot.id': 'urn:x' } }, '/Datastream'],
  ['/HistoricalLocations', { time: '2026-01-01T00:00:00Z', Thing: { '@iot.id': 999999 } }, '/Thing'],
] // prettier-ignore

for (const [set, body, pointer] of INVALID)
  test(`req/create-update-delete/create-entity: POST ${set} ${JSON.stringify(body).slice(0, 70)} is refused with its place`, async () => {
    const answer = await sta.ask(`POST ${set}`, body)
    assert.equal(answer.status, 400, answer.text)
    assert.equal(answer.json.at?.pointer ?? '', pointer, answer.text)
  })

test('req/create-update-delete: bodies that are no JSON, too deep, or null bytes are refused', async () => {
  assert.equal((await sta.ask('POST /Things', '{"name":')).status, 400)
  assert.equal((await sta.ask('POST /Things', `{"name":${'['.repeat(100_000)}`)).status, 400)
  assert.equal((await sta.ask('POST /Things', thing('\u0000'))).status, 400)
  assert.equal((await sta.ask('POST /Things', '<thing/>', { 'content-type': 'application/xml' })).status, 415)
  assert.equal((await sta.ask('POST /Datastreams(999999)/Observations', { result: 1 })).status, 404)
  assert.equal((await sta.ask('POST /Things(999999)/Datastreams', stream('x'))).status, 400)
  for (const call of ['POST /Things(1)', 'POST /Things(1)/name', 'PATCH /Things', 'DELETE /Things', 'PUT /Things'])
    assert.ok([400, 404].includes((await sta.ask(call, {})).status), call)
})

test('req/create-update-delete/create-entity: below a parent, which the body may repeat but not contradict', async () => {
  const [a, b] = [await sta.post('/Things', thing('a')), await sta.post('/Things', thing('b'))]
  await sta.post(`/Things(${a})/Datastreams`, stream('x', { Thing: { '@iot.id': a } }))
  assert.equal((await sta.ask(`POST /Things(${a})/Datastreams`, stream('x', { Thing: { '@iot.id': b } }))).status, 400)
  const d = await sta.post(`/Things(${a})/Datastreams`, stream('x'))
  const o = await sta.post(`/Things(${a})/Datastreams(${d})/Observations`, { result: 1 })
  assert.equal((await sta.get(`/Observations(${o})/Datastream`))['@iot.id'], d)
  assert.equal((await sta.ask(`POST /Things(${b})/Datastreams(${d})/Observations`, { result: 1 })).status, 404)
})

test('Observations of every type come back as they were sent', async () => {
  const t = await sta.post('/Things', thing('r', { Locations: [place('L', point(1, 2))] }))
  const d = await sta.post(`/Things(${t})/Datastreams`, stream('r', { observationType: `${OM}OM_Observation` }))
  for (const result of [1, -2.5e-7, 0, 'Text', '', true, false, null, { a: [1, { b: null }] }, [1, 2, 3], []]) {
    const o = await sta.post(`/Datastreams(${d})/Observations`, { result, resultTime: '2026-01-01T00:00:00+01:00' })
    const read = await sta.get(`/Observations(${o})`)
    assert.deepEqual([read.result, read.resultTime], [result, '2025-12-31T23:00:00Z'])
  }
})

test('req/create-update-delete: an Observation without a feature gets the place of its Thing, once', async () => {
  const t = await sta.post('/Things', thing('f', { Locations: [place('Hier', point(9, 9))] }))
  const d = await sta.post(`/Things(${t})/Datastreams`, stream('f'))
  const feature = async (o: number) => sta.get(`/Observations(${o})/FeatureOfInterest`)
  const [o1, o2] = [
    await sta.post(`/Datastreams(${d})/Observations`, { result: 1 }),
    await sta.post(`/Datastreams(${d})/Observations`, { result: 2 }),
  ]
  const first = await feature(o1)
  assert.deepEqual([first.name, first.feature], ['Hier', point(9, 9)])
  assert.equal((await feature(o2))['@iot.id'], first['@iot.id'])
  assert.equal((await sta.ask(`DELETE /FeaturesOfInterest(${first['@iot.id']})`)).status, 200)
  const again = await feature(await sta.post(`/Datastreams(${d})/Observations`, { result: 3 }))
  assert.deepEqual([again.name, again['@iot.id'] === first['@iot.id']], ['Hier', false])
  await sta.post(`/Things(${t})/Locations`, place('Dort', point(10, 10)))
  const moved = await sta.post(`/Datastreams(${d})/Observations`, { result: 4 })
  assert.equal((await feature(moved)).name, 'Dort')
})

test('req/create-update-delete/historical-location-auto-creation: every new place is history', async () => {
  const t = await sta.post('/Things', thing('h', { Locations: [place('eins', point(1, 1))] }))
  await sta.post(`/Things(${t})/Locations`, place('zwei', point(2, 2)))
  const three = await sta.post('/Locations', { ...place('drei', point(3, 3)), Things: [{ '@iot.id': t }] })
  const names = async () => (await sta.get(`/Things(${t})/HistoricalLocations?$orderby=time,id&$expand=Locations`)).value.map((each: { Locations: { name: string }[] }) => each.Locations[0]?.name) // prettier-ignore
  assert.deepEqual(await names(), ['eins', 'zwei', 'drei'])
  assert.deepEqual((await sta.get(`/Things(${t})/Locations`)).value.map((each: { name: string }) => each.name), ['drei']) // prettier-ignore
  const four = await sta.post('/Locations', place('vier', point(4, 4)))
  assert.equal((await sta.ask(`PATCH /Things(${t})`, { Locations: [{ '@iot.id': four }] })).status, 200)
  assert.deepEqual(await names(), ['eins', 'zwei', 'drei', 'vier'])
  assert.equal((await sta.ask(`PATCH /Locations(${three})`, { Things: [{ '@iot.id': t }] })).status, 200)
  assert.deepEqual((await names()).at(-1), 'drei')
  assert.equal((await sta.get(`/Locations(${three})/HistoricalLocations`)).value.length, 2)
})

test('req/create-update-delete/historical-location-manual-creation: the latest says where the Thing is', async () => {
  const t = await sta.post('/Things', thing('m', { Locations: [place('jetzt', point(1, 1))] }))
  const l = await sta.post('/Locations', place('andere', point(2, 2)))
  const at = (time: string) => ({ time, Thing: { '@iot.id': t }, Locations: [{ '@iot.id': l }] })
  const h = await sta.post('/HistoricalLocations', at('2001-01-01T00:00:00Z'))
  assert.equal((await one(`/Things(${t})/Locations`)).name, 'jetzt')
  assert.deepEqual([(await sta.get(`/HistoricalLocations(${h})/Thing`))['@iot.id'], (await one(`/HistoricalLocations(${h})/Locations`))['@iot.id']], [t, l]) // prettier-ignore
  await sta.post('/HistoricalLocations', at('2101-01-01T00:00:00Z'))
  assert.deepEqual((await sta.get(`/Things(${t})/Locations`)).value.map((each: { name: string }) => each.name), ['andere']) // prettier-ignore
  assert.equal((await sta.ask(`PATCH /HistoricalLocations(${h})`, { time: '2002-01-01T00:00:00Z' })).json.time, '2002-01-01T00:00:00Z')
})

test('req/create-update-delete/update-entity: what is said replaces, the rest stays', async () => {
  const t = await sta.post('/Things', thing('u', { properties: { a: 1, b: 2 } }))
  const { json } = await sta.ask(`PATCH /Things(${t})`, { description: 'neu', properties: { c: 3 } })
  assert.deepEqual([json.name, json.description, json.properties], ['u', 'neu', { c: 3 }])
  assert.equal((await sta.ask(`PATCH /Things(${t})`, { Locations: [place('x', point(1, 1))] })).status, 400)
  assert.equal((await sta.ask(`PATCH /Things(${t})`, { nothing: 1 })).status, 400)
  assert.equal((await sta.ask('PATCH /Things(999999)', { name: 'x' })).status, 404)
  const l = await sta.post(`/Things(${t})/Locations`, place('ort', point(1, 1)))
  assert.deepEqual((await sta.ask(`PATCH /Locations(${l})`, { location: point(2, 2) })).json.location, point(2, 2))
  assert.equal((await sta.ask(`PATCH /Locations(${l})`, { location: 'nirgends' })).status, 400)
  const text = { encodingType: 'text/plain', location: 'Hinterm Rathaus' }
  assert.deepEqual((await sta.ask(`PATCH /Locations(${l})`, text)).json.location, text.location)
})

test('req/create-update-delete/update-entity: an Observation and its Datastreams move together', async () => {
  const t = await sta.post('/Things', thing('v', { Locations: [place('x', point(1, 1))] }))
  const [a, b] = [await sta.post(`/Things(${t})/Datastreams`, stream('a')), await sta.post(`/Things(${t})/Datastreams`, stream('b'))]
  const o = await sta.post(`/Datastreams(${a})/Observations`, { result: 1, phenomenonTime: '2026-01-01T00:00:00Z' })
  await sta.post(`/Datastreams(${a})/Observations`, { result: 1, phenomenonTime: '2026-01-03T00:00:00Z' })
  const period = async (d: number) => (await sta.get(`/Datastreams(${d})`)).phenomenonTime
  assert.equal(await period(a), '2026-01-01T00:00:00Z/2026-01-03T00:00:00Z')
  assert.equal((await sta.ask(`PATCH /Observations(${o})`, { Datastream: { '@iot.id': b } })).status, 200)
  assert.deepEqual([await period(a), await period(b)], ['2026-01-03T00:00:00Z/2026-01-03T00:00:00Z', '2026-01-01T00:00:00Z/2026-01-01T00:00:00Z']) // prettier-ignore
  await sta.ask(`PATCH /Observations(${o})`, { phenomenonTime: '2026-02-01T00:00:00Z/2026-02-02T00:00:00Z', result: 'zwei' })
  assert.equal(await period(b), '2026-02-01T00:00:00Z/2026-02-02T00:00:00Z')
  assert.equal((await sta.get(`/Observations(${o})`)).result, 'zwei')
  assert.equal((await sta.ask(`DELETE /Observations(${o})`)).status, 200)
  assert.equal(await period(b), undefined)
  const other = await sta.post('/Things', thing('w'))
  assert.equal((await sta.ask(`PATCH /Datastreams(${b})`, { Thing: { '@iot.id': other }, unitOfMeasurement: { name: 'x', symbol: null } })).status, 200) // prettier-ignore
  assert.equal((await sta.get(`/Datastreams(${b})/Thing`))['@iot.id'], other)
  assert.equal((await sta.ask(`PATCH /Things(${t})`, { Datastreams: [{ '@iot.id': b }] })).status, 200)
  assert.equal((await sta.get(`/Datastreams(${b})/Thing`))['@iot.id'], t)
})

test('req/create-update-delete/update-entity-put: what is left out goes', async () => {
  const t = await sta.post('/Things', thing('p', { properties: { a: 1 } }))
  const { json } = await sta.ask(`PUT /Things(${t})`, { name: 'q', description: 'r' })
  assert.deepEqual([json.name, json.description, json.properties], ['q', 'r', {}])
  assert.equal((await sta.ask(`PUT /Things(${t})`, { name: 'q' })).status, 400)
})

test('req/create-update-delete/update-entity-jsonpatch: operations on what a client sees', async () => {
  const t = await sta.post('/Things', thing('j', { properties: { a: 1, list: [1, 3] } }))
  const headers = { 'content-type': 'application/json-patch+json' }
  const change = (operations: unknown) => sta.ask(`PATCH /Things(${t})`, operations, headers)
  const done = await change([
    { op: 'test', path: '/properties/a', value: 1 },
    { op: 'add', path: '/properties/list/1', value: 2 },
    { op: 'move', from: '/properties/a', path: '/properties/b' },
    { op: 'copy', from: '/name', path: '/properties/c' },
    { op: 'replace', path: '/description', value: 'neu' },
  ])
  assert.deepEqual([done.json.properties, done.json.description], [{ b: 1, list: [1, 2, 3], c: 'j' }, 'neu'])
  assert.equal((await change([])).status, 200)
  assert.equal((await change([{ op: 'test', path: '/name', value: 'k' }])).status, 409)
  assert.equal((await change([{ op: 'remove', path: '/name' }])).status, 400)
  assert.equal((await change([{ op: 'remove', path: '/nothing' }])).status, 400)
  assert.equal((await change({})).status, 400)
})

test('req/create-update-delete/delete-entity: with what the standard says goes along', async () => {
  const make = async () => {
    const t = await sta.post(
      '/Things',
      thing('x', { Locations: [place('L', point(1, 1))], Datastreams: [stream('D', { Observations: [{ result: 1 }] })] }),
    )
    const { Datastreams: [d], Locations: [l], HistoricalLocations: [h] } = await sta.get(`/Things(${t})?$expand=Datastreams($expand=Sensor,ObservedProperty,Observations($expand=FeatureOfInterest)),Locations,HistoricalLocations`) // prettier-ignore
    return { Things: t, Locations: l['@iot.id'], HistoricalLocations: h['@iot.id'], Datastreams: d['@iot.id'], Sensors: d.Sensor['@iot.id'], ObservedProperties: d.ObservedProperty['@iot.id'], Observations: d.Observations[0]['@iot.id'], FeaturesOfInterest: d.Observations[0].FeatureOfInterest['@iot.id'] } // prettier-ignore
  }
  const along: Readonly<Record<string, readonly string[]>> = {
    Things: ['Datastreams', 'Observations', 'HistoricalLocations'],
    Locations: ['HistoricalLocations'],
    HistoricalLocations: [],
    Datastreams: ['Observations'],
    Sensors: ['Datastreams', 'Observations'],
    ObservedProperties: ['Datastreams', 'Observations'],
    Observations: [],
    FeaturesOfInterest: ['Observations'],
  }
  for (const [set, others] of Object.entries(along)) {
    const ids: Readonly<Record<string, number>> = await make()
    assert.equal((await sta.ask(`DELETE /${set}(${ids[set]})`)).status, 200, set)
    for (const [name, id] of Object.entries(ids))
      assert.equal((await sta.ask(`GET /${name}(${id})`)).status, name === set || others.includes(name) ? 404 : 200, `${set} → ${name}`)
    assert.equal((await sta.ask(`DELETE /${set}(${ids[set]})`)).status, 404)
  }
})

test('a set is deleted from by a filter, and only by one', async () => {
  const t = await sta.post('/Things', thing('weg', { Datastreams: [stream('w', { Observations: [1, 2, 3].map((result) => ({ result, phenomenonTime: `2026-01-0${result}T00:00:00Z` })) })] })) // prettier-ignore
  const { '@iot.id': d } = await one(`/Things(${t})/Datastreams`)
  assert.equal((await sta.ask(`DELETE /Datastreams(${d})/Observations`)).status, 400)
  assert.equal((await sta.ask(`DELETE /Datastreams(${d})/Observations?$filter=result lt 3&$top=1`)).status, 501)
  assert.equal((await sta.ask(`DELETE /Datastreams(${d})/Observations?$filter=phenomenonTime lt 2026-01-03T00:00:00Z`)).status, 200)
  assert.deepEqual((await sta.get(`/Datastreams(${d})/Observations`)).value.map((each: { result: number }) => each.result), [3]) // prettier-ignore
  assert.equal((await sta.get(`/Datastreams(${d})`)).phenomenonTime, '2026-01-03T00:00:00Z/2026-01-03T00:00:00Z')
})

test('a Thing and a Location are taken apart by $ref, from either side', async () => {
  const places = [
    place('a', point(1, 1)),
    { ...place('b', point(2, 2)), encodingType: 'text/plain', location: 'Dort' },
    place('c', point(3, 3)),
  ]
  const t = await sta.post('/Things', thing('los', { Locations: places }))
  const ids: number[] = (await sta.get(`/Things(${t})/Locations?$orderby=name`)).value.map((each: { '@iot.id': number }) => each['@iot.id'])
  const names = async () => (await sta.get(`/Things(${t})/Locations?$orderby=name`)).value.map((each: { name: string }) => each.name)
  assert.equal((await sta.ask(`DELETE /Things(${t})/Locations(${ids[0]})/$ref`)).status, 200)
  assert.deepEqual(await names(), ['b', 'c'])
  assert.equal((await sta.ask(`DELETE /Things(${t})/Locations/$ref?$id=${HOST}${ROOT}/Locations(${ids[1]})`)).status, 200)
  assert.deepEqual(await names(), ['c'])
  assert.equal((await sta.ask(`DELETE /Locations(${ids[2]})/Things(${t})/$ref`)).status, 200)
  assert.deepEqual(await names(), [])
  assert.equal((await sta.ask(`DELETE /Things(${t})/Locations(${ids[0]})/$ref`)).status, 404)
  assert.equal((await sta.ask(`DELETE /Things(${t})/Locations/$ref`)).status, 400)
})

/** multi-datastream: SensorThings 1.1 (18-088, req/multi-datastream): what one sensor tells at one moment, together. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { celsius, HOST, OM, place, point, property, ROOT, sensor, startSensorThings, stream, thing, type SensorThings } from './service.ts'

const percent = { name: 'Prozent', symbol: '%', definition: 'http://unitsofmeasure.org/ucum.html#para-29' }
const none = { name: null, symbol: null, definition: null }
const TYPES = [`${OM}OM_Measurement`, `${OM}OM_Measurement`, `${OM}OM_CategoryObservation`]
const COMPLEX = `${OM}OM_ComplexObservation`
const multi = (name: string, more: object = {}) => ({
  name,
  description: 'Wetter',
  observationType: COMPLEX,
  multiObservationDataTypes: TYPES,
  unitOfMeasurements: [celsius, percent, none],
  Sensor: sensor(`Station ${name}`),
  ObservedProperties: [property('Sicht'), property('Feuchte'), property('Temperatur')],
  ...more,
})

let sta: SensorThings
let [id, thingId, sensorId, plain] = [0, 0, 0, 0]
let properties: number[] = []
const idsIn = (page: { readonly value: readonly { readonly '@iot.id': number }[] }) => page.value.map((one) => one['@iot.id'])
const namesIn = (page: { readonly value: readonly { readonly name: string }[] }) => page.value.map(({ name }) => name)
const refused = async (call: string, body: unknown, status: number, said: RegExp) => {
  const answer = await sta.ask(call, body, { 'accept-language': 'en' })
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.text, said)
  return answer.json.at
}

before(async () => {
  sta = await startSensorThings()
  // made in another order than they are linked in, so that an order by id would show
  const p = []
  for (const name of ['Temperatur', 'Feuchte', 'Sicht']) p.push(await sta.post('/ObservedProperties', property(name)))
  properties = [p[2] ?? 0, p[0] ?? 0, p[1] ?? 0]
  sensorId = await sta.post('/Sensors', sensor('Station'))
  thingId = await sta.post('/Things', thing('Turm', { Locations: [place('Dach', point(7, 51))], Datastreams: [stream('Wind')] }))
  id = await sta.post(`/Things(${thingId})/MultiDatastreams`, {
    ...multi('Wetter'),
    Sensor: { '@iot.id': sensorId },
    ObservedProperties: properties.map((one) => ({ '@iot.id': one })),
  })
  plain = idsIn(await sta.get(`/Things(${thingId})/Datastreams`))[0] ?? 0
  for (const [hour, result] of [
    [1, [10, 80, 'klar']],
    [2, [12.5, 70, null]],
    [3, [8, 90, 'Nebel']],
  ] as const)
    // prettier-ignore
    await sta.post(`/MultiDatastreams(${id})/Observations`, { phenomenonTime: `2026-05-01T0${hour}:00:00Z`, result })
})
after(() => sta.end())

test('req/multi-datastream/properties: all of them are answered as they were given', async () => {
  const one = await sta.get(`/MultiDatastreams(${id})`)
  assert.deepEqual([one.name, one.observationType], ['Wetter', COMPLEX])
  assert.deepEqual(one.multiObservationDataTypes, TYPES)
  assert.deepEqual(one.unitOfMeasurements, [celsius, percent, none])
  assert.equal(one.phenomenonTime, '2026-05-01T01:00:00Z/2026-05-01T03:00:00Z')
  assert.equal(one.observedArea.type, 'Polygon')
  assert.equal(one.unitOfMeasurement, undefined)
  assert.deepEqual(await sta.get(`/MultiDatastreams(${id})/unitOfMeasurements/1/symbol`), { symbol: '%' })
})

test('req/multi-datastream/relations: observed properties stand in the order in which they were linked, everywhere', async () => {
  const wanted = ['Sicht', 'Temperatur', 'Feuchte']
  assert.deepEqual(namesIn(await sta.get(`/MultiDatastreams(${id})/ObservedProperties`)), wanted)
  const expanded = await sta.get(`/MultiDatastreams?$filter=id eq ${id}&$expand=ObservedProperties,Sensor,Thing,Observations`)
  assert.deepEqual(namesIn({ value: expanded.value[0].ObservedProperties }), wanted)
  assert.deepEqual([expanded.value[0].Sensor.name, expanded.value[0].Thing.name, expanded.value[0].Observations.length], ['Station', 'Turm', 3]) // prettier-ignore
  const first = await sta.get(`/MultiDatastreams(${id})/ObservedProperties?$top=2&$count=true`)
  assert.deepEqual([namesIn(first), first['@iot.count']], [wanted.slice(0, 2), 3])
  const next = await sta.get(first['@iot.nextLink'].slice(`${HOST}${ROOT}`.length))
  assert.deepEqual([namesIn(next), next['@iot.nextLink']], [wanted.slice(2), undefined])
  assert.deepEqual(namesIn(await sta.get(`/MultiDatastreams(${id})/ObservedProperties?$orderby=name`)), wanted.toSorted())
  assert.deepEqual(namesIn(await sta.get(`/MultiDatastreams(${id})/ObservedProperties?$filter=name ne 'Sicht'`)), wanted.slice(1))
})

test('req/multi-datastream/relations: Datastreams and MultiDatastreams are never taken for one another', async () => {
  assert.deepEqual(idsIn(await sta.get('/Datastreams')), [plain])
  assert.deepEqual(idsIn(await sta.get('/MultiDatastreams')), [id])
  const both = await sta.get(`/Things(${thingId})?$expand=Datastreams($select=id),MultiDatastreams($select=id)`)
  assert.deepEqual([both.Datastreams, both.MultiDatastreams], [[{ '@iot.id': plain }], [{ '@iot.id': id }]])
  for (const [path, wanted] of [
    [`/Things(${thingId})/MultiDatastreams`, [id]],
    [`/Things(${thingId})/Datastreams`, [plain]],
    [`/Sensors(${sensorId})/MultiDatastreams`, [id]],
    [`/Sensors(${sensorId})/Datastreams`, []],
    [`/ObservedProperties(${properties[2]})/MultiDatastreams`, [id]],
    [`/ObservedProperties(${properties[0]})/Datastreams`, []],
    [`/MultiDatastreams(${id})/Thing/Datastreams`, [plain]],
    ["/Things?$filter=Datastreams/name eq 'Wetter'", []],
    ["/Things?$filter=MultiDatastreams/name eq 'Wetter'", [thingId]],
    [`/ObservedProperties?$filter=MultiDatastreams/id eq ${id}&$orderby=id`, properties.toSorted((a, b) => a - b)],
    [`/MultiDatastreams?$filter=ObservedProperties/name eq 'Feuchte'`, [id]],
    [`/MultiDatastreams?$filter=unitOfMeasurements[1]/symbol eq '%25' and multiObservationDataTypes/2 eq '${TYPES[2]}'`, [id]],
  ] as const)
    // prettier-ignore
    assert.deepEqual(idsIn(await sta.get(path)), wanted, path)
  for (const path of [`/Datastreams(${id})`, `/MultiDatastreams(${plain})`, `/Datastreams(${id})/Observations`])
    assert.equal((await sta.ask(`GET ${path}`)).status, 404, path)
})

test('req/multi-datastream/relations: an Observation has a Datastream or a MultiDatastream', async () => {
  const [one] = (await sta.get(`/MultiDatastreams(${id})/Observations?$top=1`)).value
  assert.ok(one['MultiDatastream@iot.navigationLink'])
  assert.equal(one['Datastream@iot.navigationLink'], undefined)
  assert.equal((await sta.get(`/Observations(${one['@iot.id']})/MultiDatastream`)).name, 'Wetter')
  assert.equal((await sta.ask(`GET /Observations(${one['@iot.id']})/Datastream`)).status, 404)
  const other = await sta.post(`/Datastreams(${plain})/Observations`, { result: 3 })
  const all = (await sta.get('/Observations?$expand=Datastream($select=name),MultiDatastream($select=name)&$orderby=id')).value
  const shown = all.map((each: Record<string, { readonly name: string }>) => `${each['Datastream']?.name} ${each['MultiDatastream']?.name}`)
  assert.deepEqual(shown.toSorted(), ['Wind undefined', 'undefined Wetter', 'undefined Wetter', 'undefined Wetter'])
  for (const [filter, wanted] of [
    [`MultiDatastream/id eq ${id}`, 3],
    [`Datastream/id eq ${id}`, 0],
    [`Datastream/id eq ${plain}`, 1],
    [`Datastream/id ne ${plain}`, 0],
    ['Datastream/id eq null', 3],
    ['MultiDatastream/id ne null', 3],
    ["MultiDatastream/ObservedProperties/name eq 'Sicht'", 3],
    ['result[0] gt 9', 2],
    ["result[2] eq 'Nebel'", 1],
  ] as const)
    assert.equal((await sta.get(`/Observations?$filter=${filter}&$count=true&$top=0`))['@iot.count'], wanted, filter)
  await sta.ask(`DELETE /Observations(${other})`)
})

test('req/multi-datastream/constraints: one unit, type and observed property for every place', async () => {
  const whole = multi('Neu', { Thing: { '@iot.id': thingId } })
  await refused('POST /MultiDatastreams', { ...whole, unitOfMeasurements: [celsius, percent] }, 400, /3 ObservedProperties, 2 unitOf/)
  await refused('POST /MultiDatastreams', { ...whole, multiObservationDataTypes: TYPES.slice(1) }, 400, /2 multiObs/)
  await refused('POST /MultiDatastreams', { ...whole, ObservedProperties: [] }, 400, /has ObservedProperties/)
  await refused('POST /MultiDatastreams', { ...whole, observationType: `${OM}OM_Measurement` }, 400, /OM_ComplexObservation/)
  await refused('POST /MultiDatastreams', { ...whole, unitOfMeasurements: [celsius, percent, 'x'] }, 400, /unitOfMeasurements/)
  const twice = [0, 0, 1].map((i) => ({ '@iot.id': properties[i] }))
  assert.deepEqual(await refused('POST /MultiDatastreams', { ...whole, ObservedProperties: twice }, 400, /once/), { pointer: '/ObservedProperties' }) // prettier-ignore
  assert.deepEqual(idsIn(await sta.get('/MultiDatastreams')), [id])
})

test('req/multi-datastream/constraints: a result has a value for every place, of its type', async () => {
  const into = `POST /MultiDatastreams(${id})/Observations`
  for (const result of [[1, 2], [1, 2, 'x', 4], 5, null, { 0: 1, 1: 2, 2: 'x' }, 'abc'])
    await refused(into, { result }, 400, /list of 3 values/)
  assert.deepEqual(await refused(into, { result: [1, '2', 'x'] }, 400, /OM_Measurement/), { pointer: '/result/1' })
  await refused('POST /Observations', { result: [1, 2, 'x'], Datastream: { '@iot.id': plain }, MultiDatastream: { '@iot.id': id } }, 400, /not to both/) // prettier-ignore
  await refused(into, { result: [1, 2, 'x'], Datastream: { '@iot.id': plain } }, 400, /MultiDatastream/)
  await refused('POST /Observations', { result: [1, 2, 'x'], Datastream: { '@iot.id': id } }, 404, /no series/)
  await refused('POST /Observations', { result: 1, MultiDatastream: { '@iot.id': plain } }, 404, /no series/)
  const [one] = idsIn(await sta.get(`/MultiDatastreams(${id})/Observations?$top=1`))
  await refused(`PATCH /Observations(${one})`, { result: [1, 2] }, 400, /list of 3 values/)
  assert.equal((await sta.get(`/MultiDatastreams(${id})/Observations?$count=true&$top=0`))['@iot.count'], 3)
})

test('req/multi-datastream/constraints: an observed property is added with its unit and type, while there are no Observations', async () => {
  const more = await sta.post('/ObservedProperties', property('Druck'))
  const link = { ObservedProperties: [{ '@iot.id': more }] }
  await refused(`PATCH /MultiDatastreams(${id})`, link, 400, /4 ObservedProperties, 3 unitOf/)
  const longer = { ...link, unitOfMeasurements: [celsius, percent, none, percent], multiObservationDataTypes: [...TYPES, TYPES[0]] }
  await refused(`PATCH /MultiDatastreams(${id})`, longer, 409, /fewer places/)
  const empty = await sta.post(`/Things(${thingId})/MultiDatastreams`, multi('Leer'))
  assert.equal((await sta.ask(`PATCH /MultiDatastreams(${empty})`, longer)).status, 200)
  assert.deepEqual(namesIn(await sta.get(`/MultiDatastreams(${empty})/ObservedProperties`)), ['Sicht', 'Feuchte', 'Temperatur', 'Druck'])
  assert.equal((await sta.ask(`PATCH /MultiDatastreams(${empty})`, { unitOfMeasurements: [percent, percent, none, none] })).status, 200)
  assert.equal((await sta.get(`/MultiDatastreams(${empty})`)).unitOfMeasurements[0].symbol, '%')
  await sta.ask(`DELETE /ObservedProperties(${more})`)
  assert.equal((await sta.ask(`GET /MultiDatastreams(${empty})`)).status, 404, 'goes with its observed property')
})

test('req/multi-datastream/relations: made in one go with all around it, from either end', async () => {
  const Observations = [{ phenomenonTime: '2026-05-02T00:00:00Z', result: [1, 2, 'x'] }]
  const t = await sta.post('/Things', thing('Neu', { Locations: [place('Ort', point(8, 52))], MultiDatastreams: [multi('Tief', { Observations })] })) // prettier-ignore
  const [made] = (await sta.get(`/Things(${t})/MultiDatastreams?$expand=Observations($expand=FeatureOfInterest),ObservedProperties`)).value
  assert.deepEqual([made.Observations[0].result, made.Observations[0].FeatureOfInterest.name, made.ObservedProperties.length], [[1, 2, 'x'], 'Ort', 3]) // prettier-ignore
  const { ObservedProperties, ...below } = multi('Unten', { Thing: { '@iot.id': t } })
  const p = await sta.post('/ObservedProperties', { ...property('Oben'), MultiDatastreams: [{ ...below, ObservedProperties: ObservedProperties.slice(1) }] }) // prettier-ignore
  assert.deepEqual(namesIn(await sta.get(`/ObservedProperties(${p})/MultiDatastreams`)), ['Unten'])
  await refused('POST /Things', thing('Falsch', { MultiDatastreams: [multi('x', { Observations: [{ result: [1] }] })] }), 400, /list of 3/)
  assert.equal((await sta.get("/Things?$filter=name eq 'Falsch'")).value.length, 0)
  await sta.ask(`DELETE /Things(${t})`)
  assert.equal((await sta.get("/MultiDatastreams?$filter=name eq 'Tief'")).value.length, 0)
})

test('req/data-array/data-array: of MultiDatastreams, written and read; every failing row says why', async () => {
  const rows = [['2026-06-01T00:00:00Z', [1, 2, 'a']], ['2026-06-01T01:00:00Z', [1, 2]], ['2026-06-01T02:00:00Z', [1, 'x', 'a']]] // prettier-ignore
  const answer = await sta.ask(
    'POST /CreateObservations',
    [{ MultiDatastream: { '@iot.id': id }, components: ['phenomenonTime', 'result'], dataArray: rows }],
    { 'accept-language': 'en' },
  )
  assert.equal(answer.status, 201, answer.text)
  assert.match(answer.json[0], /\/Observations\(\d+\)$/)
  assert.match(answer.json[1], /^error: .*list of 3 values, not 2/)
  assert.match(answer.json[2], /^error: .*OM_Measurement is a number, not "x"/)
  const [group] = (await sta.get(`/MultiDatastreams(${id})/Observations?$resultFormat=dataArray&$filter=phenomenonTime ge 2026-06-01&$select=result`)).value // prettier-ignore
  assert.deepEqual([group['MultiDatastream@iot.navigationLink'], group.dataArray], [`${HOST}${ROOT}/MultiDatastreams(${id})`, [[[1, 2, 'a']]]]) // prettier-ignore
})

test('req/multi-datastream/properties: in CSV, GeoJSON, $ref, $value, batches and the description of the service', async () => {
  const csv = await sta.ask(`GET /MultiDatastreams(${id})/Observations?$resultFormat=CSV&$select=result&$top=1&$expand=MultiDatastream($select=name)`) // prettier-ignore
  assert.equal(csv.text, 'result,MultiDatastream/name\r\n"[10,80,""klar""]",Wetter\r\n')
  const geo = await sta.get(`/MultiDatastreams?$resultFormat=GeoJSON&$filter=id eq ${id}`)
  assert.equal(geo.features[0].properties['unitOfMeasurements/1/symbol'], '%')
  assert.deepEqual((await sta.get(`/MultiDatastreams(${id})/ObservedProperties/$ref`)).value, properties.map((one) => ({ '@iot.selfLink': `${HOST}${ROOT}/ObservedProperties(${one})` }))) // prettier-ignore
  const batch = await sta.ask('POST /$batch', {
    requests: [
      { id: 'm', method: 'POST', url: `Things(${thingId})/MultiDatastreams`, body: multi('Stapel') },
      { id: 'o', method: 'POST', url: 'Observations', body: { result: [1, 2, 'x'], MultiDatastream: { '@iot.id': '$m' } } },
      { id: 'g', method: 'GET', url: '$m/Observations' },
      { id: 'd', method: 'DELETE', url: '$m' },
    ],
  })
  assert.deepEqual(batch.json.responses.map(({ status }: { status: number }) => status), [201, 201, 200, 200], batch.text) // prettier-ignore
  const document = await sta.get('/api')
  assert.deepEqual(document.components.schemas.MultiDatastream.properties.unitOfMeasurements, { type: 'array', items: {} })
  assert.ok((await sta.get('/')).value.some(({ name }: { name: string }) => name === 'MultiDatastreams'))
})

test('req/multi-datastream/relations: goes with its Sensor, and the extents follow its Observations', async () => {
  const [first] = idsIn(await sta.get(`/MultiDatastreams(${id})/Observations?$orderby=phenomenonTime&$top=1`))
  await sta.ask(`DELETE /Observations(${first})`)
  assert.match((await sta.get(`/MultiDatastreams(${id})`)).phenomenonTime, /^2026-05-01T02:00:00Z/)
  await sta.ask(`DELETE /Sensors(${sensorId})`)
  assert.equal((await sta.ask(`GET /MultiDatastreams(${id})`)).status, 404)
})

/** extras: what goes beyond SensorThings 1.1 and people use: flat formats, less metadata, buckets, pages that are gone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { HOST, place, point, ROOT, startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
let id = 0
let datastream = 0
before(async () => {
  sta = await startSensorThings()
  const Observations = [
    { phenomenonTime: '2026-06-30T21:30:00Z', result: 1 },
    { phenomenonTime: '2026-06-30T22:10:00Z', result: 2 },
    { phenomenonTime: '2026-06-30T22:50:00Z', result: 4 },
    { phenomenonTime: '2026-07-01T21:59:59Z', result: 12 },
  ]
  const properties = { owner: { name: 'Stadt "Nord", Amt' }, floors: [1, 2] }
  id = await sta.post('/Things', thing('Nord', { properties, Locations: [place('Markt', point(8, 50))], Datastreams: [stream('T', { Observations })] })) // prettier-ignore
  await sta.post('/Things', thing('Süd\nOst'))
  datastream = (await sta.get(`/Things(${id})/Datastreams`)).value[0]['@iot.id']
})
after(() => sta.end())

test('CSV: a row for each entity, paths as columns, quotes where they are needed', async () => {
  const answer = await sta.ask('GET /Things?$resultFormat=CSV&$orderby=id&$select=name,properties/owner/name,properties/floors&$expand=Locations($top=1;$select=name)') // prettier-ignore
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8')
  assert.deepEqual(answer.text, 'name,properties/owner/name,properties/floors,Locations/name\r\nNord,"Stadt ""Nord"", Amt","[1,2]",Markt\r\n"Süd\nOst",,,\r\n') // prettier-ignore
})

test('CSV: of Observations with what they belong to; the next page is in the header', async () => {
  const answer = await sta.ask('GET /Observations?$format=csv&$orderby=phenomenonTime&$top=2&$select=phenomenonTime,result&$expand=Datastream($select=name;$expand=Thing($select=id))') // prettier-ignore
  assert.equal(
    answer.text,
    `phenomenonTime,result,Datastream/name,Datastream/Thing/id\r\n2026-06-30T21:30:00Z,1,T,${id}\r\n2026-06-30T22:10:00Z,2,T,${id}\r\n`,
  )
  const [, next = ''] = /^<http:\/\/localhost:8080\/sta\/v1\.1(.*)>; rel="next"$/.exec(answer.headers['link'] ?? '') ?? []
  const page = await sta.ask(`GET ${next}`)
  assert.equal(page.text.split('\r\n')[1], `2026-06-30T22:50:00Z,4,T,${id}`)
  const one = await sta.ask(`GET /Things(${id})?$resultFormat=CSV&$select=id,name`)
  assert.equal(one.text, `id,name\r\n${id},Nord\r\n`)
})

test('GeoJSON: the first shape is that of the feature, all else lies flat', async () => {
  const answer = await sta.ask('GET /Things?$resultFormat=GeoJSON&$count=true&$orderby=id&$select=name,properties&$expand=Locations,Datastreams($select=name)') // prettier-ignore
  assert.match(answer.headers['content-type'] ?? '', /^application\/geo\+json/)
  const [north, south] = answer.json.features
  assert.deepEqual([answer.json.type, answer.json['@iot.count'], north.id, north.geometry], ['FeatureCollection', 2, id, point(8, 50)])
  const { properties } = north
  assert.deepEqual([properties.name, properties['properties/owner/name'], properties['properties/floors/1'], properties['Locations/0/name'], properties['Datastreams/0/name']], ['Nord', 'Stadt "Nord", Amt', 2, 'Markt', 'T']) // prettier-ignore
  assert.equal(
    Object.keys(properties).some((name) => name.includes('coordinates')),
    false,
  )
  assert.deepEqual([south.geometry, south.properties], [null, { name: 'Süd\nOst' }])
})

test('$resultMetadata: without links, and without ids, at every level', async () => {
  const keys = async (metadata: string) => {
    const { value } = await sta.get(`/Things?$orderby=id&$top=1&$resultMetadata=${metadata}&$expand=Datastreams($select=id,name)`)
    return [Object.keys(value[0]), Object.keys(value[0].Datastreams[0])]
  }
  assert.deepEqual(await keys('minimal'), [
    ['@iot.id', 'name', 'description', 'properties', 'Datastreams'],
    ['@iot.id', 'name'],
  ])
  assert.deepEqual(await keys('off'), await keys('minimal'))
  assert.ok((await sta.get('/Things?$top=1&$resultMetadata=minimal'))['@iot.nextLink'])
  assert.equal((await sta.get('/Things?$top=1&$resultMetadata=off'))['@iot.nextLink'], undefined)
  assert.deepEqual(await keys('none'), [['name', 'description', 'properties', 'Datastreams'], ['name']])
  assert.ok((await keys('full'))[0]?.includes('@iot.selfLink'))
})

test('distinct values: each combination once, in order, by pages, with their number', async () => {
  const some = await Promise.all(
    [['a', 1], ['a', 2], ['a', 1], ['b', 1], [undefined, undefined], ['b', '1']].map(([kind, size]) => sta.post('/Things', thing('D', { properties: { kind, size } }))), // prettier-ignore
  )
  const values = async (query: string) => (await sta.get(`/Things?$filter=name eq 'D'&${query}`)).value
  assert.deepEqual(await values('$select=distinct:properties/kind'), [
    { properties: {} },
    { properties: { kind: 'a' } },
    { properties: { kind: 'b' } },
  ])
  assert.deepEqual(await values('$select=distinct:name,properties/kind&$orderby=properties/kind desc&$top=2'), [
    { name: 'D', properties: { kind: 'b' } },
    { name: 'D', properties: { kind: 'a' } },
  ])
  const first = await sta.get("/Things?$filter=name eq 'D'&$select=distinct:properties/kind,properties/size&$top=3&$count=true")
  assert.deepEqual([first['@iot.count'], first.value.length], [5, 3])
  const next = await sta.get(first['@iot.nextLink'].slice(`${HOST}${ROOT}`.length))
  assert.deepEqual([...first.value, ...next.value].map(({ properties }) => JSON.stringify(properties)).toSorted(), ['{"kind":"a","size":1}', '{"kind":"a","size":2}', '{"kind":"b","size":"1"}', '{"kind":"b","size":1}', '{}']) // prettier-ignore
  assert.equal(next['@iot.nextLink'], undefined)
  assert.equal((await sta.ask("GET /Things?$select=distinct:name&$skiptoken=x")).status, 410) // prettier-ignore
  const results = (await sta.get(`/Datastreams(${datastream})/Observations?$select=distinct:result&$orderby=result desc`)).value
  assert.deepEqual(results.map(({ result }: { result: number }) => result), [12, 4, 2, 1]) // prettier-ignore
  assert.deepEqual((await sta.get('/Datastreams?$select=distinct:unitOfMeasurement/symbol,observationType')).value.length, 1)
  assert.equal((await sta.ask(`GET /Datastreams(${datastream})/Observations?$select=distinct:Datastream`)).status, 501)
  for (const one of some) await sta.ask(`DELETE /Things(${one})`)
})

test('buckets begin where the calendar of the zone says', async () => {
  const days = await sta.get(`/Datastreams(${datastream})/Observations?aggregate=avg&bucket=1d&tz=Europe/Berlin`)
  assert.deepEqual(days.value, [
    { phenomenonTime: '2026-06-29T22:00:00Z', result: 1 },
    { phenomenonTime: '2026-06-30T22:00:00Z', result: 6 },
  ])
  const hours = await sta.get(
    `/Things(${id})/Datastreams(${datastream})/Observations?aggregate=min,max,count&bucket=hour&tz=UTC&until=2026-07-01T00:00:00Z`,
  )
  assert.deepEqual(hours.value, [
    { phenomenonTime: '2026-06-30T21:00:00Z', min: 1, max: 1, count: 1 },
    { phenomenonTime: '2026-06-30T22:00:00Z', min: 2, max: 4, count: 2 },
  ])
})

for (const [query, status] of [
  ['aggregate=mode', 400],
  ['aggregate=avg&bucket=3h', 400],
  ['aggregate=avg&tz=Mars/North', 400],
  ['aggregate=avg&from=gestern', 400],
  ['aggregate=avg&aggregate=min', 400],
  ['aggregate=avg&$filter=result gt 1', 501],
] as const)
  test(`buckets: ?${query} is answered with ${status}`, async () => {
    const answer = await sta.ask(`GET /Datastreams(${datastream})/Observations?${query}`)
    assert.equal(answer.status, status, answer.text)
    assert.ok(answer.json.at.parameter)
  })

test('buckets are about one Datastream that is there', async () => {
  assert.equal((await sta.ask('GET /Observations?aggregate=avg')).status, 400)
  assert.equal((await sta.ask('GET /Datastreams(999999)/Observations?aggregate=avg')).status, 404)
})

test('OpenAPI: the service tells of itself; every reference leads somewhere, and every path is answered', async () => {
  const root = await sta.get('/')
  const { url } = root.serverSettings['https://fraunhoferiosb.github.io/FROST-Server/extensions/OpenAPI.html']
  const document = await sta.get(url.slice(`${HOST}${ROOT}`.length))
  assert.equal(document.openapi, '3.0.3')
  for (const [, reference = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g))
    assert.ok(
      reference.split('/').reduce((at, key) => at?.[key], document),
      reference,
    )
  for (const path of Object.keys(document.paths).filter((one) => document.paths[one].get !== undefined && !one.includes('{')))
    await sta.get(path)
  assert.deepEqual(document.components.schemas.Observation.required, ['result'])
  assert.ok(document.paths['/Things({id})/Datastreams'].get)
  const two = (await sta.platform.ask('GET /sta/v2.0/api')).json
  const deleting = (of: typeof document) => Object.keys(of.paths['/Things({id})'].delete.responses)
  assert.deepEqual(
    [deleting(document), deleting(two)],
    [
      ['200', '4XX'],
      ['204', '4XX'],
    ],
  )
})

test('links of one’s own, among properties, are written with their address', async () => {
  const properties = {
    'parent.Thing@iot.id': id,
    deep: { 'next.Location@iot.id': 7 },
    'x.Thing@iot.id': 'y',
    'z.Thing@iot.id': 5.5,
    text: '"parent.Thing@iot.id":5',
  }
  const made = await sta.post('/Things', thing('Kind', { properties }))
  assert.deepEqual((await sta.get(`/Things(${made})`)).properties, {
    ...properties,
    'parent.Thing@iot.navigationLink': `${HOST}${ROOT}/Things(${id})`,
    deep: { 'next.Location@iot.id': 7, 'next.Location@iot.navigationLink': `${HOST}${ROOT}/Locations(7)` },
  })
  assert.deepEqual((await sta.get(`/Things(${made})?$resultMetadata=none`)).properties, properties)
  assert.equal((await sta.get(`/Things?$filter=properties/parent.Thing@iot.id eq ${id}&$count=true`))['@iot.count'], 1)
  await sta.ask(`DELETE /Things(${made})`)
})

test('links of one’s own lead on: in $expand, $filter and $orderby, to whatever they name', async () => {
  const linked = (name: string, to: unknown, more: object = {}) => sta.post('/Things', thing(name, { properties: { art: 'Zweig', 'parent.Thing@iot.id': to, ...more } })) // prettier-ignore
  const root = await sta.post('/Things', thing('Wurzel', { Locations: [place('Hof', point(8, 49))] }))
  const twig = await linked('Zweig 1', root, { 'at.Location@iot.id': 99999999, deep: { 'top.Thing@iot.id': root } })
  const leaf = await linked('Zweig 2', twig)
  for (const [i, to] of ['x', null, 5.5, -1, 1e300].entries()) await linked(`lose ${i}`, to)
  const get = async (query: string) => (await sta.get(`/Things?$filter=properties/art eq 'Zweig'${query}`)).value
  const names = async (filter: string) => (await get(` and ${filter}&$orderby=name`)).map((one: { name: string }) => one.name)

  const nested =
    '$expand=properties/parent.Thing($select=name;$expand=Locations($select=name),properties/parent.Thing/Locations($select=name))'
  const [one] = (await sta.get(`/Things?$filter=id eq ${leaf}&$select=name&${nested}`)).value
  assert.deepEqual(one, { name: 'Zweig 2', properties: { 'parent.Thing': { name: 'Zweig 1', Locations: [], properties: { 'parent.Thing': one.properties['parent.Thing'].properties['parent.Thing'] } } } }) // prettier-ignore
  const above = one.properties['parent.Thing'].properties['parent.Thing']
  assert.deepEqual([above['@iot.id'], above.name, above.Locations], [root, 'Wurzel', [{ name: 'Hof' }]])
  const whole = await sta.get(`/Things(${twig})?$expand=properties/parent.Thing($select=name),properties/at.Location`)
  assert.deepEqual(whole.properties['parent.Thing'], { name: 'Wurzel' })
  assert.deepEqual([whole.properties.art, 'at.Location' in whole.properties, whole.properties['parent.Thing@iot.id']], ['Zweig', false, root]) // prettier-ignore
  assert.equal((await get('&$expand=properties/parent.Thing')).filter((each: { properties: object }) => 'parent.Thing' in each.properties).length, 2) // prettier-ignore

  assert.deepEqual(await names("properties/parent.Thing/name eq 'Wurzel'"), ['Zweig 1'])
  assert.deepEqual(await names("properties/parent.Thing/properties/parent.Thing/Locations/name eq 'Hof'"), ['Zweig 2'])
  assert.deepEqual(await names("properties/deep/top.Thing/name eq 'Wurzel'"), ['Zweig 1'])
  assert.deepEqual(await names(`properties/parent.Thing/id eq ${root}`), ['Zweig 1'])
  assert.deepEqual(await names('properties/parent.Thing/name lt name'), ['Zweig 1', 'Zweig 2'])
  assert.deepEqual(await names("properties/parent.Sensor/name eq 'x'"), [])
  assert.deepEqual((await get('&$orderby=properties/parent.Thing/name desc,name&$top=2')).map((each: { name: string }) => each.name), ['Zweig 2', 'Zweig 1']) // prettier-ignore

  const csv = await sta.ask(
    `GET /Things?$filter=id eq ${twig}&$resultFormat=CSV&$select=name&$expand=properties/parent.Thing($select=name)`,
  )
  assert.equal(csv.text, 'name,properties/parent.Thing/name\r\nZweig 1,Wurzel\r\n')
  for (const expand of ['properties', 'properties/x', 'properties/x.Nothing', 'name/x.Thing', 'properties/deep/top.Thing'])
    assert.equal((await sta.ask(`GET /Things?$expand=${expand}`)).status, 400, expand)
  for (const id of [leaf, twig, root]) await sta.ask(`DELETE /Things(${id})`)
})

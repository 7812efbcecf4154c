/** request-data: query options of SensorThings 1.1 (18-088, req/request-data), each requirement by its name. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { HOST, place, point, ROOT, startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
before(async () => {
  sta = await startSensorThings()
  const observations = (results: readonly unknown[]) =>
    results.map((result, i) => ({ phenomenonTime: `2026-03-01T0${i}:00:00Z`, resultTime: `2026-03-01T0${i}:30:00Z`, result }))
  await sta.post('/Things', thing('Nord', { description: 'Am Tor', properties: { floor: 1, open: true, tags: ['a', 'b'], address: { street: 'Weg' } }, Locations: [place('N', point(8, 50))], Datastreams: [stream('Temperatur', { Observations: observations([1, 2, 3]), properties: { quality: 'raw' } }), stream('Text', { Observations: observations(['1', 'naß', 'trocken']) })] })) // prettier-ignore
  await sta.post('/Things', thing('Süd', { properties: { floor: 2, open: false }, Locations: [place('S', { type: 'Feature', geometry: point(8.5, 49), properties: { zone: 'x' } })], Datastreams: [stream('Wahr', { Observations: observations([true, false]) }), stream('JSON', { Observations: observations([{ a: { b: 7 } }, [4, 5]]) })] })) // prettier-ignore
  await sta.post('/Things', thing("O'st", { properties: { floor: 10 }, Locations: [place('O', { type: 'Polygon', coordinates: [[[9, 49], [10, 49], [10, 50], [9, 50], [9, 49]]] })], Datastreams: [stream('Dauer', { Observations: [{ phenomenonTime: '2026-03-01T00:00:00Z/2026-03-01T01:00:00Z', result: 10, validTime: '2026-03-01T00:00:00Z/2026-04-01T00:00:00Z', parameters: { code: 'K' }, resultQuality: { ok: 1 } }, { phenomenonTime: '2026-03-01T01:00:00Z/2026-03-01T02:00:00Z', result: -4.5 }] })] })) // prettier-ignore
})
after(() => sta.end())

/** What a filter leaves, by name or result. */
async function left(set: string, filter: string): Promise<unknown[]> {
  const { value } = await sta.get(`/${set}?$orderby=id&$filter=${encodeURIComponent(filter)}`)
  return value.map((one: { name?: string; result?: unknown }) => one.name ?? one.result)
}

const THINGS: readonly (readonly [string, readonly string[]])[] = [
  ["name eq 'Nord'", ['Nord']],
  ["'Nord' eq name", ['Nord']],
  ["name ne 'Nord'", ['Süd', "O'st"]],
  ["name eq 'O''st'", ["O'st"]],
  ["description eq 'Am Tor' and properties/floor eq 1", ['Nord']],
  ["name eq 'Nord' or name eq 'Süd' and properties/floor eq 10", ['Nord']],
  ["(name eq 'Nord' or name eq 'Süd') and properties/floor eq 2", ['Süd']],
  ["not name eq 'Nord'", ['Süd', "O'st"]],
  ["not (name eq 'Nord') and properties/floor lt 5", ['Süd']],
  ['properties/floor gt 1', ['Süd', "O'st"]],
  ['properties/floor ge 2', ['Süd', "O'st"]],
  ['properties/floor lt 2', ['Nord']],
  ['properties/floor le 2', ['Nord', 'Süd']],
  ['properties/floor add 1 eq 3', ['Süd']],
  ['properties/floor sub 1 eq 0', ['Nord']],
  ['properties/floor mul 2 add 1 eq 5', ['Süd']],
  ['1 add properties/floor mul 2 eq 5', ['Süd']],
  ['properties/floor div 4 eq 2.5', ["O'st"]],
  ['properties/floor mod 3 eq 1', ['Nord', "O'st"]],
  ['-properties/floor lt -5', ["O'st"]],
  ['properties/open eq true', ['Nord']],
  ['properties/open', ['Nord']],
  ['properties/open ne true', ['Süd']],
  ['not properties/open', ['Süd', "O'st"]],
  ['properties/open eq null', ["O'st"]],
  ['properties/open ne null', ['Nord', 'Süd']],
  ["properties/address/street eq 'Weg'", ['Nord']],
  ["properties/tags[1] eq 'b'", ['Nord']],
  ["properties/tags/0 eq 'a'", ['Nord']],
  ["name in ('Nord','Süd')", ['Nord', 'Süd']],
  ["substringof('or',name)", ['Nord']],
  ["substringof('or',name) eq true", ['Nord']],
  ["substringof('or',name) eq false", ['Süd', "O'st"]],
  ["contains(name,'ü')", ['Süd']],
  ["startswith(name,'S')", ['Süd']],
  ["endswith(name,'d')", ['Nord', 'Süd']],
  ['length(name) eq 3', ['Süd']],
  ["indexof(name,'d') eq 3", ['Nord']],
  ["indexof(name,'zz') eq -1", ['Nord', 'Süd', "O'st"]],
  ["substring(name,1) eq 'ord'", ['Nord']],
  ["substring(name,1,2) eq 'or'", ['Nord']],
  ["tolower(name) eq 'nord'", ['Nord']],
  ["toupper(name) eq 'NORD'", ['Nord']],
  ["trim(concat(name,' ')) eq 'Nord'", ['Nord']],
  ["concat(concat(name,': '),description) eq 'Nord: Am Tor'", ['Nord']],
  ['properties/floor eq properties/floor', ['Nord', 'Süd', "O'st"]],
  ["Datastreams/name eq 'Temperatur'", ['Nord']],
  ["Datastreams/ObservedProperty/name eq 'Dauer (Größe)'", ["O'st"]],
  ['Datastreams/Observations/result gt 2', ['Nord', "O'st"]],
  ["Datastreams/any(d:d/name eq 'Text')", ['Nord']],
  ["Datastreams/any(d: d/name eq 'Wahr' and d/Observations/any(o:o/result eq true))", ['Süd']],
  ["Datastreams/all(d:d/name eq 'Dauer')", ["O'st"]],
  ["Datastreams/properties/quality eq 'raw'", ['Nord']],
  ["Locations/location/type eq 'Point' or Locations/location/geometry/type eq 'Point'", ['Nord', 'Süd']],
  ["Locations/location/properties/zone eq 'x'", ['Süd']],
  ["geo.intersects(Locations/location,geography'POLYGON ((7 48, 8.6 48, 8.6 51, 7 51, 7 48))')", ['Nord', 'Süd']],
  ["st_within(Locations/location,geography'POLYGON ((7 48, 8.2 48, 8.2 51, 7 51, 7 48))')", ['Nord']],
  ["st_contains(geography'POLYGON ((7 48, 8.2 48, 8.2 51, 7 51, 7 48))',Locations/location)", ['Nord']],
  ["st_equals(Locations/location,geography'POINT(8 50)')", ['Nord']],
  ["st_disjoint(Locations/location,geography'POINT(8 50)')", ['Süd', "O'st"]],
  ["st_touches(Locations/location,geography'POLYGON((10 49,11 49,11 50,10 50,10 49))')", ["O'st"]],
  ["st_overlaps(Locations/location,geography'POLYGON((9.5 49,11 49,11 50,9.5 50,9.5 49))')", ["O'st"]],
  ["st_crosses(geography'LINESTRING(8.9 49.5,9.5 49.5)',Locations/location)", ["O'st"]],
  ["st_intersects(Locations/location,geography'SRID=4326;POINT Z(8 50 100)')", ['Nord']],
  ["geo.distance(Locations/location,geography'POINT(8 50.1)') lt 0.2", ['Nord']],
  ["geo.distance(Locations/location,geography'POINT(8 50.1)') gt 0.2", ['Süd', "O'st"]],
  ["geo.distance(Locations/location,geography'LINESTRING(7 50.5,9 50.5)') le 0.5", ['Nord', "O'st"]],
  ["geo.distance(geography'POINT(8 50.1)',Locations/location) lt 0.2", ['Nord']],
  ["0.2 gt geo.distance(Locations/location,geography'POINT(8 50.1)')", ['Nord']],
  ["geo.distance(geography'POINT(0 0)',geography'POINT(3 4)') eq 5 and name eq 'Nord'", ['Nord']],
  ["geo.length(Locations/location) eq 0", ['Nord', 'Süd', "O'st"]],
  ["geo.length(geography'LINESTRING(0 0,3 4)') eq 5 and name eq 'Nord'", ['Nord']],
  ["st_relate(Locations/location,geography'POLYGON ((7 48, 8.2 48, 8.2 51, 7 51, 7 48))','T*F**F***')", ['Nord']],
  ["st_relate(geography'POLYGON ((7 48, 8.2 48, 8.2 51, 7 51, 7 48))',Locations/location,'T*****FF*')", ['Nord']],
  ["st_relate(Locations/location,geography'POINT(8 50)','FF*FF****')", ['Süd', "O'st"]],
  ["id eq '1' or name eq 'Nord'", ['Nord']],
  ["@iot.id gt 0 and name eq 'Nord'", ['Nord']],
  ['true', ['Nord', 'Süd', "O'st"]],
  ['false or not true', []],
] // prettier-ignore

for (const [filter, names] of THINGS)
  test(`req/request-data/filter, req/request-data/built-in-filter-operations, req/request-data/built-in-query-functions: Things ${filter}`, async () => {
    assert.deepEqual(await left('Things', filter), names)
  })

const OBSERVATIONS: readonly (readonly [string, readonly unknown[]])[] = [
  ['result eq 1', [1]],
  ["result eq '1'", ['1']],
  ['result gt 2', [3, 10]],
  ["result ge 'n'", ['naß', 'trocken']],
  ['result eq true', [true]],
  ['result eq false', [false]],
  ['result/a/b eq 7', [{ a: { b: 7 } }]],
  ['result[1] eq 5', [[4, 5]]],
  ['round(result) eq -5', [-4.5]],
  ['floor(result) eq -5', [-4.5]],
  ['ceiling(result) eq -4', [-4.5]],
  ["Datastream/name eq 'Temperatur' and result lt 2", [1]],
  ["Datastream/Thing/name eq 'Süd' and result eq true", [true]],
  ["FeatureOfInterest/name eq 'N' and result eq 3", [3]],
  ["phenomenonTime eq 2026-03-01T02:00:00Z", [3, 'trocken']],
  ["phenomenonTime eq 2026-03-01T03:00:00+01:00", [3, 'trocken']],
  ["phenomenonTime eq 2026-03-01T03:00:00+0100", [3, 'trocken']],
  ["phenomenonTime gt 2026-03-01T01:00:00Z", [3, 'trocken']],
  ["phenomenonTime ge 2026-03-01T01:00:00Z and result gt 0", [2, 3]],
  ["phenomenonTime lt 2026-03-01T01:00:00Z and result gt 0", [1, 10]],
  ["phenomenonTime le 2026-03-01T01:00:00Z and result gt 0", [1, 2, 10]],
  ["phenomenonTime eq 2026-03-01T00:00:00Z/2026-03-01T01:00:00Z", [10]],
  ["phenomenonTime lt 2026-03-01T01:00:00Z/2026-03-01T02:00:00Z and result gt 0", [1, 10]],
  ["overlaps(phenomenonTime,2026-03-01T00:30:00Z/2026-03-01T01:00:00Z)", [10]],
  ["during(phenomenonTime,2026-03-01T00:00:00Z/2026-03-01T01:00:00Z) and result ge 10", [10]],
  ["before(phenomenonTime,2026-03-01T01:00:00Z) and result ge 10", [10]],
  ["after(phenomenonTime,2026-03-01T01:00:00Z)", [3, 'trocken']],
  ["meets(phenomenonTime,2026-03-01T02:00:00Z/2026-03-01T03:00:00Z) and result lt 0", [-4.5]],
  ["starts(phenomenonTime,2026-03-01T01:00:00Z) and result lt 3", [2, -4.5]],
  ["finishes(phenomenonTime,2026-03-01T02:00:00Z) and result lt 0", [-4.5]],
  ["resultTime eq null", [10, -4.5]],
  ["resultTime gt phenomenonTime and result eq 3", [3]],
  ["validTime ne null", [10]],
  ["parameters/code eq 'K'", [10]],
  ["resultQuality/ok eq 1", [10]],
  ["year(phenomenonTime) eq 2026 and month(phenomenonTime) eq 3 and day(phenomenonTime) eq 1 and hour(phenomenonTime) eq 2", [3, 'trocken']],
  ["minute(resultTime) eq 30 and second(resultTime) eq 0 and result eq 3", [3]],
  ["fractionalseconds(resultTime) eq 0 and result eq 3", [3]],
  ["date(phenomenonTime) eq 2026-03-01 and result eq 3", [3]],
  ["date(phenomenonTime) lt '2026-03-02' and result eq 3", [3]],
  ["date(phenomenonTime) eq date(resultTime) and result eq 3", [3]],
  ["time(phenomenonTime) eq 02:00:00", [3, 'trocken']],
  ["time(phenomenonTime) gt 01:59 and time(phenomenonTime) lt '02:00:00.5'", [3, 'trocken']],
  ["Datastream/name eq Datastream/Thing/name", []],
  ["Datastream/Thing/name lt FeatureOfInterest/name and result eq 5", []],
  ["FeatureOfInterest/name lt Datastream/Thing/name and result eq 3", [3]],
  ["length(concat(Datastream/Thing/name,FeatureOfInterest/name)) eq 5 and result eq 3", [3]],
  ["totaloffsetminutes(resultTime) eq 0 and result eq 3", [3]],
  ["phenomenonTime lt now() sub duration'P1D' and result eq 3", [3]],
  ["phenomenonTime add duration'PT30M' eq resultTime and result eq 3", [3]],
  ["phenomenonTime add duration'PT1H' gt 2026-03-01T02:30:00Z", [3, 'trocken']],
  ["2026-03-01T02:30:00Z lt duration'PT1H' add phenomenonTime", [3, 'trocken']],
  ["phenomenonTime sub duration'PT1H' eq 2026-03-01T00:00:00Z/2026-03-01T01:00:00Z", [-4.5]],
  ["during(phenomenonTime add duration'PT1H',2026-03-01T01:00:00Z/2026-03-01T02:00:00Z) and result ge 10", [10]],
  ["resultTime sub phenomenonTime eq duration'PT30M' and result eq 3", [3]],
  ["resultTime sub phenomenonTime gt duration'PT10M' add duration'PT20M' mul 2", []],
  ["hour(phenomenonTime add duration'P1DT3H') eq 5", [3, 'trocken']],
  ["Datastream/phenomenonTime add -duration'PT1H' lt 2026-03-01T00:30:00Z and result eq 3", []],
  ["Datastream/phenomenonTime add duration'PT1H' gt 2026-03-01T00:30:00Z and result eq 3", [3]],
  ["now() sub resultTime gt duration'P1D' and result eq 3", [3]],
  ["phenomenonTime eq '2026-03-01T01:00:00Z' add duration'PT1H'", [3, 'trocken']],
  ["phenomenonTime gt mindatetime() and phenomenonTime lt maxdatetime() and result eq 3", [3]],
  ["phenomenonTime eq '2026-03-01T02:00:00Z'", [3, 'trocken']],
] // prettier-ignore

for (const [filter, results] of OBSERVATIONS)
  test(`req/request-data/filter, req/request-data/built-in-filter-operations, req/request-data/built-in-query-functions: Observations ${filter}`, async () => {
    assert.deepEqual(await left('Observations', filter), results)
  })

const STREAMS: readonly (readonly [string, readonly string[]])[] = [
  ["unitOfMeasurement/symbol eq '°C' and name eq 'Text'", ['Text']],
  ["observationType eq 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Observation' and name eq 'Text'", ['Text']],
  ['phenomenonTime lt 2026-03-01T01:30:00Z', ['Wahr', 'JSON']],
  ['phenomenonTime gt 2026-02-28T00:00:00Z and resultTime eq null', ['Dauer']],
  ["st_intersects(observedArea,geography'POINT(8 50)')", ['Temperatur', 'Text']],
  ["Thing/properties/floor eq 2", ['Wahr', 'JSON']],
  ["Thing/Locations/name eq 'O'", ['Dauer']],
] // prettier-ignore

for (const [filter, names] of STREAMS)
  test(`req/request-data/filter: Datastreams ${filter}`, async () => assert.deepEqual(await left('Datastreams', filter), names))

const MALFORMED: readonly (readonly [string, number, number | undefined])[] = [
  ['name eq', 400, 8],
  ["name eq 'x", 400, 9],
  ['name foo 1', 400, 6],
  ['nothing eq 1', 400, undefined],
  ['(name eq 1', 400, 11],
  ['frobnicate(name)', 400, undefined],
  ['length(name,name) eq 1', 400, undefined],
  ['Datastreams eq 1', 400, undefined],
  ["geo.intersects(Locations/location,geography'POLYGON((')", 400, 10],
  ["geo.intersects(name,geography'POINT(1 1)')", 400, undefined],
  ['name', 200, undefined],
  ['1 add 1', 400, undefined],
  ["st_relate(Locations/location,Locations/location,'T********')", 501, undefined],
  ["st_relate(Locations/location,geography'POINT(1 1)','T')", 400, undefined],
  ['st_relate(Locations/location)', 400, undefined],
  ['geo.length(name) eq 1', 400, undefined],
  ['geo.length() eq 1', 400, undefined],
  ['25:00 eq 25:00', 400, undefined],
  ["name eq duration'P1D'", 400, 6],
  ["length(duration'P1D') eq 1", 400, 1],
  ["now() mul duration'P1D' eq now()", 501, 7],
  ["duration'P1D' sub now() eq now()", 501, 15],
  ["now() add duration'P9999Y' eq now()", 400, 7],
  ["now() sub name eq duration'P1D'", 501, 7],
  ['name eq Datastreams/name', 501, undefined],
  [`${'('.repeat(1000)}true`, 400, 51],
  [`${'not '.repeat(1000)}true`, 400, undefined],
  [`${'-'.repeat(1000)}1 eq 1`, 400, undefined],
  [`name eq '\u0000'`, 400, undefined],
] // prettier-ignore

for (const [filter, status, column] of MALFORMED)
  test(`req/request-data/query-status-code: ${JSON.stringify(filter.slice(0, 60))} is answered with ${status}`, async () => {
    const answer = await sta.ask(`GET /Things?$filter=${encodeURIComponent(filter)}`, undefined, { 'accept-language': 'en' })
    assert.equal(answer.status, status, answer.text)
    if (column !== undefined) assert.equal(answer.json.at.column, column, answer.text)
  })

for (const [options, status] of [
  ['$top=-1', 400],
  ['$top=x', 400],
  ['$skip=1.5', 400],
  ['$count=maybe', 400],
  ['$count=1', 400],
  ['$orderby=nothing', 400],
  ['$orderby=name sideways', 400],
  ['$select=nothing', 400],
  ['$expand=Nothing', 400],
  ['$expand=Datastreams(', 400],
  ['$expand=Datastreams($top=1', 400],
  ['$expand=Datastreams($frob=1)', 501],
  ['$frob=1', 501],
  ['$top=1&$top=2', 400],
  ['$skiptoken=nonsense', 410],
  ['$resultMetadata=much', 400],
  ['$select=distinct:name&$expand=Datastreams', 501],
  ['$select=distinct:Datastreams', 501],
  ['$select=distinct:colour', 400],
  ['$select=distinct:name&$orderby=description', 400],
  ['$resultFormat=CSV&$expand=Datastreams', 400],
  ['$resultFormat=dataArray', 400],
  ['$resultFormat=XML', 501],
  ['$top=0', 200],
  ['$top=2147483647', 200],
  ['$skip=1000000', 200],
  ['unknown=1', 200],
  ['%24top=1', 200],
] as const)
  // prettier-ignore
  test(`req/request-data/query-status-code: ?${options} is answered with ${status}`, async () => {
    assert.equal((await sta.ask(`GET /Things?${options}`)).status, status)
  })

test('req/request-data/top, req/request-data/skip, req/request-data/count: they bound a page, and the count does not care', async () => {
  const page = await sta.get('/Things?$orderby=id&$top=1&$skip=1&$count=true')
  assert.deepEqual([page['@iot.count'], page.value.map((one: { name: string }) => one.name)], [3, ['Süd']])
  assert.equal(Object.keys(page)[0], '@iot.count')
  const none = await sta.get('/Observations?$top=0&$count=true')
  assert.deepEqual(none, { '@iot.count': 12, value: [] })
  assert.equal((await sta.get(`/Observations?$filter=result gt 2&$count=true`))['@iot.count'], 2)
  assert.equal((await sta.get('/Things?$count=false'))['@iot.count'], undefined)
})

test('req/request-data/pagination: links lead through all, and the last page has none', async () => {
  const seen: unknown[] = []
  let next: string | undefined = `${ROOT}/Observations?$top=5&$orderby=result desc,id`
  for (let pages = 0; next !== undefined; pages++) {
    assert.ok(pages < 4)
    const { json }: { json: { value: { result: unknown }[]; '@iot.nextLink'?: string } } = await sta.platform.ask(`GET ${next.replace(HOST, '')}`) // prettier-ignore
    seen.push(...json.value.map(({ result }) => result))
    next = json['@iot.nextLink']
    if (next !== undefined) assert.match(next, /\?\$top=5&\$skip=\d+&.*\$skiptoken=/)
  }
  assert.equal(seen.length, 12)
  assert.equal(new Set(seen.map((one) => JSON.stringify(one))).size, 12)
})

test('req/request-data/orderby: expressions, directions, nulls first ascending and last descending', async () => {
  const names = async (order: string, set = 'Things') =>
    (await sta.get(`/${set}?$orderby=${encodeURIComponent(order)}`)).value.map((one: { name: string }) => one.name)
  assert.deepEqual(await names('name desc'), ['Süd', "O'st", 'Nord'])
  assert.deepEqual(await names('length(name),name asc'), ['Süd', 'Nord', "O'st"])
  assert.deepEqual(await names('properties/open,id'), ["O'st", 'Süd', 'Nord'])
  assert.deepEqual(await names('properties/open desc,id'), ['Nord', 'Süd', "O'st"])
  assert.deepEqual(await names('Thing/id desc,name', 'Datastreams'), ['Dauer', 'JSON', 'Wahr', 'Temperatur', 'Text'])
  assert.deepEqual(await names('Thing/name desc,name', 'Datastreams'), ['JSON', 'Wahr', 'Dauer', 'Temperatur', 'Text'])
  assert.deepEqual(await names('Thing/properties/open desc,name', 'Datastreams'), ['Temperatur', 'Text', 'JSON', 'Wahr', 'Dauer'])
  const page = await sta.get('/Datastreams?$orderby=Thing/name desc,name&$top=3&$select=name')
  const next = await sta.get(page['@iot.nextLink'].slice(`${HOST}${ROOT}`.length))
  assert.deepEqual(next.value, [{ name: 'Temperatur' }, { name: 'Text' }])
  assert.equal((await sta.ask('GET /Things?$orderby=Datastreams/name')).status, 501)
  assert.deepEqual(await names('@iot.id desc'), ["O'st", 'Süd', 'Nord'])
})

test('req/request-data/built-in-query-functions: lines have a length, in degrees', async () => {
  const line = { type: 'LineString', coordinates: [[20, 60], [21, 60], [21, 62]] } // prettier-ignore
  const id = await sta.post('/FeaturesOfInterest', { ...place('Linie', line), location: undefined, feature: line })
  for (const [by, found] of [
    ['eq 3', [id]],
    ['gt 2.9', [id]],
    ['gt 3', []],
  ] as const) {
    const { value } = await sta.get(`/FeaturesOfInterest?$filter=geo.length(feature) ${by}`)
    assert.deepEqual(value.map((one: { '@iot.id': number }) => one['@iot.id']), found) // prettier-ignore
  }
  await sta.ask(`DELETE /FeaturesOfInterest(${id})`)
})

test('req/request-data/select: only what is asked for', async () => {
  const [one] = (await sta.get('/Things?$select=name,Datastreams&$orderby=id')).value
  assert.deepEqual(Object.keys(one), ['name', 'Datastreams@iot.navigationLink'])
  assert.deepEqual((await sta.get('/Things?$select=id&$top=1')).value.map(Object.keys), [['@iot.id']])
  const [deep] = (await sta.get("/Things?$select=properties/address/street,properties/floor&$filter=name eq 'Nord'")).value
  assert.deepEqual(deep, { properties: { address: { street: 'Weg' }, floor: 1 } })
})

test('req/request-data/expand: levels, options inside, and what is expanded is selected', async () => {
  const [one] = (
    await sta.get(
      `/Things?$orderby=id&$select=name&$expand=Datastreams($select=name;$filter=name eq 'Text';$expand=Observations($filter=result eq 'na%C3%9F';$select=result),Thing($select=id)),Locations`,
    )
  ).value
  assert.deepEqual(Object.keys(one).sort(), ['Datastreams', 'Locations', 'name'])
  assert.deepEqual(one.Datastreams.length, 1)
  assert.deepEqual(one.Datastreams[0].Observations, [{ result: 'naß' }])
  const [slashed] = (await sta.get('/Things?$orderby=id&$expand=Datastreams/ObservedProperty,Datastreams/Sensor')).value
  assert.deepEqual(slashed.Datastreams.map((each: { ObservedProperty: { name: string }; Sensor: { name: string } }) => [each.ObservedProperty.name, each.Sensor.name])[0], ['Temperatur (Größe)', 'Fühler Temperatur']) // prettier-ignore
  const [dark] = (await sta.get(`/Observations?$top=1&$orderby=id&$expand=Datastream/Thing/Locations,FeatureOfInterest`)).value
  assert.deepEqual([dark.Datastream.Thing.Locations[0].name, dark.FeatureOfInterest.name], ['N', 'N'])
  assert.equal((await sta.ask(`GET /Things?$expand=${'Datastreams/Thing/'.repeat(20)}Datastreams`)).status, 400)
})

test('req/request-data/order: filter, count, order, skip and top come before select and expand', async () => {
  const page = await sta.get(
    `/Datastreams?$filter=Thing/name eq 'Nord'&$count=true&$orderby=name desc&$skip=1&$top=1&$select=name&$expand=Observations($count=true;$top=0)`,
  )
  assert.deepEqual(page, { '@iot.count': 2, value: [{ name: 'Temperatur', 'Observations@iot.count': 3, Observations: [] }] })
})

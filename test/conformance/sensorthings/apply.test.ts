/** apply: groups by OData's $apply, and buckets that begin where the calendar of a zone says. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rollUp } from '../../../src/store/roll.ts'
import { startSensorThings, stream, thing, type SensorThings } from './service.ts'

let sta: SensorThings
let air: number
before(async () => {
  sta = await startSensorThings()
  await sta.post('/Things', thing('Markt', { Datastreams: [stream('Luft'), stream('Wasser')] }))
  const { value } = await sta.get('/Datastreams?$orderby=name')
  const ids = value.map((one: { '@iot.id': number }) => one['@iot.id'])
  air = ids[0]
  const body = ids.map((id: number, i: number) => ({
    Datastream: { '@iot.id': id },
    components: ['phenomenonTime', 'result'],
    // 48 hours from the evening before, in Berlin's winter: 22:00Z is 23:00 there
    dataArray: Array.from({ length: 48 }, (_, hour) => [new Date(Date.UTC(2026, 0, 9, 22 + hour)).toISOString(), hour + 100 * i]),
  }))
  assert.equal((await sta.ask('POST /CreateObservations', body)).status, 201)
})
after(() => sta.end())

const apply = (path: string, text: string, more = '') => `${path}?$apply=${encodeURIComponent(text)}${more}`

test('apply: groups by a property of a related entity, which stands as it would expanded', async () => {
  const text = 'groupby((Datastream/name),aggregate(result with average as avg,result with max as most,$count as n))'
  assert.deepEqual(await sta.get(apply('/Observations', text)), {
    value: [
      { Datastream: { name: 'Luft' }, avg: 23.5, most: 47, n: 48 },
      { Datastream: { name: 'Wasser' }, avg: 123.5, most: 147, n: 48 },
    ],
  })
})

test('apply: a filter before it, and time buckets of a zone', async () => {
  const text =
    "filter(Datastream/name eq 'Luft' and result ge 1)/groupby((bucket(phenomenonTime,'1d','Europe/Berlin') as day),aggregate(result with sum as sum))"
  assert.deepEqual((await sta.get(apply('/Observations', text))).value, [
    { day: '2026-01-09T23:00:00Z', sum: 300 },
    { day: '2026-01-10T23:00:00Z', sum: 828 },
  ])
})

test('apply: of one Datastream by time, the same from roll-ups as from rows', async () => {
  const path = `/Datastreams(${air})/Observations`
  const text = "groupby((bucket(phenomenonTime,'1d') as day),aggregate(result with average as avg,result with min as low,$count as n))"
  const said = await sta.get(apply(path, text))
  assert.deepEqual(said, await sta.get(apply(path, `filter(result ge 0)/${text}`)))
  assert.equal(said.value.length, 3)
  await rollUp(sta.platform.database)
  assert.deepEqual(await sta.get(apply(path, text)), said)
})

test('apply: without groups all is one; times have a first and a last', async () => {
  const text = 'aggregate(phenomenonTime with min as first,phenomenonTime with max as last,Datastream/name with countdistinct as streams)'
  assert.deepEqual((await sta.get(apply('/Observations', text))).value, [
    { first: '2026-01-09T22:00:00Z', last: '2026-01-11T21:00:00Z', streams: 2 },
  ])
})

test('apply: $filter, $orderby, $top, $skip and $count are about the groups', async () => {
  const text = "groupby((bucket(phenomenonTime,'1h','UTC') as hour),aggregate(result with sum as sum))"
  const more = `&$filter=${encodeURIComponent('sum ge 110 and hour lt 2026-01-10T10:00:00Z')}&$orderby=sum%20desc&$skip=1&$top=2&$count=true`
  assert.deepEqual(await sta.get(apply('/Observations', text, more)), {
    '@iot.count': 7,
    value: [
      { hour: '2026-01-10T08:00:00Z', sum: 120 },
      { hour: '2026-01-10T07:00:00Z', sum: 118 },
    ],
  })
})

test('apply: other sets are grouped too', async () => {
  const { value } = await sta.get(apply('/Datastreams', 'groupby((Thing/name,unitOfMeasurement/symbol),aggregate($count as n))'))
  assert.deepEqual(value, [{ Thing: { name: 'Markt' }, unitOfMeasurement: { symbol: '°C' }, n: 2 }])
})

test('apply: what is malformed, unknown or not supported is refused with its place', async () => {
  const said = async (path: string) => {
    const { status, json } = await sta.ask(`GET ${path}`)
    return [status, json.at.parameter, json.at.column]
  }
  assert.deepEqual(await said(apply('/Observations', 'aggregate(resul with sum as a)')), [400, '$apply', 11])
  assert.deepEqual(await said(apply('/Observations', 'topcount(1,result)')), [501, '$apply', 1])
  assert.deepEqual(await said(apply('/Observations', 'aggregate($count as n)', '&$expand=Datastream')), [501, '$expand', undefined])
  assert.deepEqual(await said(apply('/Observations', 'aggregate($count as n)', '&$orderby=m')), [400, '$orderby', undefined])
  assert.deepEqual(await said(apply(`/Datastreams(${air})`, 'aggregate($count as n)')), [400, '$apply', undefined])
  assert.equal((await sta.ask(`GET ${apply('/Datastreams(999999)/Observations', 'aggregate($count as n)')}`)).status, 404)
})

/** ngsi-ld-temporal: what attributes were, retrieved, queried, aggregated and corrected; late data never moves what is now. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
const ask = (call: string, body?: unknown, headers?: Record<string, string>) => {
  const [method, path] = call.split(/ (.*)/s)
  return platform.ask(`${method} /ngsi-ld/v1${path}`, { ...(body !== undefined && { body }), ...(headers && { headers }) })
}
const ok = async (call: string, body?: unknown, status = 200) => {
  const answer = await ask(call, body)
  assert.equal(answer.status, status, `${call}: ${answer.text}`)
  return answer.json
}

before(async () => (platform = await startPlatform()))
after(() => platform.end())

const CAR = 'urn:ngsi-ld:Vehicle:1'
const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`
const speed = (hour: number, value: number) => ({ type: 'Property', value, observedAt: at(hour) })

test('an entity is created with a history, and its newest instance is what is now', async () => {
  const body = { id: CAR, type: 'Vehicle', brand: { type: 'Property', value: 'Opel' }, speed: [speed(3, 30), speed(1, 10), speed(2, 20)] }
  const made = await ask('POST /temporal/entities', body)
  assert.equal(made.status, 201, made.text)
  assert.equal(made.headers['location'], `/ngsi-ld/v1/temporal/entities/${CAR}`)
  assert.equal((await ok(`GET /entities/${CAR}`)).speed.value, 30)
  await ok('POST /temporal/entities', { id: CAR, type: 'Vehicle', speed: [speed(0, 5)] }, 204)
  await ok(`POST /temporal/entities/${CAR}/attrs`, { speed: [speed(4, 40)] }, 204)
  assert.equal((await ok(`GET /entities/${CAR}`)).speed.value, 40)
})

test('instances in a window: after takes its moment in, before leaves it out, between is half open', async () => {
  const values = async (query: string) =>
    (await ok(`GET /temporal/entities/${CAR}?attrs=speed&options=temporalValues&${query}`)).speed?.values
  const pairs = (...hours: readonly (readonly [number, number])[]) => hours.map(([hour, value]) => [value, at(hour)])
  assert.deepEqual(await values(''), pairs([0, 5], [1, 10], [2, 20], [3, 30], [4, 40]))
  assert.deepEqual(await values(`timerel=after&timeAt=${at(3)}`), pairs([3, 30], [4, 40]))
  assert.deepEqual(await values(`timerel=before&timeAt=${at(1)}`), pairs([0, 5]))
  assert.deepEqual(await values(`timerel=between&timeAt=${at(1)}&endTimeAt=${at(3)}`), pairs([1, 10], [2, 20]))
  assert.deepEqual(await values(`timerel=before&timeAt=${at(4)}&lastN=2`), pairs([2, 20], [3, 30]))
})

test('a query finds entities that have something in the window', async () => {
  const query = `GET /temporal/entities?type=Vehicle&timerel=after&timeAt=`
  assert.deepEqual((await ok(`${query}${at(4)}`)).map(({ id }: { id: string }) => id), [CAR]) // prettier-ignore
  assert.deepEqual(await ok(`${query}${at(5)}`), [])
  assert.equal((await ask('GET /temporal/entities?type=Vehicle')).status, 400)
  const posted = await ok('POST /temporal/entityOperations/query', { type: 'Query', entities: [{ type: 'Vehicle' }], temporalQ: { timerel: 'after', timeAt: at(4) } }) // prettier-ignore
  assert.equal(posted[0].speed[0].value, 40)
})

test('all eight methods, over the whole and by periods that begin where the question does', async () => {
  const aggregated = `GET /temporal/entities/${CAR}?options=aggregatedValues&timerel=after&timeAt=${at(0)}`
  const { speed: whole } = await ok(`${aggregated}&aggrMethods=avg,distinctCount,max,min,stddev,sum,sumsq,totalCount`)
  assert.deepEqual(whole.avg, [[21, at(0), at(4)]])
  assert.deepEqual([whole.distinctCount[0][0], whole.max[0][0], whole.min[0][0], whole.sum[0][0], whole.sumsq[0][0], whole.totalCount[0][0]], [5, 40, 5, 105, 3025, 5]) // prettier-ignore
  assert.ok(Math.abs(whole.stddev[0][0] - 12.806) < 0.001)
  const { speed: twoHours } = await ok(`${aggregated}&aggrMethods=sum&aggrPeriodDuration=PT2H`)
  assert.deepEqual(twoHours.sum, [[15, at(0), at(2)], [50, at(2), at(4)], [40, at(4), at(6)]]) // prettier-ignore
  const { speed: months } = await ok(`${aggregated}&aggrMethods=max&aggrPeriodDuration=P1M`)
  assert.deepEqual(months.max, [[40, at(0), '2026-04-01T00:00:00Z']])
  assert.equal((await ask(`${aggregated}&aggrMethods=median`)).status, 400)
  assert.equal((await ask(`${aggregated}`)).status, 400)
})

test('an instance is corrected and deleted by its id', async () => {
  const { speed: instances } = await ok(`GET /temporal/entities/${CAR}?attrs=speed`)
  const { instanceId } = instances[0]
  await ok(`PATCH /temporal/entities/${CAR}/attrs/speed/${instanceId}`, { speed: [{ type: 'Property', value: 6, observedAt: at(0) }] }, 204)
  assert.equal((await ok(`GET /temporal/entities/${CAR}?attrs=speed`)).speed[0].value, 6)
  await ok(`DELETE /temporal/entities/${CAR}/attrs/speed/${instanceId}`, undefined, 204)
  assert.equal((await ok(`GET /temporal/entities/${CAR}?attrs=speed`)).speed.length, 4)
  assert.equal((await ask(`DELETE /temporal/entities/${CAR}/attrs/speed/${instanceId}`)).status, 404)
})

test('what is not observed has its versions, and a tombstone when it is gone', async () => {
  await ok(`PATCH /entities/${CAR}/attrs`, { brand: { type: 'Property', value: 'Ford' } }, 204)
  await ok(`DELETE /entities/${CAR}/attrs/brand`, undefined, 204)
  const history = await ok(
    `GET /temporal/entities/${CAR}?attrs=brand&options=sysAttrs&timeproperty=modifiedAt&timerel=after&timeAt=2020-01-01T00:00:00Z`,
  )
  assert.deepEqual(history.brand.map(({ value }: { value: string }) => value), ['Opel', 'Ford', 'urn:ngsi-ld:null']) // prettier-ignore
  const gone = await ok(`GET /temporal/entities/${CAR}?options=sysAttrs&timeproperty=deletedAt&timerel=after&timeAt=2020-01-01T00:00:00Z`)
  assert.match(gone.brand[0].deletedAt, /^20\d\d-/)
})

test('a moving thing leaves its way, and both standards tell it', async () => {
  const place = (x: number, hour: number) => ({ type: 'GeoProperty', value: { type: 'Point', coordinates: [x, 49] }, observedAt: at(hour) })
  await ok(`POST /entities/${CAR}/attrs`, { location: place(8, 1) }, 204)
  await ok(`PATCH /entities/${CAR}/attrs`, { location: place(9, 2) }, 204)
  const { location } = await ok(`GET /temporal/entities/${CAR}?attrs=location`)
  assert.deepEqual(location.map(({ value }: { value: { coordinates: number[] } }) => value.coordinates[0]), [8, 9]) // prettier-ignore
  const [thing] = (await platform.ask(`GET /sta/v1.1/Things?$expand=HistoricalLocations($expand=Locations),Locations`)).json.value
  assert.deepEqual(thing.Locations[0].location.coordinates, [9, 49])
  assert.deepEqual(thing.HistoricalLocations.map(({ time }: { time: string }) => time).toSorted(), [at(1), at(2)]) // prettier-ignore
})

test('types and attributes are counted', async () => {
  assert.deepEqual((await ok('GET /types')).typeList.includes('Vehicle'), true)
  const info = await ok('GET /types/Vehicle')
  assert.equal(info.entityCount, 1)
  assert.deepEqual(info.attributeDetails.map(({ attributeName }: { attributeName: string }) => attributeName).toSorted(), ['location', 'speed']) // prettier-ignore
  assert.equal((await ok('GET /attributes/speed')).attributeCount, 1)
  assert.equal((await ask('GET /types/Nothing')).status, 404)
})

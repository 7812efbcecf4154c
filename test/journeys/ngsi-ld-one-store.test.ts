/** ngsi-ld-one-store: what one standard wrote, the other reads and writes back unchanged; where they disagree, the rules of the one model hold. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
const NGSI = '/ngsi-ld/v1'
const STA = '/sta/v1.1'
before(async () => (platform = await startPlatform()))
after(() => platform.end())

async function ok(call: string, body?: unknown, status = 200) {
  const answer = await platform.ask(call, { ...(body !== undefined && { body }) })
  assert.equal(answer.status, status, `${call}: ${answer.text}`)
  return answer.json
}

/** More by hand: FUZZ=1000. */
const RUNS = Number(process.env['FUZZ'] ?? 20)

const word = fc.stringMatching(/^[a-z]{1,6}$/)
const uri = word.map((name) => `urn:x:${name}`)
const scalar = fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((n) => n || 0), fc.boolean(), fc.string({ maxLength: 8 }).filter((text) => !text.includes('\0') && text !== '')) // prettier-ignore
const record = fc.dictionary(word, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { minKeys: 1, maxKeys: 3 }).filter((one) => !['type', 'value', 'json', 'vocab', 'object'].some((key) => key in one)) // prettier-ignore
const time = fc
  .integer({ min: 0, max: 9999 })
  .map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString().replace('.000', ''))
const point = fc
  .tuple(fc.integer({ min: -179, max: 179 }), fc.integer({ min: -89, max: 89 }))
  .map((coordinates) => ({ type: 'Point', coordinates }))

const plainAttribute = fc.oneof(
  fc.record({ type: fc.constant('Property'), value: fc.oneof(scalar, record, fc.array(scalar, { minLength: 1, maxLength: 3 })) }),
  fc.record({ type: fc.constant('Property'), value: fc.integer(), unitCode: fc.constantFrom('CEL', 'GQ', 'XYZ', 'P1') }),
  fc.record({ type: fc.constant('Relationship'), object: fc.oneof(uri, fc.uniqueArray(uri, { minLength: 2, maxLength: 3 })) }),
  fc.record({ type: fc.constant('GeoProperty'), value: point }),
  fc.record({ type: fc.constant('LanguageProperty'), languageMap: fc.dictionary(fc.constantFrom('de', 'en', 'fr'), word, { minKeys: 1 }) }),
  fc.record({ type: fc.constant('VocabProperty'), vocab: fc.oneof(word, fc.uniqueArray(word, { minLength: 2, maxLength: 3 })) }),
  fc.record({ type: fc.constant('JsonProperty'), json: fc.oneof(record, fc.array(scalar)) }),
  fc.record({ type: fc.constant('ListProperty'), valueList: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('ListRelationship'), objectList: fc.array(uri.map((object) => ({ object })), { maxLength: 3 }) }), // prettier-ignore
)
/** With a time, with sub-attributes, and with a datasetId, or without. */
const attribute = fc
  .tuple(plainAttribute, fc.option(time), fc.option(fc.tuple(word, plainAttribute)), fc.option(uri))
  .map(([one, observedAt, sub, dataset]) => ({
    ...one,
    ...(observedAt !== null && { observedAt }),
    ...(sub !== null && { [`sub_${sub[0]}`]: sub[1] }),
    ...(dataset !== null && { datasetId: dataset }),
  }))

let count = 0
const entity = fc
  .tuple(
    fc.dictionary(
      word.map((name) => `a_${name}`),
      attribute,
      { maxKeys: 5 },
    ),
    fc.option(point),
    fc.option(fc.string({ minLength: 1, maxLength: 9 }).filter((text) => !text.includes('\0'))),
    fc.option(fc.constant('/a/b')),
  ) // prettier-ignore
  .map(([attributes, place, name, scope]) => ({
    id: `urn:x:random:${++count}`,
    type: 'Random',
    ...(scope !== null && { scope }),
    ...(name !== null && { name: { type: 'Property', value: name } }),
    ...(place !== null && { location: { type: 'GeoProperty', value: place } }),
    ...attributes,
  }))

test('one store: a random NGSI-LD entity is read as it was written, replaced by itself, and SensorThings shows the same before and after', async () => {
  await fc.assert(
    fc.asyncProperty(entity, async (drawn) => {
      // as JSON has it: no prototypes
      const one = JSON.parse(JSON.stringify(drawn)) as typeof drawn
      await ok(`POST ${NGSI}/entities`, one, 201)
      const read = await ok(`GET ${NGSI}/entities/${one.id}`)
      assert.deepEqual(read, one)
      const before = await thingOf(one.id)
      await ok(`PUT ${NGSI}/entities/${one.id}`, read, 204)
      assert.deepEqual(await ok(`GET ${NGSI}/entities/${one.id}`), one)
      assert.deepEqual(await thingOf(one.id), before)
      await ok(`POST ${NGSI}/entityOperations/upsert`, [await ok(`GET ${NGSI}/entities/${one.id}?options=concise`)], 204)
      assert.deepEqual(await ok(`GET ${NGSI}/entities/${one.id}`), one)
    }),
    { numRuns: RUNS },
  )
})

const TREE = '$expand=Locations,HistoricalLocations,Datastreams($expand=ObservedProperty,Sensor,Observations)'
let things: ReadonlyMap<string, number> = new Map()

/** The Thing behind an entity, with all that hangs on it. */
async function thingOf(iri: string) {
  if (!things.has(iri)) {
    const { items } = await platform.service.find(
      { id: 'user:1', name: '', tenant: 1, admin: true, grants: [] },
      { noun: 'entity', where: { is: 'compare', left: { path: ['iri'] }, by: '=', right: { value: iri } }, order: [], page: { limit: 1 }, include: [], count: false }, // prettier-ignore
    )
    things = new Map([...things, [iri, items[0]?.id ?? 0]])
  }
  return ok(`GET ${STA}/Things(${things.get(iri)})?${TREE}`)
}

const unit = fc.constantFrom(
  { name: 'Grad Celsius', symbol: '°C', definition: 'http://unitsofmeasure.org/ucum.html#para-30' },
  { name: 'Anzahl', symbol: 'Stück', definition: null },
  { name: null, symbol: null, definition: null },
)
const observation = fc.record({ phenomenonTime: time, result: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((n) => n || 0) }) // prettier-ignore
const stream = fc.tuple(word, unit, fc.array(observation, { maxLength: 4 })).map(([name, unitOfMeasurement, Observations]) => ({
  name: `${name} ${++count}`,
  description: 'Reihe',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement,
  ObservedProperty: { name: `${name} ${count}`, definition: `http://x/${name}`, description: '' },
  Sensor: { name: 'S', description: '', encodingType: 'text/plain', metadata: '' },
  Observations,
}))
const thing = fc
  .tuple(word, fc.dictionary(word, fc.oneof(scalar, record), { maxKeys: 4 }), fc.option(point), fc.array(stream, { maxLength: 3 }))
  .map(([name, properties, place, Datastreams]) => ({
    name,
    description: 'Ding',
    properties,
    ...(place !== null && { Locations: [{ name: 'Ort', description: '', encodingType: 'application/geo+json', location: place }] }),
    Datastreams,
  }))

test('one store: a random SensorThings tree, read as NGSI-LD and written back, is unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(thing, async (one) => {
      const made = await platform.ask(`POST ${STA}/Things`, { body: one })
      assert.equal(made.status, 201, made.text)
      const path = `GET ${STA}${/\/Things\(\d+\)$/.exec(made.headers['location'] ?? '')?.[0]}?${TREE}`
      const before = await ok(path)
      const id = `urn:ngsi-ld:Thing:${before['@iot.id']}`
      const read = await ok(`GET ${NGSI}/entities/${id}`)
      assert.equal(read.name.value, one.name)
      await ok(`PUT ${NGSI}/entities/${id}`, read, 204)
      assert.deepEqual(await ok(path), before)
      await ok(`PATCH ${NGSI}/entities/${id}`, await ok(`GET ${NGSI}/entities/${id}?options=concise`), 204)
      assert.deepEqual(await ok(path), before)
      assert.deepEqual(await ok(`GET ${NGSI}/entities/${id}`), read)
    }),
    { numRuns: RUNS },
  )
})

const T = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`

async function station(attributes: object, type = 'Station'): Promise<{ readonly id: string; readonly stream: number }> {
  const id = `urn:x:rule:${++count}`
  await ok(`POST ${NGSI}/entities`, { id, type, ...attributes }, 201)
  return { id, stream: (await thingOf(id)).Datastreams[0]?.['@iot.id'] }
}
const observe = (stream: number, body: object) => ok(`POST ${STA}/Datastreams(${stream})/Observations`, body, 201)
const value = async (id: string) => (await ok(`GET ${NGSI}/entities/${id}`)).a

test('rule 1, time anchor: an interval is observed when it ends; its beginning is told beside it', async () => {
  const { id, stream } = await station({ a: { value: 1, observedAt: T(1) } })
  await observe(stream, { phenomenonTime: `${T(2)}/${T(3)}`, result: 2 })
  assert.equal((await value(id)).observedAt, T(3))
  const [, interval] = (await ok(`GET ${NGSI}/temporal/entities/${id}?timerel=after&timeAt=${T(0)}`)).a
  assert.deepEqual([interval.observedAt, interval.phenomenonStart.value], [T(3), T(2)])
  assert.equal((await ok(`GET ${NGSI}/temporal/entities/${id}?timerel=before&timeAt=${T(3)}`)).a.length, 1)
})

test('rule 2, late data: history takes it, what is now stays', async () => {
  const { id, stream } = await station({ a: { value: 5, observedAt: T(5) } })
  await observe(stream, { phenomenonTime: T(4), result: 4 })
  await ok(`POST ${NGSI}/temporal/entities/${id}/attrs`, { a: [{ value: 3, observedAt: T(3) }] }, 204)
  assert.equal((await value(id)).value, 5)
  assert.equal((await ok(`GET ${NGSI}/temporal/entities/${id}`)).a.length, 3)
})

test('rule 3, static and observed: without a time there is no Datastream; its changes are versions', async () => {
  const { id } = await station({ a: 1 })
  assert.deepEqual((await thingOf(id)).Datastreams, [])
  await ok(`PATCH ${NGSI}/entities/${id}/attrs`, { a: 2 }, 204)
  assert.equal((await thingOf(id)).properties.a, 2)
  assert.equal((await ok(`GET ${NGSI}/temporal/entities/${id}?timeproperty=modifiedAt&timerel=after&timeAt=${T(0)}`)).a.length >= 1, true)
  await ok(`PATCH ${NGSI}/entities/${id}/attrs`, { a: { value: 3, observedAt: T(1) } }, 204)
  assert.deepEqual([(await thingOf(id)).properties.a, (await thingOf(id)).Datastreams[0].Observations.length], [undefined, 1])
})

test('rule 4, duplicate instants: both are kept, the later one is what is now', async () => {
  const { id, stream } = await station({ a: { value: 1, observedAt: T(1) } })
  await observe(stream, { phenomenonTime: T(1), result: 2 })
  assert.equal((await value(id)).value, 2)
  assert.equal((await ok(`GET ${NGSI}/temporal/entities/${id}`)).a.length, 2)
})

test('rule 5, corrections: the same row, by either standard', async () => {
  const { id, stream } = await station({ a: { value: 1, observedAt: T(1) } })
  const [{ '@iot.id': observation }] = (await ok(`GET ${STA}/Datastreams(${stream})/Observations`)).value
  await ok(`PATCH ${STA}/Observations(${observation})`, { result: 7 })
  assert.equal((await value(id)).value, 7)
  const { instanceId } = (await ok(`GET ${NGSI}/temporal/entities/${id}`)).a[0]
  await ok(`PATCH ${NGSI}/temporal/entities/${id}/attrs/a/${instanceId}`, { value: 8 }, 204)
  assert.equal((await ok(`GET ${STA}/Observations(${observation})`)).result, 8)
})

test('rule 6, delete: the value goes, the Datastream and its Observations stay; a new value brings it back', async () => {
  const { id, stream } = await station({ a: { value: 1, observedAt: T(1) } })
  await ok(`DELETE ${NGSI}/entities/${id}/attrs/a`, undefined, 204)
  assert.equal(await value(id), undefined)
  assert.equal((await ok(`GET ${STA}/Datastreams(${stream})/Observations`)).value.length, 1)
  await ok(`POST ${NGSI}/entities/${id}/attrs`, { a: { value: 2, observedAt: T(2) } }, 204)
  assert.equal((await value(id)).value, 2)
  await ok(`DELETE ${STA}/Things(${things.get(id)})`)
  assert.equal((await platform.ask(`GET ${NGSI}/entities/${id}`)).status, 404)
})

test('rule 7, the sensor that nobody named is in SensorThings, and never in NGSI-LD', async () => {
  const { id } = await station({ a: { value: 1, observedAt: T(1) } })
  assert.equal((await thingOf(id)).Datastreams[0].Sensor.name, 'Unspecified sensor')
  assert.deepEqual(Object.keys(await value(id)), ['type', 'value', 'observedAt'])
})

test('rule 8, units: the code and the triple are both kept, and no value is converted', async () => {
  const { id } = await station({ a: { value: 1, unitCode: 'GQ', observedAt: T(1) }, b: { value: 2, unitCode: 'QQQ', observedAt: T(1) } })
  const units = (await thingOf(id)).Datastreams.map(
    ({ unitOfMeasurement: { symbol } }: { unitOfMeasurement: { symbol: string } }) => symbol,
  )
  assert.deepEqual(units.toSorted(), ['QQQ', 'µg/m³'])
  assert.equal((await value(id)).unitCode, 'GQ')
})

test('rule 10, entities that only have a history have a state', async () => {
  await ok(`POST ${NGSI}/temporal/entities`, { id: 'urn:x:only', type: 'Station', a: [{ value: 1, observedAt: T(1) }, { value: 2, observedAt: T(2) }] }, 201) // prettier-ignore
  assert.equal((await value('urn:x:only')).value, 2)
  await ok(`DELETE ${NGSI}/entities/urn:x:only/attrs/a`, undefined, 204)
})

test('rule 12, geometry: verbatim, altitude and all', async () => {
  const value = { type: 'Point', coordinates: [8.1, 49.2, 112.5] }
  const { id } = await station({ location: { type: 'GeoProperty', value } })
  assert.deepEqual((await thingOf(id)).Locations[0].location, value)
  assert.deepEqual((await ok(`GET ${NGSI}/entities/${id}`)).location.value, value)
})

test('rule 9, names: free text is a name in both, and is changed and queried by it', async () => {
  const properties = { 'Cl-': 1, 'mit Leerzeichen': 2, 'ä': 3, 'pm2-5': 4 } // prettier-ignore
  const thing = await ok(`POST ${STA}/Things`, { name: 'Namen', description: '', properties }, 201).then(async () => (await ok(`GET ${STA}/Things?$filter=name eq 'Namen'`)).value[0]) // prettier-ignore
  const id = `urn:ngsi-ld:Thing:${thing['@iot.id']}`
  const shown = await ok(`GET ${NGSI}/entities/${id}?format=simplified`)
  for (const [name, value] of Object.entries(properties)) assert.equal(shown[name], value, name)
  await ok(`PATCH ${NGSI}/entities/${id}/attrs/${encodeURIComponent('Cl-')}`, { type: 'Property', value: 7 }, 204)
  assert.equal((await ok(`GET ${STA}/Things(${thing['@iot.id']})`)).properties['Cl-'], 7)
})

test('rule 11, precision: microseconds go through both, whoever wrote them', async () => {
  const [first, second] = ['2026-03-01T12:00:00.123456Z', '2026-03-01T12:00:00.123457Z']
  const { id, stream } = await station({ a: { value: 0.1, observedAt: first } })
  await observe(stream, { phenomenonTime: second, result: 0.30000000000000004 })
  assert.deepEqual([(await value(id)).observedAt, (await value(id)).value], [second, 0.30000000000000004])
  const times = (await ok(`GET ${STA}/Datastreams(${stream})/Observations?$filter=phenomenonTime lt ${second}`)).value
  assert.deepEqual(times.map((one: { phenomenonTime: string }) => one.phenomenonTime), [first]) // prettier-ignore
})

test('rule 14, paging: what is made or deleted between two pages neither repeats nor loses the others', async () => {
  const made = []
  for (let i = 0; i < 6; i++) made.push((await station({ seite: i }, 'Seite')).id)
  const here = (address: string) => `GET ${address.replace('http://localhost:8080', '')}`
  const link = (header: unknown) => /<([^>]*)>; rel="next"/.exec(String(header))?.[1] ?? ''
  const sta = await ok(`GET ${STA}/Things?$filter=properties/seite ge 0&$orderby=id&$top=2`)
  const ngsi = await platform.ask(`GET ${NGSI}/entities?type=Seite&limit=2`)
  await ok(`DELETE ${NGSI}/entities/${made[0]}`, undefined, 204)
  await station({ seite: 6 }, 'Seite')
  const rest = async (next: string): Promise<readonly string[]> => {
    const answer = await platform.ask(here(next))
    const ids = answer.json.map((one: { id: string }) => one.id)
    return link(answer.headers['link']) === '' ? ids : [...ids, ...(await rest(link(answer.headers['link'])))]
  }
  const seen = [...ngsi.json.map((one: { id: string }) => one.id), ...(await rest(link(ngsi.headers['link'])))]
  assert.equal(new Set(seen).size, seen.length)
  for (const id of made) assert.ok(seen.includes(id), id)
  const ids = sta.value.map((one: { '@iot.id': number }) => one['@iot.id'])
  for (let next = sta['@iot.nextLink']; next !== undefined;) {
    const page = await ok(here(next))
    ids.push(...page.value.map((one: { '@iot.id': number }) => one['@iot.id']))
    next = page['@iot.nextLink']
  }
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(ids.length, 7)
})

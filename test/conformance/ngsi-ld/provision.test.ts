/** provision: entities and attributes created, changed and deleted, one by one and in batches (GS CIM 009, 5.6). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { expire } from '../../../src/service/expire.ts'
import { sql } from '../../../src/store/sql.ts'
import { startNgsiLd, type NgsiLd } from './service.ts'

let ngsi: NgsiLd
before(async () => (ngsi = await startNgsiLd()))
after(() => ngsi.end())

let count = 0
const fresh = () => `urn:ngsi-ld:Test:${++count}`
const T = (hour: number) => `2026-03-01T0${hour}:00:00Z`
const GONE = 'urn:ngsi-ld:null'

async function made(attributes: object = {}): Promise<string> {
  const id = fresh()
  await ngsi.ok('POST /entities', { id, type: 'Test', ...attributes }, 201)
  return id
}
const read = (id: string, query = '') => ngsi.ok(`GET /entities/${id}${query}`)

test('5.6.1 an entity is created once', async () => {
  const id = await made({ a: { type: 'Property', value: 1 } })
  await ngsi.fails('POST /entities', 'AlreadyExists', 409, { id, type: 'Test' })
})

test('5.6.1 what is no entity is refused with the place of the fault', async () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [{ type: 'Test' }, '/id'],
    [{ id: 'no uri', type: 'Test' }, '/id'],
    [{ id: fresh() }, '/type'],
    [{ id: fresh(), type: [] }, '/type'],
    [{ id: fresh(), type: 'Test', a: null }, '/a'],
    [{ id: fresh(), type: 'Test', a: { type: 'Property' } }, '/a/value'],
    [{ id: fresh(), type: 'Test', a: { type: 'Property', value: null } }, '/a/value'],
    [{ id: fresh(), type: 'Test', a: { type: 'Nothing', value: 1 } }, '/a/type'],
    [{ id: fresh(), type: 'Test', a: { type: 'Relationship', object: 'no uri' } }, '/a/object'],
    [{ id: fresh(), type: 'Test', a: { type: 'Relationship', object: 'urn:x:1', unitCode: 'CEL' } }, '/a/unitCode'],
    [{ id: fresh(), type: 'Test', a: { type: 'GeoProperty', value: { type: 'Point' } } }, '/a/value'],
    [{ id: fresh(), type: 'Test', a: { type: 'LanguageProperty', languageMap: { de: 7 } } }, '/a/languageMap'],
    [{ id: fresh(), type: 'Test', a: { type: 'ListProperty', valueList: 7 } }, '/a/valueList'],
    [{ id: fresh(), type: 'Test', a: { type: 'Property', value: 1, observedAt: 'yesterday' } }, '/a/observedAt'],
    [{ id: fresh(), type: 'Test', a: { type: 'Property', value: 1, observedAt: '2026-03-01T12:00:00+01:00' } }, '/a/observedAt'],
    [{ id: fresh(), type: 'Test', a: { type: 'Property', value: 1, datasetId: 'no uri' } }, '/a/datasetId'],
    [{ id: fresh(), type: 'Test', a: { type: 'Property', value: GONE } }, '/a'],
    [{ id: fresh(), type: 'Test', a: { type: 'Property', value: 1, entity: {} } }, '/a/entity'],
    [{ id: fresh(), type: 'Test', 'a<b': 1 }, '/a<b'],
    [{ id: fresh(), type: 'Test', scope: '/a b' }, '/scope'],
    [{ id: fresh(), type: 'Test', expiresAt: 'soon' }, '/expiresAt'],
    [{ id: fresh(), type: 'Test', a: [{ type: 'Property', value: 1 }, { type: 'Property', value: 2 }] }, '/a/1/datasetId'], // prettier-ignore
    [7, '/'],
    [[], '/'],
  ]
  for (const [body, pointer] of cases) {
    const { at, detail } = await ngsi.fails('POST /entities', 'BadRequestData', 400, body)
    assert.equal(at.pointer, pointer, JSON.stringify(body))
    assert.ok(detail.length > 5)
  }
  await ngsi.fails('POST /entities', 'InvalidRequest', 400, '{"id":')
  const said = await ngsi.fails('POST /entities', 'BadRequestData', 400, { type: 'Test' }, { 'accept-language': 'en' })
  assert.equal(said.detail, '“id” is missing.')
})

test('5.6.2 attributes are updated, and what was not there is appended', async () => {
  const id = await made({ a: 1, b: 2, scope: '/x' })
  await ngsi.ok(`PATCH /entities/${id}/attrs`, { a: { type: 'Property', value: 9 }, c: 3, b: GONE, scope: '/y' }, 204)
  assert.deepEqual(await read(id, '?format=simplified'), { id, type: 'Test', scope: '/y', a: 9, c: 3 })
  await ngsi.ok(`PATCH /entities/${id}/attrs`, { a: { type: 'Relationship', object: 'urn:x:1' } }, 204)
  assert.equal((await read(id)).a.type, 'Relationship')
  await ngsi.fails('PATCH /entities/urn:x:nothing/attrs', 'ResourceNotFound', 404, { a: 1 })
})

test('5.6.3 attributes are appended, or kept where they are there with noOverwrite', async () => {
  const id = await made({ a: 1 })
  await ngsi.ok(`POST /entities/${id}/attrs`, { a: 2, b: 3, type: 'Other' }, 204)
  assert.deepEqual(await read(id, '?format=simplified'), { id, type: ['Test', 'Other'], a: 2, b: 3 })
  const kept = await ngsi.ok(`POST /entities/${id}/attrs?options=noOverwrite`, { a: 7, c: 4 }, 207)
  assert.deepEqual(kept.updated, ['c'])
  assert.equal(kept.notUpdated[0].attributeName, 'a')
  assert.equal((await read(id, '?format=simplified')).a, 2)
})

test('5.6.4 a part of an attribute is updated, the rest of it stays', async () => {
  const id = await made({ a: { type: 'Property', value: 1, unitCode: 'CEL', by: { type: 'Relationship', object: 'urn:x:1' } } })
  await ngsi.ok(`PATCH /entities/${id}/attrs/a`, { value: 2 }, 204)
  assert.deepEqual((await read(id)).a, { type: 'Property', value: 2, unitCode: 'CEL', by: { type: 'Relationship', object: 'urn:x:1' } })
  await ngsi.ok(`PATCH /entities/${id}/attrs/a`, { type: 'Property', by: GONE }, 204)
  assert.deepEqual((await read(id)).a, { type: 'Property', value: 2, unitCode: 'CEL' })
  await ngsi.fails(`PATCH /entities/${id}/attrs/a`, 'BadRequestData', 400, { type: 'Relationship', object: 'urn:x:1' })
  await ngsi.fails(`PATCH /entities/${id}/attrs/b`, 'ResourceNotFound', 404, { value: 2 })
  await ngsi.fails(`PATCH /entities/${id}/attrs/a`, 'ResourceNotFound', 404, { value: 2, datasetId: 'urn:x:d' })
  await ngsi.fails(`PATCH /entities/${id}/attrs/scope`, 'BadRequestData', 400, { value: '/a' })
})

test('5.6.5 an attribute is deleted: the default instance, one of its datasets, or all', async () => {
  const several = { a: [{ type: 'Property', value: 1 }, { type: 'Property', value: 2, datasetId: 'urn:x:d' }, { type: 'Property', value: 3, datasetId: 'urn:x:e' }] } // prettier-ignore
  const id = await made(several)
  assert.deepEqual((await read(id)).a, several.a)
  await ngsi.ok(`DELETE /entities/${id}/attrs/a?datasetId=urn:x:e`, undefined, 204)
  await ngsi.ok(`DELETE /entities/${id}/attrs/a`, undefined, 204)
  assert.deepEqual((await read(id)).a, several.a[1])
  await ngsi.ok(`DELETE /entities/${id}/attrs/a?deleteAll=True`, undefined, 204)
  await ngsi.fails(`DELETE /entities/${id}/attrs/a`, 'ResourceNotFound', 404)
})

test('5.6.6 an entity is deleted', async () => {
  const id = await made({ a: { type: 'Property', value: 1, observedAt: T(1) } })
  await ngsi.ok(`DELETE /entities/${id}`, undefined, 204)
  await ngsi.fails(`GET /entities/${id}`, 'ResourceNotFound', 404)
  await ngsi.fails(`DELETE /entities/${id}`, 'ResourceNotFound', 404)
  await ngsi.fails('DELETE /entities/nothing', 'BadRequestData', 400)
})

test('5.6.7 a batch creates what can be created, and tells what cannot', async () => {
  const [a, b] = [fresh(), fresh()]
  assert.deepEqual(await ngsi.ok('POST /entityOperations/create', [{ id: a, type: 'Test' }], 201), [a])
  const { success, errors } = await ngsi.ok('POST /entityOperations/create', [{ id: a, type: 'Test' }, { id: b, type: 'Test' }, { id: b, type: 'Test' }, { id: 'x', type: 'Test' }, 7], 207) // prettier-ignore
  assert.deepEqual(success, [b])
  assert.deepEqual(errors.map(({ entityId }: { entityId: string }) => entityId).toSorted(), ['#4', a, b, 'x'].toSorted())
  for (const body of [[], {}, [null]]) await ngsi.fails('POST /entityOperations/create', 'BadRequestData', 400, body)
})

test('5.6.8 a batch upserts: replaces by default, appends with update', async () => {
  const [a, b] = [fresh(), fresh()]
  const first = [{ id: a, type: 'Test', x: 1, y: 2, t: { value: 1, observedAt: T(1) } }]
  assert.deepEqual(await ngsi.ok('POST /entityOperations/upsert', first, 201), [a])
  await ngsi.ok('POST /entityOperations/upsert', [{ id: a, type: 'Test', x: 3 }], 204)
  assert.deepEqual(await read(a, '?format=simplified'), { id: a, type: 'Test', x: 3 })
  await ngsi.ok(
    'POST /entityOperations/upsert?options=update',
    [
      { id: a, type: 'Test', z: 4 },
      { id: b, type: 'Test' },
    ],
    201,
  )
  assert.deepEqual(await read(a, '?format=simplified'), { id: a, type: 'Test', x: 3, z: 4 })
})

test('5.6.8 what is said again as it was is no change', async () => {
  const one = { id: fresh(), type: 'Test', x: { b: 1, a: [{ d: 1, c: 2 }] }, y: { value: 1, observedAt: T(1) } }
  await ngsi.ok('POST /entityOperations/upsert', [one], 201)
  const before = await read(one.id, '?options=sysAttrs')
  await ngsi.ok('POST /entityOperations/upsert', [{ ...one, x: { a: [{ c: 2, d: 1 }], b: 1 } }], 204)
  assert.deepEqual(await read(one.id, '?options=sysAttrs'), before)
  assert.equal((await ngsi.ok(`GET /temporal/entities/${one.id}`)).y.length, 1)
})

test('5.6.8 one bad item among a thousand fails alone', async () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ id: `urn:x:many:${i}`, type: 'Many', n: i }))
  const { success, errors } = await ngsi.ok(
    'POST /entityOperations/upsert',
    many.with(500, { id: 'urn:x:bad', type: 'Many', n: null as never }),
    207,
  )
  assert.equal(success.length, 999)
  assert.deepEqual(errors.map(({ entityId }: { entityId: string }) => entityId), ['urn:x:bad']) // prettier-ignore
})

test('5.6.9 a batch updates what is there', async () => {
  const a = await made({ x: 1 })
  await ngsi.ok(
    'POST /entityOperations/update',
    [
      { id: a, x: 2 },
      { id: a, y: 3 },
    ],
    204,
  )
  assert.deepEqual(await read(a, '?format=simplified'), { id: a, type: 'Test', x: 2, y: 3 })
  const { errors } = await ngsi.ok('POST /entityOperations/update', [{ id: fresh(), x: 2 }], 207)
  assert.match(errors[0].error.type, /ResourceNotFound$/)
})

test('5.6.10 a batch deletes', async () => {
  const [a, b] = [await made(), fresh()]
  const { success, errors } = await ngsi.ok('POST /entityOperations/delete', [a, b], 207)
  assert.deepEqual([success, errors[0].entityId], [[a], b])
})

test('5.6.11 5.6.12 a history is created and goes on; late data does not move what is now', async () => {
  const id = fresh()
  const value = (hour: number) => ({ type: 'Property', value: hour, observedAt: T(hour) })
  await ngsi.ok('POST /temporal/entities', { id, type: 'Test', a: [value(2), value(4)] }, 201)
  await ngsi.ok('POST /temporal/entities', { id, type: 'Test', a: [value(1)], b: [value(3)] }, 204)
  await ngsi.ok(`POST /temporal/entities/${id}/attrs`, { a: [value(3)] }, 204)
  assert.deepEqual(await read(id, '?format=simplified'), { id, type: 'Test', a: 4, b: 3 })
  const { a } = await ngsi.ok(`GET /temporal/entities/${id}?format=temporalValues`)
  assert.deepEqual(a.values.map(([n]: [number]) => n), [1, 2, 3, 4]) // prettier-ignore
})

test('5.6.13 5.6.16 an attribute goes with its history, and so does the entity', async () => {
  const id = await made({ a: { value: 1, observedAt: T(1) }, b: { value: 1, observedAt: T(1) } })
  await ngsi.ok(`DELETE /temporal/entities/${id}/attrs/a`, undefined, 204)
  assert.equal((await ngsi.ok(`GET /temporal/entities/${id}`)).a, undefined)
  await ngsi.fails(`DELETE /temporal/entities/${id}/attrs/a`, 'ResourceNotFound', 404)
  await ngsi.ok(`DELETE /temporal/entities/${id}`, undefined, 204)
  await ngsi.fails(`GET /temporal/entities/${id}`, 'ResourceNotFound', 404)
})

test('5.6.14 5.6.15 an instance is corrected and deleted', async () => {
  const id = await made({ a: { value: 1, observedAt: T(1) } })
  const { instanceId } = (await ngsi.ok(`GET /temporal/entities/${id}`)).a[0]
  await ngsi.ok(`PATCH /temporal/entities/${id}/attrs/a/${instanceId}`, { type: 'Property', value: 2 }, 204)
  assert.deepEqual((await ngsi.ok(`GET /temporal/entities/${id}`)).a[0].value, 2)
  assert.equal((await read(id)).a.value, 2)
  await ngsi.ok(`DELETE /temporal/entities/${id}/attrs/a/${instanceId}`, undefined, 204)
  await ngsi.fails(`DELETE /temporal/entities/${id}/attrs/a/urn:x:y`, 'ResourceNotFound', 404)
})

test('5.6.17 an entity is merged: deeply, member by member, null takes away', async () => {
  const id = await made({ address: { type: 'Property', value: { street: 'A', city: 'B' }, by: { type: 'Property', value: 1 } }, gone: 1, title: { type: 'LanguageProperty', languageMap: { de: 'x' } } }) // prettier-ignore
  await ngsi.ok(`PATCH /entities/${id}`, { address: { value: { city: 'C' } }, gone: GONE, title: { languageMap: { en: 'y' } } }, 204)
  const entity = await read(id)
  assert.deepEqual(entity.address, { type: 'Property', value: { street: 'A', city: 'C' }, by: { type: 'Property', value: 1 } })
  assert.deepEqual(entity.title.languageMap, { de: 'x', en: 'y' })
  assert.equal(entity.gone, undefined)
  await ngsi.ok(`PATCH /entities/${id}?lang=fr`, { title: 'z' }, 204)
  assert.deepEqual((await read(id)).title.languageMap, { de: 'x', en: 'y', fr: 'z' })
})

test('5.6.18 an entity is replaced; when it was made stays', async () => {
  const id = await made({ a: 1, b: { value: 1, observedAt: T(1) } })
  const { createdAt } = await read(id, '?options=sysAttrs')
  await ngsi.ok(`PUT /entities/${id}`, { id, type: 'New', c: 2 }, 204)
  const entity = await read(id, '?options=sysAttrs,keyValues')
  assert.deepEqual([entity.type, entity.a, entity.b, entity.c, entity.createdAt], ['New', undefined, undefined, 2, createdAt])
  await ngsi.fails(`PUT /entities/${id}`, 'BadRequestData', 400, { type: 'New', c: GONE })
  await ngsi.fails(`PUT /entities/${id}`, 'BadRequestData', 400, { id: 'urn:x:other', type: 'New' })
})

test('5.6.19 an attribute is replaced', async () => {
  const id = await made({ a: { type: 'Property', value: 1, by: { type: 'Property', value: 1 } } })
  await ngsi.ok(`PUT /entities/${id}/attrs/a`, { type: 'Property', value: 2 }, 204)
  assert.deepEqual((await read(id)).a, { type: 'Property', value: 2 })
  await ngsi.fails(`PUT /entities/${id}/attrs/b`, 'ResourceNotFound', 404, { type: 'Property', value: 2 })
})

test('5.6.20 a batch merges', async () => {
  const id = await made({ a: { type: 'Property', value: { x: 1, y: 2 } } })
  await ngsi.ok('POST /entityOperations/merge', [{ id, a: { value: { y: 3 } } }], 204)
  assert.deepEqual((await read(id)).a.value, { x: 1, y: 3 })
})

test('5.6.21 all that match are purged, or some of their attributes', async () => {
  const ids = [fresh(), fresh()]
  await ngsi.ok('POST /entityOperations/create', ids.map((id) => ({ id, type: 'Purged', a: 1, b: 2, c: 3 })), 201) // prettier-ignore
  await ngsi.ok('DELETE /entities?type=Purged&drop=a', undefined, 204)
  await ngsi.ok('DELETE /entities?type=Purged&keep=b', undefined, 204)
  assert.deepEqual((await ngsi.ok('GET /entities?type=Purged&format=simplified'))[0], { id: ids[0], type: 'Purged', b: 2 })
  await ngsi.ok('DELETE /entities?type=Purged', undefined, 204)
  assert.deepEqual(await ngsi.ok('GET /entities?type=Purged'), [])
  await ngsi.fails('DELETE /entities', 'BadRequestData', 400)
})

test('4.24 what has expired is not there any more', async () => {
  const id = await made({ expiresAt: '2020-01-01T00:00:00Z' })
  await ngsi.fails(`GET /entities/${id}`, 'ResourceNotFound', 404)
})

test('4.24 what has expired is not counted, leaves no gap on a page, and is taken away', async () => {
  const all = Array.from({ length: 6 }, (_, i) => ({ id: fresh(), type: 'Ending', n: i, ...(i % 2 === 0 && { expiresAt: '2020-01-01T00:00:00.5Z' }) })) // prettier-ignore
  all[5] = { ...all[5]!, expiresAt: '2999-01-01T00:00:00Z' }
  await ngsi.ok('POST /entityOperations/create', all, 201)
  const page = await ngsi.ask('GET /entities?type=Ending&limit=2&count=true')
  assert.equal(page.headers['ngsild-results-count'], '3')
  assert.equal(page.json.length, 2)
  assert.equal((await ngsi.ok('GET /types/Ending')).entityCount, 3)
  assert.equal((await ngsi.ok('GET /entities/' + all[5].id)).id, all[5].id)
  const stored = async () => (await ngsi.platform.database.query(sql`select from entity where exists (select from unnest(types) type where type like '%Ending')`)).length // prettier-ignore
  assert.equal(await stored(), 6)
  assert.ok((await expire(ngsi.platform.database, ngsi.platform.service)) >= 3)
  assert.equal(await stored(), 3)
  await ngsi.ok('POST /entities', { ...all[0], expiresAt: '2999-01-01T00:00:00Z' }, 201)
})

test('5.6.2 5.6.8 writers at the same time lose nothing', async () => {
  const id = await made({ n: 0 })
  await Promise.all(Array.from({ length: 12 }, (_, i) => ngsi.ok(`PATCH /entities/${id}/attrs`, { [`a${i}`]: i }, 204)))
  assert.equal(Object.keys(await read(id)).length, 3 + 12)
  const upserted = await Promise.all(Array.from({ length: 6 }, () => ngsi.ask('POST /entityOperations/upsert', [{ id: 'urn:x:race', type: 'Test', v: 1 }]))) // prettier-ignore
  assert.deepEqual(upserted.map(({ status }) => status).toSorted((a, b) => a - b), [201, 204, 204, 204, 204, 204]) // prettier-ignore
})

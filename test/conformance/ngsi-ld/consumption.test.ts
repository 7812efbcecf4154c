/** consumption: entities retrieved and queried, in every representation; their history; what types and attributes there are (GS CIM 009, 4.5 and 5.7). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startNgsiLd, type NgsiLd } from './service.ts'

let ngsi: NgsiLd
const ALL = 'urn:ngsi-ld:Every:1'
const T = (hour: number) => `2026-03-01T0${hour}:00:00Z`
const every = {
  id: ALL,
  type: 'Every',
  scope: ['/Rathaus/EG', '/Stadt'],
  flag: { type: 'Property', value: true },
  number: { type: 'Property', value: 1.5, unitCode: 'CEL', observedAt: T(1), accuracy: { type: 'Property', value: 0.1 } },
  record: { type: 'Property', value: { deep: [1, { x: null }] } },
  owner: { type: 'Relationship', object: 'urn:x:o', objectType: 'Person' },
  owners: { type: 'Relationship', object: ['urn:x:o', 'urn:x:p'] },
  location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [8, 49, 100] } },
  area: { type: 'GeoProperty', value: { type: 'Polygon', coordinates: [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]] } }, // prettier-ignore
  title: { type: 'LanguageProperty', languageMap: { de: 'Straße', en: 'Street', 'fr-CH': 'Rue' } },
  category: { type: 'VocabProperty', vocab: ['parking', 'public'] },
  raw: { type: 'JsonProperty', json: { '@type': 'kept', a: { b: null } } },
  list: { type: 'ListProperty', valueList: [3, 1, 2] },
  chain: { type: 'ListRelationship', objectList: [{ object: 'urn:x:a' }, { object: 'urn:x:b' }] },
  several: [
    { type: 'Property', value: 1, observedAt: T(1) },
    { type: 'Property', value: 2, observedAt: T(1), datasetId: 'urn:x:d' },
  ],
}

before(async () => {
  ngsi = await startNgsiLd()
  await ngsi.ok('POST /entities', every, 201)
  await ngsi.ok('POST /entityOperations/create', Array.from({ length: 7 }, (_, i) => ({ id: `urn:x:q${i}`, type: i % 2 ? 'Odd' : 'Even', n: i })), 201) // prettier-ignore
})
after(() => ngsi.end())
const read = (query = '') => ngsi.ok(`GET /entities/${ALL}${query}`)

test('4.5.1 4.5.2 4.19 every kind of attribute comes back as it was written', async () => {
  const entity = await read()
  assert.deepEqual(new Set(entity.scope), new Set(every.scope))
  for (const [name, value] of Object.entries(every)) if (name !== 'scope') assert.deepEqual(entity[name], value, name)
})

test('4.5.3 4.5.5 the concise representation, and what it is read as', async () => {
  const entity = await read('?options=concise')
  assert.equal(entity.flag, true)
  assert.deepEqual(entity.location, every.location.value)
  assert.deepEqual(entity.owner, { object: 'urn:x:o', objectType: 'Person' })
  assert.deepEqual(entity.title, { languageMap: every.title.languageMap })
  const { id: _, ...rest } = entity
  await ngsi.ok('POST /entities', { id: 'urn:x:concise', ...rest }, 201)
  const again = await ngsi.ok('GET /entities/urn:x:concise')
  for (const [name, value] of Object.entries(every)) if (name !== 'id' && name !== 'scope') assert.deepEqual(again[name], value, name)
})

test('4.5.4 the simplified representation', async () => {
  const entity = await read('?options=keyValues')
  assert.deepEqual(
    [entity.number, entity.owner, entity.title, entity.category, entity.raw, entity.list, entity.several],
    [1.5, 'urn:x:o', { languageMap: every.title.languageMap }, { vocab: ['parking', 'public'] }, { json: every.raw.json }, { valueList: [3, 1, 2] }, { dataset: { '@none': 1, 'urn:x:d': 2 } }], // prettier-ignore
  )
})

test('4.8 system attributes on request, at entities and attributes', async () => {
  const entity = await read('?options=sysAttrs')
  for (const part of [entity, entity.flag, entity.number]) assert.match(part.createdAt, /^20\d\d-\d\d-\d\dT.*Z$/)
  assert.equal((await read()).createdAt, undefined)
})

test('4.15 a text in the language that is wanted', async () => {
  const title = async (lang: string) => (await read(`?lang=${encodeURIComponent(lang)}`)).title
  assert.deepEqual(await title('en'), { type: 'Property', value: 'Street', lang: { type: 'Property', value: 'en' } })
  assert.equal((await title('fr-CH,fr;q=0.9,*;q=0.5')).value, 'Rue')
  assert.equal((await title('it,fr;q=0.5')).value, 'Rue')
  assert.equal(typeof (await title('xx')).value, 'string')
})

test('4.16 an entity as a GeoJSON feature', async () => {
  const { json, headers } = await ngsi.ask(`GET /entities/${ALL}`, undefined, { accept: 'application/geo+json', prefer: 'body=json' })
  assert.deepEqual([json.type, json.geometry, json.properties.type], ['Feature', every.location.value, 'Every'])
  assert.match(headers['link'] ?? '', /json-ld#context/)
  const area = await ngsi.ask(`GET /entities/${ALL}?geometryProperty=area`, undefined, { accept: 'application/geo+json' })
  assert.deepEqual([area.json.geometry, typeof area.json['@context']], [every.area.value, 'string'])
  const all = await ngsi.ask('GET /entities?type=Even', undefined, { accept: 'application/geo+json' })
  assert.deepEqual([all.json.type, all.json.features[0].geometry], ['FeatureCollection', null])
  await ngsi.fails(`GET /entities/${ALL}?geometryProperty=area`, 'BadRequestData', 400)
})

test('4.21 members are picked and omitted', async () => {
  assert.deepEqual(Object.keys(await read('?pick=id,flag')), ['id', 'flag'])
  assert.equal((await read('?omit=flag,scope')).flag, undefined)
  assert.deepEqual(await read('?pick=several&datasetId=urn:x:d'), { several: every.several[1] })
})

test('5.7.1 an entity is retrieved; of attributes that it lacks there are none', async () => {
  await ngsi.fails(`GET /entities/${ALL}?attrs=nothing`, 'ResourceNotFound', 404)
  await ngsi.fails(`GET /entities/${ALL}?type=Other`, 'ResourceNotFound', 404)
  await ngsi.fails('GET /entities/urn:x:nothing', 'ResourceNotFound', 404)
  await ngsi.fails('GET /entities/nothing', 'BadRequestData', 400)
})

test('4.17 5.7.2 entities are queried by type, id and attributes; a query that is too wide is refused', async () => {
  const ids = async (query: string) => (await ngsi.ok(`GET /entities?${query}`)).map(({ id }: { id: string }) => id)
  assert.deepEqual(await ids('type=Odd'), ['urn:x:q1', 'urn:x:q3', 'urn:x:q5'])
  assert.equal((await ids('type=Odd|Even')).length, 7)
  assert.deepEqual(await ids('type=Odd,Even&id=urn:x:q2,urn:x:q3'), ['urn:x:q2', 'urn:x:q3'])
  assert.equal((await ids('attrs=number&local=true')).includes(ALL), true)
  for (const query of ['', 'id=urn:x:q1', 'limit=5']) await ngsi.fails(`GET /entities?${query}`, 'BadRequestData', 400)
  await ngsi.fails('GET /entities?type=Odd&id=no', 'BadRequestData', 400)
  const posted = await ngsi.ok('POST /entityOperations/query', { type: 'Query', entities: [{ type: 'Odd', id: 'urn:x:q1' }, { type: 'Even', id: ['urn:x:q2'] }], pick: ['id'] }) // prettier-ignore
  assert.deepEqual(posted, [{ id: 'urn:x:q1' }, { id: 'urn:x:q2' }])
  await ngsi.fails('POST /entityOperations/query', 'BadRequestData', 400, { type: 'Other' })
})

test('5.5.9 6.3.10 pages, their links and the count', async () => {
  const { json, headers } = await ngsi.ask('GET /entities?type=Even,Odd&limit=3&count=true&format=simplified')
  assert.deepEqual([json.length, headers['ngsild-results-count']], [3, '7'])
  const next = async (header: string | undefined): Promise<{ ids: string[]; link: string | undefined }> => {
    const path = /<http:\/\/localhost:8080\/ngsi-ld\/v1([^>]+)>; rel="next"/.exec(header ?? '')?.[1]
    assert.match(path ?? '', /format=simplified/)
    const page = await ngsi.ask(`GET ${path}`)
    return { ids: page.json.map(({ id }: { id: string }) => id), link: page.headers['link'] }
  }
  const second = await next(headers['link'])
  assert.deepEqual(second.ids, ['urn:x:q3', 'urn:x:q4', 'urn:x:q5'])
  assert.match(second.link ?? '', /rel="prev"/)
  assert.deepEqual((await next(second.link)).ids, ['urn:x:q6'])
  assert.deepEqual(await ngsi.ok('GET /entities?type=Even&limit=0&count=true'), [])
  for (const query of ['limit=0', 'limit=-1', 'offset=-1', 'limit=x', 'limit=100000']) await ngsi.fails(`GET /entities?type=Even&${query}`, 'BadRequestData', 400) // prettier-ignore
})

test('5.7.3 5.7.4 4.5.6 4.5.8 a history in full and as pairs', async () => {
  await ngsi.ok(`PATCH /entities/${ALL}/attrs`, { number: { type: 'Property', value: 2.5, unitCode: 'CEL', observedAt: T(2) } }, 204)
  const { number } = await ngsi.ok(`GET /temporal/entities/${ALL}?attrs=number`)
  assert.deepEqual([number.length, number[0].accuracy.value, number[1].unitCode], [2, 0.1, 'CEL'])
  assert.match(number[0].instanceId, /^urn:/)
  const pairs = await ngsi.ok(`GET /temporal/entities/${ALL}?attrs=number,several&options=temporalValues`)
  assert.deepEqual(pairs.number, { type: 'Property', values: [[1.5, T(1)], [2.5, T(2)]] }) // prettier-ignore
  assert.deepEqual(pairs.several[1], { type: 'Property', datasetId: 'urn:x:d', values: [[2, T(1)]] })
  const found = await ngsi.ok(`GET /temporal/entities?type=Every&attrs=number&timerel=between&timeAt=${T(2)}&endTimeAt=${T(3)}`)
  assert.deepEqual(found[0].number.map(({ value }: { value: number }) => value), [2.5]) // prettier-ignore
})

test('4.11 a temporal query that is none is refused', async () => {
  for (const query of [
    'timerel=after',
    'timerel=later&timeAt=2026-01-01T00:00:00Z',
    'timerel=after&timeAt=yesterday',
    'timeAt=2026-01-01T00:00:00Z',
    `timerel=between&timeAt=${T(2)}`,
    `timerel=between&timeAt=${T(2)}&endTimeAt=${T(1)}`,
    `timerel=after&timeAt=${T(1)}&timeproperty=x`,
    'lastN=0',
    'lastN=x',
  ])
    // prettier-ignore
    await ngsi.fails(`GET /temporal/entities/${ALL}?${query}`, 'BadRequestData', 400)
  await ngsi.fails('GET /temporal/entities?type=Every', 'BadRequestData', 400)
})

test('4.5.19 aggregation: methods for the kind of value, durations, and what has none', async () => {
  const path = `GET /temporal/entities/${ALL}?format=aggregatedValues`
  const { number } = await ngsi.ok(`${path}&attrs=number&aggrMethods=totalCount,avg&aggrPeriodDuration=PT30M`)
  assert.deepEqual(number.totalCount.map(([count]: [number]) => count), [1, 1]) // prettier-ignore
  assert.deepEqual(number.avg[0], [1.5, T(1), '2026-03-01T01:30:00Z'])
  await ngsi.fails(`${path}&aggrMethods=avg&aggrPeriodDuration=1h`, 'InvalidRequest', 400)
  await ngsi.fails(`${path}&aggrMethods=median`, 'BadRequestData', 400)
  await ngsi.fails(path, 'BadRequestData', 400)
  await ngsi.fails(`GET /temporal/entities/${ALL}?aggrMethods=avg`, 'BadRequestData', 400)
})

test('5.7.5 5.7.6 5.7.7 types: listed, with their attributes, and one of them', async () => {
  const { type, typeList } = await ngsi.ok('GET /types')
  assert.equal(type, 'EntityTypeList')
  assert.ok(['Every', 'Odd', 'Even'].every((name) => typeList.includes(name)))
  const details = await ngsi.ok('GET /types?details=true')
  assert.deepEqual(details.find(({ typeName }: { typeName: string }) => typeName === 'Odd').attributeNames, ['n'])
  const { entityCount, attributeDetails } = await ngsi.ok('GET /types/Odd')
  assert.deepEqual([entityCount, attributeDetails[0].attributeTypes], [3, ['Property']])
  await ngsi.fails('GET /types/Nothing', 'ResourceNotFound', 404)
})

test('5.7.8 5.7.9 5.7.10 attributes: listed, with their types, and one of them', async () => {
  assert.ok((await ngsi.ok('GET /attributes')).attributeList.includes('owner'))
  const details = await ngsi.ok('GET /attributes?details=true')
  assert.deepEqual(details.find(({ attributeName }: { attributeName: string }) => attributeName === 'n').typeNames, ['Even', 'Odd'])
  const owner = await ngsi.ok('GET /attributes/owner')
  assert.deepEqual([owner.attributeTypes, owner.attributeCount], [['Relationship'], 2])
  await ngsi.fails('GET /attributes/nothing', 'ResourceNotFound', 404)
})

test('5.15 who the context source is', async () => {
  const { type, contextSourceAlias, contextSourceUptime } = await ngsi.ok('GET /info/sourceIdentity')
  assert.deepEqual([type, contextSourceAlias], ['ContextSourceIdentity', 'localhost:8080'])
  assert.match(contextSourceUptime, /^PT\d+S$/)
})

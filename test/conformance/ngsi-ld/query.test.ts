/** ngsi-ld-query: entities found by what they are, what they have, where they are and where they belong, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type Platform } from '../../support/platform.ts'

let platform: Platform
before(async () => {
  platform = await startPlatform()
  const made = await platform.ask('POST /ngsi-ld/v1/entityOperations/create', { body: TOWN })
  assert.equal(made.status, 201, made.text)
})
after(() => platform.end())

const entity = (id: string, type: string | readonly string[], more: object) => ({ id: `urn:ngsi-ld:${id}`, type, ...more })
const point = (...coordinates: readonly number[]) => ({ type: 'GeoProperty', value: { type: 'Point', coordinates } })
const TOWN = [
  entity('Tree:1', 'Tree', { species: 'Linde', height: 12.5, planted: '1990-04-01T00:00:00Z', location: point(8.1, 49.1), scope: '/park/north' }), // prettier-ignore
  entity('Tree:2', ['Tree', 'Monument'], { species: 'Eiche', height: 21, tags: ['alt', 'hohl'], location: point(8.2, 49.2), scope: ['/park/south', '/kept'] }), // prettier-ignore
  entity('Station:1', 'Station', {
    pm10: { type: 'Property', value: 17.5, unitCode: 'GQ', observedAt: '2026-03-01T12:00:00Z' },
    open: true,
    address: { type: 'Property', value: { street: 'Markt', number: 7 } },
    title: { type: 'LanguageProperty', languageMap: { de: 'Markt', en: 'Market' } },
    near: { type: 'Relationship', object: 'urn:ngsi-ld:Tree:1' },
    reliability: { type: 'Property', value: 0.9, checkedBy: { type: 'Property', value: 'Amt' } },
    location: point(8.11, 49.11),
  }),
  entity('Station:2', 'Station', {
    pm10: [
      { type: 'Property', value: 40, observedAt: '2026-03-02T12:00:00Z' },
      { type: 'Property', value: 44, observedAt: '2026-03-02T12:00:00Z', datasetId: 'urn:second' },
    ],
    weather: { type: 'Property', value: 'Regen', observedAt: '2026-03-02T12:00:00Z' },
  }),
]

const found = async (query: string): Promise<readonly string[]> => {
  const { status, json, text } = await platform.ask(`GET /ngsi-ld/v1/entities?${query}`)
  assert.equal(status, 200, text)
  return (json as { id: string }[]).map(({ id }) => id.replace('urn:ngsi-ld:', '')).toSorted()
}

const Q: readonly (readonly [q: string, ids: readonly string[]])[] = [
  ['height', ['Tree:1', 'Tree:2']],
  ['height>15', ['Tree:2']],
  ['height==10..20', ['Tree:1']],
  ['height!=12.5', ['Tree:2']],
  ['species=="Linde","Buche"', ['Tree:1']],
  ['species!="Linde"', ['Tree:2']],
  ['species~=^L', ['Tree:1']],
  ['species!~="^L"', ['Tree:2']],
  ['tags=="hohl"', ['Tree:2']],
  ['planted<2000-01-01T00:00:00Z', ['Tree:1']],
  ['height>10;species=="Linde"|pm10', ['Station:1', 'Station:2', 'Tree:1']],
  ['height>10;(species=="Linde"|pm10)', ['Tree:1']],
  ['pm10>15', ['Station:1', 'Station:2']],
  ['pm10>41', ['Station:2']],
  ['pm10!=17.5', ['Station:2']],
  ['pm10.observedAt>2026-03-02T00:00:00Z', ['Station:2']],
  ['weather=="Regen"', ['Station:2']],
  ['open==true', ['Station:1']],
  ['open==false', []],
  ['address[street]=="Markt"', ['Station:1']],
  ['address[number]>=7', ['Station:1']],
  ['title[en]=="Market"', ['Station:1']],
  ['near==urn:ngsi-ld:Tree:1', ['Station:1']],
  ['reliability.checkedBy=="Amt"', ['Station:1']],
  ['createdAt>2000-01-01T00:00:00Z;height', ['Tree:1', 'Tree:2']],
  ['nothing', []],
]

for (const [q, ids] of Q) test(`4.9 q=${q}`, async () => assert.deepEqual(await found(`q=${encodeURIComponent(q)}`), ids))

const POLYGON = '[[[8.05,49.05],[8.15,49.05],[8.15,49.15],[8.05,49.15],[8.05,49.05]]]'
const BOW_TIE = '[[[8.05,49],[8.25,49.3],[8.25,49],[8.05,49.3],[8.05,49]]]'
type Cases = readonly (readonly [query: string, ids: readonly string[]])[]

const TYPES: Cases = [
  ['type=Tree', ['Tree:1', 'Tree:2']],
  ['type=Monument,Station', ['Station:1', 'Station:2', 'Tree:2']],
  ['type=Monument|Station', ['Station:1', 'Station:2', 'Tree:2']],
  ['type=(Tree;Monument)', ['Tree:2']],
  ['type=(Tree;Monument),Station', ['Station:1', 'Station:2', 'Tree:2']],
  ['type=*&idPattern=:2$&local=true', ['Station:2', 'Tree:2']],
]
for (const [query, ids] of TYPES) test(`4.17 5.7.2 ${query}`, async () => assert.deepEqual(await found(query), ids))

const PLACES: Cases = [
  ['georel=near;maxDistance==2000&geometry=Point&coordinates=[8.1,49.1]', ['Station:1', 'Tree:1']],
  ['georel=near;minDistance==2000&geometry=Point&coordinates=[8.1,49.1]', ['Tree:2']],
  [`georel=within&geometry=Polygon&coordinates=${POLYGON}`, ['Station:1', 'Tree:1']],
  [`georel=disjoint&geometry=Polygon&coordinates=${POLYGON}`, ['Tree:2']],
  [`georel=intersects&geometry=Polygon&coordinates=${BOW_TIE}`, ['Station:1', 'Tree:1', 'Tree:2']],
  [`georel=equals&geometry=Point&coordinates=[8.2,49.2]`, ['Tree:2']],
]
for (const [query, ids] of PLACES) test(`4.10 ${query}`, async () => assert.deepEqual(await found(query), ids))

const SCOPES: Cases = [
  ['type=Tree&scopeQ=/park/north', ['Tree:1']],
  ['type=Tree&scopeQ=/park/%23', ['Tree:1', 'Tree:2']],
  ['type=Tree&scopeQ=/park/%2B', ['Tree:1', 'Tree:2']],
  ['type=Tree&scopeQ=(/park/%2B;/kept)', ['Tree:2']],
  ['type=Tree,Station&scopeQ=/%23', ['Tree:1', 'Tree:2']],
]
for (const [query, ids] of SCOPES) test(`4.19 ${query}`, async () => assert.deepEqual(await found(query), ids))

test('4.23 entities come in the order asked for', async () => {
  const { json } = await platform.ask('GET /ngsi-ld/v1/entities?local=true&orderBy=id;desc&limit=2&pick=id')
  assert.deepEqual(json, [{ id: 'urn:ngsi-ld:Tree:2' }, { id: 'urn:ngsi-ld:Tree:1' }])
})

const REFUSED: readonly (readonly [query: string, status: number, column?: number])[] = [
  ['q=height>', 400, 8],
  ['q=height>1..5', 400, 7],
  ['q=(height>1', 400, 10],
  ['q=height>abc', 400, 8],
  ['q=;', 400, 1],
  ['q=a..b>1', 400, 1],
  ['q=species~=(a', 400, 10],
  ['q=near{height}>1', 501, 5],
  ['type=(Tree;Monument', 400, 15],
  ['type=Tree&scopeQ=park', 400, 1],
  ['georel=within&geometry=Polygon', 400],
  ['georel=beside&geometry=Point&coordinates=[8,49]', 400],
  ['georel=within&geometry=Polygon&coordinates=[8,49]', 400],
  ['georel=within&geometry=Point&coordinates=[8,', 400],
  ['type=Tree&idPattern=(', 400],
  ['type=Tree&orderBy=id', 400],
  ['local=true&orderBy=height', 501],
]

for (const [query, status, column] of REFUSED)
  test(`4.9 4.10 4.17 4.19 4.23 ${query} is refused`, async () => {
    const answer = await platform.ask(`GET /ngsi-ld/v1/entities?${query}`)
    assert.equal(answer.status, status, answer.text)
    if (column !== undefined) assert.match(answer.text, new RegExp(`Spalte ${column}\\b|"column":${column}\\b`))
  })

/** filtering: OGC API Features Part 3 (19-079r2) with CQL2 (21-065r2) in both forms, queryables, and ordering (Part 8). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Draft } from '../../../src/model/draft.ts'
import { addDataset, air, trees } from '../../support/datasets.ts'
import { startPlatform, type Platform } from '../../support/platform.ts'

let platform: Platform

const square: Draft = {
  draft: 'entity',
  iri: 'urn:x:square',
  type: 'Square',
  name: "Markt d'Or_1",
  geometry: { type: 'Polygon', coordinates: [[[8.15, 49.1], [8.35, 49.1], [8.35, 49.3], [8.15, 49.3], [8.15, 49.1]]] },
  attributes: { planted: '2020-05-01', label: '100 %' },
} // prettier-ignore

before(async () => {
  platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_URL: 'https://stadt.example' })
  // stations 1 to 5 at 8.1 … 8.5, with height = number, indoor for even ones, pm10 = 2 + number / 10
  await addDataset(platform.service, 'luft', [...air(5, 3), square])
  await addDataset(platform.service, 'baeume', trees(3))
})
after(() => platform.end())

const ITEMS = '/ogc/collections/luft/items'
const ask = (parameters: Readonly<Record<string, string>>) => platform.ask(`GET ${ITEMS}?${new URLSearchParams(parameters).toString()}`)

async function found(parameters: Readonly<Record<string, string>>): Promise<string> {
  const { status, json, text } = await ask(parameters)
  assert.equal(status, 200, text)
  return (json.features as { properties: { name: string } }[]).map(({ properties: { name } }) => name.replace('Station ', '')).join(' ')
}

const TEXT: readonly (readonly [requirement: string, filter: string, names: string])[] = [
  ['basic-cql2: comparison with a number', 'height > 3', '4 5'],
  ['basic-cql2: the latest value of a series', 'pm10 <= 2.2', '1 2'],
  ['basic-cql2: the value first', '3 < height', '4 5'],
  ['basic-cql2: text', "name = 'Station 2'", '2'],
  ['basic-cql2: a quote in a text', "name = 'Markt d''Or_1'", "Markt d'Or_1"],
  ['basic-cql2: boolean', 'indoor = true AND height < 4', '2'],
  ['basic-cql2: and, or, not, brackets', 'NOT (height > 2 OR height = 1) AND height IS NOT NULL', '2'],
  ['basic-cql2: is null', 'height IS NULL', "Markt d'Or_1"],
  ['basic-cql2: is not null, of a series', 'pm10 IS NOT NULL', '1 2 3 4 5'],
  ['basic-cql2: dates', "planted > DATE('2020-01-01')", "Markt d'Or_1"],
  ['basic-cql2: instants', "pm10_time >= TIMESTAMP('2026-01-01T02:00:00Z') AND height = 1", '1'],
  ['basic-cql2: constants', 'TRUE AND height = 1', '1'],
  ['basic-cql2: a quoted name', '"height" = 5', '5'],
  ['advanced-comparison-operators: like', "name LIKE 'Station _'", '1 2 3 4 5'],
  ['advanced-comparison-operators: like, escaped', "label LIKE '100 \\%'", "Markt d'Or_1"],
  ['advanced-comparison-operators: not like', "name NOT LIKE 'Station%'", "Markt d'Or_1"],
  ['advanced-comparison-operators: between', 'height BETWEEN 2 AND 3', '2 3'],
  ['advanced-comparison-operators: not between', 'height NOT BETWEEN 2 AND 5 AND height IS NOT NULL', '1'],
  ['advanced-comparison-operators: in', "height IN (1, 5) OR name IN ('Station 2')", '1 2 5'],
  ['case-insensitive-comparison: equals', "CASEI(name) = CASEI('STATION 3')", '3'],
  ['case-insensitive-comparison: like', "CASEI(name) LIKE casei('STATION%') AND height = 1", '1'],
  ['basic-spatial-functions: point', 'S_INTERSECTS(geometry, POINT(8.1 49.2))', '1'],
  ['basic-spatial-functions: box', 'S_INTERSECTS(geometry, BBOX(8.38, 49, 9, 50))', '4 5'],
  ['basic-spatial-functions-plus: polygon', 'S_INTERSECTS(geometry, POLYGON((8 49, 8.22 49, 8.22 50, 8 50, 8 49))) AND height > 0', '1 2'],
  ['spatial-functions: within', 'S_WITHIN(geometry, BBOX(8.15, 49, 8.25, 50))', '2'],
  ['spatial-functions: the geometry first', 'S_WITHIN(POINT(8.2 49.2), geometry)', "2 Markt d'Or_1"],
  ['spatial-functions: contains', 'S_CONTAINS(geometry, POINT(8.2 49.25))', "Markt d'Or_1"],
  ['spatial-functions: disjoint', 'S_DISJOINT(geometry, BBOX(8, 49, 8.36, 50))', '4 5'],
  ['types', "types = 'Square'", "Markt d'Or_1"],
] // prettier-ignore

for (const [requirement, filter, names] of TEXT)
  test(`conf/cql2-text, ${requirement}`, async () =>
    assert.equal(await found({ filter, sortby: 'height,name' }).then(bySize), bySize(names)))

const bySize = (names: string): string => names.split(/ (?=\d|Markt)/).toSorted().join(' ') // prettier-ignore

const JSON_FORM: readonly (readonly [filter: object, names: string])[] = [
  [{ op: '>', args: [{ property: 'height' }, 3] }, '4 5'],
  [{ op: 'and', args: [{ op: '>=', args: [{ property: 'pm10' }, 2.2] }, { op: 'not', args: [{ op: 'in', args: [{ property: 'height' }, [3, 4]] }] }] }, '2 5'],
  [{ op: 'between', args: [{ property: 'height' }, 2, 3] }, '2 3'],
  [{ op: 'like', args: [{ op: 'casei', args: [{ property: 'name' }] }, { op: 'casei', args: ['STATION%'] }] }, '1 2 3 4 5'],
  [{ op: 'isNull', args: [{ property: 'height' }] }, "Markt d'Or_1"],
  [{ op: 's_intersects', args: [{ property: 'geometry' }, { type: 'Point', coordinates: [8.1, 49.2] }] }, '1'],
  [{ op: 's_intersects', args: [{ property: 'geometry' }, { bbox: [8.38, 49, 9, 50] }] }, '4 5'],
  [{ op: '>', args: [{ property: 'planted' }, { date: '2020-01-01' }] }, "Markt d'Or_1"],
] // prettier-ignore

test('conf/cql2-text: a name that begins as a word of the language is a name', async () => {
  const { status, json } = await ask({ filter: 'notöffnung IS NULL' })
  assert.equal(status, 400)
  assert.match(json.detail, /notöffnung/)
})

test('conf/cql2-json: the same in JSON', async () => {
  for (const [filter, names] of JSON_FORM)
    assert.equal(bySize(await found({ filter: JSON.stringify(filter), 'filter-lang': 'cql2-json' })), bySize(names), JSON.stringify(filter))
})

test('req/filter/filter-crs-param: geometries in the filter in another system', async () => {
  const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`
  assert.equal(await found({ filter: 'S_INTERSECTS(geometry, BBOX(49.1, 8.38, 49.3, 8.42))', 'filter-crs': epsg(4326) }), '4')
  assert.equal(await found({ filter: 'S_INTERSECTS(geometry, BBOX(400000, 5400000, 430000, 5500000)) AND height <= 2', 'filter-crs': epsg(25832) }), '')
  assert.equal(await found({ filter: 'S_INTERSECTS(geometry, BBOX(434000, 5440000, 436000, 5460000)) AND height > 0', 'filter-crs': epsg(25832) }), '1')
}) // prettier-ignore

test('req/filter: a filter joins the other parameters, the count, and the links to the next page', async () => {
  const { json } = await ask({ filter: 'height > 1', bbox: '8,49,8.45,50', limit: '2' })
  assert.deepEqual([json.numberMatched, json.numberReturned], [3, 2])
  const next = json.links.find(({ rel }: { rel: string }) => rel === 'next').href as string
  const { json: rest } = await platform.ask(`GET ${next.replace('https://stadt.example', '')}`)
  assert.equal(rest.features.length, 1)
})

test('req/sorting: by properties, ascending and descending, page by page', async () => {
  assert.equal(await found({ sortby: '-height', filter: 'height IS NOT NULL' }), '5 4 3 2 1')
  assert.equal(await found({ sortby: '+indoor,-height', filter: 'height IS NOT NULL' }), '5 3 1 4 2')
  const { json } = await ask({ sortby: '-height', limit: '2', filter: 'height IS NOT NULL' })
  const next = json.links.find(({ rel }: { rel: string }) => rel === 'next').href as string
  const { json: rest } = await platform.ask(`GET ${next.replace('https://stadt.example', '')}`)
  assert.deepEqual(rest.features.map(({ properties }: { properties: { height: number } }) => properties.height), [3, 2]) // prettier-ignore
})

test('req/queryables/get-queryables-op, response: a JSON Schema of what may be asked, linked from the collection', async () => {
  const { json: collection } = await platform.ask('GET /ogc/collections/luft')
  for (const name of ['queryables', 'sortables']) {
    const link = collection.links.find(({ rel }: { rel: string }) => rel === `http://www.opengis.net/def/rel/ogc/1.0/${name}`)
    const { status, headers, json } = await platform.ask(`GET ${link.href.replace('https://stadt.example', '')}`)
    assert.equal(status, 200)
    assert.match(headers['content-type'] ?? '', /^application\/schema\+json/)
    assert.equal(json.$schema, 'https://json-schema.org/draft/2020-12/schema')
    assert.equal(json.properties.height.type, 'number')
    assert.equal(json.properties.name.type, 'string')
    assert.equal('pm10' in json.properties, name === 'queryables')
  }
  assert.equal((await platform.ask('GET /ogc/collections/luft/queryables?f=html')).status, 200)
})

test('req/filter/response: what is not understood is refused, with its place', async () => {
  for (const [parameters, status] of [
    [{ filter: 'height >' }, 400],
    [{ filter: 'height > 1)' }, 400],
    [{ filter: '((((height > 1' }, 400],
    [{ filter: 'unknown_name = 1' }, 400],
    [{ filter: '1 = 2' }, 400],
    [{ filter: 'height = pm10' }, 501],
    [{ filter: 'S_INTERSECTS(name, POINT(1 2))' }, 400],
    [{ filter: 'S_NEAR(geometry, POINT(1 2))' }, 400],
    [{ filter: 'S_INTERSECTS(geometry, POINT(a b))' }, 400],
    [{ filter: "pm10_time > TIMESTAMP('gestern')" }, 400],
    [{ filter: 'height > 1', 'filter-lang': 'ecql' }, 400],
    [{ filter: 'height > 1', 'filter-crs': 'EPSG:4326' }, 400],
    [{ filter: '{"op":', 'filter-lang': 'cql2-json' }, 400],
    [{ filter: '{"op":"=","args":[1]}', 'filter-lang': 'cql2-json' }, 400],
    [{ filter: '{"op":"a_overlaps","args":[1,2]}', 'filter-lang': 'cql2-json' }, 501],
    [{ filter: '('.repeat(5000) }, 400],
    [{ sortby: '-' }, 400],
  ] as const) {
    const { status: was, json } = await ask(parameters)
    assert.equal(was, status, JSON.stringify(parameters).slice(0, 100))
    assert.equal(typeof json.detail, 'string')
    assert.ok(['filter', 'filter-lang', 'filter-crs', 'sortby', 'unknown_name'].includes(json.at.parameter) || json.at.parameter.startsWith('filter'), JSON.stringify(json))
  }
}) // prettier-ignore

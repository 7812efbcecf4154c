/** json: rows wherever they are in JSON, at any chunking; depth and size are bounded. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../../../../src/ingest/decode/format.ts'
import { readRows } from '../../../../src/ingest/decode/read.ts'
import { bytesOf, gather, problemOf, read } from '../../../support/rows.ts'

const cells = async (content: string, path?: string) =>
  (await read(content, path === undefined ? {} : { path }, 3)).rows.map((row) => row.cells)

test('an array at the root, in an object, deeper; braces in texts do not confuse', async () => {
  const rows = [{ a: 'x,]}"{' }, { a: 2 }]
  assert.deepEqual(await cells(JSON.stringify(rows)), rows)
  assert.deepEqual(await cells(JSON.stringify({ count: 2, items: rows })), rows)
  assert.deepEqual(await cells(JSON.stringify({ meta: [1, 2], data: { 'a/b': { rows } }, last: {} })), rows)
  assert.deepEqual(await cells(JSON.stringify({ small: [{ b: 1 }], data: rows }), '/small'), [{ b: 1 }])
})

test('nested objects become dotted names; lists and shapes stay', async () => {
  const shape = { type: 'Point', coordinates: [9, 48] }
  assert.deepEqual(await cells(JSON.stringify([{ a: { b: { c: 1 } }, list: [1, 2], shape }])), [{ 'a.b.c': 1, list: [1, 2], shape }])
})

test('an object without a list is one row', async () =>
  assert.deepEqual(await cells('{"temp":7,"at":{"time":"2024-01-01"}}'), [{ temp: 7, 'at.time': '2024-01-01' }]))

test('lines of JSON, a broken one rejected with its number', async () => {
  const { rows, rejected } = await read('{"a":1}\n\n{"a":\n{"a":3}\n', { format: 'jsonl' }, 3)
  assert.deepEqual(
    rows.map(({ line }) => line),
    [1, 4],
  )
  assert.equal(rejected[0]?.line, 3)
})

test('GeoJSON in metres is turned to degrees by its own crs member', async () => {
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } }
  const feature = {
    type: 'Feature',
    id: 7,
    properties: { name: 'P1' },
    geometry: { type: 'Point', coordinates: [515638.229, 5370830.304] },
  }
  const { rows } = await read(JSON.stringify({ type: 'FeatureCollection', crs, features: [feature, { ...feature, geometry: null }] }))
  const [first, second] = rows.map((row) => row.cells)
  const { geometry, ...rest } = first ?? {}
  assert.deepEqual(rest, { id: 7, name: 'P1' })
  assert.match(JSON.stringify(geometry), /^\{"type":"Point","coordinates":\[9\.2116\d+,48\.4904\d+\]\}$/)
  assert.equal(second?.['geometry'], null)
})

test('a broken element is rejected, the others are read', async () => {
  const { rows, rejected } = await read('[{"a":1},{bad},{"a":3}]')
  assert.deepEqual([rows.length, rejected[0]?.line], [2, 2])
})

test('JSON 100,000 deep is refused at once, as array, object and line', async () => {
  for (const text of ['['.repeat(100_000), '{"a":'.repeat(100_000), '{"items":[{"x":'.repeat(50_000)]) {
    const problem = await problemOf(gather(readRows(bytesOf(text, 4096), {}, 'tief.json')))
    assert.equal(problem.kind, 'too-large')
    assert.match(problem.in('de'), /verschachtelt/)
    assert.equal(problem.at.file, 'tief.json')
  }
  const { rejected } = await read(`${'[{"a":'.repeat(50_000)}\n{"a":1}\n`, { format: 'jsonl' }, 65_536)
  assert.match(JSON.stringify(rejected[0]?.reason), /verschachtelt/)
})

test('cut off, empty, no list there, an element too large', async () => {
  assert.match((await problemOf(read('[{"a":1},{"a":'))).in('de'), /abgeschnitten/)
  assert.match((await problemOf(read('[]'))).in('de'), /keine Zeilen/)
  assert.match((await problemOf(read('{"a":[{"b":1}]}', { path: '/c' }))).in('de'), /„\/c“ steht keine Liste/)
  const large = await problemOf(read(`[{"a":1},{"a":"${'x'.repeat(LIMITS.record)}"}]`, {}, 65_536))
  assert.deepEqual([large.kind, large.at.line], ['too-large', 2])
})

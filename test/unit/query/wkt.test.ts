/** wkt: well-known text to GeoJSON. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseWkt } from '../../../src/query/wkt.ts'
import { Problem } from '../../../src/problem.ts'

const CASES: readonly (readonly [string, unknown])[] = [
  ['POINT(8 50)', { type: 'Point', coordinates: [8, 50] }],
  ['  point ( -8.5  5e1 ) ', { type: 'Point', coordinates: [-8.5, 50] }],
  ['SRID=4326;POINT Z (8 50 100)', { type: 'Point', coordinates: [8, 50, 100] }],
  ['POINTZ(8 50 100)', { type: 'Point', coordinates: [8, 50, 100] }],
  ['LINESTRING(1 2,3 4)', { type: 'LineString', coordinates: [[1, 2], [3, 4]] }],
  ['POLYGON((0 0,1 0,1 1,0 0),(.1 .1,.2 .1,.2 .2,.1 .1))', { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]], [[0.1, 0.1], [0.2, 0.1], [0.2, 0.2], [0.1, 0.1]]] }],
  ['MULTIPOINT(1 2,(3 4))', { type: 'MultiPoint', coordinates: [[1, 2], [3, 4]] }],
  ['MULTILINESTRING((1 2,3 4),(5 6,7 8))', { type: 'MultiLineString', coordinates: [[[1, 2], [3, 4]], [[5, 6], [7, 8]]] }],
  ['MULTIPOLYGON(((0 0,1 0,1 1,0 0)))', { type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] }],
  ['GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))', { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }, { type: 'LineString', coordinates: [[1, 2], [3, 4]] }] }],
] // prettier-ignore

for (const [text, wanted] of CASES) test(text, () => assert.deepEqual(parseWkt(text), wanted))

for (const text of [
  '',
  'POINT',
  'POINT EMPTY',
  'POINT(1)',
  'POINT(1 2',
  'POINT(1 2)x',
  'CIRCLE(1 2)',
  'POLYGON((0 0,1 0,1 1))',
  'LINESTRING(1 2)',
  'SRID=25832;POINT(1 2)',
  'POINT(a b)',
])
  // prettier-ignore
  test(`“${text}” is no geometry`, () => {
    assert.throws(() => parseWkt(text), Problem)
  })

test('any text is read or refused', () => {
  const pieces = fc.constantFrom('POINT', 'POLYGON', 'MULTIPOINT', 'GEOMETRYCOLLECTION', '(', ')', ',', ' ', '1', '-2.5', 'Z', 'EMPTY')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces).map((parts) => parts.join('')),
        fc.string(),
      ),
      (text) => {
        try {
          parseWkt(text)
        } catch (error) {
          assert.ok(error instanceof Problem, String(error))
        }
      },
    ),
    { numRuns: 2000 },
  )
})

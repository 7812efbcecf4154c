/** wkt: every kind of geometry as text. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Geometry } from '../../../../src/model/geometry.ts'
import { wkt } from '../../../../src/protocols/downloads/wkt.ts'

test('every kind of geometry', () => {
  const cases: readonly (readonly [Geometry, string])[] = [
    [{ type: 'Point', coordinates: [8, 49] }, 'POINT (8 49)'],
    [{ type: 'Point', coordinates: [8, 49, 100] }, 'POINT Z (8 49 100)'],
    [{ type: 'LineString', coordinates: [[0, 0], [1, 1]] }, 'LINESTRING (0 0, 1 1)'],
    [{ type: 'MultiPoint', coordinates: [[0, 0], [1, 1]] }, 'MULTIPOINT (0 0, 1 1)'],
    [{ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]], [[0.1, 0.1], [0.2, 0.1], [0.2, 0.2], [0.1, 0.1]]] }, 'POLYGON ((0 0, 1 0, 1 1, 0 0), (0.1 0.1, 0.2 0.1, 0.2 0.2, 0.1 0.1))'],
    [{ type: 'MultiPolygon', coordinates: [[[[0, 0, 5], [1, 0, 5], [1, 1, 5], [0, 0, 5]]]] }, 'MULTIPOLYGON Z (((0 0 5, 1 0 5, 1 1 5, 0 0 5)))'],
    [{ type: 'MultiLineString', coordinates: [] }, 'MULTILINESTRING EMPTY'],
    [{ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [8, 49] }, { type: 'LineString', coordinates: [[0, 0], [1, 1]] }] }, 'GEOMETRYCOLLECTION (POINT (8 49), LINESTRING (0 0, 1 1))'],
  ] // prettier-ignore
  for (const [geometry, text] of cases) assert.equal(wkt(geometry), text)
})

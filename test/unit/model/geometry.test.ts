/** geometry.test: boxes around shapes, and metres on the earth. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { boxOf, EARTH, metresBetween, polygonOf, positionsOf, type Box, type Geometry } from '../../../src/model/geometry.ts'

const SHAPES: readonly (readonly [string, Geometry, number, Box | undefined])[] = [
  ['a point', { type: 'Point', coordinates: [7, 51] }, 1, [7, 51, 7, 51]],
  ['a point with altitude', { type: 'Point', coordinates: [7, 51, 530] }, 1, [7, 51, 7, 51]],
  ['a line', { type: 'LineString', coordinates: [[7, 52], [8, 51]] }, 2, [7, 51, 8, 52]], // prettier-ignore
  ['points', { type: 'MultiPoint', coordinates: [[7, 52], [-8, -51]] }, 2, [-8, -51, 7, 52]], // prettier-ignore
  ['a polygon', polygonOf([1, 2, 3, 4]), 5, [1, 2, 3, 4]],
  ['polygons', { type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[5, 5], [6, 5], [6, 6], [5, 5]]]] }, 8, [0, 0, 6, 6]], // prettier-ignore
  ['a collection', { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [9, 9] }, polygonOf([1, 2, 3, 4])] }, 6, [1, 2, 9, 9]], // prettier-ignore
  ['a collection of nothing', { type: 'GeometryCollection', geometries: [] }, 0, undefined],
  ['no points', { type: 'MultiPoint', coordinates: [] }, 0, undefined],
  ['what is no number', { type: 'Point', coordinates: [NaN, 51] }, 1, undefined],
]

describe('boxOf', () => {
  for (const [name, geometry, positions, box] of SHAPES)
    test(name, () => {
      assert.deepEqual(boxOf(geometry), box)
      assert.equal([...positionsOf(geometry)].length, positions)
    })

  test('of a box is the box', () => {
    const side = fc.double({ min: -90, max: 90, noNaN: true })
    fc.assert(
      fc.property(side, side, side, side, (a, b, c, d) => {
        const box: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
        assert.deepEqual(boxOf(polygonOf(box)), box)
      }),
    )
  })
})

describe('metresBetween', () => {
  const quarter = (EARTH * Math.PI) / 2
  const CASES: readonly (readonly [string, readonly number[], readonly number[], number])[] = [
    ['nowhere', [7, 51], [7, 51], 0],
    ['equator to pole', [0, 0], [0, 90], quarter],
    ['round the pole', [0, 90], [123, 90], 0],
    ['the other side of the earth', [0, 0], [180, 0], 2 * quarter],
    ['over the antimeridian', [179, 0], [-179, 0], (quarter * 2) / 90],
    ['a degree of latitude', [7, 51], [7, 52], quarter / 90],
    ['altitude does not count', [7, 51, 0], [7, 51, 8000], 0],
  ]
  for (const [name, from, to, metres] of CASES)
    test(name, () => {
      assert.ok(Math.abs(metresBetween(from, to) - metres) < 0.001, String(metresBetween(from, to)))
      assert.equal(metresBetween(to, from), metresBetween(from, to))
    })
})

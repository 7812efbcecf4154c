/** geos.test: the engine against cases worked out by hand, broken shapes, and its own memory. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import initGeos from 'geos-wasm'
import { EARTH, lengthOf, metresBetween, polygonOf, type Geometry } from '../../../src/model/geometry.ts'
import { degreesApart, metresApart, relate, relatesBy, type Relation } from '../../../src/model/geos.ts'
import { isGeometry, wkbOf } from '../../../src/model/wkb.ts'
import { Problem } from '../../../src/problem.ts'

const point = (x: number, y: number): Geometry => ({ type: 'Point', coordinates: [x, y] })
const line = (...coordinates: [number, number][]): Geometry => ({ type: 'LineString', coordinates })
const square = polygonOf([0, 0, 4, 4])
const bowTie: Geometry = { type: 'Polygon', coordinates: [[[0, 0], [4, 4], [4, 0], [0, 4], [0, 0]]] } // prettier-ignore
const ringed: Geometry = { type: 'Polygon', coordinates: [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]] } // prettier-ignore
const collection: Geometry = { type: 'GeometryCollection', geometries: [point(1, 1), line([0, 0], [2, 2]), polygonOf([2, 2, 3, 3])] }
const multi: Geometry = { type: 'MultiPolygon', coordinates: [polygonOf([0, 0, 1, 1]), polygonOf([3, 3, 4, 4])].map((one) => one.type === 'Polygon' ? one.coordinates : []) } // prettier-ignore

const RELATIONS: readonly Relation[] = ['intersects', 'within', 'contains', 'disjoint', 'overlaps', 'equals', 'touches', 'crosses']

const CASES: readonly (readonly [string, Geometry, Geometry, readonly Relation[]])[] = [
  ['a point inside', point(1, 1), square, ['intersects', 'within']],
  ['a point on the edge touches and is not within', point(0, 2), square, ['intersects', 'touches']],
  ['a point outside', point(9, 9), square, ['disjoint']],
  ['a point in the hole', point(2, 2), ringed, ['disjoint']],
  ['a point and itself', point(1, 1), point(1, 1), ['intersects', 'within', 'contains', 'equals']],
  ['a polygon around a point', square, point(1, 1), ['intersects', 'contains']],
  ['a line through', line([-1, 2], [5, 2]), square, ['intersects', 'crosses']],
  ['a polygon crossed by a line', square, line([-1, 2], [5, 2]), ['intersects', 'crosses']],
  ['a line along the edge', line([0, 0], [4, 0]), square, ['intersects', 'touches']],
  ['overlapping squares', polygonOf([2, 2, 6, 6]), square, ['intersects', 'overlaps']],
  ['neighbours', polygonOf([4, 0, 8, 4]), square, ['intersects', 'touches']],
  ['the same square, begun elsewhere and turned', { type: 'Polygon', coordinates: [[[4, 4], [4, 0], [0, 0], [0, 4], [4, 4]]] }, square, ['intersects', 'within', 'contains', 'equals']], // prettier-ignore
  ['a collection within', collection, square, ['intersects', 'within']],
  ['a square around a collection', square, collection, ['intersects', 'contains']],
  ['several polygons, within in part', multi, polygonOf([0, 0, 2, 2]), ['intersects', 'overlaps']],
  ['altitude does not matter', { type: 'Point', coordinates: [1, 1, 530] }, square, ['intersects', 'within']],
  ['a bow tie holds what lies in its wings', point(1, 2), bowTie, ['intersects', 'within']],
  ['a bow tie does not hold what lies between', point(2, 1), bowTie, ['disjoint']],
  ['a bow tie as the item', bowTie, polygonOf([-1, -1, 5, 5]), ['intersects', 'within']],
  ['positions said twice, in a collection', point(1, 1), { type: 'GeometryCollection', geometries: [{ type: 'Polygon', coordinates: [[[4, 2], [4, 2], [0, 0], [0, 1], [4, 2]]] }, { type: 'Polygon', coordinates: [[[0, 0], [4, 2], [0, 1], [0, 0]]] }] }, ['intersects', 'within']], // prettier-ignore
  ['a ring that collapsed to a line', { type: 'Polygon', coordinates: [[[1, 1], [2, 2], [1, 1], [1, 1]]] }, square, ['intersects', 'within']], // prettier-ignore
  ['a ring that collapsed to a point', { type: 'Polygon', coordinates: [[[1, 1], [1, 1], [1, 1], [1, 1]]] }, square, ['intersects', 'within']], // prettier-ignore
]

describe('relate', () => {
  for (const [name, a, b, holding] of CASES)
    test(name, () => {
      const found = (given: Geometry | Uint8Array) => RELATIONS.filter((relation) => relate(relation, given, b))
      assert.deepEqual(found(a), holding)
      assert.deepEqual(found(wkbOf(a)), holding, 'from WKB')
    })

  test('within is contains seen from the other side, and disjoint is not intersects', () => {
    const few = fc.integer({ min: 0, max: 4 })
    const position = fc.tuple(few, few)
    const shape = fc.oneof<fc.Arbitrary<Geometry>[]>(
      position.map(([x, y]) => point(x, y)),
      fc.array(position, { minLength: 2, maxLength: 4 }).map((coordinates) => line(...coordinates)),
      fc
        .array(position, { minLength: 3, maxLength: 6 })
        .map(([first = [0, 0], ...rest]) => ({ type: 'Polygon', coordinates: [[first, ...rest, first]] })),
      fc.array(position, { minLength: 1, maxLength: 3 }).map((coordinates) => ({ type: 'MultiPoint', coordinates })),
    )
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        assert.equal(relate('within', a, b), relate('contains', b, a))
        for (const relation of ['intersects', 'touches', 'crosses', 'overlaps', 'equals'] as const)
          assert.equal(relate(relation, a, b), relate(relation, b, a), relation)
        assert.notEqual(relate('intersects', a, b), relate('disjoint', a, b))
        if (relate('within', a, b)) assert.ok(relate('intersects', a, b))
      }),
      { numRuns: 300 },
    )
  })
})

const BAD: readonly (readonly [string, unknown])[] = [
  ['no type', {}],
  ['a type that GeoJSON has not', { type: 'Circle', coordinates: [1, 2] }],
  ['an inherited name', { type: 'toString', coordinates: [1, 2] }],
  ['no coordinates', { type: 'Polygon' }],
  ['an empty point', { type: 'Point', coordinates: [] }],
  ['an empty collection', { type: 'GeometryCollection', geometries: [] }],
  ['an empty polygon', { type: 'Polygon', coordinates: [] }],
  ['one coordinate', { type: 'Point', coordinates: [1] }],
  ['text for a number', { type: 'Point', coordinates: ['7', '51'] }],
  ['not a number', { type: 'Point', coordinates: [NaN, 1] }],
  ['infinity', { type: 'Point', coordinates: [1, Infinity] }],
  ['an open ring', { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1]]] }], // prettier-ignore
  ['a ring of two', { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [0, 0]]] }], // prettier-ignore
  ['a line of one', { type: 'LineString', coordinates: [[0, 0]] }],
  ['coordinates one level too flat', { type: 'Polygon', coordinates: [[0, 0], [1, 0], [1, 1], [0, 0]] }], // prettier-ignore
  ['coordinates one level too deep', { type: 'Point', coordinates: [[0, 0]] }],
  ['a bad part', { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [0, 0] }, null] }],
  ['too deep a nest', Array.from({ length: 40 }).reduce((inner) => ({ type: 'GeometryCollection', geometries: [inner] }), point(0, 0))],
]

describe('what is no geometry', () => {
  for (const [name, value] of BAD)
    test(name, () => {
      const refused = (error: unknown) => error instanceof Problem && error.kind === 'invalid-query'
      assert.throws(() => relate('intersects', point(0, 0), value as Geometry), refused)
      assert.throws(() => relate('intersects', value as Geometry, square), refused)
      assert.throws(() => metresApart(value as Geometry, square), refused)
      assert.equal(isGeometry(value), false)
    })

  test('JSON that is no object', () => {
    for (const value of [null, undefined, 7, 'POINT(1 2)', []]) assert.equal(isGeometry(value), false)
  })

  test('bytes that are no WKB', () => {
    assert.throws(() => relate('intersects', new Uint8Array([1, 2, 3]), square), Problem)
    assert.ok(relate('intersects', point(1, 1), square), 'the engine still answers')
  })
})

describe('metresApart', () => {
  const münster = point(7.6261, 51.9607)

  test('of two points is the great circle', () => {
    const other = point(7.7, 52)
    assert.equal(metresApart(münster, other), metresBetween([7.6261, 51.9607], [7.7, 52]))
  })

  test('of shapes that meet is nothing', () => {
    assert.equal(metresApart(point(1, 1), square), 0)
    assert.equal(metresApart(square, line([1, 1], [9, 9])), 0)
    assert.equal(metresApart(polygonOf([-1, -1, 9, 9]), line([1, 1], [2, 2])), 0)
  })

  test('to an edge is the way straight to it', () => {
    const street = line([7, 51.96], [8, 51.96])
    const degrees = 51.9607 - 51.96
    const expected = (degrees * Math.PI * EARTH) / 180
    assert.ok(Math.abs(metresApart(münster, street) - expected) < 0.01)
  })

  test('is near the great circle within a town', () => {
    const near = fc.tuple(fc.double({ min: 7.5, max: 7.8, noNaN: true }), fc.double({ min: 51.8, max: 52.1, noNaN: true }))
    fc.assert(
      fc.property(near, near, ([x1, y1], [x2, y2]) => {
        const flat = metresApart({ type: 'MultiPoint', coordinates: [[x1, y1]] }, point(x2, y2))
        const round = metresBetween([x1, y1], [x2, y2])
        assert.ok(Math.abs(flat - round) <= 0.005 * round + 0.001, `${flat} and ${round}`)
      }),
    )
  })
})

test('memory stays flat over many questions and many query shapes', async () => {
  const { Module } = await initGeos()
  const ask = (from: number, until: number) => {
    for (let turn = from; turn < until; turn++) {
      const query = polygonOf([0, 0, 1 + turn / 1000, 5])
      relate('intersects', point(1, turn % 7), query)
      relate('overlaps', bowTie, query)
      metresApart(collection, query)
      assert.throws(() => relate('within', new Uint8Array([1, 3, 0]), query))
    }
  }
  ask(0, 1000)
  const before = Module.HEAPU8.length
  ask(1000, 5000)
  assert.equal(Module.HEAPU8.length, before)
})

describe('patterns and degrees', () => {
  const patterns: readonly (readonly [string, Geometry, Geometry, boolean])[] = [
    ['T*F**F***', point(1, 1), square, true],
    ['T*F**F***', point(9, 9), square, false],
    ['T*****FF*', square, point(1, 1), true],
    ['FF*FF****', point(9, 9), square, true],
    ['0********', line([-1, 1], [5, 1]), line([2, 0], [2, 3]), true],
  ]
  for (const [pattern, a, b, holds] of patterns)
    test(`${JSON.stringify(a)} ${pattern} ${JSON.stringify(b)}`, () => {
      assert.equal(relatesBy(pattern, a, b), holds)
      assert.equal(relatesBy(pattern.toLowerCase(), wkbOf(a), b), holds)
    })

  for (const pattern of ['', 'T', 'T*F**F**', 'T*F**F****', 'X********', 'T*F**F**\u0000'])
    test(`“${pattern}” is no pattern`, () => assert.throws(() => relatesBy(pattern, point(1, 1), square), (error) => error instanceof Problem && error.kind === 'invalid-query')) // prettier-ignore

  test('degrees apart: between points, shapes, and where they meet', () => {
    assert.equal(degreesApart(point(0, 0), point(3, 4)), 5)
    assert.equal(degreesApart(wkbOf(point(0, 0)), point(3, 4)), 5)
    assert.equal(degreesApart(point(7, 8), square), 5)
    assert.equal(degreesApart(square, point(7, 8)), 5)
    assert.equal(degreesApart(line([1, 1], [9, 1]), square), 0)
  })

  test('lines have a length, whatever they stand in', () => {
    const path = line([0, 0], [3, 4], [3, 5])
    assert.deepEqual([path, point(1, 1), square].map(lengthOf), [6, 0, 0])
    assert.equal(lengthOf({ type: 'GeometryCollection', geometries: [path, square, { type: 'MultiLineString', coordinates: [[[0, 0], [0, 1]], [[0, 0], [2, 0]]] }] }), 9) // prettier-ignore
  })
})

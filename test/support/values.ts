/** values: small pools of awkward values, so that random items and random filters meet often. */
import fc from 'fast-check'
import { polygonOf, type Geometry } from '../../src/model/geometry.ts'
import type { Json } from '../../src/model/json.ts'

export const numbers = fc.constantFrom(
  -2.5,
  -2,
  -1,
  -0.5,
  0,
  0.1,
  0.3,
  0.49999999999999994,
  0.5,
  1,
  1.5,
  2,
  2.5,
  3,
  7,
  10,
  1e-7,
  4294967296,
  9007199254740991,
  1e15,
)

export const texts = fc.constantFrom(
  '', 'a', 'A', 'b', 'ab', 'Ab', 'abc', ' a', '\ta\n', '\u00a0a', 'Ä', 'ä', 'Öl', 'straße', 'STRASSE', 'ς', 'ΑΣ', 'ﬁ', 'é', 'e\u0301', '\uffff', '🚲', '🚲a', 'a🚲b',
  '%', '_', '\\', "'", '"', '$1', '0', '1', '7', '-1', 'true', 'null', '2026-03-01T12:00:00Z', '[1]', '{}',
) // prettier-ignore

export const instants = fc.constantFrom(
  '2024-02-29T23:59:59.999999Z', '2025-12-31T23:00:00Z', '2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000001Z', '2026-03-01T12:00:00.5Z', '2026-03-29T01:30:00Z',
  '2026-10-25T00:30:00Z', '2026-11-07T23:59:59Z', '1969-12-31T23:59:59.25Z',
) // prettier-ignore

const keys = fc.constantFrom('a', 'b', 'ä', '0', '1', '-1', '01', '', 'a b', "a'b", 'constructor')
export const deepKeys = fc.oneof(keys, fc.constantFrom('length', '__proto__', '+1', ' 1', '2', '99999999999', 'a"b', '{a}', 'NULL'))

export const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json; list: readonly Json[]; object: { readonly [key: string]: Json } }>(
  (tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      numbers,
      texts,
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('json'), { maxLength: 3 }),
    object: fc.dictionary(keys, tie('json'), { maxKeys: 3 }),
  }),
).json
export const objects = fc.dictionary(keys, json, { maxKeys: 4 })

/** A grid, so that edges, corners and lines really meet; and the same near Münster, where nothing is exact. */
const grid = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))
const town = grid.map(([x, y]): [number, number] => [7.6 + x / 1000, 51.95 + y / 1000])

const shapesOn = (position: fc.Arbitrary<[number, number]>): fc.Arbitrary<Geometry> => {
  const point: fc.Arbitrary<Geometry> = fc.oneof(
    position.map((coordinates): Geometry => ({ type: 'Point', coordinates })),
    position.map(([x, y]): Geometry => ({ type: 'Point', coordinates: [x, y, 50] })),
  )
  const line = fc.array(position, { minLength: 2, maxLength: 4 })
  const ring = fc.array(position, { minLength: 3, maxLength: 5 }).map((corners) => [...corners, ...corners.slice(0, 1)])
  const box = fc
    .tuple(position, position)
    .map(([[a, b], [c, d]]): Geometry => polygonOf([Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]))
  const single: fc.Arbitrary<Geometry> = fc.oneof(
    { weight: 3, arbitrary: point },
    { weight: 1, arbitrary: line.map((coordinates): Geometry => ({ type: 'LineString', coordinates })) },
    { weight: 2, arbitrary: box },
    { weight: 1, arbitrary: ring.map((one): Geometry => ({ type: 'Polygon', coordinates: [one] })) },
    {
      weight: 1,
      arbitrary: fc.array(position, { minLength: 1, maxLength: 3 }).map((coordinates): Geometry => ({ type: 'MultiPoint', coordinates })),
    },
    {
      weight: 1,
      arbitrary: fc.array(line, { minLength: 1, maxLength: 2 }).map((coordinates): Geometry => ({ type: 'MultiLineString', coordinates })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(ring, { minLength: 1, maxLength: 2 })
        .map((rings): Geometry => ({ type: 'MultiPolygon', coordinates: rings.map((one) => [one]) })),
    },
  )
  const collection = fc
    .array(single, { minLength: 1, maxLength: 3 })
    .map((geometries): Geometry => ({ type: 'GeometryCollection', geometries }))
  return fc.oneof({ weight: 9, arbitrary: single }, { weight: 1, arbitrary: collection })
}
export const shapes = fc.oneof(shapesOn(grid), shapesOn(town))
export const distances = fc.constantFrom(0, 0.5, 80, 150, 1000, 120_000, 300_000, 6_000_000, 30_000_000)

/** place: coordinates of all spellings land in Germany, or are refused with a hint. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeReader } from '../../../../src/ingest/decode/place.ts'
import type { PlaceRule } from '../../../../src/ingest/mapping.ts'

const place = (value: string, rule: Partial<PlaceRule> = {}) => placeReader({ column: 'g', ...rule })({ g: value })
const pair = (x: string | number, y: string | number, rule: Partial<PlaceRule> = {}) => placeReader({ x: 'x', y: 'y', ...rule })({ x, y })

test('WKT of all kinds', () => {
  assert.deepEqual(place('POINT (9.2 48.5)'), { type: 'Point', coordinates: [9.2, 48.5] })
  assert.deepEqual(place('SRID=4326;POINT Z (9.2 48.5 300)'), { type: 'Point', coordinates: [9.2, 48.5, 300] })
  assert.deepEqual(place('LINESTRING(9 48,9.1 48)'), {
    type: 'LineString',
    coordinates: [
      [9, 48],
      [9.1, 48],
    ],
  })
  assert.deepEqual(place('POLYGON((9 48,9.1 48,9.1 48.1,9 48))'), {
    type: 'Polygon',
    coordinates: [
      [
        [9, 48],
        [9.1, 48],
        [9.1, 48.1],
        [9, 48],
      ],
    ],
  })
  assert.deepEqual(place('MULTIPOINT (9 48, (9.1 48.2))'), {
    type: 'MultiPoint',
    coordinates: [
      [9, 48],
      [9.1, 48.2],
    ],
  })
  assert.deepEqual(place('MULTIPOLYGON(((9 48,9.1 48,9.1 48.1,9 48)))'), {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [9, 48],
          [9.1, 48],
          [9.1, 48.1],
          [9, 48],
        ],
      ],
    ],
  })
  assert.equal(place('POINT EMPTY'), undefined)
})

test('GeoJSON text, pairs written latitude first, decimal commas, empty cells', () => {
  assert.deepEqual(place('{"type":"Point","coordinates":[9.2,48.5]}'), { type: 'Point', coordinates: [9.2, 48.5] })
  assert.deepEqual(place('48.5, 9.2'), { type: 'Point', coordinates: [9.2, 48.5] })
  assert.deepEqual(pair('9,2', '48,5'), { type: 'Point', coordinates: [9.2, 48.5] })
  assert.equal(pair('', ''), undefined)
  assert.equal(pair(0, 0), undefined)
})

const HINTS: readonly (readonly [string, unknown, RegExp])[] = [
  ['Australia', place('POINT (151.2 -33.9)'), /nicht im erwarteten Gebiet/],
  ['swapped', pair('48.5', '9.2'), /vertauscht/],
  ['metres without a system', place('POINT (515638 5370830)'), /EPSG:25832/],
  ['Gauß-Krüger without a system', pair(3500000, 5400000), /EPSG:31467/],
  ['degrees with a system', pair(9.2, 48.5, { crs: 'EPSG:25832' }), /schon Grad/],
  ['half', pair('9.2', ''), /fehlt eine/],
  ['open ring', place('POLYGON((9 48,9.1 48,9.1 48.1))'), /kein Ort/],
  ['nested forever', place('MULTIPOLYGON' + '('.repeat(10000)), /kein Ort/],
  ['words', place('am Rathaus'), /kein Ort/],
]
for (const [what, found, hint] of HINTS) test(`refused: ${what}`, () => assert.match((found as { de: string }).de, hint))

test('anywhere on earth, when it is said so', () => {
  assert.deepEqual(place('POINT (151.2 -33.9)', { within: 'anywhere' }), { type: 'Point', coordinates: [151.2, -33.9] })
  assert.match((place('POINT (500 500)', { within: 'anywhere' }) as unknown as { de: string }).de, /nicht auf der Erde/)
})

/** data-array: rows are read each on its own; whatever comes, nothing but a Problem comes out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../../../src/model/json.ts'
import { parseDataArrays } from '../../../../src/protocols/sensorthings/data-array.ts'
import { V1 } from '../../../../src/protocols/sensorthings/v1/names.ts'
import { V2 } from '../../../../src/protocols/sensorthings/v2/names.ts'
import { Problem } from '../../../../src/problem.ts'

test('a row that cannot be read is one problem among the others, with its place', () => {
  const rows = parseDataArrays([{ Datastream: { '@iot.id': 1 }, components: ['result', 'phenomenonTime'], dataArray: [[1, '2026-01-01T00:00:00Z'], [1, 'x'], [1], 5] }], V1) // prettier-ignore
  assert.deepEqual(rows.map((row) => (row instanceof Problem ? row.at.pointer : row.result)), [1, '/0/dataArray/1/1', '/0/dataArray/2', '/0/dataArray/3']) // prettier-ignore
})

test('a feature is named by its id, and by nothing that only becomes a number', () => {
  const group = (feature: Json) => [{ Datastream: { '@iot.id': 1 }, components: ['FeatureOfInterest/id', 'result'], dataArray: [[feature, 1]] }] // prettier-ignore
  for (const feature of [7, '7', null]) assert.ok(!(parseDataArrays(group(feature), V1)[0] instanceof Problem), JSON.stringify(feature))
  for (const feature of ['x', '', 1.5, -1, 1e300, true, [], {}]) {
    const [row] = parseDataArrays(group(feature), V1)
    assert.equal(row instanceof Problem && row.at.pointer, '/0/dataArray/0/0', JSON.stringify(feature))
  }
})

test('any body is read or refused, and every row answered for', () => {
  const components = fc.array(fc.constantFrom('result', 'phenomenonTime', 'resultTime', 'validTime', 'parameters', 'resultQuality', 'id', 'properties', 'FeatureOfInterest/id', 'ProximateFeatureOfInterest/id', 'x'), { maxLength: 4 }) // prettier-ignore
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02/2026-01-01', '9999-12-31T23:59:59-18:00', '__proto__')) // prettier-ignore
  const group = fc.record(
    {
      Datastream: fc.oneof(fc.constant({ '@iot.id': 1 }), fc.jsonValue({ maxDepth: 1 })),
      MultiDatastream: fc.constant({ '@iot.id': '2' }),
      components: fc.oneof(components, fc.jsonValue({ maxDepth: 1 })),
      dataArray: fc.oneof(fc.array(fc.array(value, { maxLength: 4 }), { maxLength: 4 }), fc.jsonValue({ maxDepth: 1 })),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.array(group, { maxLength: 3 }), fc.jsonValue()), fc.constantFrom(V1, V2), (body, version) => {
      try {
        for (const row of parseDataArrays(body as Json, version)) assert.ok(row instanceof Problem ? row.status === 400 : row.series > 0)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        assert.equal(error.status, 400)
      }
    }),
    { numRuns: 2000 },
  )
})

/** readings: short series are read together, so that statements are few and memory is bounded. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packed } from '../../../../src/protocols/downloads/readings.ts'
import { BATCH } from '../../../../src/protocols/downloads/table.ts'

test('packs keep the order, leave nothing out and fit', () => {
  const counts = fc.array(fc.oneof(fc.nat(10), fc.nat(BATCH), fc.nat(5 * BATCH)))
  fc.assert(
    fc.property(counts, (all) => {
      const series = all.map((count, id) => ({ id, count }))
      const packs = packed(series)
      assert.deepEqual(packs.flat(), series.filter(({ count }) => count > 0)) // prettier-ignore
      for (const pack of packs) if (pack.length > 1) assert.ok(pack.reduce((sum, { count }) => sum + count, 0) <= BATCH)
    }),
  )
})

test('many short series are few packs', () => {
  assert.equal(packed(Array.from({ length: 1000 }, () => ({ count: 2 }))).length, 1)
})

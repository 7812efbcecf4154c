/** receipts: in the order of what they are for, whenever they are ready. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Receipts } from '../../../src/mqtt/receipts.ts'

test('acknowledgements leave in order, each as soon as those before it are ready', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), (order) => {
      const sent: number[] = []
      const receipts = new Receipts<number>((receipt) => sent.push(receipt))
      const fill = order.map(() => receipts.open())
      const ready = new Set<number>()
      for (const [i] of order.map((key, i) => [i, key] as const).toSorted((a, b) => a[1] - b[1] || a[0] - b[0])) {
        fill[i]?.(i)
        ready.add(i)
        let first = 0
        while (ready.has(first)) first++
        assert.deepEqual(sent, [...order.keys()].slice(0, first))
      }
    }),
  )
})

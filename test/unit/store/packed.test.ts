import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unpack } from '../../../src/store/packed.ts'

/** As PostgreSQL would send it: id, microseconds since 2000, result, series, dataset. */
function packed(id: bigint, micros: bigint, number: number): Buffer {
  const row = Buffer.alloc(32)
  row.writeBigInt64BE(id, 0)
  row.writeBigInt64BE(micros, 8)
  row.writeDoubleBE(number, 16)
  row.writeInt32BE(7, 24)
  row.writeInt32BE(3, 28)
  return row
}

const SINCE_2000: readonly (readonly [time: string, micros: bigint])[] = [
  ['2000-01-01T00:00:00Z', 0n],
  ['1999-12-31T23:59:59.999999Z', -1n],
  ['2026-03-01T12:00:00.5Z', 825_681_600_500_000n],
  ['2025-06-01T00:00:00.00001Z', 802_051_200_000_010n],
  ['1700-01-01T00:00:00Z', -9_467_020_800_000_000n],
  ['0001-01-01T00:00:00.000001Z', -63_082_281_599_999_999n],
  ['9999-12-31T23:59:59.999999Z', 252_455_615_999_999_999n],
]

for (const [time, micros] of SINCE_2000)
  test(`unpacks ${time}`, () => {
    assert.deepEqual(unpack({ packed: packed(5_985_741_301_615_549n, micros, 1.5), rests: null }), [
      { id: 5_985_741_301_615_549, series: 7, dataset: 3, time, number: 1.5, rest: null },
    ])
  })

test('unpacks what is no number, with the rest of the row', () => {
  const rows = Buffer.concat([packed(1n, 0n, NaN), packed(2n, 0n, -0.25)])
  const found = unpack({ packed: rows, rests: { 1: { text: 'klar' } } })
  assert.deepEqual(
    found.map(({ number, rest }) => [number, rest]),
    [
      [null, { text: 'klar' }],
      [-0.25, null],
    ],
  )
})

test('unpacks nothing', () => assert.deepEqual(unpack({ packed: null, rests: null }), []))

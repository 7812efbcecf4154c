/** totals.test: what a batch says of its series, however it is ordered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Observation } from '../../../src/model/observation.ts'
import { totalsOf } from '../../../src/store/totals.ts'

const at = (id: number, time: string, more: Partial<Observation> = {}): Observation => ({ id, series: 1, dataset: 9, time, result: id, ...more }) // prettier-ignore

const FOUR = [
  at(1, '2026-03-01T12:00:00.5Z'),
  at(2, '2026-03-01T12:00:00Z', { end: '2026-03-01T12:00:01.25Z', resultTime: '2026-03-02T00:00:00Z' }),
  at(3, '2026-03-01T12:00:01.25Z', { resultTime: '2026-03-01T12:00:02Z' }),
  at(4, '2026-03-01T11:59:59.999Z'),
]

for (const [name, rows] of [
  ['as they come', FOUR],
  ['the other way round', FOUR.toReversed()],
] as const)
  // prettier-ignore
  test(`a series is counted, bounded and has a newest: ${name}`, () => {
    assert.deepEqual(totalsOf(rows), [
      {
        series: 1,
        dataset: 9,
        count: 4,
        start: '2026-03-01T11:59:59.999Z',
        end: '2026-03-01T12:00:01.25Z',
        resultStart: '2026-03-01T12:00:02Z',
        resultEnd: '2026-03-02T00:00:00Z',
        longest: 1.25,
        newest: FOUR[2],
      },
    ])
  })

test('each series has its own', () => {
  const totals = totalsOf([at(1, '2026-01-01T00:00:00Z'), at(2, '2026-01-02T00:00:00Z', { series: 2, dataset: 8 }), at(3, '2026-01-03T00:00:00Z')]) // prettier-ignore
  assert.deepEqual(
    totals.map(({ series, dataset, count, start, longest }) => ({ series, dataset, count, start, longest })),
    [
      { series: 1, dataset: 9, count: 2, start: '2026-01-01T00:00:00Z', longest: undefined },
      { series: 2, dataset: 8, count: 1, start: '2026-01-02T00:00:00Z', longest: undefined },
    ],
  )
})

test('nothing says nothing', () => assert.deepEqual(totalsOf([]), []))

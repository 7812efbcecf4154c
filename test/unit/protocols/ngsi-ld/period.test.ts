/** period: ISO durations as months or seconds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../../../src/problem.ts'
import { parsePeriod } from '../../../../src/protocols/ngsi-ld/period.ts'

test('durations that have a length', () => {
  const cases = [
    ['PT0S', undefined],
    ['P1D', { months: 0, seconds: 86_400 }],
    ['P1W', { months: 0, seconds: 604_800 }],
    ['PT1H30M', { months: 0, seconds: 5400 }],
    ['PT0.5S', { months: 0, seconds: 0.5 }],
    ['P1M', { months: 1, seconds: 0 }],
    ['P1Y2M', { months: 14, seconds: 0 }],
  ] as const
  for (const [text, period] of cases) assert.deepEqual(parsePeriod(text, 'aggrPeriodDuration'), period, text)
})

test('what is none, or has none', () => {
  for (const text of ['', 'P', 'PT', '1D', 'P1M1D', 'P-1D', 'P1H', 'day']) assert.throws(() => parsePeriod(text, 'x'), Problem, text)
})

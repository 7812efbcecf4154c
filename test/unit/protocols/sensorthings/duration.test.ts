/** duration: ISO 8601 durations, and what is none. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseDuration } from '../../../../src/protocols/sensorthings/duration.ts'

for (const [text, seconds] of [
  ['P1D', 86_400],
  ['PT1H30M', 5400],
  ['-PT0.5S', -0.5],
  ['P1W', 604_800],
  ['P1Y2M', 36_720_000],
  ['PT1,5S', 1.5],
] as const)
  // prettier-ignore
  test(text, () => assert.equal(parseDuration(text), seconds * 1000))

for (const text of ['', 'P', 'PT', 'P1DT', '1D', 'P1H', 'PT1D', 'P-1D', 'P1.5D', 'P1D2M'])
  test(`“${text}” is none`, () => assert.equal(parseDuration(text), undefined))

test('any text is a number of milliseconds, or none', () => {
  const pieces = fc.constantFrom('P', 'T', '1', '.', ',', 'D', 'H', 'M', 'S', 'Y', 'W', '-', '+', '9'.repeat(400))
  fc.assert(fc.property(fc.array(pieces).map((parts) => parts.join('')), (text) => ['number', 'undefined'].includes(typeof parseDuration(text)))) // prettier-ignore
})

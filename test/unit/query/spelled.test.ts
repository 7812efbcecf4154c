/** spelled: which texts spell a number or a time, and which. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { instantIn, numberIn } from '../../../src/query/spelled.ts'

describe('spelled', () => {
  for (const [text, number] of [
    ['12.5', 12.5],
    ['-007', -7],
    ['+1e3', 1000],
    ['12345678.123', 12345678.123],
    ['1,5', undefined],
    [' 1', undefined],
    ['', undefined],
    ['0x10', undefined],
    ['1e400', undefined],
    ['Infinity', undefined],
  ] as const)
    test(`“${text}” spells ${number ?? 'no number'}`, () => assert.equal(numberIn(text), number))

  for (const [text, instant] of [
    ['2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    ['2026-03-29T01:00:00.5+02:00', '2026-03-28T23:00:00.5Z'],
    ['2024-02-29T12:00Z', '2024-02-29T12:00:00Z'],
    ['2000-02-29T12:00:00-00:30', '2000-02-29T12:30:00Z'],
    ['1900-02-29T12:00:00Z', undefined],
    ['2026-04-31T12:00:00Z', undefined],
    ['2026-03-29T24:00:00Z', undefined],
    ['2026-03-29', undefined],
    ['29.03.2026 01:00', undefined],
    ['9999-12-31T23:59:59-14:00', undefined],
  ] as const)
    test(`“${text}” spells ${instant ?? 'no time'}`, () => assert.equal(instantIn(text), instant))
})

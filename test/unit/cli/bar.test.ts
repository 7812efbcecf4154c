/** How far a long work is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barText } from '../../../src/cli/bar.ts'

test('bar: with a total it shows a share, without one only count and pace', () => {
  assert.match(barText('Rows', 50, 200, 1000), /^Rows {2}\[█{8}·{22}\] 25 % {2}50 {2}50\/s$/)
  assert.equal(barText('Rows', 50, undefined, 1000), 'Rows  50  50/s')
})

test('bar: never more than full, when the total was guessed too low', () => {
  assert.match(barText('Rows', 300, 200, 1000), /100 %/)
})

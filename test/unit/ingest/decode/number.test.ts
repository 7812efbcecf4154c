/** number: as German offices write them; what is none is said, never guessed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNull, nullsOf, readBoolean, readNumber } from '../../../../src/ingest/decode/number.ts'

const GOOD: readonly (readonly [string, ',' | '.' | undefined, number])[] = [
  ['1.234', ',', 1234],
  ['1.234', '.', 1.234],
  ['9.577.207', ',', 9577207],
  ['628.929,54-', ',', -628929.54],
  ['-1.234,5', ',', -1234.5],
  ["1'234.5", '.', 1234.5],
  ['1 234,5', ',', 1234.5],
  ['1\u00a0234,5', ',', 1234.5],
  ['1,234', '.', 1234],
  [',5', ',', 0.5],
  ['5,', ',', 5],
  ['−5', ',', -5],
  ['3.384 V', '.', 3.384],
  ['-59 dBm', '.', -59],
  ['12,5 %', ',', 12.5],
  ['€ 12,50', ',', 12.5],
  ['1e5', '.', 1e5],
  ['+3', undefined, 3],
  ['1.5', undefined, 1.5],
]
for (const [text, decimal, value] of GOOD)
  test(`“${text}” with “${decimal}” is ${value}`, () => assert.equal(readNumber(text, decimal), value))

const BAD: readonly (readonly [string, ',' | '.' | undefined, RegExp])[] = [
  ['0,7', '.', /Dezimalkomma/],
  ['0,7', undefined, /Dezimalkomma/],
  ['1.23', ',', /Dezimalpunkt/],
  ['1.2.3', '.', /keine Zahl/],
  ['--5', '.', /keine Zahl/],
  ['Infinity', '.', /keine Zahl/],
  ['0x1f', '.', /keine Zahl/],
  ['', '.', /keine Zahl/],
  ['12 Äpfel', '.', /keine Zahl/],
  ['1'.repeat(500), ',', /keine Zahl/],
]
for (const [text, decimal, reason] of BAD)
  test(`“${text.slice(0, 20)}” with “${decimal}” is refused`, () => {
    const read = readNumber(text, decimal)
    assert.ok(typeof read === 'object')
    assert.match(read.de, reason)
  })

test('a unit inside must be the one of the series', () => {
  assert.equal(readNumber('5 hPa', '.', 'hPa'), 5)
  const read = readNumber('5 Pa', '.', 'hPa')
  assert.ok(typeof read === 'object' && /umgerechnet/.test(read.de))
})

test('words for no value; -999 only where it is said', () => {
  for (const word of ['', '-', '---', 'n/a', 'N/A', 'k.A.', ' keine Angabe ']) assert.ok(isNull(word, nullsOf()), word)
  assert.ok(!isNull('-999', nullsOf()))
  assert.ok(isNull('-999', nullsOf(['-999'])))
})

test('yes and no', () => {
  assert.equal(readBoolean('ja'), true)
  assert.equal(readBoolean('F'), false)
  assert.equal(typeof readBoolean('vielleicht'), 'object')
})

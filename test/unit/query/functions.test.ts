/** functions.test: what each function gives, most of all at its edges. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../../../src/problem.ts'
import type { FunctionName } from '../../../src/query/filter.ts'
import { FUNCTIONS, functionOf } from '../../../src/query/functions.ts'

const LEAP = '2024-02-29T23:59:58.999999Z'

const CASES: readonly (readonly [FunctionName, readonly (string | number)[], string | number | null])[] = [
  ['lower', ['STRASSE Ä'], 'strasse ä'],
  ['lower', ['ΑΣ'], 'ας'],
  ['upper', ['straße ä'], 'STRASSE Ä'],
  ['trim', [' \t\na b\r '], 'a b'],
  ['trim', ['\u00a0a\u00a0'], '\u00a0a\u00a0'],
  ['length', [''], 0],
  ['length', ['a🚲ä'], 3],
  ['concat', ['a', ''], 'a'],
  ['concat', ['a', 'b'], 'ab'],
  ['indexof', ['abc', 'c'], 2],
  ['indexof', ['🚲b', 'b'], 1],
  ['indexof', ['abc', 'd'], -1],
  ['indexof', ['abc', ''], 0],
  ['substring', ['abc', 1], 'bc'],
  ['substring', ['abc', 1, 1], 'b'],
  ['substring', ['🚲bc', 1, 1], 'b'],
  ['substring', ['abc', 0, 9], 'abc'],
  ['substring', ['abc', 9], ''],
  ['substring', ['abc', -1], 'abc'],
  ['substring', ['abc', -2, 2], 'ab'],
  ['substring', ['abc', 1, -1], ''],
  ['substring', ['abc', 1.9, 1.9], 'b'],
  ['substring', ['abc', 1e300], ''],
  ['year', [LEAP], 2024],
  ['month', [LEAP], 2],
  ['day', [LEAP], 29],
  ['hour', [LEAP], 23],
  ['minute', [LEAP], 59],
  ['second', [LEAP], 58],
  ['fraction', [LEAP], 0.999999],
  ['fraction', ['2024-02-29T23:59:58Z'], 0],
  ['fraction', ['1969-12-31T23:59:59.25Z'], 0.25],
  ['date', [LEAP], '2024-02-29'],
  ['clock', [LEAP], '23:59:58.999999'],
  ['clock', ['2024-02-29T01:02:03.5Z'], '01:02:03.500000'],
  ['second', ['1969-12-31T23:59:59.25Z'], 59],
  ['round', [2.5], 3],
  ['round', [-2.5], -3],
  ['round', [0.49999999999999994], 0],
  ['round', [-0.4], 0],
  ['round', [9007199254740991], 9007199254740991],
  ['floor', [-1.5], -2],
  ['ceiling', [-1.5], -1],
  ['add', [0.1, 0.2], 0.1 + 0.2],
  ['sub', [1, 2], -1],
  ['mul', [3, -2], -6],
  ['mul', [1e300, 1e300], null],
  ['div', [5, 2], 2.5],
  ['div', [-5, 2], -2.5],
  ['div', [1, 0], null],
  ['div', [0, 0], null],
  ['mod', [5, 3], 2],
  ['mod', [-5, 3], -2],
  ['mod', [5, -3], 2],
  ['mod', [5.5, 2], 1.5],
  ['mod', [5, 0], null],
  ['shift', [LEAP, 1], '2024-02-29T23:59:59.999999Z'],
  ['shift', [LEAP, 0.000001], '2024-02-29T23:59:59Z'],
  ['shift', [LEAP, 0.0000005], LEAP],
  ['shift', [LEAP, -86_400], '2024-02-28T23:59:58.999999Z'],
  ['shift', ['1969-12-31T23:59:59.25Z', -0.5], '1969-12-31T23:59:58.75Z'],
  ['shift', ['9999-12-31T23:59:59Z', 0.999999], '9999-12-31T23:59:59.999999Z'],
  ['shift', ['9999-12-31T23:59:59Z', 1], null],
  ['shift', ['0001-01-01T00:00:00Z', -0.000001], null],
  ['shift', ['9999-12-31T23:59:59.999999Z', -315_537_897_599], '0001-01-01T00:00:00.999999Z'],
  ['shift', [LEAP, 1e300], null],
  ['local', ['2026-03-29T00:59:59.5Z', 'Europe/Berlin'], '2026-03-29T01:59:59.5Z'],
  ['local', ['2026-03-29T01:00:00Z', 'Europe/Berlin'], '2026-03-29T03:00:00Z'],
  ['local', ['2026-12-31T23:00:00Z', 'Europe/Berlin'], '2027-01-01T00:00:00Z'],
  ['local', ['9999-12-31T23:30:00Z', 'Europe/Berlin'], null],
  ['apart', [LEAP, '2024-02-29T23:59:58Z'], 0.999999],
  ['apart', ['1969-12-31T23:59:59.25Z', '1970-01-01T00:00:00Z'], -0.75],
  ['apart', ['9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z'], 315_537_897_599],
  ['tonumber', [12.5], 12.5],
  ['totime', ['2026-03-29T01:00:00Z'], '2026-03-29T01:00:00Z'],
]

describe('functions', () => {
  for (const [call, args, expected] of CASES)
    test(`${call}(${args.map((arg) => JSON.stringify(arg)).join(', ')}) is ${JSON.stringify(expected)}`, () => {
      const given = functionOf(call, args.length).run(...args)
      assert.equal(typeof given === 'number' ? given + 0 : given, expected)
    })

  test('every function has a case', () => {
    assert.deepEqual(new Set(CASES.map(([call]) => call)), new Set(Object.keys(FUNCTIONS)))
  })

  const COUNTS: readonly (readonly [FunctionName, number])[] = [['length', 0], ['length', 2], ['concat', 1], ['concat', 3], ['substring', 1], ['substring', 4], ['add', 1]] // prettier-ignore
  for (const [call, count] of COUNTS)
    test(`${call} does not take ${count} arguments`, () => assert.throws(() => functionOf(call, count), (error) => error instanceof Problem && error.kind === 'invalid-query')) // prettier-ignore
})

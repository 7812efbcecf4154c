import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { patternOf } from '../../../src/query/pattern.ts'

const CASES: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
  ['abc', ['abc', 'xabcx'], ['ab', '']],
  ['^urn:.*:1$', ['urn:x:1'], ['urn:x:12', 'xurn:x:1']],
  ['a|bc', ['a', 'bc'], ['b']],
  ['(ab)+c', ['ababc'], ['ac']],
  ['^a{2,3}$', ['aa', 'aaa'], ['a', 'aaaa']],
  ['^[^a-c]$', ['d', 'ü'], ['a', 'dd']],
  ['^[[:digit:]]+$', ['42'], ['4x']],
  [String.raw`^\d+\.\w$`, ['12.a'], ['12a']],
  ['^(a+)+$', ['aaaa'], ['aaab']],
  ['^.$', ['😀', '\n'], ['', 'ab']],
  ['^[]a]$', [']', 'a'], ['b']],
  ['^[a-]$', ['-', 'a'], ['b']],
  ['', ['', 'x'], []],
  ['a||b', ['', 'x'], []],
  ['^(?:|x)$', ['', 'x'], ['y']],
]

for (const [pattern, yes, no] of CASES)
  test(`the pattern ${pattern}`, () => {
    for (const text of yes) assert.equal(patternOf(pattern).test(text), true, text)
    for (const text of no) assert.equal(patternOf(pattern).test(text), false, text)
  })

for (const [pattern, column] of [
  ['(a', 3],
  ['a)', 2],
  ['*a', 1],
  ['a**', 3],
  ['[a', 3],
  ['a{x}', 2],
  ['a{3,1}', 7],
  ['\\1', 3],
  ['(?=a)', 3],
  ['[[:what:]]', 3],
  ['[z-a]', 5],
  ['\\', 2],
] as const)
  // prettier-ignore
  test(`the pattern ${pattern} is refused at ${column}`, () =>
    assert.throws(() => patternOf(pattern), { kind: 'invalid-query', at: { column } }))

test('a pattern that is too large is refused', () => {
  for (const pattern of ['a'.repeat(1001), '((((a{255}){255}){255}))', `${'('.repeat(60)}a${')'.repeat(60)}`])
    assert.throws(() => patternOf(pattern), { kind: 'invalid-query' })
})

test('patterns that make others go back and forth are quick', () => {
  const began = process.cpuUsage()
  assert.equal(patternOf('^(a|a)*$').test(`${'a'.repeat(20_000)}b`), false)
  assert.ok(process.cpuUsage(began).user < 20e6)
})

test('what both know means the same as in JavaScript', () => {
  const piece = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(?:ab)', '^', '$', 'a*', 'b+', 'a?', '(ab){1,2}', '|', 'ü', '😀')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.array(fc.constantFrom('a', 'b', 'c', 'ü', '😀')), (pieces, letters) => {
      const [source, text] = [pieces.join(''), letters.join('')]
      assert.equal(patternOf(source).test(text), new RegExp(source, 'us').test(text))
    }),
    { numRuns: 2000 },
  )
})

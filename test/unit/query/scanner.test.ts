/** scanner.test: it moves only over what it took, and says the column where it failed. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../../../src/problem.ts'
import { Scanner } from '../../../src/query/scanner.ts'

const columnOf = (run: () => unknown): number | undefined => {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem && error.kind === 'invalid-query' && error.at.parameter === 'q') return error.at.column
    throw error
  }
  return undefined
}

describe('Scanner', () => {
  test('accepts a symbol once, where it stands', () => {
    const scanner = new Scanner('a==b', 'q')
    assert.equal(scanner.accept('=='), false)
    assert.equal(scanner.accept('a'), true)
    assert.equal(scanner.accept('a'), false)
    assert.equal(scanner.accept('=='), true)
    assert.equal(scanner.accept('b'), true)
    scanner.end()
  })

  test('takes by a sticky pattern, from where it stands only', () => {
    const scanner = new Scanner('12 ab', 'q')
    const [digits, letters] = [/\d+/y, /[a-z]+/y]
    assert.equal(scanner.take(letters), undefined)
    assert.equal(scanner.take(digits), '12')
    assert.equal(scanner.take(digits), undefined)
    assert.equal(scanner.take(/ /y), ' ')
    assert.equal(scanner.take(letters), 'ab')
    assert.equal(scanner.take(letters), undefined)
  })

  test('one pattern serves several scanners in turn', () => {
    const word = /\w+/y
    const [one, two] = [new Scanner('longer', 'q'), new Scanner('is', 'q')]
    assert.deepEqual([one.take(word), two.take(word)], ['longer', 'is'])
  })

  const FAILS: readonly (readonly [string, (scanner: Scanner) => unknown, number])[] = [
    ['expects what is not there', (scanner) => scanner.expect('('), 1],
    ['expects behind what was taken', (scanner) => scanner.take(/abc/y) && scanner.expect('('), 4],
    ['must be at the end', (scanner) => scanner.accept('ab') && scanner.end(), 3],
    ['fails by itself', (scanner) => scanner.accept('abc') && scanner.fail('no such field'), 4],
  ]
  for (const [name, run, column] of FAILS)
    test(`${name}: column ${column}`, () =>
      assert.equal(
        columnOf(() => run(new Scanner('abc🚲', 'q'))),
        column,
      ))

  test('says the whole character that it did not expect', () => {
    const scanner = new Scanner('abc🚲', 'q')
    scanner.accept('abc')
    assert.throws(() => scanner.end(), /unexpected “🚲”/)
  })
})

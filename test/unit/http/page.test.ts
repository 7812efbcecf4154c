/** page: counts read and links written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressWith, parametersOf, parseCount } from '../../../src/http/page.ts'
import { Problem } from '../../../src/problem.ts'

const RANGE = { least: 1, most: 1000, otherwise: 100 }
const count = (query: string) => parseCount(new URLSearchParams(query), 'limit', RANGE)

test('a count is a whole number in its range; too many is cut, too few refused', () => {
  assert.equal(count(''), 100)
  assert.equal(count('limit=7'), 7)
  assert.equal(count('limit=5000'), 1000)
  for (const bad of ['0', '-1', '1.5', '', 'zehn', '1e3', ' 7', '99999999999999999'])
    assert.throws(
      () => count(`limit=${bad}`),
      (error: unknown) => error instanceof Problem && error.at.parameter === 'limit',
      bad,
    )
})

test('addresses keep their other parameters', () => {
  const parameters = parametersOf({ url: '/x?a=%C3%A4&a=2&offset=10' })
  assert.equal(addressWith('https://x/y', parameters, { offset: 20 }), 'https://x/y?a=%C3%A4&a=2&offset=20')
  assert.equal(addressWith('https://x/y', parametersOf({ url: '/x?offset=10' }), { offset: null }), 'https://x/y')
})

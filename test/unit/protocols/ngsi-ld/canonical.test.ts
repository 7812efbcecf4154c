/** canonical: equal values are equal texts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonical } from '../../../../src/protocols/ngsi-ld/canonical.ts'

test('the order of keys is no matter, that of lists is', () => {
  assert.equal(canonical({ b: 1, a: [{ d: 1, c: 2 }] }), canonical({ a: [{ c: 2, d: 1 }], b: 1 }))
  assert.notEqual(canonical([1, 2]), canonical([2, 1]))
  assert.notEqual(canonical({ a: 1 }), canonical({ a: '1' }))
})

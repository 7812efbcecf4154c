/** principal: nobody is the same nobody with every request, since what follows from a principal is remembered with it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anonymous, ofTenants } from '../../../src/rights/principal.ts'

test('one in each tenant, and always the same', () => {
  const nobody = ofTenants(anonymous)
  assert.equal(nobody(1), nobody(1))
  assert.notEqual(nobody(1), nobody(2))
  assert.deepEqual(nobody(2), anonymous(2))
})

/** A token only takes away from what its owner may. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VERBS } from '../../../src/rights/principal.ts'
import { scoped } from '../../../src/rights/scope.ts'

const administrator = { admin: true, grants: [] }
const member = {
  admin: false,
  grants: [
    { dataset: 1, verbs: ['read', 'append'] as const },
    { dataset: 2, verbs: ['read'] as const },
  ],
}

test('scope: without datasets the owner’s rights stay, bounded by the verbs', () => {
  assert.deepEqual(scoped(administrator, { verbs: ['read'] }), { admin: true, grants: [], only: ['read'] })
  assert.deepEqual(scoped(member, { verbs: VERBS }), { ...member, only: VERBS })
})

test('scope: with datasets an administrator’s token administers no longer', () => {
  assert.deepEqual(scoped(administrator, { verbs: ['read', 'append'], datasets: [5] }), {
    admin: false,
    grants: [{ dataset: 5, verbs: ['read', 'append'] }],
    only: ['read', 'append'],
  })
})

test('scope: a dataset that the owner was not granted is not gained', () => {
  assert.deepEqual(scoped(member, { verbs: VERBS, datasets: [2, 3] }), {
    admin: false,
    grants: [{ dataset: 2, verbs: ['read'] }],
    only: VERBS,
  })
})

test('scope: no dataset left is no right left, not every right', () => {
  assert.deepEqual(scoped(administrator, { verbs: VERBS, datasets: [] }), { admin: false, grants: [], only: VERBS })
  assert.deepEqual(scoped(member, { verbs: VERBS, datasets: [] }), { admin: false, grants: [], only: VERBS })
})

/** The table of roles: who may what, and what nobody but them may. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRole, ROLES, rolesWith } from '../../../src/rights/roles.ts'
import { VERBS } from '../../../src/rights/verbs.ts'

test('roles: keeping data and releasing them are in different hands, but for administrators', () => {
  assert.deepEqual(rolesWith('release'), ['administrator', 'gatekeeper'])
  assert.deepEqual(rolesWith('manage'), ['administrator', 'architect', 'owner'])
})

test('roles: an operator sees no data, an administrator does everything in a tenant', () => {
  assert.deepEqual(ROLES.operator.verbs, [])
  assert.deepEqual(ROLES.administrator.verbs, VERBS)
})

test('roles: what has duties for the whole tenant is not held on a dataset', () => {
  for (const role of Object.values(ROLES)) assert.equal(role.onDataset, role.duties.length === 0)
})

test('roles: names from outside are no properties of objects', () => {
  assert.equal(isRole('owner'), true)
  assert.equal(isRole('toString'), false)
})

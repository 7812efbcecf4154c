/** Which datasets grants reach, by their state. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dataset } from '../../../src/model/dataset.ts'
import { matches } from '../../../src/query/matches.ts'
import { bounded } from '../../../src/rights/reach.ts'
import type { Grant } from '../../../src/rights/principal.ts'

const dataset = (id: number, state: Dataset['state'], access: Dataset['access']) => ({ id, state, access })
const reaches = (grant: Grant, state: Dataset['state'], access: Dataset['access'] = 'internal') =>
  matches(bounded([grant], 'read'), dataset(1, state, access))

test('reach: readers lose what is withdrawn, those who look after it do not', () => {
  assert.equal(reaches({ dataset: 1, verbs: ['read'] }, 'withdrawn'), false)
  assert.equal(reaches({ dataset: 1, verbs: ['read', 'change'] }, 'withdrawn'), true)
  assert.equal(reaches({ dataset: 1, verbs: ['read', 'release'] }, 'archived'), true)
})

test('reach: what is restricted is read by whoever was granted just that, not by whoever reads everything', () => {
  assert.equal(reaches({ verbs: ['read'] }, 'released'), true)
  assert.equal(reaches({ verbs: ['read'] }, 'released', 'restricted'), false)
  assert.equal(reaches({ dataset: 1, verbs: ['read'] }, 'released', 'restricted'), true)
  assert.equal(reaches({ verbs: ['read', 'manage'] }, 'released', 'restricted'), true)
})

test('reach: a grant on another dataset reaches nothing here', () => {
  assert.equal(reaches({ dataset: 2, verbs: ['read'] }, 'released'), false)
})

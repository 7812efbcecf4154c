/** Fields that are kept back cannot be asked about either. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { and, equals, not, or, type Filter } from '../../../src/query/filter.ts'
import type { Principal } from '../../../src/rights/principal.ts'
import { openAttribute, openEntities, openSeries, seesInPart, veiled } from '../../../src/rights/veil.ts'
import type { Portion } from '../../../src/rights/portion.ts'

const holder = (portion?: Portion): Principal => ({
  id: 'user:7',
  name: 'M',
  tenant: 3,
  admin: false,
  grants: [{ dataset: 11, verbs: ['read'], ...(portion && { portion }) }],
})
const late = holder({ olderThan: 86_400 })
const warm: Filter = { is: 'compare', left: { path: ['latestResult'] }, by: '>', right: { value: 30 } }

test('veil: whole datasets have none', () => {
  assert.equal(seesInPart(holder()), false)
  assert.equal(seesInPart(late), true)
  assert.equal(openSeries(holder()).is, 'everything')
})

test('veil: kinds of things are seen whole, late values not', () => {
  assert.equal(openSeries(holder({ types: ['Station'] })).is, 'everything')
  assert.notEqual(openSeries(late).is, 'everything')
})

test('veil: a condition on what is kept back holds only where it is open; asking whether it is missing holds where it is not', () => {
  const open = openSeries(late)
  assert.deepEqual(veiled(late, 'series', warm), and(warm, open))
  const gone = equals(['latestTime'], null)
  assert.deepEqual(veiled(late, 'series', gone), or(gone, not(open)))
  assert.deepEqual(veiled(late, 'series', equals(['name'], 'x')), equals(['name'], 'x'))
})

test('veil: of attributes those that were granted may be asked about', () => {
  const some = holder({ attributes: ['height'] })
  assert.notEqual(openEntities(some).is, 'everything')
  assert.notDeepEqual(openAttribute(some, 'height'), openAttribute(some, 'street'))
  assert.equal(openAttribute(some, 'height').is, 'everything')
  const street = equals(['attributes', 'street'], 'Markt')
  assert.deepEqual(veiled(some, 'entity', street), and(street, openAttribute(some, 'street')))
})

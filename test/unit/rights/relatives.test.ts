/** What is asked about relatives is bounded wherever it stands in the filter. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { and, equals, not, type Filter } from '../../../src/query/filter.ts'
import { narrow } from '../../../src/rights/policy.ts'
import { anonymous } from '../../../src/rights/principal.ts'
import { boundOperand, boundRelatives } from '../../../src/rights/relatives.ts'

const who = anonymous(3)
const some = (through: string, where: Filter): Filter => ({ is: 'some', through, where })
const name = equals(['name'], 'x')

test('relatives: a relation that leaves the dataset is bounded, also under not, and, or', () => {
  const asked = some('series', name)
  const bounded = some('series', and(name, narrow(who, 'read', 'series')))
  assert.deepEqual(boundRelatives(who, 'entity', asked), bounded)
  assert.deepEqual(boundRelatives(who, 'entity', not(asked)), not(bounded))
  assert.deepEqual(boundRelatives(who, 'entity', { is: 'or', of: [name, asked] }), { is: 'or', of: [name, bounded] })
  assert.deepEqual(boundRelatives(who, 'entity', and(name, asked)), and(name, bounded))
})

test('relatives: each step of a path is bounded by itself', () => {
  assert.deepEqual(
    boundRelatives(who, 'series', some('entity', some('locations', name))),
    some('entity', and(some('locations', and(name, narrow(who, 'read', 'entity'))), narrow(who, 'read', 'entity'))),
  )
})

test('relatives: within a dataset nothing is added', () => {
  for (const [noun, through] of [
    ['observation', 'series'],
    ['series', 'observations'],
    ['series', 'dataset'],
  ] as const)
    assert.deepEqual(boundRelatives(who, noun, some(through, name)), some(through, name))
})

test('relatives: of a dataset whose card is seen, only data that may be read count', () => {
  assert.deepEqual(boundRelatives(who, 'dataset', some('entities', name)), some('entities', and(name, narrow(who, 'read', 'entity'))))
})

test('relatives: beyond a step that stays in the dataset, the next is bounded', () => {
  assert.deepEqual(
    boundRelatives(who, 'observation', some('series', some('property', name))),
    some('series', some('property', and(name, narrow(who, 'read', 'entity')))),
  )
})

test('relatives: what is read of a related item, to compare or to order by, is bounded too, wherever it stands', () => {
  const bare = { through: 'sensor', of: { path: ['name'] as const } }
  const bounded = { ...bare, where: narrow(who, 'read', 'entity') }
  assert.deepEqual(boundOperand(who, 'series', bare), bounded)
  assert.deepEqual(boundOperand(who, 'series', { call: 'lower', args: [bare] }), { call: 'lower', args: [bounded] })
  assert.deepEqual(boundOperand(who, 'observation', { through: 'series', of: bare }), { through: 'series', of: bounded })
  const compare = (left: typeof bare): Filter => ({ is: 'compare', left, by: '=', right: { value: 'x' } })
  assert.deepEqual(boundRelatives(who, 'series', not(compare(bare))), not(compare(bounded)))
  const text = (left: typeof bare): Filter => ({ is: 'text', left, how: 'starts', part: { value: 'x' } })
  assert.deepEqual(boundRelatives(who, 'series', text(bare)), text(bounded))
})

/** change: what an entity is after something was said of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../../src/model/json.ts'
import type { Attribute } from '../../../../src/protocols/ngsi-ld/attribute.ts'
import { changed, emptyState, type Mode } from '../../../../src/protocols/ngsi-ld/change.ts'

const property = (value: Json, more: Partial<Attribute> = {}): Attribute => ({ kind: 'Property', value, sub: new Map(), ...more })
const said = (attributes: Readonly<Record<string, Attribute>>) => ({ attributes: new Map(Object.entries(attributes).map(([name, one]) => [name, [one]])) }) // prettier-ignore
const [EARLY, LATE] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
const before = changed(
  emptyState('urn:x:1', ['T'], EARLY),
  said({ a: property({ x: 1, y: 2 }), b: property('old') }),
  'append',
  EARLY,
).state

test('each mode says what stays', () => {
  const next = said({ a: property({ y: 3 }), c: property('new') })
  const after = (mode: Mode) => Object.fromEntries([...changed(before, next, mode, LATE).state.attributes].map(([name, [one]]) => [name, one?.value])) // prettier-ignore
  assert.deepEqual(after('append'), { a: { y: 3 }, b: 'old', c: 'new' })
  assert.deepEqual(after('update'), { a: { y: 3 }, b: 'old', c: 'new' })
  assert.deepEqual(after('keep'), { a: { x: 1, y: 2 }, b: 'old', c: 'new' })
  assert.deepEqual(after('merge'), { a: { x: 1, y: 3 }, b: 'old', c: 'new' })
  assert.deepEqual(after('part'), { a: { y: 3 }, b: 'old', c: 'new' })
  assert.deepEqual(after('replace'), { a: { y: 3 }, c: 'new' })
  assert.deepEqual(changed(before, next, 'keep', LATE).untouched, ['a'])
})

test('what is null goes, and what is said as it was is as old as it was', () => {
  const { attributes } = changed(before, said({ a: property(null), b: property('old') }), 'update', LATE).state
  assert.deepEqual([attributes.has('a'), attributes.get('b')?.[0]?.modifiedAt], [false, EARLY])
  const other = changed(before, said({ b: property('other') }), 'update', LATE).state.attributes.get('b')?.[0]
  assert.deepEqual([other?.createdAt, other?.modifiedAt], [EARLY, LATE])
})

test('instances are told apart by their datasetId', () => {
  const two = changed(before, said({ b: property('second', { datasetId: 'urn:x:d' }) }), 'append', LATE).state
  assert.deepEqual(two.attributes.get('b')?.map(({ value }) => value), ['old', 'second']) // prettier-ignore
})

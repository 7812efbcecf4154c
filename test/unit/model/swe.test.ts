/** swe: descriptions in SWE Common, and the values they allow. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isObject, type Json, type JsonObject } from '../../../src/model/json.ts'
import { descriptionFault, valueFault } from '../../../src/model/swe.ts'

const record = (...fields: readonly JsonObject[]): JsonObject => ({ type: 'DataRecord', fields })
const one = (field: JsonObject): JsonObject => record({ name: 'a', ...field })

const CASES: readonly (readonly [string, JsonObject, readonly Json[], readonly Json[]])[] = [
  ['a truth', { type: 'Boolean' }, [true, false], ['true', 1, null]],
  ['a text', { type: 'Text' }, ['', 'x'], [1, null, []]],
  ['a whole number', { type: 'Count' }, [0, -3], [1.5, '1']],
  ['a number', { type: 'Quantity' }, [1.5], ['1', null]],
  ['a time', { type: 'Time' }, ['2026-01-01T00:00:00Z'], ['x', 5]],
  ['a pair', { type: 'QuantityRange' }, [[1, 2]], [[1], 1, [1, 'x'], [1, 2, 3]]],
  ['one of some', { type: 'Category', constraint: { values: ['a', 'b'] } }, ['a'], ['c', 'A']],
  ['one of some numbers', { type: 'Quantity', constraint: { value: [1, 2] } }, [2], [3]],
  ['an interval', { type: 'Quantity', constraint: { interval: [0, 10] } }, [0, 10, 5.5], [-1, 10.1]],
  ['an open interval', { type: 'Count', constraint: { intervals: [['-Infinity', 0]] } }, [-5, 0], [1]],
  ['times', { type: 'Time', constraint: { interval: [['2026-01-01', '2026-12-31']] } }, ['2026-05-01T00:00:00Z'], ['2027-01-01T00:00:00Z']],
  ['a pattern', { type: 'Text', constraint: { pattern: '^\\d+$' } }, ['12'], ['a', '']],
  ['a list', { type: 'DataArray', elementType: { type: 'Count' } }, [[], [1, 2]], [[1, 'x'], 1]],
  ['a vector', { type: 'Vector', coordinates: [{ name: 'x', type: 'Quantity' }] }, [{ x: 1 }], [{}, { x: 1, y: 2 }, [1]]],
  ['a choice', { type: 'DataChoice', items: [{ name: 'x', type: 'Count' }, { name: 'y', type: 'Text' }] }, [{ x: 1 }, { y: '' }], [{}, { x: 1, y: '' }, { z: 1 }, 1]],
  ['a record', record({ name: 'b', type: 'Count' }, { name: 'c', type: 'Text', optional: true }), [{ b: 1 }, { b: 1, c: 'x' }], [{}, { c: 'x' }, { b: 1, d: 2 }]],
] // prettier-ignore

for (const [name, field, good, bad] of CASES)
  test(name, () => {
    const description = one(field)
    assert.equal(descriptionFault(description), undefined)
    for (const value of good) assert.equal(valueFault({ a: value }, description), undefined, JSON.stringify(value))
    for (const value of bad) assert.ok(valueFault({ a: value }, description)?.pointer.startsWith('/a'), JSON.stringify(value))
  })

test('a pattern that never ends is given up, and holds nobody up', () => {
  const began = process.cpuUsage().user
  assert.ok(valueFault({ a: `${'a'.repeat(40)}!` }, one({ type: 'Text', constraint: { pattern: '^(a+)+$' } })))
  assert.ok(process.cpuUsage().user - began < 1_000_000)
})

test('nesting has an end', () => {
  let description: JsonObject = { type: 'Text' }
  for (let i = 0; i < 5000; i++) description = { type: 'DataArray', elementType: description }
  assert.match(descriptionFault(one(description))?.en ?? '', /too deeply/)
})

test('any JSON is a description or none, and any value fits it or not', () => {
  const types = fc.constantFrom('DataRecord', 'Text', 'Count', 'Quantity', 'DataArray', 'DataChoice', 'Vector', 'Time', 'CountRange', 'x', '__proto__') // prettier-ignore
  const component = fc.letrec<{ one: unknown }>((tie) => ({
    one: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue(),
      fc.record({ type: types, name: fc.constantFrom('a', 'b', ''), fields: fc.array(tie('one'), { maxLength: 3 }), elementType: tie('one'), items: fc.array(tie('one'), { maxLength: 2 }), constraint: fc.oneof(fc.jsonValue(), fc.record({ value: fc.jsonValue(), interval: fc.jsonValue(), pattern: fc.string() })) }, { requiredKeys: [] }), // prettier-ignore
    ),
  })).one
  fc.assert(
    fc.property(fc.array(component, { maxLength: 3 }), fc.jsonValue(), (fields, value) => {
      const description = { type: 'DataRecord', fields } as unknown as Json
      if (!isObject(description) || descriptionFault(description) !== undefined) return
      valueFault(value as Json, description)
      valueFault({ a: value as Json }, description)
    }),
    { numRuns: 500 },
  )
})

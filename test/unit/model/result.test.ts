/** result: what each observation type takes, and what it says of the rest. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../src/model/json.ts'
import { lengthFault, OM, partFault, typeFault } from '../../../src/model/result.ts'

const VALUES: readonly Json[] = [1, 1.5, 'x', '1', true, null, [1], { a: 1 }]

const TAKES: Readonly<Record<string, readonly Json[]>> = {
  [`${OM}OM_Measurement`]: [1, 1.5, null],
  [`${OM}OM_CountObservation`]: [1, null],
  [`${OM}OM_TruthObservation`]: [true, null],
  [`${OM}OM_CategoryObservation`]: ['x', '1', null],
  [`${OM}OM_Observation`]: VALUES,
  'http://example.org/own': VALUES,
  constructor: VALUES,
}

for (const [type, taken] of Object.entries(TAKES))
  test(`${type} takes ${JSON.stringify(taken)}`, () => {
    assert.deepEqual(VALUES.filter((value) => typeFault(value, type) === undefined), taken) // prettier-ignore
  })

test('what is wrong is said with what was given, cut short', () => {
  assert.equal(typeFault('x'.repeat(100), `${OM}OM_Measurement`)?.en, `A result of OM_Measurement is a number, not "${'x'.repeat(39)}….`)
})

test('a list has a value for every part, each of its type', () => {
  const unit = { name: null, symbol: null, definition: null }
  const parts = ['OM_Measurement', 'OM_TruthObservation'].map((type, property) => ({ property, unit, observationType: `${OM}${type}` }))
  for (const result of [[1], [1, true, 2], 1, null, { 0: 1, 1: true }, 'ab']) assert.ok(lengthFault(result, parts), JSON.stringify(result))
  assert.equal(lengthFault([1, true], parts), undefined)
  assert.equal(partFault([null, null], parts), undefined)
  assert.equal(partFault([1, 'x'], parts)?.position, 1)
})

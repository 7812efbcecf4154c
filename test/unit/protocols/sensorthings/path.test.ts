/** path: resource paths, read or not found, whatever they are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePath, whereOf } from '../../../../src/protocols/sensorthings/path.ts'
import { V1 } from '../../../../src/protocols/sensorthings/v1/names.ts'
import { Problem } from '../../../../src/problem.ts'
import { and, equals, type Filter } from '../../../../src/query/filter.ts'

const PATHS: readonly (readonly [string, unknown])[] = [
  ['', { steps: [], property: [], ending: 'none' }],
  ['Things', { steps: ['Things'], property: [], ending: 'none' }],
  ['Things(1)', { steps: ['Things 1'], property: [], ending: 'none' }],
  ["Things('1')", { steps: ['Things 1'], property: [], ending: 'none' }],
  ["Things('urn:x:a/b''c')/name", { steps: ["Things urn:x:a/b'c"], property: ['name'], ending: 'none' }],
  ['Things(1)/Datastreams(2)/Observations/$ref', { steps: ['Things 1', 'Datastreams 2', 'Observations'], property: [], ending: 'ref' }],
  ['Observations(1)/Datastream/Thing/properties/a/b/$value', { steps: ['Observations 1', 'Datastreams', 'Things'], property: ['properties', 'a', 'b'], ending: 'value' }],
] // prettier-ignore

for (const [text, wanted] of PATHS)
  test(`/${text}`, () => {
    const { steps, ...rest } = parsePath(text, V1)
    assert.deepEqual({ steps: steps.map(({ type, key }) => (key === undefined ? type.set : `${type.set} ${key}`)), ...rest }, wanted)
  })

test('observations of a Datastream are asked by the field that has an index', () => {
  const where = whereOf(parsePath('Datastreams(7)/Observations', V1).steps)
  const datastream = and(equals(['kind'], 'value'), equals(['parts'], null))
  const some = (which: Filter): Filter => ({ is: 'some', through: 'series', where: which })
  assert.deepEqual(where, and(and(equals(['series'], 7), some(datastream)), some(equals(['kind'], 'value'))))
})

const pieces = fc.constantFrom('Things', 'Datastreams', 'Observations', 'name', 'properties', '(', ')', '(1)', "('x')", "'", '/', '$ref', '$value', '@iot.id', 'ä', '..', '%', ' ', '\0') // prettier-ignore

test('pieces of paths in any order are read or not found', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
        fc.string(),
      ),
      (text) => {
        try {
          parsePath(text, V1)
        } catch (error) {
          assert.ok(error instanceof Problem && error.kind === 'not-found', String(error))
        }
      },
    ),
    { numRuns: 3000 },
  )
})

for (const text of [
  "'".repeat(100_001),
  '/'.repeat(100_000),
  'Things('.repeat(15_000),
  `Things('${"''".repeat(50_000)}`,
  'Datastreams/Thing/'.repeat(5_000),
  '('.repeat(100_000),
])
  // prettier-ignore
  test(`a path without end is not found, quickly: ${text.slice(0, 20)}…`, () => {
    const began = process.cpuUsage().user
    assert.throws(
      () => parsePath(text, V1),
      (error) => error instanceof Problem && error.kind === 'not-found',
    )
    assert.ok(process.cpuUsage().user - began < 1_000_000)
  })

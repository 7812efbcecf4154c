import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../../../src/problem.ts'
import { parseApply } from '../../../../src/protocols/sensorthings/apply.ts'
import { V1 } from '../../../../src/protocols/sensorthings/v1/names.ts'

const type = V1.types.Observations ?? assert.fail()
const result = { path: ['result'] }

test('apply: parts and measures', () => {
  const { by, measures, where } = parseApply(
    "groupby((Datastream/@iot.id, bucket(phenomenonTime,'1h','UTC') as hour), aggregate(result with average as avg, $count as n))",
    type,
  )
  assert.deepEqual(where, { is: 'everything' })
  assert.deepEqual(
    by.map(({ column }) => column),
    [['Datastream', '@iot.id'], ['hour']],
  )
  assert.deepEqual(by[1], { of: { path: ['time'] }, bucket: 'hour', zone: 'UTC', column: ['hour'] })
  assert.deepEqual(measures, [
    { how: 'avg', of: result, column: ['avg'] },
    { how: 'count', column: ['n'] },
  ])
})

test('apply: filters before join, with brackets and quotes inside', () => {
  const { where, by } = parseApply("filter(result gt 1)/filter(Datastream/name eq 'a)''(b')/aggregate($count as n)", type)
  assert.equal(where.is === 'and' && where.of.length, 2)
  assert.deepEqual(by, [])
})

const REFUSED: readonly (readonly [text: string, kind: string, column: number])[] = [
  ['', 'invalid-query', 1],
  ['aggregate(result with average as)', 'invalid-query', 33],
  ['aggregate(result average as a)', 'invalid-query', 18],
  ['aggregate($count as a,$count as a)', 'invalid-query', 33],
  ['aggregate(nothing with sum as a)', 'invalid-query', 11],
  ["groupby((bucket(phenomenonTime,'2h') as x))", 'invalid-query', 32],
  ["groupby((bucket(phenomenonTime,'1h','Mond') as x))", 'invalid-query', 37],
  ['groupby((Datastream/name),aggregate($count as Datastream))', 'invalid-query', 47],
  ['filter(result gt)/aggregate($count as n)', 'invalid-query', 17],
  ['filter(result gt 1', 'invalid-query', 19],
  ['aggregate($count as n) x', 'invalid-query', 24],
  ['aggregate(result with median as m)', 'not-implemented', 23],
  ['topcount(2,result)', 'not-implemented', 1],
  ['filter(result gt 1)', 'not-implemented', 1],
  ['aggregate($count as n)/filter(n gt 1)', 'not-implemented', 24],
  ['groupby((rollup($all,result)))', 'not-implemented', 10],
  ['groupby((result),topcount(2,result))', 'not-implemented', 18],
]

for (const [text, kind, column] of REFUSED)
  test(`apply: “${text}” is refused at column ${column}: ${kind}`, () => {
    assert.throws(
      () => parseApply(text, type),
      (error: unknown) => {
        assert.ok(error instanceof Problem, String(error))
        assert.deepEqual([error.kind, error.at], [kind, { parameter: '$apply', column }])
        return true
      },
    )
  })

test('apply: whatever comes is read, or refused with its place', () => {
  const word = fc.constantFrom('filter(', 'groupby((', 'aggregate(', ')', ',', '/', ' as x', 'result', ' with sum', '$count', "bucket(phenomenonTime,'1h')", "'", ' gt 1', 'Datastream/name', '__proto__', '(') // prettier-ignore
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 12 }).map((words) => words.join('')),
      ),
      (text) => {
        try {
          parseApply(text, type)
        } catch (error) {
          assert.ok(error instanceof Problem, String(error))
          assert.equal(error.at.parameter, '$apply')
        }
      },
    ),
    { numRuns: 2000 },
  )
})

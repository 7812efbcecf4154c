/** filter: what OData says becomes a Filter; whatever it is fed, nothing but a Problem comes out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseFilter, parseOrderBy } from '../../../../src/protocols/sensorthings/filter.ts'
import { V2 } from '../../../../src/protocols/sensorthings/v2/names.ts'
import { V1 } from '../../../../src/protocols/sensorthings/v1/names.ts'
import { Problem } from '../../../../src/problem.ts'
import { typeOf } from '../../../../src/query/fields.ts'
import { and, equals, type Filter } from '../../../../src/query/filter.ts'

const things = (text: string) => parseFilter(text, V1.types.Things)
const observations = (text: string) => parseFilter(text, V1.types.Observations)

test('a navigation path asks for some related item, and the id of one that is a field asks the field', () => {
  const whole = equals(['parts'], null)
  const datastream: Filter = { is: 'some', through: 'series', where: whole }
  assert.deepEqual(things("Datastreams/Sensor/name eq 'x'"), {
    is: 'some',
    through: 'series',
    where: and(whole, { is: 'some', through: 'sensor', where: equals(['name'], 'x') }),
  })
  assert.deepEqual(observations('Datastream/id eq 7'), and(equals(['series'], 7), datastream))
  assert.deepEqual(observations('Datastream/Thing/id eq 7'), {
    is: 'some',
    through: 'series',
    where: and(whole, equals(['entity'], 7)),
  })
})

test('operators bind as the standard says', () => {
  const same = (a: string, b: string) => assert.deepEqual(observations(a), observations(b), a)
  same('result eq 1 or result eq 2 and result eq 3', 'result eq 1 or (result eq 2 and result eq 3)')
  same('not result eq 1 and result eq 2', '(not (result eq 1)) and (result eq 2)')
  same('result add 2 mul 3 eq 1', '(result add (2 mul 3)) eq 1')
  same('result sub 1 sub 1 eq 1', '((result sub 1) sub 1) eq 1')
  same('result mod 2 add 1 gt 1', '((result mod 2) add 1) gt 1')
  same('result gt 1 eq true', '(result gt 1) eq true')
  same('result add 1 gt 1 add 1', '(result add 1) gt (1 add 1)')
  same("(result eq 1)and(result eq 2)", 'result eq 1 and result eq 2') // prettier-ignore
})

test('a range of times is one that an index on the start can answer', () => {
  assert.deepEqual(observations('phenomenonTime gt 2026-01-01T00:00:00Z'), {
    is: 'compare',
    left: { instant: '2026-01-01T00:00:00Z' },
    by: '<',
    right: { path: ['time'] },
  })
})

test('a moved time is compared unmoved with a known one, so that its index answers', () => {
  for (const text of [
    "resultTime add duration'P1D' gt 2026-01-02T00:00:00Z",
    "2026-01-03T00:00:00Z lt resultTime add duration'PT36H' add duration'PT12H'",
  ])
    assert.deepEqual(observations(text), {
      is: 'compare',
      left: { instant: '2026-01-01T00:00:00Z' },
      by: '<',
      right: { path: ['resultTime'] },
    })
})

const words = fc.constantFrom("'a'", "'O''b'", '1', '-2.5', '1e5', 'true', 'null', 'name', 'result', 'phenomenonTime', 'Datastream/name', 'Datastreams/Observations/result', 'properties/a/b', 'id', '@iot.id', 'eq', 'ne', 'gt', 'le', 'and', 'or', 'not', 'add', 'sub', 'mul', 'div', 'mod', 'in', '(', ')', ',', '/', "geography'POINT(1 2)'", "duration'P1D'", 'now()', '2026-01-01T00:00:00Z', '2026-01-01/2026-01-02', 'length(', 'substringof(', 'st_within(', 'geo.distance(', 'any(', 'Datastreams/any(d:', 'd/name', '[0]', '-', 'location', 'Locations/location') // prettier-ignore

function onlyProblems(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    assert.ok(error.kind === 'invalid-query' || error.kind === 'not-implemented', error.kind)
  }
}

test('words of the language in any order are read or refused', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), fc.constantFrom(...Object.values(V1.types)), (parts, type) => {
      onlyProblems(() => parseFilter(parts.join(' '), type))
      onlyProblems(() => parseOrderBy(parts.join(' '), type))
    }),
    { numRuns: 3000 },
  )
})

test('any text is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 40 })), (text) =>
      onlyProblems(() => parseFilter(text, V1.types.Things)),
    ),
    { numRuns: 3000 },
  )
})

for (const [text, column] of [
  ["nam eq 'x'", 1],
  ["name eq 'x' and foo(name)", 17],
  ["name eq 'x' and length(name,1) eq 2", 17],
  ["name eq 'x' and (Datastreams/colour eq 1)", 18],
  ["name eq 'x' and Datastreams eq 1", 17],
  ["substringof('x',name) lt true", 23],
  ["Datastreams/any(d:e/name eq 'x')", 19],
  ["name eq 'x' and name add duration'P1D' eq 1", 22],
  ['name eq 1 and 2026-01-02/2026-01-01 eq 1', 36],
] as const)
  test(`what is wrong with ${text} stands at column ${column}`, () => {
    assert.throws(
      () => things(text),
      (error) => error instanceof Problem && error.at.column === column && error.message.includes(`column ${column}`),
    )
  })

for (const [name, text] of Object.entries({
  'a hundred thousand letters of nonsense': 'x '.repeat(50_000),
  'ten thousand levels of lists': 'name in ('.repeat(10_000),
  'long texts': `name eq '${'x'.repeat(100_000)}'`,
  'open brackets': '('.repeat(31_000),
  negations: 'not '.repeat(7_000),
  'minus signs': '- '.repeat(15_000),
  functions: 'trim('.repeat(6_000),
  'any() in any()': 'Datastreams/any(d:d/Thing/'.repeat(1_000),
  quotes: "'".repeat(31_001),
  points: `geo.intersects(location,geography'${'GEOMETRYCOLLECTION('.repeat(1_600)}')`,
}))
  test(`${name} without end are refused, with a column, without exhausting the stack`, () => {
    const began = process.cpuUsage().user
    assert.throws(
      () => parseFilter(text, V1.types.Locations),
      (error) => error instanceof Problem && error.kind === 'invalid-query' && error.at.column !== undefined,
    )
    assert.ok(process.cpuUsage().user - began < 1_000_000, 'quickly')
  })

test('a long but flat filter is read', () => {
  const filter = things(Array.from({ length: 1500 }, (_, i) => `id eq ${i}`).join(' or '))
  assert.equal(filter.is === 'or' && filter.of.length, 1500)
})

test('every property of every set is a field that the platform knows', () => {
  for (const type of [V1, V2].flatMap(({ types }) => Object.values(types)))
    for (const property of Object.values(type.properties)) {
      for (const path of property.is === 'inside' ? Object.values(property.paths) : [property.path]) typeOf(type.noun, path)
      if (property.is === 'interval') typeOf(type.noun, property.end)
    }
})

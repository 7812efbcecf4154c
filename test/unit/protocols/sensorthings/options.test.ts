/** options: query options and what stands inside $expand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nextOf, within } from '../../../../src/protocols/sensorthings/link.ts'
import { V1 } from '../../../../src/protocols/sensorthings/v1/names.ts'
import { parseOptions, type Expand } from '../../../../src/protocols/sensorthings/options.ts'
import { Problem } from '../../../../src/problem.ts'

const expand = (text: string) => parseOptions({ $expand: text }, V1.types.Things).expand
const shape = (items: readonly Expand[]): unknown => Object.fromEntries(items.map(({ by, options }) => [by.name, shape(options.expand)]))

const SHAPES: readonly (readonly [string, unknown])[] = [
  ['Datastreams', { Datastreams: {} }],
  ['Datastreams/Sensor', { Datastreams: { Sensor: {} } }],
  ['Datastreams/Sensor,Datastreams/Observations', { Datastreams: { Sensor: {}, Observations: {} } }],
  ['Datastreams($expand=Sensor,Observations($top=1;$expand=FeatureOfInterest)),Locations', { Datastreams: { Sensor: {}, Observations: { FeatureOfInterest: {} } }, Locations: {} }],
  ['Datastreams,Datastreams/Sensor', { Datastreams: { Sensor: {} } }],
  ["Datastreams($filter=name eq 'a;b)c(d' and (id gt 1 or id lt 5);$top=3)", { Datastreams: {} }],
  [' Datastreams , Locations ', { Datastreams: {}, Locations: {} }],
] // prettier-ignore

for (const [text, wanted] of SHAPES) test(`$expand=${text}`, () => assert.deepEqual(shape(expand(text)), wanted))

test('the options inside are those of the inner set', () => {
  const [item] = expand("Datastreams($filter=name eq 'a;b)';$orderby=name desc;$top=3;$skip=2;$count=true;$select=name,id)")
  const { options } = item ?? assert.fail()
  assert.deepEqual([options.top, options.skip, options.count, options.select], [3, 2, true, [['name'], ['id']]])
  assert.deepEqual(options.where, { is: 'compare', left: { path: ['name'] }, by: '=', right: { value: 'a;b)' } })
})

const pieces = fc.constantFrom('Datastreams', 'Locations', 'Observations', 'Sensor', 'Thing', '/', ',', '(', ')', ';', '$top=1', '$filter=', "name eq 'x'", '$expand=', '$select=name', '$orderby=', '$skip=-1', "'", ' ', '$count=true') // prettier-ignore

test('pieces of $expand in any order are read or refused', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      try {
        expand(parts.join(''))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        assert.ok(error.status === 400 || error.status === 501)
      }
    }),
    { numRuns: 3000 },
  )
})

for (const text of [
  'Datastreams('.repeat(5000),
  'Datastreams($expand=Thing($expand='.repeat(1000),
  'Datastreams/Thing/'.repeat(2000),
  Array.from({ length: 100 }, () => 'Locations').join(','),
])
  // prettier-ignore
  test(`an expansion without end is refused: ${text.slice(0, 30)}…`, () => {
    assert.throws(
      () => expand(text),
      (error) => error instanceof Problem && error.status === 400,
    )
  })

for (const [text, column] of [
  ['name,colour', 6],
  ['name, colour/a', 7],
  ['distinct:name,colour', 15],
  ['', 1],
] as const)
  test(`what cannot be selected in “${text}” stands at column ${column}`, () => {
    assert.throws(
      () => parseOptions({ $select: text }, V1.types.Things),
      (error) => error instanceof Problem && error.at.parameter === '$select' && error.at.column === column,
    )
  })

test('any text of any option is read or refused', () => {
  const names = fc.constantFrom('$filter', '$orderby', '$select', '$expand', '$top', '$skip', '$count', '$resultFormat', '$resultMetadata', '$skiptoken') // prettier-ignore
  const texts = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(fc.dictionary(names, texts), fc.constantFrom(...Object.values(V1.types)), (said, type) => {
      try {
        parseOptions(said, type)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        assert.ok(error.at.parameter !== undefined && (error.status === 400 || error.status === 501), JSON.stringify(said))
      }
    }),
    { numRuns: 3000 },
  )
})

const NEXT: readonly (readonly [string, number, string])[] = [
  ['', 0, 'A?$skip=100&$skiptoken=T'],
  ['$top=100', 0, 'A?$top=100&$skip=100&$skiptoken=T'],
  ['%24top=100&%24skip=200&%24skiptoken=old&$filter=name%20eq%20%27a%27', 200, 'A?$top=100&$skip=300&$filter=name%20eq%20%27a%27&$skiptoken=T'],
] // prettier-ignore

for (const [query, skip, wanted] of NEXT)
  test(`the page after ?${query}`, () => assert.equal(nextOf('A', query, { skip }, 100, 'T'), wanted))

test('the next page of an expanded set says its options again', () => {
  assert.equal(
    within('A', { said: { $filter: "name eq 'ä'", $top: '2', $skip: '2' }, skip: 2 }, 2),
    `A?$filter=${encodeURIComponent("name eq 'ä'")}&$top=2&$skip=4`,
  )
})

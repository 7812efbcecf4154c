/** What a portion lets through, over items in memory. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Geometry } from '../../../src/model/geometry.ts'
import { polygonOf } from '../../../src/model/geometry.ts'
import type { Item } from '../../../src/query/look-up.ts'
import { wayName } from '../../../src/query/filter.ts'
import { matches, type Related } from '../../../src/query/matches.ts'
import { isVeiled, portionOf, type Portion } from '../../../src/rights/portion.ts'
import type { Verb } from '../../../src/rights/verbs.ts'

const AT = '2026-06-02T12:00:00Z'
const point = (lon: number): Geometry => ({ type: 'Point', coordinates: [lon, 49.2] })
const entity = { id: 1, role: 'thing', types: ['Station'], scopes: ['/Stadt/Nord/Markt'], geometry: point(8.1) } as const
const sensor = { id: 2, role: 'sensor', types: ['Sensor'], scopes: [] } as const
const series = { id: 3, entity: 1, sensor: 2, attribute: 'pm10' }
const observation = { id: 4, series: 3, time: '2026-06-01T11:00:00Z' }
const relatives: Readonly<Record<string, readonly object[]>> = { entity: [entity], series: [series], sensing: [series], locations: [] }
const related: Related = (_item, through) => (relatives[wayName(through)] ?? []) as readonly Item[]

const lies = (portion: Portion, noun: 'entity' | 'series' | 'observation', item: object, verb: Verb = 'read') =>
  matches(portionOf(portion, verb, noun, AT), item as Item, related)

const CASES: readonly (readonly [said: string, portion: Portion, thing: boolean, measured: boolean])[] = [
  ['a type that it is of', { types: ['Lamp', 'Station'] }, true, true],
  ['types that it is not of', { types: ['Lamp'] }, false, false],
  ['the scope above its own', { scopes: ['/Stadt/Nord'] }, true, true],
  ['a scope that only begins alike', { scopes: ['/Stadt/No'] }, false, false],
  ['a scope whose signs mean something in patterns', { scopes: ['/Stadt/N.rd'] }, false, false],
  ['an attribute that is measured', { attributes: ['pm10'] }, true, true],
  ['attributes that are not', { attributes: ['no2'] }, true, false],
  ['a district that it lies in', { within: polygonOf([8, 49, 8.2, 49.4]) }, true, true],
  ['a district that it does not lie in', { within: polygonOf([9, 49, 9.2, 49.4]) }, false, false],
  ['values that are old enough', { olderThan: 86_400 }, true, true],
  ['values that are too young', { olderThan: 2 * 86_400 }, true, false],
  ['means', { means: 'hour' }, true, false],
  ['two conditions, one of which does not hold', { types: ['Station'], attributes: ['no2'] }, true, false],
]

for (const [said, portion, thing, measured] of CASES)
  test(`portion: of ${said}`, () => {
    assert.equal(lies(portion, 'entity', entity), thing)
    assert.equal(lies(portion, 'observation', observation), measured)
  })

test('portion: what is needed to understand a thing is seen with it, and not written', () => {
  const portion = { types: ['Station'], attributes: ['pm10'] }
  assert.equal(lies(portion, 'entity', sensor), true)
  assert.equal(lies({ attributes: ['no2'] }, 'entity', sensor), false)
  assert.equal(lies({ types: ['Station'] }, 'entity', sensor, 'change'), false)
})

test('portion: who was granted some attributes does not write the thing that has them', () => {
  assert.equal(lies({ attributes: ['pm10'] }, 'entity', entity, 'change'), false)
  assert.equal(lies({ types: ['Station'] }, 'entity', entity, 'change'), true)
  assert.equal(lies({ attributes: ['pm10'] }, 'observation', observation, 'append'), true)
})

test('portion: an interval is as old as its end', () => {
  const long = { ...observation, time: '2026-05-01T00:00:00Z', end: '2026-06-02T11:00:00Z' }
  assert.equal(lies({ olderThan: 86_400 }, 'observation', long), false)
})

test('portion: means and embargoes keep single values back, the others do not', () => {
  assert.equal(isVeiled({ olderThan: 1 }), true)
  assert.equal(isVeiled({ means: 'day' }), true)
  assert.equal(isVeiled({ types: ['a'], scopes: ['/a'], attributes: ['a'], within: point(8) }), false)
})

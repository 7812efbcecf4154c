/** filters.test: the SQL of every kind of filter, kept in filters.sql to be read in reviews. UPDATE_GOLDEN=1 writes it anew. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { polygonOf, type Geometry } from '../../src/model/geometry.ts'
import type { Noun } from '../../src/model/noun.ts'
import { ask } from '../../src/query/query.ts'
import type { Comparator, Filter, FunctionName, Operand, Path } from '../../src/query/filter.ts'
import type { Sought } from '../../src/query/sought.ts'
import { FUNCTIONS } from '../../src/query/functions.ts'
import { RELATIONS } from '../../src/query/relations.ts'
import { compile } from '../../src/store/compile.ts'
import { pageStatement } from '../../src/store/read.ts'
import { resolveShapes } from '../../src/store/shapes.ts'
import type { Sql } from '../../src/store/sql.ts'

const FILE = new URL('filters.sql', import.meta.url)

const compare = (path: Path, by: Comparator, right: Operand): Filter => ({ is: 'compare', left: { path }, by, right })
const point: Geometry = { type: 'Point', coordinates: [7.63, 51.96] }
const square = polygonOf([7.6, 51.9, 7.7, 52])
const triangle: Geometry = { type: 'Polygon', coordinates: [[[7.6, 51.9], [7.7, 51.9], [7.6, 52], [7.6, 51.9]]] } // prettier-ignore
const value = (given: string | number | boolean | null): Operand => ({ value: given })
const SOUGHT: readonly Sought[] = [
  { stems: ['rad'], alike: [['radverkehr'], ['fahrrad', "o'neill"]], barred: false },
  { stems: ['grun', 'well'], alike: [], barred: false },
  { stems: ['alt'], alike: [], barred: true },
]

const CASES: readonly (readonly [string, Noun, Filter])[] = [
  ['everything', 'entity', { is: 'everything' }],
  ['nothing', 'entity', { is: 'nothing' }],
  ['and, or, not', 'entity', { is: 'and', of: [compare(['role'], '=', value('thing')), { is: 'not', of: { is: 'or', of: [compare(['name'], '=', value('a')), compare(['name'], '=', value('b'))] } }] }], // prettier-ignore
  ['a text', 'entity', compare(['name'], '=', value('Linde'))],
  ['texts in order of code points', 'entity', compare(['name'], '<', value('Linde'))],
  ['placements of things', 'observation', { is: 'some', through: 'series', where: compare(['kind'], '=', value('place')) }],
  ['of one feature that may be seen', 'observation', { is: 'some', through: 'feature', where: { is: 'and', of: [compare(['id'], '=', value(2)), { is: 'some', through: 'dataset', where: compare(['tenant'], '=', value(1)) }] } }],
  ['a whole number', 'observation', compare(['series'], '=', value(7))],
  ['a fraction', 'series', compare(['count'], '>', value(0.5))],
  ['a time', 'observation', compare(['time'], '>=', { instant: '2026-03-01T12:00:00Z' })],
  ['a time and a text never meet', 'observation', compare(['time'], '=', value('2026-03-01T12:00:00Z'))],
  ['missing', 'dataset', compare(['licence'], '=', value(null))],
  ['not missing', 'observation', compare(['end'], '<>', value(null))],
  ['missing in JSON', 'entity', compare(['attributes', 'height'], '=', value(null))],
  ['no result', 'observation', compare(['result'], '=', value(null))],
  ['order with null', 'observation', compare(['result'], '<', value(null))],
  ['inside JSON, a number', 'entity', compare(['attributes', 'height'], '>', value(12.5))],
  ['inside JSON, a text', 'entity', compare(['attributes', 'address', 'street'], '=', value('Domplatz'))],
  ['inside JSON, a boolean', 'entity', compare(['attributes', 'protected'], '=', value(true))],
  ['inside JSON, at a position', 'entity', compare(['attributes', 'list', '0'], '=', value(1))],
  ['inside JSON, at what only looks like a position', 'entity', compare(['attributes', 'list', '-1'], '=', value(1))],
  ['two paths of unknown type', 'entity', compare(['attributes', 'a'], '<>', { path: ['about', 'a'] })],
  ['a number as a result', 'observation', compare(['result'], '>', value(40))],
  ['a text as a result', 'observation', compare(['result'], '=', value('voll'))],
  ['inside a result', 'observation', compare(['result', 'count'], '=', value(3))],
  ['the latest result', 'series', compare(['latestResult'], '>', value(40))],
  ['two columns', 'observation', compare(['time'], '=', { path: ['end'] })],
  ['a list compares with nothing', 'entity', compare(['types'], '=', { path: ['scopes'] })],
  ['in, numbers', 'observation', { is: 'in', path: ['series'], values: [1, 2, 3] }],
  ['in, texts and numbers', 'entity', { is: 'in', path: ['attributes', 'kind'], values: ['oak', 7, 0.5] }],
  ['in nothing', 'entity', { is: 'in', path: ['id'], values: [] }],
  ['text contains', 'entity', { is: 'text', left: { path: ['name'] }, how: 'contains', part: value('ind') }],
  ['text starts', 'entity', { is: 'text', left: { path: ['attributes', 'a'] }, how: 'starts', part: value('Li') }],
  ['text ends', 'entity', { is: 'text', left: { path: ['name'] }, how: 'ends', part: value('de') }],
  ['like, a text', 'entity', { is: 'like', path: ['iri'], pattern: '^urn:.*:(1|2)$' }],
  ['like, a list', 'entity', { is: 'like', path: ['scopes'], pattern: '^/a/[^/]+$' }],
  ['like, a result', 'series', { is: 'like', path: ['latestResult'], pattern: 'klar' }],
  ['has, a list', 'entity', { is: 'has', path: ['types'], value: 'Tree' }],
  ['has, a JSON array', 'entity', { is: 'has', path: ['attributes', 'tags'], value: 7 }],
  ['exists, a column', 'dataset', { is: 'exists', path: ['licence'] }],
  ['exists, in JSON', 'entity', { is: 'exists', path: ['attributes', 'height'] }],
  ['exists, a result', 'observation', { is: 'exists', path: ['result'] }],
  ['spatial, a box', 'entity', { is: 'spatial', path: ['geometry'], relation: 'intersects', geometry: square }],
  ['spatial, any shape', 'entity', { is: 'spatial', path: ['geometry'], relation: 'within', geometry: triangle }],
  ['spatial, far away', 'entity', { is: 'not', of: { is: 'spatial', path: ['geometry'], relation: 'disjoint', geometry: triangle } }],
  ['spatial, the area of a series', 'series', { is: 'spatial', path: ['observedArea'], relation: 'intersects', geometry: square }],
  ['near a point', 'entity', { is: 'near', path: ['geometry'], geometry: point, by: '<=', metres: 500 }],
  ['far from a point', 'entity', { is: 'near', path: ['geometry'], geometry: point, by: '>=', metres: 500 }],
  ['near a shape', 'entity', { is: 'near', path: ['geometry'], geometry: triangle, by: '<=', metres: 500 }],
  ['lies as a pattern says', 'entity', { is: 'relates', path: ['geometry'], pattern: 'T*F**F***', geometry: triangle }],
  ['a distance in degrees', 'entity', { is: 'measured', path: ['geometry'], from: triangle, by: '<', degrees: 0.1 }],
  ['a length in degrees', 'entity', { is: 'measured', path: ['geometry'], by: '>=', degrees: 1 }],
  ['what the related item has', 'series', compare(['name'], '<', { through: 'entity', of: { path: ['name'] } })],
  ['what the related item has, as far as one may see it', 'observation', compare(['result'], '=', { through: 'feature', of: { path: ['attributes', 'level'] }, where: compare(['role'], '=', value('feature')) })],
  ['what a reference of somebody’s own leads to', 'entity', { is: 'some', through: { at: ['attributes', 'parent'], to: 'entity' }, where: compare(['name'], '=', value('Linde')) }],
  ['what it has', 'entity', compare(['name'], '<', { through: { at: ['attributes', 'parent'], to: 'entity' }, of: { path: ['name'] } })],
  ['missing of the related item', 'series', { is: 'compare', left: { through: 'sensor', of: { path: ['about', 'x'] } }, by: '=', right: value(null) }],
  ['search, datasets', 'dataset', { is: 'search', words: 'Luft "Güte"' }],
  ['search, datasets, with what the words mean', 'dataset', { is: 'search', words: 'Rad "grüne Welle" -alt', sought: SOUGHT }],
  ['search, entities', 'entity', { is: 'search', words: 'Linde' }],
  ['what a stranger may read', 'observation', { is: 'some', through: 'dataset', where: { is: 'and', of: [compare(['access'], '=', value('public')), compare(['state'], '=', value('released'))] } }], // prettier-ignore
  ['some, by id alone', 'series', { is: 'some', through: 'sensor', where: compare(['id'], '=', value(7)) }],
  ['some, twice', 'entity', { is: 'some', through: 'series', where: { is: 'some', through: 'property', where: compare(['name'], '=', value('PM10')) } }], // prettier-ignore
  ...Object.entries(RELATIONS).flatMap(([noun, relations]) =>
    Object.entries(relations).map(([through, { to }]): readonly [string, Noun, Filter] => [`some ${through} of ${noun}`, noun as Noun, { is: 'some', through, where: compare([to === 'observation' ? 'time' : 'modified'], '<', { instant: '2026-03-01T12:00:00Z' }) }]),
  ),
  ...Object.keys(FUNCTIONS).map((name): readonly [string, Noun, Filter] => [`function ${name}`, 'observation', { is: 'compare', left: callOf(name as FunctionName), by: '=', right: { path: ['result'] } }]),
] // prettier-ignore

function callOf(call: FunctionName): Operand {
  const fitting = { text: { path: ['parameters', 'a'] }, number: value(2.5), time: { path: ['time'] }, zone: value('Europe/Berlin'), 'spelled-number': { path: ['result'] }, 'spelled-time': { path: ['parameters', 'a'] } } as const
  return { call, args: FUNCTIONS[call].takes.map((type) => fitting[type]) }
}

async function written([name, noun, filter]: readonly [string, Noun, Filter]): Promise<string> {
  const lookedFor: string[] = []
  const store = {
    query: (statement: Sql) => {
      lookedFor.push(textOf(statement))
      return Promise.resolve([])
    },
    transaction: () => Promise.reject(new Error('not here')),
  }
  const resolved = await resolveShapes(store, filter, noun)
  const candidates = lookedFor.map((text) => `-- candidates for GEOS:\n${text}\n`).join('')
  return `-- ${noun}: ${name}\n${candidates}${textOf(compile(resolved, { noun, t: 't' }))}\n`
}

function textOf(statement: Sql): string {
  const { text, values } = statement.toQuery()
  const told = values.length > 0 ? `\n-- ${values.map((one, i) => `$${i + 1} = ${JSON.stringify(one)}`).join(', ')}` : ''
  return `${text.replaceAll(/\s+/g, ' ')}${told}`
}

test('the SQL of every kind of filter', async () => {
  const parts = await Promise.all(CASES.map(written))
  const page = pageStatement({ ...ask('observation', compare(['series'], '=', value(7)), 10), order: [{ by: { path: ['time'] }, descending: true }] })
  const text = [...parts, `-- observation: a page of one series, newest first\n${textOf(page.statement)}\n`].join('\n')
  if (process.env['UPDATE_GOLDEN']) writeFileSync(FILE, text)
  assert.equal(text, readFileSync(FILE, 'utf8'), 'UPDATE_GOLDEN=1 npm test -- golden/filters writes the file anew')
})

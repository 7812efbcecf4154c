/** matches.test: the meaning of each kind of filter as cases, among them whatever memory and SQL once disagreed about. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { polygonOf, type Geometry } from '../../../src/model/geometry.ts'
import type { Json } from '../../../src/model/json.ts'
import { byCodePoint } from '../../../src/query/evaluate.ts'
import { FIELDS } from '../../../src/query/fields.ts'
import type { Comparator, Filter, Operand, Path, Through, Value } from '../../../src/query/filter.ts'
import { SILENT, type Item } from '../../../src/query/look-up.ts'
import { matches } from '../../../src/query/matches.ts'

const tree: Item = {
  id: 7,
  role: 'thing',
  iri: 'urn:tree:7',
  types: ['Tree', 'Ä'],
  name: 'Linde',
  description: '',
  geometry: { type: 'Point', coordinates: [7.63, 51.96] },
  attributes: {
    height: 12.5, planted: '1990', protected: true, nothing: null, list: [1, 'a', null, [2]], address: { street: 'Domplatz', '0': 'zero' }, same: { a: 1, b: [2] }, wheel: '🚲a', ligature: 'ﬁ',
  },
  about: { same: { b: [2], a: 1 } },
  scopes: [],
  created: '2026-03-01T12:00:00.5Z',
} // prettier-ignore
const reading = (result: Json): Item => ({
  id: 1,
  series: 3,
  time: '2026-03-01T12:00:00Z',
  result,
  valid: { start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z' },
})
const series: Item = { id: 3, attribute: 'pm10', count: 2, latest: { id: 1, time: '2026-03-01T12:00:00Z', result: 7 }, observedArea: [7, 51, 8, 52], period: { start: '2026-01-01T00:00:00Z', end: '2026-03-01T12:00:00Z' } } // prettier-ignore

const at = (...path: Path): Operand => ({ path })
const is = (left: Operand, by: Comparator, right: Operand): Filter => ({ is: 'compare', left, by, right })
const value = (given: Value): Operand => ({ value: given })
const noon: Operand = { instant: '2026-03-01T12:00:00Z' }

type Case = readonly [name: string, item: Item, filter: Filter, holds: boolean]

const COMPARE: readonly Case[] = [
  ['a text is itself', tree, is(at('name'), '=', value('Linde')), true],
  ['case counts', tree, is(at('name'), '=', value('linde')), false],
  ['a number is itself', tree, is(at('attributes', 'height'), '=', value(12.5)), true],
  ['a number is no text', tree, is(at('attributes', 'height'), '=', value('12.5')), false],
  ['a text is not unlike a number either', tree, is(at('attributes', 'planted'), '<>', value(1990)), false],
  ['though it is not like it', tree, { is: 'not', of: is(at('attributes', 'planted'), '=', value(1990)) }, true],
  ['there is no order between text and number', tree, is(at('attributes', 'planted'), '>', value(0)), false],
  ['what is missing is not unlike', tree, is(at('attributes', 'crown'), '<>', value(3)), false],
  ['false comes before true', tree, is(at('attributes', 'protected'), '>', value(false)), true],
  ['a boolean is no number', tree, is(at('attributes', 'protected'), '=', value(1)), false],
  ['instants compare as times, not as text', tree, is(at('created'), '>', noon), true],
  ['a time is no text', tree, is(at('created'), '=', value('2026-03-01T12:00:00.5Z')), false],
  ['a text in JSON is no time', { attributes: { at: '2026-03-01T12:00:00Z' } }, is(at('attributes', 'at'), '=', noon), false],
  ['two sides of the item', tree, is(at('name'), '<', at('iri')), true],
  ['objects are the same whatever the order of keys', tree, is(at('attributes', 'same'), '=', at('about', 'same')), true],
  ['objects differ', tree, is(at('attributes', 'same'), '<>', at('attributes', 'address')), true],
  ['an object is not unlike a number', tree, is(at('attributes', 'same'), '<>', at('attributes', 'height')), false],
  ['objects have no order', tree, is(at('attributes', 'same'), '<=', at('about', 'same')), false],
  ['lists of texts compare with nothing', tree, is(at('types'), '=', at('types')), false],
  ['a shape compares with nothing', tree, is(at('geometry'), '=', at('geometry')), false],
  ['what is beyond the basic plane comes behind it', tree, is(at('attributes', 'wheel'), '>', value('\uffff')), true],
  ['and a ligature before it', tree, is(at('attributes', 'ligature'), '>', at('attributes', 'wheel')), false],
  ['a result compares with its like', reading(7), is(at('result'), '=', value(7)), true],
  ['a number as text is no number', reading('7'), is(at('result'), '=', value(7)), false],
  ['inside a result', reading({ count: 3 }), is(at('result', 'count'), '=', value(3)), true],
  ['the latest result', series, is(at('latestResult'), '>=', value(7)), true],
  ['the end of the period', series, is(at('periodEnd'), '=', noon), true],
  ['the start of validity', reading(1), is(at('validStart'), '<', noon), true],
]

const MISSING: readonly Case[] = [
  ['missing is null', tree, is(at('attributes', 'crown'), '=', value(null)), true],
  ['JSON null is null', tree, is(at('attributes', 'nothing'), '=', value(null)), true],
  ['null may stand first', tree, is(value(null), '=', at('attributes', 'nothing')), true],
  ['what is there is not null', tree, is(at('attributes', 'height'), '<>', value(null)), true],
  ['an empty text is there', tree, is(at('description'), '<>', value(null)), true],
  ['a list is there', tree, is(at('scopes'), '<>', value(null)), true],
  ['nothing is less than null', tree, is(at('attributes', 'crown'), '<=', value(null)), false],
  ['null is null', tree, is(value(null), '=', value(null)), true],
  ['two missing values are not equal', tree, is(at('attributes', 'crown'), '=', at('attributes', 'root')), false],
  ['a function of something missing is missing', tree, is({ call: 'lower', args: [at('attributes', 'crown')] }, '=', value(null)), true],
  ['a function of the wrong type is missing', tree, is({ call: 'lower', args: [at('attributes', 'height')] }, '=', value(null)), true],
  ['a division by zero is missing', tree, is({ call: 'div', args: [value(1), value(0)] }, '=', value(null)), true],
  [
    'no start hides behind a missing one',
    tree,
    is({ call: 'substring', args: [at('name'), at('attributes', 'crown')] }, '=', value('')),
    false,
  ],
  ['a result that is null', reading(null), is(at('result'), '=', value(null)), true],
  ['exists: it is there', tree, { is: 'exists', path: ['attributes', 'height'] }, true],
  ['exists: null is there', tree, { is: 'exists', path: ['attributes', 'nothing'] }, true],
  ['exists: it is not there', tree, { is: 'exists', path: ['attributes', 'crown'] }, false],
  ['exists: a result of null', reading(null), { is: 'exists', path: ['result'] }, true],
  ['exists: no latest result', {}, { is: 'exists', path: ['latestResult'] }, false],
]

const PATHS: readonly Case[] = [
  ['a position in an array', tree, is(at('attributes', 'list', '1'), '=', value('a')), true],
  ['a position in an array in an array', tree, is(at('attributes', 'list', '3', '0'), '=', value(2)), true],
  ['a key that looks like a position', tree, is(at('attributes', 'address', '0'), '=', value('zero')), true],
  ['no position from the end', tree, { is: 'exists', path: ['attributes', 'list', '-1'] }, false],
  ['no position with a zero before it', tree, { is: 'exists', path: ['attributes', 'list', '01'] }, false],
  ['no position behind a blank', tree, { is: 'exists', path: ['attributes', 'list', ' 1'] }, false],
  ['no position beyond the end', tree, { is: 'exists', path: ['attributes', 'list', '99999999999'] }, false],
  ['no length of an array', tree, { is: 'exists', path: ['attributes', 'list', 'length'] }, false],
  ['no key inside a text', tree, { is: 'exists', path: ['attributes', 'planted', '0'] }, false],
  ['nothing inherited', tree, { is: 'exists', path: ['attributes', 'constructor'] }, false],
  ['no prototype', tree, { is: 'exists', path: ['attributes', '__proto__'] }, false],
  ['no inherited field', tree, { is: 'exists', path: ['toString'] }, false],
]

const LISTS: readonly Case[] = [
  ['in: a text among them', tree, { is: 'in', path: ['name'], values: ['Eiche', 'Linde'] }, true],
  ['in: none', tree, { is: 'in', path: ['name'], values: [] }, false],
  ['in: true to type', tree, { is: 'in', path: ['attributes', 'planted'], values: [1990] }, false],
  ['in: missing', tree, { is: 'in', path: ['attributes', 'crown'], values: ['', 0] }, false],
  ['has: a type', tree, { is: 'has', path: ['types'], value: 'Ä' }, true],
  ['has: no part of a type', tree, { is: 'has', path: ['types'], value: 'Tre' }, false],
  ['has: a member of an array', tree, { is: 'has', path: ['attributes', 'list'], value: 1 }, true],
  ['has: true to type', tree, { is: 'has', path: ['attributes', 'list'], value: '1' }, false],
  ['has: null', tree, { is: 'has', path: ['attributes', 'list'], value: null }, true],
  ['has: not what lies deeper', tree, { is: 'has', path: ['attributes', 'list'], value: 2 }, false],
  ['has: a text is no list of itself', tree, { is: 'has', path: ['attributes', 'planted'], value: '1990' }, false],
]

const texts = (how: 'contains' | 'starts' | 'ends', part: Value): Filter => ({ is: 'text', left: at('name'), how, part: value(part) })
const TEXTS: readonly Case[] = [
  ['contains', tree, texts('contains', 'ind'), true],
  ['contains: case counts', tree, texts('contains', 'lin'), false],
  ['contains: nothing is in everything', tree, texts('contains', ''), true],
  ['contains: no wildcard', tree, texts('contains', 'L%e'), false],
  ['starts', tree, texts('starts', 'Lin'), true],
  ['ends', tree, texts('ends', 'de'), true],
  ['ends: not the start', tree, texts('ends', 'Lin'), false],
  ['a number is no text', tree, { is: 'text', left: at('attributes', 'height'), how: 'contains', part: value('1') }, false],
  ['no part that is a number', tree, texts('contains', 1), false],
  ['functions inside', tree, { is: 'text', left: { call: 'lower', args: [at('name')] }, how: 'starts', part: value('lin') }, true],
  ['the year of a time', tree, is({ call: 'year', args: [at('created')] }, '=', value(2026)), true],
  ['the year of a text that was written so', tree, is({ call: 'year', args: [value('2026-03-01')] }, '=', value(2026)), true],
  ['no year of a text that is stored', tree, is({ call: 'year', args: [at('attributes', 'planted')] }, '=', value(1990)), false],
  ['search: every word somewhere, whatever its case', tree, { is: 'search', words: ' linde  ' }, true],
  ['search: all words', tree, { is: 'search', words: 'Linde Eiche' }, false],
  [
    'search: a title in several languages',
    { title: { de: 'Luftgüte' }, keywords: ['Umwelt'] },
    { is: 'search', words: 'umwelt LUFT' },
    true,
  ],
]

const square = polygonOf([7.6, 51.9, 7.7, 52])
const away: Geometry = { type: 'Point', coordinates: [7.63, 51.97] }
const SHAPES: readonly Case[] = [
  ['within', tree, { is: 'spatial', path: ['geometry'], relation: 'within', geometry: square }, true],
  ['disjoint', tree, { is: 'spatial', path: ['geometry'], relation: 'disjoint', geometry: square }, false],
  ['where there is no geometry nothing holds', {}, { is: 'spatial', path: ['geometry'], relation: 'disjoint', geometry: square }, false],
  ['so its not does', {}, { is: 'not', of: { is: 'spatial', path: ['geometry'], relation: 'intersects', geometry: square } }, true],
  ['no geometry is far away', {}, { is: 'near', path: ['geometry'], geometry: away, by: '>=', metres: 0 }, false],
  ['an area', series, { is: 'spatial', path: ['observedArea'], relation: 'contains', geometry: square }, true],
  ['a shape in the attributes is not asked', { attributes: { place: away as unknown as Json } }, { is: 'spatial', path: ['attributes', 'place'], relation: 'intersects', geometry: away }, false], // prettier-ignore
  ['near', tree, { is: 'near', path: ['geometry'], geometry: away, by: '<=', metres: 1112 }, true],
  ['not so near', tree, { is: 'near', path: ['geometry'], geometry: away, by: '<=', metres: 1111 }, false],
  ['at least so far', tree, { is: 'near', path: ['geometry'], geometry: away, by: '>=', metres: 1111 }, true],
]

const LOGIC: readonly Case[] = [
  ['everything', tree, { is: 'everything' }, true],
  ['nothing', tree, { is: 'nothing' }, false],
  ['and of none', tree, { is: 'and', of: [] }, true],
  ['or of none', tree, { is: 'or', of: [] }, false],
  ['and', tree, { is: 'and', of: [{ is: 'everything' }, { is: 'nothing' }] }, false],
  ['or', tree, { is: 'or', of: [{ is: 'everything' }, { is: 'nothing' }] }, true],
  ['not not', tree, { is: 'not', of: { is: 'not', of: { is: 'everything' } } }, true],
]

for (const [name, cases] of Object.entries({ COMPARE, MISSING, PATHS, LISTS, TEXTS, SHAPES, LOGIC }))
  describe(name.toLowerCase(), () => {
    for (const [what, item, filter, holds] of cases) test(what, () => assert.equal(matches(filter, item), holds))
  })

describe('some', () => {
  const related = (item: Item, through: Through): readonly Item[] => (item === tree && through === 'series' ? [series, { id: 4, entity: 7 }] : item === series && through === 'observations' ? [reading(40)] : []) // prettier-ignore
  const some = (through: string, where: Filter): Filter => ({ is: 'some', through, where })

  test('one is enough', () => assert.ok(matches(some('series', is(at('attribute'), '=', value('pm10'))), tree, related)))
  test('none is not', () => assert.equal(matches(some('locations', { is: 'everything' }), tree, related), false))
  test('goes on from there', () => {
    assert.ok(matches(some('series', some('observations', is(at('result'), '>', value(39)))), tree, related))
    assert.equal(matches(some('series', some('observations', is(at('result'), '>', value(40)))), tree, related), false)
  })
  test('is a fault of the caller without what is related', () =>
    assert.throws(() => matches(some('series', { is: 'everything' }), tree), /series/))
})

test('a field that does not tell its type has the same one in every noun', () => {
  for (const [noun, fields] of Object.entries(FIELDS))
    for (const [field, type] of Object.entries(fields)) assert.equal(SILENT.get(field) ?? type, type, `${field} of ${noun}`)
})

test('texts are ordered as their UTF-8 bytes are', () => {
  const words = ['', 'a', 'aa', 'Z', 'ä', 'ß', 'ﬁ', '\ue000', '\uffff', '🚲', '🚲a', '\u{10ffff}', 'a🚲', 'a\uffff']
  const bytewise = words.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  assert.deepEqual(words.toSorted(byCodePoint), bytewise)
})

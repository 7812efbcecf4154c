/** Solr's language as clients of CKAN write it: what each form asks, where each fault stands, and that nothing breaks the parser. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../../../src/problem.ts'
import { everything, type Filter } from '../../../../src/query/filter.ts'
import { parseSolr, type Meaning, type Value } from '../../../../src/protocols/ckan/solr.ts'

/** Each leaf as a text, so that the shape can be read. */
const leaf = (text: string): Filter => ({ is: 'search', words: text })
const spell = (value: Value): string =>
  value.is === 'range'
    ? `${value.withFrom ? '[' : '{'}${value.from ?? '*'} ${value.to ?? '*'}${value.withTo ? ']' : '}'}`
    : value.is === 'any'
      ? '*'
      : `${value.text}${value.is === 'start' ? '…' : ''}`
const meaning: Meaning = { field: (name, value) => leaf(`${name}=${spell(value)}`), words: (value) => leaf(spell(value)) }

function shape(filter: Filter): string {
  if (filter.is === 'and' || filter.is === 'or') return `(${filter.of.map(shape).join(filter.is === 'and' ? ' & ' : ' | ')})`
  if (filter.is === 'not') return `!${shape(filter.of)}`
  return filter.is === 'search' ? filter.words : filter.is
}

const CASES: readonly (readonly [text: string, asks: string])[] = [
  ['', 'everything'],
  ['*:*', 'everything'],
  ['luft', 'luft'],
  ['luft wasser', '(luft & wasser)'],
  ['luft OR wasser', '(luft | wasser)'],
  ['luft AND wasser OR boden', '((luft & wasser) | boden)'],
  ['"in einer Reihe"', 'in einer Reihe'],
  ['strass*', 'strass…'],
  ['tags:luft', 'tags=luft'],
  ['tags:"Luft und Klima"', 'tags=Luft und Klima'],
  ['groups:(envi OR tran)', '(groups=envi | groups=tran)'],
  ['(groups:a+OR+groups:b)'.replaceAll('+', ' '), '(groups=a | groups=b)'],
  ['organization:("a" OR "b") groups:c', '((organization=a | organization=b) & groups=c)'],
  ['metadata_modified:[2026-01-01T00:00:00Z TO *]', 'metadata_modified=[2026-01-01T00:00:00Z *]'],
  ['metadata_modified:{2026-01-01 TO 2026-02-01}', 'metadata_modified={2026-01-01 2026-02-01}'],
  ['-tags:alt', '!tags=alt'],
  ['+luft -wasser', '(luft & !wasser)'],
  ['NOT luft', '!luft'],
  ['title:luft^2 text:rad~1', '(title=luft & text=rad)'],
  ['a && b || c', '((a & b) | c)'],
  ['res_format:*', 'res_format=*'],
  ['url:http\\://x', 'url=http://x'],
]

test('every form that clients write asks what Solr would', () => {
  for (const [text, asks] of CASES) assert.equal(shape(parseSolr(text, 'q', meaning)), asks, text)
  assert.equal(parseSolr('  ', 'q', meaning), everything)
})

test('what is not well formed is refused with its column', () => {
  for (const [text, column] of [
    ['tags:', 6],
    ['(luft', 6],
    ['luft)', 5],
    ['[a TO', 6],
    ['[a b]', 3],
    ['"offen', 1],
    ['a AND', 6],
  ] as const)
    assert.throws(
      () => parseSolr(text, 'fq', meaning),
      (error) => error instanceof Problem && error.kind === 'invalid-query' && error.at.parameter === 'fq' && error.at.column === column,
      text,
    )
})

test('nesting is bounded', () => {
  assert.throws(() => parseSolr('('.repeat(10_000), 'q', meaning), Problem)
  assert.equal(shape(parseSolr('NOT '.repeat(100_001) + 'x', 'q', meaning)), '!x')
})

test('whatever is typed is answered or refused', () => {
  const pieces = fc.constantFrom('a', '"', '(', ')', '[', ']', '{', '}', ' TO ', ' OR ', ' AND ', 'NOT ', '-', '+', ':', '*', '~', '^', '\\', ' ', 'tags:')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      try {
        parseSolr(parts.join(''), 'q', meaning)
      } catch (error) {
        assert.ok(error instanceof Problem, String(error))
      }
    }),
    { numRuns: 2000 },
  )
}) // prettier-ignore

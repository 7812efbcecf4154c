/** settle: what is the same for all observations of one series is decided before the question is asked. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dataset } from '../../../src/model/dataset.ts'
import { and, equals, nothing, or, type Filter } from '../../../src/query/filter.ts'
import { ask } from '../../../src/query/query.ts'
import { settle } from '../../../src/service/settle.ts'
import type { SeriesHead } from '../../../src/store/heads.ts'

const head: SeriesHead = { id: 7, dataset: 1, entity: 1, attribute: 'a', instance: '', kind: 'value', observationType: '' }
const dataset = { id: 1, tenant: 1, access: 'public', state: 'released' } as Dataset
const directory = {
  series: () => Promise.resolve(new Map([[7, head]])),
  dataset: () => Promise.resolve(dataset),
}
const some = (through: string, where: Filter): Filter => ({ is: 'some', through, where })
const open = some('dataset', equals(['access'], 'public'))
const hidden = some('dataset', equals(['access'], 'internal'))
const value = some('series', equals(['kind'], 'value'))
const recent: Filter = { is: 'compare', left: { path: ['time'] }, by: '>', right: { instant: '2026-01-01T00:00:00Z' } }

const CASES: readonly (readonly [string, Filter, Filter])[] = [
  ['rights that hold', and(equals(['series'], 7), and(value, recent), open), and(equals(['series'], 7), recent)],
  ['rights that do not hold', and(equals(['series'], 7), hidden), nothing],
  ['another kind', and(equals(['series'], 7), some('series', equals(['kind'], 'place'))), nothing],
  ['a Datastream that is one', and(equals(['series'], 7), some('series', and(equals(['kind'], 'value'), equals(['parts'], null)))), equals(['series'], 7)],
  ['a MultiDatastream that is none', and(equals(['series'], 7), some('series', { is: 'exists', path: ['parts'] })), nothing],
  ['a series that is not there', and(equals(['series'], 8), open), nothing],
  ['more than one series', and(or(equals(['series'], 7), equals(['series'], 8)), open), and(or(equals(['series'], 7), equals(['series'], 8)), open)],
  ['a question about the thing', and(equals(['series'], 7), some('thing', equals(['name'], 'x'))), and(equals(['series'], 7), some('thing', equals(['name'], 'x')))],
  ['rights under or', and(equals(['series'], 7), or(hidden, recent)), and(equals(['series'], 7), or(hidden, recent))],
] // prettier-ignore

for (const [name, where, wanted] of CASES)
  test(name, async () => assert.deepEqual((await settle(directory, ask('observation', where))).where, wanted))

test('other nouns are left alone', async () => {
  const query = ask('series', and(equals(['id'], 7), open))
  assert.equal(await settle(directory, query), query)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Observation } from '../../../src/model/observation.ts'
import { equals } from '../../../src/query/filter.ts'
import { matches } from '../../../src/query/matches.ts'
import { ask, type Page, type Query } from '../../../src/query/query.ts'
import { Edges } from '../../../src/service/edges.ts'

type Asked = Query<'observation'>

const at = (hour: number, id: number): Observation => ({
  id,
  series: 7,
  dataset: 1,
  time: new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000).toISOString().replace('.000', ''),
  result: id,
})

/** Answers as the store does, out of what is there. */
function answer(there: readonly Observation[], { where, order, page, count }: Asked): Page<'observation'> {
  const way = order[0]?.descending ? -1 : 1
  const found = there
    .filter((one) => matches(where, one))
    .toSorted((a, b) => way * (a.time === b.time ? a.id - b.id : a.time < b.time ? -1 : 1))
  const more = found.length > page.limit
  return { items: found.slice(0, page.limit), ...(more && { next: 'more' }), ...(count && { total: found.length }) }
}

const newest = (limit: number, count = false): Asked => ({
  ...ask('observation', equals(['series'], 7), limit),
  order: [{ by: { path: ['time'] }, descending: true }],
  count,
})
const oldest = (limit: number): Asked => ask('observation', equals(['series'], 7), limit)

test('pages at the ends of a series are the right ones, whatever came and went between them', async () => {
  const step = fc.record({
    add: fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 12 }),
    drop: fc.integer({ min: 0, max: 9000 }),
    limit: fc.constantFrom(1, 2, 5),
    count: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 20 }), async (steps) => {
      const edges = new Edges()
      let there: readonly Observation[] = []
      let id = 0
      for (const { add, drop, limit, count } of steps) {
        there = [...there, ...add.map((hour) => at(hour, ++id))].filter((_, i) => i % 7 !== drop % 7)
        for (const query of [newest(limit, count), oldest(limit), newest(limit)]) {
          const found = await edges.page(query, (asked) => Promise.resolve(answer(there, asked)))
          assert.deepEqual(found, answer(there, query))
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('what was learnt bounds the next question', async () => {
  const there = Array.from({ length: 5000 }, (_, hour) => at(hour, hour + 1))
  const edges = new Edges()
  const bounds: boolean[] = []
  for (let i = 0; i < 3; i++)
    await edges.page(newest(10), (asked) => {
      bounds.push(JSON.stringify(asked.where).includes('instant'))
      return Promise.resolve(answer(there, asked))
    })
  assert.deepEqual(bounds, [false, true, true])
})

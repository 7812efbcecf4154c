/** The life of a dataset as a table: every act in every state. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIFE, next, type Act } from '../../../../src/govern/release/life.ts'
import type { State } from '../../../../src/model/dataset.ts'
import { Problem } from '../../../../src/problem.ts'

const ACTS: readonly Act[] = ['submit', 'grant', 'refuse', 'block', 'recall', 'withdraw', 'archive', 'redraft']
/** One row a state, one column an act, in this order; – where it leads nowhere. */
const TABLE: Readonly<Record<State, string>> = {
  draft: 'review – – – – – archived –',
  review: '– released draft draft draft – – –',
  released: 'released released released released released withdrawn archived –',
  withdrawn: 'review – – – – – archived draft',
  archived: '– – – – – – – draft',
}

for (const [state, row] of Object.entries(TABLE) as [State, string][])
  test(`life: what ${state} can become`, () => {
    const found = ACTS.map((act) => LIFE[state][act] ?? '–').join(' ')
    assert.equal(found, row)
    for (const act of ACTS)
      if (LIFE[state][act] === undefined)
        assert.throws(() => next(state, act), (error) => error instanceof Problem && error.kind === 'conflict') // prettier-ignore
      else assert.equal(next(state, act), LIFE[state][act])
  })

test('life: nothing becomes released but what was submitted', () => {
  const ways = Object.entries(LIFE).flatMap(([from, acts]) =>
    Object.entries(acts).flatMap(([act, to]) => (to === 'released' && from !== 'released' ? [`${from} ${act}`] : [])),
  )
  assert.deepEqual(ways, ['review grant'])
})

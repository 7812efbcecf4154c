/** Reviews side by side and in line: whose turn, until when, what comes of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide, openReviews, outcomeOf, reachOf, toRemind, turnOf, type Decision } from '../../../../src/govern/release/reviews.ts'
import { USUAL_RELEASE, type Aspect, type Review } from '../../../../src/model/release.ts'
import { Problem } from '../../../../src/problem.ts'

const NOW = '2026-11-02T08:00:00.000Z'
const LINE = { ...USUAL_RELEASE, order: 'line' } as const
const by = { id: 'user:2', name: 'B' }
const says = (aspects: readonly Aspect[], verdict: Decision['verdict'] = 'approved', at = NOW): Decision => ({ aspects, verdict, by, at })
const dues = (reviews: readonly Review[]) => reviews.map(({ due }) => due?.slice(0, 10) ?? '–').join(' ')

test('reviews: side by side all are due at once, in line the first', () => {
  assert.equal(dues(openReviews(USUAL_RELEASE, NOW)), '2026-11-16 2026-11-16 2026-11-16 2026-11-16')
  assert.equal(dues(openReviews(LINE, NOW)), '2026-11-16 – – –')
})

test('reviews: in line the next is called up when the one before has approved, with days of its own', () => {
  const first = decide(openReviews(LINE, NOW), 'line', 14, says(['subject'], 'approved', '2026-11-10T08:00:00.000Z'))
  assert.deepEqual(turnOf(first, 'line'), ['privacy'])
  assert.equal(dues(first), '2026-11-16 2026-11-24 – –')
  assert.throws(() => decide(first, 'line', 14, says(['legal'])), isConflict)
})

test('reviews: whoever may do several in line does them in one go', () => {
  const done = decide(openReviews(LINE, NOW), 'line', 14, says(['subject', 'privacy', 'quality', 'legal']))
  assert.equal(outcomeOf(done), 'approved')
})

test('reviews: one refusal is enough, and nothing is decided twice', () => {
  const open = openReviews(USUAL_RELEASE, NOW)
  const some = decide(open, 'parallel', 14, says(['quality']))
  assert.equal(outcomeOf(some), 'open')
  assert.equal(outcomeOf(decide(some, 'parallel', 14, says(['legal'], 'refused'))), 'refused')
  assert.throws(() => decide(some, 'parallel', 14, says(['quality'])), isConflict)
  assert.equal(outcomeOf([]), 'approved')
})

const REACH: readonly (readonly [string, 'parallel' | 'line', readonly Aspect[], readonly Aspect[]])[] = [
  ['side by side, what is mine', 'parallel', ['privacy', 'legal'], ['privacy', 'legal']],
  ['in line, as far as I come', 'line', ['subject', 'privacy', 'legal'], ['subject', 'privacy']],
  ['in line, not before my turn', 'line', ['privacy'], []],
  ['in line, all', 'line', ['subject', 'privacy', 'quality', 'legal'], ['subject', 'privacy', 'quality', 'legal']],
]
for (const [name, order, allowed, expected] of REACH)
  test(`reviews: ${name}`, () => assert.deepEqual(reachOf(openReviews({ ...USUAL_RELEASE, order }, NOW), order, allowed), expected))

test('reviews: a reminder comes three days before and when it is due, once each', () => {
  const open = openReviews({ ...USUAL_RELEASE, aspects: ['privacy'] }, NOW)
  const when = (at: string, reminded?: string) => toRemind(open.map((one) => ({ ...one, ...(reminded && { reminded }) })), at) // prettier-ignore
  assert.deepEqual(when('2026-11-12T08:00:00.000Z'), [])
  assert.deepEqual(when('2026-11-13T08:00:00.000Z'), ['privacy'])
  assert.deepEqual(when('2026-11-14T08:00:00.000Z', '2026-11-13T08:00:00.000Z'), [])
  assert.deepEqual(when('2026-11-16T08:00:00.000Z', '2026-11-13T08:00:00.000Z'), ['privacy'])
  assert.deepEqual(when('2026-11-30T08:00:00.000Z', '2026-11-16T08:00:00.000Z'), [])
})

function isConflict(error: unknown): boolean {
  return error instanceof Problem && error.kind === 'conflict'
}

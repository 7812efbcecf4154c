/** Who must look, and who may. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aspectsFor, isDemanded, mustBeAnother, personOf, withoutTheAbsent } from '../../../../src/govern/release/four-eyes.ts'
import { ASPECTS, USUAL_RELEASE, type ReleaseSettings } from '../../../../src/model/release.ts'
import { Problem } from '../../../../src/problem.ts'
import { keeper } from '../../../../src/rights/principal.ts'

const DEMANDED: readonly (readonly [ReleaseSettings['fourEyes'], readonly number[], boolean])[] = [
  ['auto', [], false],
  ['auto', [1], false],
  ['auto', [1, 2], true],
  ['never', [1, 2], false],
  ['always', [1], true],
]
for (const [fourEyes, reviewers, expected] of DEMANDED)
  test(`four eyes: ${fourEyes} with ${reviewers.length} who could: ${expected}`, () =>
    assert.equal(isDemanded({ ...USUAL_RELEASE, fourEyes }, reviewers), expected))

test('four eyes: a person is the same one with whatever key they come', () => {
  const me = { id: 'user:4', name: 'Kim' }
  assert.deepEqual(personOf({ ...keeper(1, 'token:9'), name: 'Kim', account: 4 }), me)
  assert.throws(() => mustBeAnother(me, me), (error) => error instanceof Problem && error.kind === 'forbidden') // prettier-ignore
  assert.doesNotThrow(() => mustBeAnother({ id: 'user:5', name: 'Kim' }, me))
})

test('four eyes: an aspect kept for somebody is theirs alone, unless they have gone or are the author', () => {
  const settings = { ...USUAL_RELEASE, reviewers: { privacy: [4], legal: [4, 5] } }
  const of = (id: string, kept: ReleaseSettings) => aspectsFor({ id, name: '' }, ASPECTS, kept)
  assert.deepEqual(of('user:9', settings), ['subject', 'quality'])
  assert.deepEqual(of('user:4', settings), ASPECTS)
  const author = { id: 'user:4', name: '' }
  assert.deepEqual(of('user:9', withoutTheAbsent(settings, [4, 5, 9], author)), ['subject', 'privacy', 'quality'])
  assert.deepEqual(of('user:9', withoutTheAbsent(settings, [4, 9], author)), ASPECTS)
})

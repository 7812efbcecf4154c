/** What each step makes of a dataset's life. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checked, decided, hindrances, left, recalled, submitted, wordingOf } from '../../../../src/govern/release/steps.ts'
import { USUAL_RELEASE, type Case, type Finding } from '../../../../src/model/release.ts'
import type { Dataset, State } from '../../../../src/model/dataset.ts'
import { Problem } from '../../../../src/problem.ts'
import type { Turned } from '../../../../src/service/turn.ts'
import { datasetOf } from '../../../break-in/world.ts'

const NOW = '2026-11-02T08:00:00.000Z'
const [author, other] = [{ id: 'user:1', name: 'A' }, { id: 'user:2', name: 'B' }] // prettier-ignore
const inState = (state: State): Dataset => ({ ...datasetOf(7, 1, 'luft', { access: 'public', state }), licence: 'https://x.example/l' })
const asking = { author, explained: {}, now: NOW }
const settled = { id: 3, findings: [] as readonly Finding[], settings: USUAL_RELEASE, demanded: true, now: NOW }

/** The life after a step, the case with an id as if it had been stored. */
function after(dataset: Dataset, turned: Turned, open?: Case): { dataset: Dataset; open: Case } {
  const kept = turned.case ?? open
  assert.ok(kept)
  return { dataset: turned.dataset ?? dataset, open: { ...kept, id: 3 } }
}
const asked = (state: State, more: object = {}) => after(inState(state), submitted({ dataset: inState(state) }, { ...asking, ...more }))
const steps = ({ told }: Turned): string => told.map(({ step, aspect }) => (aspect ? `${step} ${aspect}` : step)).join(', ')

test('steps: submitted it waits for the checks, and then for others or for nobody', () => {
  const life = asked('draft')
  assert.deepEqual([life.dataset.state, life.open.state], ['review', 'checking'])
  const waits = checked(life, settled)
  assert.deepEqual([waits.case?.state, waits.case?.reviews.length, waits.dataset], ['reviewing', 4, undefined])
  const alone = checked(life, { ...settled, demanded: false })
  assert.deepEqual([alone.dataset?.state, alone.case?.state, alone.told[0]?.who], ['released', 'granted', author])
})

test('steps: what blocks gives it back; what asks does so until it is explained', () => {
  const finding = (weight: Finding['weight']): Finding => ({ key: `k:${weight}`, check: 'k', weight, said: 'x' })
  const findings = [finding('warns'), finding('asks'), finding('blocks')]
  assert.deepEqual(hindrances({ findings, explained: {} }).map(({ weight }) => weight), ['asks', 'blocks']) // prettier-ignore
  const back = checked(asked('withdrawn'), { ...settled, findings })
  assert.deepEqual([back.dataset?.state, back.case?.state, steps(back)], ['draft', 'blocked', 'blocked'])
  const explained = asked('draft', { explained: { 'k:asks': 'Das sind Namen von Straßen.' } })
  assert.equal(checked(explained, { ...settled, findings: findings.slice(0, 2) }).case?.state, 'reviewing')
  assert.equal(checked(asked('draft', { explained: { 'k:asks': '  ' } }), { ...settled, findings }).case?.state, 'blocked')
})

test('steps: the last approval releases, a refusal gives it back with its reason', () => {
  const life = asked('draft')
  const open = after(life.dataset, checked(life, settled), life.open)
  const says = { by: other, at: NOW, verdict: 'approved' } as const
  const some = after(open.dataset, decided(open, 3, 14, { ...says, aspects: ['subject', 'legal'] }), open.open)
  assert.deepEqual([some.dataset.state, some.open.state], ['review', 'reviewing'])
  const all = decided(some, 3, 14, { ...says, aspects: ['privacy', 'quality'] })
  assert.deepEqual([all.dataset?.state, all.case?.ended], ['released', NOW])
  assert.equal(steps(all), 'approved privacy, approved quality, released')
  const no = decided(some, 3, 14, { ...says, aspects: ['privacy'], verdict: 'refused', reason: 'Kennzeichen' })
  assert.deepEqual([no.dataset?.state, no.case?.state, no.told[0]?.reason], ['draft', 'refused', 'Kennzeichen'])
  assert.throws(() => decided({ dataset: inState('released') }, 3, 14, { ...says, aspects: ['legal'] }), isConflict)
})

test('steps: another card stands beside the released one until it is granted, and takes away what it leaves out', () => {
  const change = ({ licence: _gone, ...old }: Dataset): Dataset => ({ ...old, title: { de: 'Luftgüte' } })
  const life = asked('released', { card: change })
  assert.deepEqual(
    [life.dataset.state, life.dataset.title, life.open.card?.title],
    ['released', inState('draft').title, { de: 'Luftgüte' }],
  )
  const granted = checked(life, { ...settled, demanded: false })
  assert.deepEqual([granted.dataset?.title, granted.dataset?.licence, steps(granted)], [{ de: 'Luftgüte' }, undefined, 'revised'])
  const gone = left(life, 'withdraw', other, NOW, 'Eilt')
  assert.deepEqual([gone.dataset?.state, gone.case?.state, gone.case?.ended], ['withdrawn', 'recalled', NOW])
  assert.equal('state' in wordingOf(inState('draft')), false)
})

test('steps: one request at a time, taken back to what was before; what is released is not released again', () => {
  const life = asked('draft')
  assert.throws(() => submitted(life, asking), isConflict)
  assert.equal(recalled(life, 3, author, NOW).dataset?.state, 'draft')
  assert.throws(() => recalled(life, 4, author, NOW), isConflict)
  assert.throws(() => submitted({ dataset: inState('released') }, asking), isConflict)
  assert.deepEqual(checked(life, { ...settled, id: 4 }), { told: [] })
})

function isConflict(error: unknown): boolean {
  return error instanceof Problem && error.kind === 'conflict'
}

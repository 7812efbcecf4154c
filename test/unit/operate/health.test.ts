/** health: what each fact means, said in plain words, the worst first. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signsOf, type Facts, type Sign } from '../../../src/operate/health.ts'
import type { Entry, Job } from '../../../src/store/upkeep.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')
const entry = (job: Job, state: Entry['state'], began: string, id: number): Entry => ({
  id, job, state, began, ended: began, figures: {}, error: state === 'failed' ? { de: 'voll', en: 'full' } : null,
}) // prettier-ignore
const WELL: Facts = {
  now: NOW,
  free: 50e9,
  size: 100e9,
  backups: true,
  upkeep: [entry('backup', 'done', '2026-11-25T01:30:00Z', 1), entry('proof', 'done', '2026-11-22T04:00:00Z', 2)],
  vitals: { waiting: null, unread: null, bytes: 3e9 },
  failing: [],
}
const sign = (facts: Partial<Facts>, about: Sign['about']): Sign =>
  signsOf({ ...WELL, ...facts }).find((one) => one.about === about) ?? assert.fail(about)
const words = ({ said, act }: Sign): string => JSON.stringify([said, act])

test('health: all is well', () => {
  assert.deepEqual(new Set(signsOf(WELL).map(({ state }) => state)), new Set(['well']))
  assert.match(words(sign({}, 'disk')), /50,0 GB frei \(50 %\).*3,0 GB/)
  assert.ok(signsOf(WELL).every(({ act }) => act === undefined))
})

test('health: what needs somebody comes first, and says what to do', () => {
  const signs = signsOf({ ...WELL, free: 0.5e9, failing: [{ name: 'Pegel', tenant: 'default', since: '2026-11-20T00:00:00Z' }] })
  assert.deepEqual(signs.slice(0, 2).map(({ about, state }) => [about, state]), [['disk', 'bad'], ['sources', 'watch']]) // prettier-ignore
  assert.ok(signs.filter(({ state }) => state !== 'well').every(({ act }) => act !== undefined))
  assert.equal(signs[1]?.since, '2026-11-20T00:00:00Z')
})

const CASES: readonly (readonly [Partial<Facts>, Sign['about'], Sign['state']])[] = [
  [{ free: 8e9 }, 'disk', 'watch'],
  [{ free: 2e9 }, 'disk', 'bad'],
  [{ free: 4e9, size: 20e9 }, 'disk', 'watch'],
  [{ backups: false, upkeep: [] }, 'backup', 'bad'],
  [{ upkeep: [] }, 'backup', 'watch'],
  [{ upkeep: [entry('backup', 'done', '2026-11-23T11:00:00Z', 1)] }, 'backup', 'bad'],
  [{ upkeep: [entry('backup', 'done', '2026-11-24T01:30:00Z', 1), entry('backup', 'failed', '2026-11-25T01:30:00Z', 2)] }, 'backup', 'bad'],
  [
    { upkeep: [entry('backup', 'failed', '2026-11-24T01:30:00Z', 1), entry('backup', 'done', '2026-11-25T01:30:00Z', 2)] },
    'backup',
    'well',
  ],
  [{ upkeep: [entry('backup', 'done', '2026-11-25T01:30:00Z', 1)] }, 'proof', 'watch'],
  [{ upkeep: [...WELL.upkeep, entry('proof', 'failed', '2026-11-25T04:00:00Z', 3)] }, 'proof', 'bad'],
  [{ upkeep: [...WELL.upkeep, entry('retention', 'failed', '2026-11-25T04:00:00Z', 3)] }, 'retention', 'watch'],
  [{ vitals: { ...WELL.vitals, waiting: '2026-11-25T11:44:00Z' } }, 'runs', 'watch'],
  [{ vitals: { ...WELL.vitals, waiting: '2026-11-25T11:50:00Z' } }, 'runs', 'well'],
  [{ vitals: { ...WELL.vitals, unread: '2026-11-25T11:54:00Z' } }, 'outbox', 'bad'],
]

for (const [facts, about, state] of CASES)
  test(`health: ${about} is ${state} when ${JSON.stringify(facts).slice(0, 120)}`, () => {
    assert.equal(sign(facts, about).state, state)
  })

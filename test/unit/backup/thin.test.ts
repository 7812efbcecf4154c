/** thin: the last of each day, week and month stay, and all of the last day. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptOf } from '../../../src/backup/thin.ts'

const at = (...times: readonly string[]) => times.map((taken) => ({ name: taken, taken }))
const FROM = Date.UTC(2026, 10, 25, 2)
/** Every night at two, newest first. */
const nightly = at(...Array.from({ length: 400 }, (_, i) => new Date(FROM - i * 86_400_000).toISOString()))

test('thin: seven days, five weeks and twelve months of a backup every night', () => {
  const kept = [...keptOf(nightly, { days: 7, weeks: 5, months: 12 })].map((name) => name.slice(0, 10))
  assert.deepEqual(kept.slice(0, 7), ['2026-11-25', '2026-11-24', '2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20', '2026-11-19'])
  assert.ok(['2026-11-15', '2026-11-08', '2026-11-01', '2026-10-31', '2026-09-30', '2025-12-31'].every((day) => kept.includes(day)))
  assert.equal(kept.length, 7 + 3 + 11)
})

test('thin: what was made within a day of the newest stays, the newest always', () => {
  const backups = at('2026-11-25T12:00:00Z', '2026-11-25T11:00:00Z', '2026-11-24T12:30:00Z', '2026-11-24T11:00:00Z')
  assert.deepEqual([...keptOf(backups, { days: 0, weeks: 0, months: 0 })], backups.slice(0, 3).map(({ name }) => name)) // prettier-ignore
  assert.deepEqual([...keptOf([], { days: 7, weeks: 5, months: 12 })], [])
})

/** datetime: instants and intervals, open ends, and what is neither. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../../../src/problem.ts'
import { parseDatetime } from '../../../../src/protocols/features/datetime.ts'

const side = (field: string, by: string, instant: string) => ({ is: 'compare', left: { path: [field] }, by, right: { instant } })
const overlap = (text: string) => {
  const filter = parseDatetime(text)
  return filter.is === 'some' ? filter.where : undefined
}

test('what overlaps an instant or an interval', () => {
  const [january, february] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
  const both = { is: 'and', of: [side('periodStart', '<=', february), side('periodEnd', '>=', january)] }
  assert.deepEqual(overlap(`${january}/${february}`), both)
  assert.deepEqual(overlap('2026-01-01/2026-02-01'), both)
  assert.deepEqual(overlap('2026-01-01T01:00:00+01:00/2026-02-01T01:00:00+01:00'), both)
  assert.deepEqual(overlap(january), { is: 'and', of: [side('periodStart', '<=', january), side('periodEnd', '>=', january)] })
  for (const open of [`${january}/..`, `${january}/`]) assert.deepEqual(overlap(open), side('periodEnd', '>=', january))
  for (const open of [`../${february}`, `/${february}`])
    assert.deepEqual(overlap(open), { is: 'and', of: [side('periodStart', '<=', february), { is: 'exists', path: ['periodEnd'] }] })
})

test('what is no time is refused', () => {
  for (const bad of ['', '/', '../..', '..', 'x', '2026', '2026-13-01', '2026-02-30T00:00:00Z', '2026-01-01/2026-02-01/2026-03-01', '2026-02-01/2026-01-01', '2026-01-01T00:00Z'])
    assert.throws(
      () => parseDatetime(bad),
      (error: unknown) => error instanceof Problem && error.status === 400 && error.at.parameter === 'datetime',
      bad,
    )
}) // prettier-ignore

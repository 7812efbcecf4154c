/** local-time: German clocks, across both changes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localTime } from '../../../../src/protocols/downloads/local-time.ts'

test('clocks in Germany', () => {
  for (const [instant, local] of [
    ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00'],
    ['2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
    ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25T02:30:00+02:00'],
    ['2026-10-25T01:30:00Z', '2026-10-25T02:30:00+01:00'],
    ['2026-07-01T12:00:00.123456Z', '2026-07-01T14:00:00.123456+02:00'],
    ['1890-01-01T12:00:00Z', '1890-01-01T12:53:00+00:53'],
  ] as const)
    assert.equal(localTime(instant), local)
})

/** in-time: who waits is told that the source is slow, and not that the platform has a fault. */
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'node:test'
import { inTime } from '../../../src/ingest/in-time.ts'
import { Problem } from '../../../src/problem.ts'

test('a source that hangs is unavailable', async () => {
  const hanging = inTime(10, (signal) => wait(60_000, undefined, { signal }))
  await assert.rejects(hanging, (error) => error instanceof Problem && error.kind === 'unavailable' && /Sekunden/.test(error.in('de')))
})

test('what is done in time is handed on, and what fails in time too', async () => {
  assert.equal(await inTime(60_000, async () => 7), 7)
  await assert.rejects(
    inTime(60_000, async () => {
      throw new TypeError('a bug')
    }),
    TypeError,
  )
})

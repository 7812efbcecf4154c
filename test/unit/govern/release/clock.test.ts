/** The clock goes on after a failure, and stops when told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openClock } from '../../../../src/govern/release/clock.ts'

test('clock: a turn that fails is told, the next one comes, and none after it was stopped', async () => {
  const seen: string[] = []
  const twice = Promise.withResolvers<void>()
  let turns = 0
  const clock = openClock(
    1,
    () => {
      turns++
      if (turns === 2) twice.resolve()
      return turns === 1 ? Promise.reject(new Error('once')) : Promise.resolve()
    },
    (error) => void seen.push(String(error)),
  )
  // the clock alone keeps no process alive
  const alive = setInterval(() => {}, 1000)
  clock.start()
  await twice.promise
  await clock.stop()
  const after = turns
  await new Promise((resolve) => void setTimeout(resolve, 20))
  clearInterval(alive)
  assert.deepEqual([seen, turns], [['Error: once'], after])
})

/** When a schedule is due next, by the clock of its zone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextDue } from '../../../src/model/cron.ts'
import { Problem } from '../../../src/problem.ts'

for (const [schedule, zone, after, due] of [
  ['0 6 * * *', 'Europe/Berlin', '2025-01-10T12:00:00Z', '2025-01-11T05:00:00.000Z'],
  ['0 6 * * *', 'Europe/Berlin', '2025-07-10T12:00:00Z', '2025-07-11T04:00:00.000Z'],
  ['*/15 * * * *', 'UTC', '2025-01-10T12:01:00Z', '2025-01-10T12:15:00.000Z'],
  ['30 2 * * *', 'Europe/Berlin', '2025-03-29T12:00:00Z', '2025-03-30T01:30:00.000Z'],
  ['0 8 * * 1', 'Europe/Berlin', '2025-01-10T12:00:00Z', '2025-01-13T07:00:00.000Z'],
] as const)
  test(`cron: ${schedule} in ${zone} after ${after}`, () => assert.equal(nextDue(schedule, zone, new Date(after)), due))

for (const [schedule, zone, pointer] of [
  ['täglich', 'Europe/Berlin', '/schedule'],
  ['* * * * * *', 'Europe/Berlin', '/schedule'],
  ['61 * * * *', 'Europe/Berlin', '/schedule'],
  ['0 6 * * *', 'Mars/Olympus', '/zone'],
] as const)
  test(`cron: ${schedule} in ${zone} is refused`, () => {
    assert.throws(() => nextDue(schedule, zone), (error) => error instanceof Problem && error.at.pointer === pointer) // prettier-ignore
  })

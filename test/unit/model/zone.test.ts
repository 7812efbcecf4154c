/** zone: what names a region, what its clocks show, and what a time on a clock can mean. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRegion, onTheClock, zoneOf } from '../../../src/model/zone.ts'

test('regions and UTC are meant alike everywhere; offsets and abbreviations are not', () => {
  for (const name of ['Europe/Berlin', 'UTC', 'America/Argentina/Salta', 'Etc/GMT+5']) assert.ok(isRegion(name), name)
  for (const name of ['', 'MEZ', 'CET', '+01:00', 'Berlin', 'Europe/Nirgends', "x' or 1", 'Europe/Berlin '])
    assert.ok(!isRegion(name), name)
})

test('the clock, to the microsecond, and in the first years too', () => {
  assert.equal(onTheClock('2026-07-01T12:00:00.000001Z', 'Europe/Berlin'), '2026-07-01T14:00:00.000001Z')
  assert.equal(onTheClock('0050-07-01T12:00:00Z', 'UTC'), '0050-07-01T12:00:00Z')
  assert.equal(onTheClock('0050-07-01T12:00:00Z', 'Europe/Berlin'), '0050-07-01T12:53:28Z')
})

test('a time on the clock is there once, twice, or skipped', () => {
  const berlin = zoneOf('Europe/Berlin')
  const at = (text: string) => berlin.meaning(Date.parse(text))
  assert.deepEqual(at('2026-07-01T14:00:00Z'), { at: Date.parse('2026-07-01T12:00:00Z') })
  assert.deepEqual(at('2026-10-25T02:30:00Z'), { first: Date.parse('2026-10-25T00:30:00Z'), second: Date.parse('2026-10-25T01:30:00Z') })
  assert.deepEqual(Object.keys(at('2026-03-29T02:30:00Z')), ['shifted'])
})

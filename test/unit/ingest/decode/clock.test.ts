/** clock: German dates, zones with their gaps and doubled hours, intervals; what does not exist is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockOf } from '../../../../src/ingest/decode/clock.ts'
import type { TimeRule } from '../../../../src/ingest/mapping.ts'
import { Problem } from '../../../../src/problem.ts'

const at = (text: string, rule: Partial<TimeRule> = {}) => clockOf({ columns: ['t'], ...rule }).stamp(text, undefined, '')
const time = (text: string, rule: Partial<TimeRule> = {}) => {
  const stamp = at(text, rule)
  return 'time' in stamp ? stamp.time : stamp.de
}

const READ: readonly (readonly [string, Partial<TimeRule>, string])[] = [
  ['01.03.2024 08:30', {}, '2024-03-01T07:30:00Z'],
  ['6.4.20', {}, '2020-04-05T22:00:00Z'],
  ['06.04.20 08:00', { zone: 'UTC', format: 'dd.MM.yy HH:mm' }, '2020-04-06T08:00:00Z'],
  ['2024-07-01 12:00', {}, '2024-07-01T10:00:00Z'],
  ['2024-07-01 12:00', { zone: 'MEZ' }, '2024-07-01T11:00:00Z'],
  ['2024-07-01 12:00', { zone: '+01:00' }, '2024-07-01T11:00:00Z'],
  ['2024-07-01T12:00:00+02:00', { zone: 'UTC' }, '2024-07-01T10:00:00Z'],
  ['2024-01-01T00:00:00.123456789Z', {}, '2024-01-01T00:00:00.123456Z'],
  ['2020-12-01 24:00:00', {}, '2020-12-01T23:00:00Z'],
  ['1740651467085', {}, '2025-02-27T10:17:47.085Z'],
  ['1740651467', { format: 'epoch' }, '2025-02-27T10:17:47Z'],
  ['2024010112', {}, '2024-01-01T11:00:00Z'],
  ['20240101', { zone: 'UTC' }, '2024-01-01T00:00:00Z'],
  ['Dienstag, 19. November 2013 - 10:13', {}, '2013-11-19T09:13:00Z'],
  ['45352.5', { format: 'excel', zone: 'UTC' }, '2024-03-01T12:00:00Z'],
  ['03/12/2024', { format: 'dd/MM/yyyy', zone: 'UTC' }, '2024-12-03T00:00:00Z'],
  ['1910-01-01 00:00', {}, '1909-12-31T23:00:00Z'],
]
for (const [text, rule, instant] of READ)
  test(`“${text}” ${JSON.stringify(rule)} is ${instant}`, () => assert.equal(time(text, rule), instant))

const REFUSED: readonly (readonly [string, Partial<TimeRule>, RegExp])[] = [
  ['31.02.2024', {}, /Datum.*gibt es nicht/],
  ['29.02.2023', {}, /Datum.*gibt es nicht/],
  ['2024-13-01', {}, /Datum.*gibt es nicht/],
  ['01.01.2024 25:00', {}, /Uhrzeit.*gibt es nicht/],
  ['gestern', {}, /keine Zeitangabe/],
  ['2024-01-01', { format: 'dd.MM.yyyy' }, /der Form „dd.MM.yyyy“/],
  ['01.01.2024 extra', { format: 'dd.MM.yyyy' }, /der Form/],
  ['03/04/2024', {}, /keine Zeitangabe/],
]
for (const [text, rule, reason] of REFUSED) test(`“${text}” is refused`, () => assert.match(time(text, rule), reason))

test('a time that the change to summer time skips', () => {
  assert.match(time('2024-03-31 02:15'), /Sommerzeit/)
  assert.equal(time('2024-03-31 02:15', { gap: 'shift' }), '2024-03-31T01:15:00Z')
  assert.equal(time('2024-03-31 03:00'), '2024-03-31T01:00:00Z')
})

test('a doubled hour by the order of rows, each thing for itself', () => {
  const clock = clockOf({ columns: ['t'] })
  const seen = ['01:45', '02:00', '02:30', '02:00', '02:30', '03:00'].map((hour) => clock.stamp(`2023-10-29 ${hour}`, undefined, 'a'))
  assert.deepEqual(
    seen.map((stamp) => ('time' in stamp ? stamp.time.slice(11, 16) : stamp.de)),
    ['23:45', '00:00', '00:30', '01:00', '01:30', '02:00'],
  )
  const other = clock.stamp('2023-10-29 02:00', undefined, 'b')
  assert.equal('time' in other && other.time, '2023-10-29T00:00:00Z')
})

test('a doubled hour by policy', () => {
  assert.equal(time('2023-10-29 02:30', { ambiguous: 'first' }), '2023-10-29T00:30:00Z')
  assert.equal(time('2023-10-29 02:30', { ambiguous: 'second' }), '2023-10-29T01:30:00Z')
  assert.match(time('2023-10-29 02:30', { ambiguous: 'reject' }), /zweimal/)
})

test('intervals: by length, by the calendar, backwards, by an end', () => {
  assert.deepEqual(at('2024-03-01 00:00', { lasts: 'PT15M' }), { time: '2024-02-29T23:00:00Z', end: '2024-02-29T23:15:00Z' })
  assert.deepEqual(at('2024-04-01 00:00', { lasts: 'P1D', stamp: 'end' }), { time: '2024-03-30T23:00:00Z', end: '2024-03-31T22:00:00Z' })
  assert.deepEqual(at('2024', { format: 'yyyy', lasts: 'P1Y', zone: 'UTC' }), { time: '2024-01-01T00:00:00Z', end: '2025-01-01T00:00:00Z' })
  const clock = clockOf({ columns: ['t'] })
  assert.deepEqual(clock.stamp('2010-03-28 01:45', { text: '2010-03-28 03:00', bare: true }, ''), {
    time: '2010-03-28T00:45:00Z',
    end: '2010-03-28T01:00:00Z',
  })
  assert.deepEqual(clock.stamp('2010-03-01 23:45', { text: '2010-03-01 00:00', bare: true }, ''), {
    time: '2010-03-01T22:45:00Z',
    end: '2010-03-01T23:00:00Z',
  })
  const wrong = clock.stamp('2010-03-01 23:45', { text: '2010-02-01 00:00', bare: false }, '')
  assert.ok('de' in wrong && /vor dem Anfang/.test(wrong.de))
})

test('a zone, a pattern, a length that there is not', () => {
  assert.throws(() => clockOf({ columns: ['t'], zone: 'Europe/Bielefeld' }), Problem)
  assert.throws(() => clockOf({ columns: ['t'], format: 'quatsch' }), Problem)
  assert.throws(() => clockOf({ columns: ['t'], lasts: '15 Minuten' }), Problem)
})

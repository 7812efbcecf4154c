/** time.test: what is read as an instant, what is refused, and how instants compare. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isInstant, isLater, microsOf, now, parseInstant, parseTime } from '../../../src/model/time.ts'
import { Problem } from '../../../src/problem.ts'

const READ: readonly (readonly [string, string, string])[] = [
  ['as we write it', '2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z'],
  ['small letters', '2026-03-01t12:00:00z', '2026-03-01T12:00:00Z'],
  ['a blank for the T', '2026-03-01 12:00:00', '2026-03-01T12:00:00Z'],
  ['no offset: UTC', '2026-03-01T12:00:00', '2026-03-01T12:00:00Z'],
  ['no seconds', '2026-03-01T12:00Z', '2026-03-01T12:00:00Z'],
  ['a date alone', '2026-03-01', '2026-03-01T00:00:00Z'],
  ['a date with an offset', '2026-03-01+01:00', '2026-02-28T23:00:00Z'],
  ['blanks around it', '  2026-03-01T12:00:00Z\n', '2026-03-01T12:00:00Z'],
  ['an offset with a colon', '2026-03-01T12:00:00+01:00', '2026-03-01T11:00:00Z'],
  ['an offset without one', '2026-03-01T12:00:00+0130', '2026-03-01T10:30:00Z'],
  ['an offset of hours only', '2026-03-01T12:00:00-05', '2026-03-01T17:00:00Z'],
  ['an offset behind a blank', '2026-03-01 12:00:00 +01', '2026-03-01T11:00:00Z'],
  ['an offset that means nothing', '2026-03-01T12:00:00-00:00', '2026-03-01T12:00:00Z'],
  ['an offset over the new year', '2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z'],
  ['a leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ['the leap day of a century', '2000-02-29', '2000-02-29T00:00:00Z'],
  ['the end of a day', '2026-03-01T24:00:00Z', '2026-03-02T00:00:00Z'],
  ['the end of a year', '2026-12-31T24:00', '2027-01-01T00:00:00Z'],
  ['a leap second', '2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
  ['milliseconds', '2026-03-01T12:00:00.120Z', '2026-03-01T12:00:00.12Z'],
  ['a comma', '2026-03-01T12:00:00,5Z', '2026-03-01T12:00:00.5Z'],
  ['microseconds', '2026-03-01T12:00:00.000001Z', '2026-03-01T12:00:00.000001Z'],
  ['nanoseconds are cut', '2026-03-01T12:00:00.123456789Z', '2026-03-01T12:00:00.123456Z'],
  ['more digits than anyone needs', '2026-03-01T12:00:00.000000000000001Z', '2026-03-01T12:00:00Z'],
  ['a fraction of nothing', '2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00Z'],
  ['before 1970', '1899-12-31T23:59:59.25Z', '1899-12-31T23:59:59.25Z'],
  ['the first year', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ['a year of two digits, written in full', '0050-06-01', '0050-06-01T00:00:00Z'],
  ['the last moment', '9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
]

const REFUSED: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a word', 'yesterday'],
  ['a number', '1772366400'],
  ['the 29th in a common year', '2026-02-29'],
  ['the 29th in 1900', '1900-02-29'],
  ['the 31st of April', '2026-04-31'],
  ['month 13', '2026-13-01'],
  ['month 0', '2026-00-01'],
  ['day 0', '2026-01-00'],
  ['hour 25', '2026-03-01T25:00:00Z'],
  ['after the end of the day', '2026-03-01T24:00:01Z'],
  ['a fraction after the end of the day', '2026-03-01T24:00:00.5Z'],
  ['half past 24', '2026-03-01T24:30:00Z'],
  ['minute 60', '2026-03-01T12:60:00Z'],
  ['second 61', '2026-03-01T12:00:61Z'],
  ['an offset beyond the earth', '2026-03-01T12:00:00+19:00'],
  ['an offset of 60 minutes', '2026-03-01T12:00:00+01:60'],
  ['a German date', '01.03.2026'],
  ['a year of two digits', '26-03-01'],
  ['a year of five digits', '12026-03-01'],
  ['year 0', '0000-12-31T23:00:00Z'],
  ['year 0 by its offset', '0001-01-01T00:00:00+01:00'],
  ['year 10000 by its offset', '9999-12-31T23:30:00-01:00'],
  ['a fraction without digits', '2026-03-01T12:00:00.Z'],
  ['something behind', '2026-03-01T12:00:00Zulu'],
  ['two lines', '2026-03-01\n2026-03-02'],
]

describe('parseInstant', () => {
  for (const [name, text, instant] of READ)
    test(name, () => {
      assert.equal(parseInstant(text), instant)
      assert.ok(isInstant(text))
      assert.equal(parseInstant(instant), instant, 'read again, it stays')
    })
  for (const [name, text] of REFUSED)
    test(`refuses ${name}`, () => {
      assert.throws(() => parseInstant(text, 'datetime'), (error) => error instanceof Problem && error.kind === 'invalid-query' && error.at.parameter === 'datetime') // prettier-ignore
      assert.equal(isInstant(text), false)
    })

  test('reads every moment of Date as Date does', () => {
    const dates = fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, fc.integer({ min: -18 * 60, max: 18 * 60 }), (date, minutes) => {
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1)
        const two = (number: number) => String(Math.abs(number)).padStart(2, '0')
        const offset = `${minutes < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`
        assert.equal(Date.parse(parseInstant(local + offset)), date.getTime())
        assert.equal(parseInstant(date.toISOString()), parseInstant(date.toISOString().replace('Z', '+00:00')))
        assert.equal(microsOf(parseInstant(date.toISOString())), date.getTime() * 1000)
      }),
    )
  })
})

describe('microsOf', () => {
  const ORDERED = [
    '1969-12-31T23:59:59Z',
    '1969-12-31T23:59:59.999999Z',
    '1970-01-01T00:00:00Z',
    '1970-01-01T00:00:00.000001Z',
    '1970-01-01T00:00:00.1Z',
    '2026-03-01T12:00:00Z',
    '2026-03-01T12:00:00.5Z',
    '2026-03-01T12:00:01Z',
  ]
  test('orders instants', () => {
    assert.deepEqual(ORDERED.map(microsOf).toSorted((a, b) => a - b), ORDERED.map(microsOf)) // prettier-ignore
    assert.equal(new Set(ORDERED.map(microsOf)).size, ORDERED.length)
  })
  test('says which is later', () => {
    for (const [i, a] of ORDERED.entries()) for (const [j, b] of ORDERED.entries()) assert.equal(isLater(a, b), i > j, `${a} ${b}`)
    assert.ok(isLater('2026-03-01T12:00:00.5Z', '2026-03-01T12:00:00.25Z'))
  })
  test('counts from 1970', () => {
    assert.equal(microsOf('1970-01-01T00:00:01.000002Z'), 1_000_002)
    assert.equal(microsOf('1969-12-31T23:59:59.999999Z'), -1)
  })
})

test('now is written as all instants are', () => {
  const moment = now()
  assert.equal(parseInstant(moment), moment)
})

describe('parseTime', () => {
  test('an instant has no end', () => assert.deepEqual(parseTime('2026-03-01'), { time: '2026-03-01T00:00:00Z' }))
  test('an interval has one', () => assert.deepEqual(parseTime('2026-03-01/2026-03-02T01:00+01:00'), { time: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z' })) // prettier-ignore
  test('an interval of no length', () => assert.deepEqual(parseTime('2026-03-01/2026-03-01'), { time: '2026-03-01T00:00:00Z', end: '2026-03-01T00:00:00Z' })) // prettier-ignore
  for (const text of ['2026-03-02/2026-03-01', '2026-03-01/2026-03-02/2026-03-03', '2026-03-01/', '/2026-03-01'])
    test(`refuses ${text}`, () => assert.throws(() => parseTime(text), Problem))
})

test('any text is a time that PostgreSQL knows, or refused', () => {
  const pieces = fc.constantFrom(
    '2026',
    '0000',
    '9999',
    '-',
    '01',
    '31',
    '02',
    'T',
    ' ',
    ':',
    '24',
    '60',
    '.5',
    '.',
    'Z',
    '+',
    '18',
    '1800',
    '/',
    'x',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 16 }).map((parts) => parts.join('')),
        fc.string(),
      ),
      (text) => {
        try {
          const { time, end } = parseTime(text)
          for (const one of [time, end ?? time]) assert.match(one, /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/)
        } catch (error) {
          assert.ok(error instanceof Problem, String(error))
        }
      },
    ),
    { numRuns: 3000 },
  )
})

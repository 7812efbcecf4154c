/** Time: instants and half-open intervals, as RFC 3339 text in UTC with at most microseconds: "2026-03-01T12:00:00Z". */
import { Problem } from '../problem.ts'

export type Instant = string
export interface Interval {
  readonly start: Instant
  readonly end: Instant
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?$/

/**
 * An ISO 8601 instant read into ours. A date alone is its first moment; without an offset it is UTC.
 * Nanoseconds are cut to microseconds, what PostgreSQL keeps. Throws `invalid-query` for what is no time, or does not exist.
 */
export function parseInstant(text: string, parameter = 'time'): Instant {
  if (isPlain(text)) return trimmed(text)
  const found = ISO.exec(text.trim())
  const instant = found && instantOf(found)
  if (!instant) throw new Problem('invalid-query', { en: `“${text}” is not a time.`, de: `„${text}“ ist keine Zeitangabe.` }, { parameter })
  return instant
}

export function isInstant(text: string): boolean {
  if (isPlain(text)) return true
  const found = ISO.exec(text.trim())
  return found !== null && instantOf(found) !== undefined
}

const [ZERO, NINE, DASH, COLON, POINT, BIG_T, BIG_Z] = [48, 57, 45, 58, 46, 84, 90]

/** Almost ours already, as most programs write it: "2026-03-01T12:00:00Z", with up to six digits of a fraction. Many come at once: no expression looks at them. */
function isPlain(text: string): boolean {
  const last = text.length - 1
  if (last < 19 || last > 26 || text.charCodeAt(last) !== BIG_Z) return false
  return isDay(text) && isClock(text) && (last === 19 || (last > 20 && isFraction(text, last)))
}

function isDay(text: string): boolean {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return false
  const [year, month, day] = [two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8)]
  return year >= 1 && month >= 1 && day >= 1 && day <= lengthOf(year, month)
}

function isClock(text: string): boolean {
  if (text.charCodeAt(10) !== BIG_T || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return false
  return two(text, 11) < 24 && two(text, 14) < 60 && two(text, 17) < 60
}

function isFraction(text: string, end: number): boolean {
  if (text.charCodeAt(19) !== POINT) return false
  for (let at = 20; at < end; at++) if (text.charCodeAt(at) < ZERO || text.charCodeAt(at) > NINE) return false
  return true
}

/** Two digits; NaN for what are none, which is neither above nor below anything. */
function two(text: string, at: number): number {
  const [ten, one] = [text.charCodeAt(at), text.charCodeAt(at + 1)]
  return ten >= ZERO && ten <= NINE && one >= ZERO && one <= NINE ? (ten - ZERO) * 10 + one - ZERO : NaN
}

/** Days of a month; none of a month that is not there. */
function lengthOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month > 12 ? 0 : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Without zeros that say nothing at the end of a fraction. */
function trimmed(text: string): Instant {
  let end = text.length - 1
  if (end === 19 || text.charCodeAt(end - 1) !== ZERO) return text
  while (text.charCodeAt(end - 1) === ZERO) end--
  return `${text.slice(0, text.charCodeAt(end - 1) === POINT ? end - 1 : end)}Z`
}

function instantOf(found: RegExpExecArray): Instant | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = found
  const midnight = Date.parse(`${year}-${month}-${day}T00:00:00Z`)
  const seconds = secondsOf(Number(hour), Number(minute), Number(second), fraction)
  const shift = offset.toUpperCase() === 'Z' ? 0 : offsetMinutes(offset)
  if (seconds === undefined || shift === undefined || new Date(midnight).getUTCDate() !== Number(day)) return undefined
  return render(midnight + seconds * 1000 - shift * 60_000, fraction.slice(0, 6))
}

/** Since midnight. 24:00 is the end of the day and nothing comes after it; a leap second counts into the next minute, as in PostgreSQL. */
function secondsOf(hour: number, minute: number, second: number, fraction: string): number | undefined {
  const seconds = (hour * 60 + minute) * 60 + second
  const over = hour > 24 || minute > 59 || second > 60 || (hour === 24 && (seconds > 86_400 || /[1-9]/.test(fraction)))
  return over ? undefined : seconds
}

function offsetMinutes(offset: string): number | undefined {
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? []
  if (Number(hours) > 18 || Number(minutes) > 59) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** Years 1 to 9999: four digits, and PostgreSQL knows no year 0. */
function render(millis: number, micros: string): Instant | undefined {
  const date = new Date(millis)
  const fraction = micros.replace(/0+$/, '')
  const year = date.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) return undefined
  return `${date.toISOString().slice(0, -5)}${fraction && `.${fraction}`}Z`
}

/** Microseconds since 1970, exact for the years 1700 to 2255: what comparisons in memory are made of. */
export function microsOf(instant: Instant): number {
  return secondsIn(instant) * 1_000_000 + fractionOf(instant)
}

/** Of two of our instants. As texts they are in order but for the letter at their end. */
export function isLater(one: Instant, other: Instant): boolean {
  return one.length === other.length ? one > other : one.slice(0, -1) > other.slice(0, -1)
}

/** Whole seconds since 1970 of one of our instants. */
export function secondsIn(instant: Instant): number {
  const [year, month, day] = [two(instant, 0) * 100 + two(instant, 2), two(instant, 5), two(instant, 8)]
  return daysTo(year, month, day) * 86_400 + two(instant, 11) * 3600 + two(instant, 14) * 60 + two(instant, 17)
}

/** The microseconds beside them. */
export function fractionOf(instant: Instant): number {
  return instant.length === 20 ? 0 : Number(instant.slice(20, -1).padEnd(6, '0'))
}

/** Days since 1970 by the Gregorian calendar; the year begins in March here, so that its leap day is the last. */
function daysTo(year: number, month: number, day: number): number {
  const [years, months] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  return years * 365 + leaps + Math.floor((153 * months + 2) / 5) + day - 719_469
}

/** Seconds that no two instants are further apart than. */
export const ALL_TIME = 315_600_000_000

/** So many seconds later, to the microsecond; undefined beyond the years 1 to 9999. */
export function shifted(instant: Instant, seconds: number): Instant | undefined {
  if (!(Math.abs(seconds) <= ALL_TIME)) return undefined
  const micros = microsBetween('1970-01-01T00:00:00Z', instant) + BigInt(wholeOf(seconds * 1_000_000))
  const fraction = ((micros % SECOND) + SECOND) % SECOND
  return render(Number((micros - fraction) / SECOND) * 1000, String(fraction).padStart(6, '0'))
}

/** Half goes to the even neighbour, as where PostgreSQL rounds: 0.5 is 0. */
function wholeOf(value: number): number {
  const up = Math.round(value)
  return up - value === 0.5 && up % 2 !== 0 ? up - 1 : up
}

/** Seconds from one instant to the other, rounded once, however far they are apart. */
export function between(from: Instant, to: Instant): number {
  return Number(microsBetween(from, to)) / 1_000_000
}

/** A number holds so many only for three centuries. */
function microsBetween(from: Instant, to: Instant): bigint {
  return BigInt(secondsIn(to) - secondsIn(from)) * SECOND + BigInt(fractionOf(to) - fractionOf(from))
}

const SECOND = 1_000_000n

export function now(): Instant {
  return trimmed(new Date().toISOString())
}

/** "a/b" read into an interval, a plain instant into one without end. */
export function parseTime(text: string, parameter = 'time'): { readonly time: Instant; readonly end?: Instant } {
  const [start = '', end, ...more] = text.split('/')
  if (more.length > 0) throw new Problem('invalid-query', `“${text}” has more than one slash.`, { parameter })
  const time = parseInstant(start, parameter)
  if (end === undefined) return { time }
  const until = parseInstant(end, parameter)
  if (microsOf(until) < microsOf(time))
    throw new Problem('invalid-query', { en: `“${text}” ends before it starts.`, de: `„${text}“ endet vor dem Anfang.` }, { parameter })
  return { time, end: until }
}

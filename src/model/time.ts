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
  const found = ISO.exec(text.trim())
  const instant = found && instantOf(found)
  if (!instant) throw new Problem('invalid-query', { en: `“${text}” is not a time.`, de: `„${text}“ ist keine Zeitangabe.` }, { parameter })
  return instant
}

export function isInstant(text: string): boolean {
  const found = ISO.exec(text.trim())
  return found !== null && instantOf(found) !== undefined
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
  const dot = instant.indexOf('.')
  if (dot < 0) return Date.parse(instant) * 1000
  return Date.parse(`${instant.slice(0, dot)}Z`) * 1000 + Number(instant.slice(dot + 1, -1).padEnd(6, '0'))
}

export function now(): Instant {
  return new Date().toISOString().replace(/\.?0*Z$/, 'Z')
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

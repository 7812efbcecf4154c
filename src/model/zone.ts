/** zone: offsets of a time zone from UTC, by Intl; local times to instants, with those that are skipped or there twice. */
import { Problem } from '../problem.ts'
import { secondsIn, shifted, type Instant } from './time.ts'

const DAY = 86_400_000
const MINUTE = 60_000

/** What a local time can mean, in milliseconds since 1970: one instant, two when clocks go back, none when they go forward. */
export type Meaning = { readonly at: number } | { readonly first: number; readonly second: number } | { readonly shifted: number }

export interface Zone {
  readonly name: string
  /** Offset from UTC in milliseconds, at an instant. */
  offset(utc: number): number
  /** `local` is the time on the clock as if it were UTC. */
  meaning(local: number): Meaning
}

const zones = new Map<string, Zone>()

/** An IANA name, "UTC", "MEZ" (without summer time) or a fixed offset. Throws for what is none. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name)
  if (zone === undefined) {
    zone = fixed(name) ?? named(name)
    zones.set(name, zone)
  }
  return zone
}

/** A region of the IANA database, or UTC: what every part of the platform means the same by. An offset is none: PostgreSQL turns its sign. */
export function isRegion(name: string): boolean {
  return regions.get(name) ?? look(name)
}

const REGION = /^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/
const regions = new Map<string, boolean>()

function look(name: string): boolean {
  if (!REGION.test(name)) return false
  let known = true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    known = false
  }
  if (regions.size < 1000) regions.set(name, known)
  return known
}

/** What the clocks of a region show then, as if it were UTC; undefined beyond the years 1 to 9999. */
export function onTheClock(instant: Instant, region: string): Instant | undefined {
  return shifted(instant, zoneOf(region).offset(secondsIn(instant) * 1000) / 1000)
}

function fixed(name: string): Zone | undefined {
  const found = /^(?:UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/.exec(name)
  const winter = name === 'MEZ' || name === 'CET'
  if (name === '' || (!winter && name !== 'Z' && !found)) return undefined
  const sign = found?.[1] === '-' ? -1 : 1
  const minutes = winter ? 60 : sign * (Number(found?.[2] ?? 0) * 60 + Number(found?.[3] ?? 0))
  if (Math.abs(minutes) > 18 * 60) return undefined
  const offset = minutes * MINUTE
  return { name, offset: () => offset, meaning: (local) => ({ at: local - offset }) }
}

function named(name: string): Zone {
  const format = formatOf(name)
  const exact = (utc: number) => localOf(format, utc) - Math.floor(utc / 1000) * 1000
  const days = new Map<number, number | undefined>()
  /** The offset all through a UTC day; undefined on the days it changes. */
  const through = (day: number): number | undefined => {
    if (days.has(day)) return days.get(day)
    if (days.size > 40_000) days.clear()
    const start = exact(day * DAY)
    const steady = start === exact((day + 1) * DAY) ? start : undefined
    days.set(day, steady)
    return steady
  }
  const offset = (utc: number) => through(Math.floor(utc / DAY)) ?? exact(utc)
  const meaning = (local: number): Meaning => {
    const before = offset(local - DAY)
    const after = offset(local + DAY)
    if (before === after) return { at: local - before }
    const [first, second] = [local - before, local - after]
    const [one, other] = [offset(first) === before, offset(second) === after]
    if (one && other) return { first: Math.min(first, second), second: Math.max(first, second) }
    if (one || other) return { at: one ? first : second }
    return { shifted: first }
  }
  return { name, offset, meaning }
}

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch (cause) {
    throw new Problem(
      'invalid-body',
      { de: `Die Zeitzone „${name}“ gibt es nicht.`, en: `There is no time zone “${name}”.` },
      {},
      { cause },
    )
  }
}

function localOf(format: Intl.DateTimeFormat, utc: number): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(utc)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  // Date.UTC takes the years 0 to 99 for those of the last century
  return new Date(Date.UTC(2000, month - 1, day, hour, minute, second)).setUTCFullYear(year, month - 1, day)
}

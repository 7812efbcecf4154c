/** clock: the time rule of a mapping at work: cells to an instant or interval in UTC, with the zone's gaps and doubled hours. */
import type { Instant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import type { TimeRule } from '../mapping.ts'
import { type Moment, type MomentReader, momentReader } from './moment.ts'
import type { Fault } from './row.ts'
import { zoneOf, type Zone } from '../../model/zone.ts'

export interface Stamp {
  readonly time: Instant
  readonly end?: Instant
}

/** Text of an interval's end; of a time of day alone the date is the start's, or the day after. */
export interface End {
  readonly text: string
  readonly bare: boolean
}

export interface Clock {
  /** `of` names what the rows' order is about: the same entity (and attribute) in turn. `end` is the text of the interval's end. */
  stamp(text: string, end: End | undefined, of: string): Stamp | Fault
}

export const HOME = 'Europe/Berlin'
const MEMORY = 100_000

/** Throws a Problem for a zone, pattern or duration that is none. */
export function clockOf(rule: TimeRule): Clock {
  const zone = zoneOf(rule.zone ?? HOME)
  const read = momentReader(rule.format)
  const span = rule.lasts === undefined ? undefined : spanOf(rule.lasts)
  const order = new Map<string, number>()
  const ending: TimeRule = { ...rule, ambiguous: 'first' }
  const instant = (text: string, of: string): Instantly | Fault => instantOf(read, zone, rule, order, text, of)
  return {
    stamp(text, end, of) {
      const at = instant(text, of)
      if (!('millis' in at)) return at
      if (end !== undefined) return between(at, instantOf(read, zone, ending, order, end.text, of), zone, end)
      if (span === undefined) return { time: render(at) }
      const forward = rule.stamp !== 'end'
      const other = { millis: moved(at.millis, span, forward ? 1 : -1, zone), micros: at.micros }
      return forward ? { time: render(at), end: render(other) } : { time: render(other), end: render(at) }
    },
  }
}

interface Instantly {
  readonly millis: number
  readonly micros: number
}

function instantOf(
  read: MomentReader,
  zone: Zone,
  rule: TimeRule,
  order: Map<string, number>,
  text: string,
  of: string,
): Instantly | Fault {
  const moment = read(text)
  if ('utc' in moment) return { millis: moment.utc, micros: moment.micros }
  if (!('local' in moment)) return moment
  const meaning = zone.meaning(moment.local)
  if ('at' in meaning) return { millis: meaning.at, micros: moment.micros }
  if ('shifted' in meaning) return rule.gap === 'shift' ? { millis: meaning.shifted, micros: moment.micros } : skipped(text, zone)
  return chosen(meaning, moment, rule, order, text, of, zone)
}

function chosen(
  { first, second }: { readonly first: number; readonly second: number },
  { micros }: Moment,
  { ambiguous = 'order' }: TimeRule,
  order: Map<string, number>,
  text: string,
  of: string,
  zone: Zone,
): Instantly | Fault {
  if (ambiguous === 'reject') return doubled(text, zone)
  if (ambiguous !== 'order') return { millis: ambiguous === 'first' ? first : second, micros }
  const last = order.get(of)
  const millis = last !== undefined && last >= first && last < second + 3_600_000 ? second : first
  if (order.size >= MEMORY) order.clear()
  order.set(of, millis)
  return { millis, micros }
}

function between(from: Instantly, to: Instantly | Fault, zone: Zone, { text, bare }: End): Stamp | Fault {
  if (!('millis' in to)) return to
  if (to.millis >= from.millis) return { time: render(from), end: render(to) }
  // An end on the clock of the doubled hour that seems to lie before its start is its second time round.
  const again = zone.meaning(to.millis + zone.offset(to.millis))
  if ('second' in again && again.second >= from.millis) return { time: render(from), end: render({ ...to, millis: again.second }) }
  if (bare) return { time: render(from), end: render({ ...to, millis: moved(to.millis, DAY, 1, zone) }) }
  return { de: `Das Ende „${text}“ liegt vor dem Anfang.`, en: `The end “${text}” lies before the start.` }
}

const DAYS = new Map<number, string>()
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))

/** As Date does, several times as fast: days are remembered, since rows of a source are near each other. */
function render({ millis, micros }: Instantly): Instant {
  const day = Math.floor(millis / 86_400_000)
  let date = DAYS.get(day)
  if (date === undefined) {
    if (DAYS.size > 20_000) DAYS.clear()
    date = new Date(day * 86_400_000).toISOString().slice(0, -13)
    DAYS.set(day, date)
  }
  const rest = millis - day * 86_400_000
  const seconds = Math.floor(rest / 1000)
  const minutes = Math.floor(seconds / 60)
  const clock = `${date}${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}`
  const fraction = micros + (rest % 1000) * 1000
  return fraction === 0 ? `${clock}Z` : `${clock}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}Z`
}

const skipped = (text: string, { name }: Zone): Fault => ({
  de: `Die Zeit „${text}“ gab es in ${name} nicht: Sie fällt in die Umstellung auf Sommerzeit.`,
  en: `The time “${text}” did not exist in ${name}: it falls into the change to summer time.`,
})
const doubled = (text: string, { name }: Zone): Fault => ({
  de: `Die Zeit „${text}“ gab es in ${name} zweimal: Sie fällt in die Umstellung auf Winterzeit.`,
  en: `The time “${text}” existed twice in ${name}: it falls into the change to winter time.`,
})

interface Span {
  readonly months: number
  readonly days: number
  readonly millis: number
}

const DAY: Span = { months: 0, days: 1, millis: 0 }
const SPAN = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

function spanOf(text: string): Span {
  const found = SPAN.exec(text)
  if (!found)
    throw new Problem('invalid-body', {
      de: `„${text}“ ist keine Dauer. Beispiele: PT15M, PT1H, P1D, P1M.`,
      en: `“${text}” is not a duration. Examples: PT15M, PT1H, P1D, P1M.`,
    })
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0))
  return { months: years * 12 + months, days: weeks * 7 + days, millis: ((hours * 60 + minutes) * 60 + seconds) * 1000 }
}

/** Days and months by the zone's calendar, so that a day of 23 hours is a day; hours by the clock. */
function moved(millis: number, { months, days, millis: more }: Span, sign: 1 | -1, zone: Zone): number {
  if (months === 0 && days === 0) return millis + sign * more
  const date = new Date(millis + zone.offset(millis))
  date.setUTCMonth(date.getUTCMonth() + sign * months, date.getUTCDate() + sign * days)
  const meaning = zone.meaning(date.getTime())
  return ('at' in meaning ? meaning.at : 'first' in meaning ? meaning.first : meaning.shifted) + sign * more
}

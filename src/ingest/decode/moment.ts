/** moment: dates and times as they are written, by pattern or as found; what does not exist is refused. */
import { Problem } from '../../problem.ts'
import { shorten } from './number.ts'
import type { Fault } from './row.ts'

/** Milliseconds: on the clock of some zone as if it were UTC, or since 1970; microseconds beside them. */
export type Moment = { readonly local: number; readonly micros: number } | { readonly utc: number; readonly micros: number }
export type MomentReader = (text: string) => Moment | Fault

interface Fields {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /** Digits behind the second. */
  fraction: string
  /** Minutes from UTC. */
  offset: number | undefined
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function daysIn(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29
  return DAYS[month - 1] ?? 0
}

/** The moment of some fields, or why there is none. 24:00 is the next day's midnight. */
function momentOf(f: Fields, text: string): Moment | Fault {
  if (f.month < 1 || f.month > 12 || f.day < 1 || f.day > daysIn(f.year, f.month)) return noDate(text)
  const midnight = f.hour === 24 && f.minute === 0 && f.second === 0
  if ((f.hour > 23 && !midnight) || f.minute > 59 || f.second > 60) return noClock(text)
  const micros = f.fraction === '' ? 0 : Number(f.fraction.slice(0, 6).padEnd(6, '0'))
  const date = f.year < 100 ? Date.parse(`${String(f.year).padStart(4, '0')}-01-01T00:00:00Z`) : Date.UTC(f.year, f.month - 1, f.day)
  const local = date + ((f.hour * 60 + f.minute) * 60 + f.second) * 1000
  return f.offset === undefined ? { local, micros } : { utc: local - f.offset * 60_000, micros }
}

const noDate = (text: string): Fault => ({
  de: `Das Datum in „${shorten(text)}“ gibt es nicht.`,
  en: `The date in “${shorten(text)}” does not exist.`,
})
const noClock = (text: string): Fault => ({
  de: `Die Uhrzeit in „${shorten(text)}“ gibt es nicht.`,
  en: `The time of day in “${shorten(text)}” does not exist.`,
})

const MONTHS: readonly (readonly string[])[] = [
  ['januar', 'jan', 'jänner', 'jän', 'january'],
  ['februar', 'feb', 'february'],
  ['märz', 'mär', 'mrz', 'maerz', 'mar', 'march'],
  ['april', 'apr'],
  ['mai', 'may'],
  ['juni', 'jun', 'june'],
  ['juli', 'jul', 'july'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['oktober', 'okt', 'oct', 'october'],
  ['november', 'nov'],
  ['dezember', 'dez', 'dec', 'december'],
]
const MONTH_OF = new Map(MONTHS.flatMap((names, i) => names.map((name) => [name, i + 1] as const)))

/** Two digits of a year: up to 69 in this century, from 70 in the last. */
const century = (year: number) => (year < 70 ? 2000 + year : 1900 + year)

// ── as found

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*([Zz]|UTC|[+-]\d{2}(?::?\d{2})?)?$/
const GERMAN =
  /^(?:\p{L}{2,10}\.?,?\s+)?(\d{1,2})\.\s*(\d{1,2}\.|\p{L}{3,9}\.?)\s*(\d{4}|\d{2})(?:(?:,|;|\s|T|-)+(\d{1,2})[:.](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*Uhr)?)?$/u
const COMPACT = /^((?:18|19|20)\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2})(?::?(\d{2})(?::?(\d{2}))?)?)?([Zz])?$/
const SLASHED = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/
const EPOCH = /^-?\d{9,10}$|^\d{12,13}$|^\d{16}$/

/** A time in any of the usual spellings that cannot be mistaken for another: ISO, German, compact, epoch. */
function asFound(given: string): Moment | Fault {
  const text = given.trim()
  const iso = ISO.exec(text) ?? SLASHED.exec(text)
  if (iso) return numbered(iso, text, iso[8])
  const german = GERMAN.exec(text)
  if (german) return ofGerman(german, text)
  const compact = COMPACT.exec(text)
  if (compact) {
    const moment = numbered(compact, text, compact[7])
    if ('local' in moment || 'utc' in moment || !EPOCH.test(text)) return moment
  }
  if (EPOCH.test(text)) return ofEpoch(text)
  if (/^(18|19|20)\d{2}$/.test(text)) return momentOf({ ...EMPTY, year: Number(text) }, text)
  return noTime(given)
}

const EMPTY: Fields = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: '', offset: undefined }

function numbered(
  [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '']: RegExpExecArray,
  text: string,
  offset?: string,
): Moment | Fault {
  return momentOf(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      fraction: /^\d+$/.test(fraction) ? fraction : '',
      offset: offset === undefined ? undefined : offsetOf(offset),
    },
    text,
  )
}

function ofGerman(
  [, day, month = '', year = '', hour = '0', minute = '0', second = '0', fraction = '']: RegExpExecArray,
  text: string,
): Moment | Fault {
  const bare = month.replace('.', '').toLowerCase()
  const fields = {
    day: Number(day),
    month: MONTH_OF.get(bare) ?? Number(bare),
    year: year.length === 2 ? century(Number(year)) : Number(year),
  }
  if (Number.isNaN(fields.month)) return noTime(text)
  return momentOf({ ...EMPTY, ...fields, hour: Number(hour), minute: Number(minute), second: Number(second), fraction }, text)
}

/** Seconds, milliseconds or microseconds since 1970, told apart by their length. */
function ofEpoch(text: string): Moment | Fault {
  const value = Number(text)
  if (!Number.isFinite(value) || text.trim() === '') return noTime(text)
  const size = Math.abs(value)
  const micros = size >= 1e14 ? value : size >= 1e11 ? value * 1000 : value * 1e6
  if (Math.abs(micros) > 8.64e18 / 1000) return noTime(text)
  const seconds = Math.floor(micros / 1e6)
  return { utc: seconds * 1000, micros: Math.round(micros - seconds * 1e6) }
}

/** Days since 1899-12-30, as spreadsheets count. */
function ofSerial(text: string): Moment | Fault {
  const days = Number(text.trim().replace(',', '.'))
  if (!Number.isFinite(days) || text.trim() === '' || days < 0 || days > 2_958_466) return asFound(text)
  return { local: serialMillis(days), micros: 0 }
}

/** Milliseconds of a serial date, to the second: its binary fraction is not exact. */
export function serialMillis(days: number): number {
  return Math.round((days - 25_569) * 86_400) * 1000
}

function offsetOf(text: string): number {
  if (text === 'Z' || text === 'z' || text === 'UTC') return 0
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes))
}

function noTime(text: string): Fault {
  return { de: `„${shorten(text)}“ ist keine Zeitangabe.`, en: `“${shorten(text)}” is not a time.` }
}

// ── by pattern

type Step = (text: string, at: number, into: Fields) => number
const BAD = -1

/** Reads by "auto" (or nothing), "iso", "epoch", "excel", or a pattern such as "dd.MM.yyyy HH:mm". Throws for a pattern that is none. */
export function momentReader(format = 'auto'): MomentReader {
  if (format === 'auto' || format === 'iso' || format === '') return asFound
  if (format === 'epoch') return ofEpoch
  if (format === 'excel') return ofSerial
  const steps = stepsOf(format)
  return (given) => {
    const text = given.trim()
    const fields = { ...EMPTY }
    let at = 0
    for (const step of steps) {
      at = step(text, at, fields)
      if (at === BAD) break
    }
    if (at !== text.length) {
      const shown = shorten(given)
      return { de: `„${shown}“ ist keine Zeitangabe der Form „${format}“.`, en: `“${shown}” is not a time of the form “${format}”.` }
    }
    return momentOf(fields, text)
  }
}

const TOKEN = /(yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|EEE|EE|E|HH|H|mm|m|ss|s|S+|XXX|XX|X|Z)|'([^']*)'|([^a-zA-Z']+)|T/g

function stepsOf(format: string): readonly Step[] {
  const steps: Step[] = []
  let at = 0
  for (const found of format.matchAll(TOKEN)) {
    if (found.index !== at) break
    at += found[0].length
    steps.push(found[1] === undefined ? literal(found[2] ?? found[0]) : token(found[1]))
  }
  if (at === format.length && /y/.test(format)) return steps
  throw new Problem('invalid-body', {
    de: `„${format}“ ist kein Muster für Zeiten. Ein Beispiel: dd.MM.yyyy HH:mm:ss.`,
    en: `“${format}” is not a pattern for times. An example: dd.MM.yyyy HH:mm:ss.`,
  })
}

function literal(part: string): Step {
  if (part.trim() === '')
    return (text, at) => {
      let end = at
      while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 160) end++
      return end === at ? BAD : end
    }
  return (text, at) => (text.startsWith(part, at) ? at + part.length : BAD)
}

function token(name: string): Step {
  switch (name[0]) {
    case 'y':
      return name === 'yy' ? digits(2, 2, (f, n) => (f.year = century(n))) : digits(4, 4, (f, n) => (f.year = n))
    case 'M':
      return name.length > 2 ? monthName : digits(name.length, 2, (f, n) => (f.month = n))
    case 'd':
      return digits(name.length, 2, (f, n) => (f.day = n))
    case 'H':
      return digits(name.length, 2, (f, n) => (f.hour = n))
    case 'm':
      return digits(name.length, 2, (f, n) => (f.minute = n))
    case 's':
      return digits(name.length, 2, (f, n) => (f.second = n))
    case 'S':
      return fraction
    case 'E':
      return word
    default:
      return zoneStep
  }
}

function digits(least: number, most: number, put: (fields: Fields, value: number) => void): Step {
  return (text, at, fields) => {
    let value = 0
    let end = at
    while (end - at < most) {
      const code = text.charCodeAt(end) - 48
      if (!(code >= 0 && code <= 9)) break
      value = value * 10 + code
      end++
    }
    if (end - at < least) return BAD
    put(fields, value)
    return end
  }
}

const letters = /\p{L}+\.?/uy
const word: Step = (text, at) => {
  letters.lastIndex = at
  return letters.test(text) ? letters.lastIndex : BAD
}
const monthName: Step = (text, at, fields) => {
  const end = word(text, at, fields)
  const month = MONTH_OF.get(text.slice(at, end).replace('.', '').toLowerCase())
  if (end === BAD || month === undefined) return BAD
  fields.month = month
  return end
}
const digitRun = /\d{1,9}/y
const fraction: Step = (text, at, fields) => {
  digitRun.lastIndex = at
  const found = digitRun.exec(text)
  if (!found) return BAD
  fields.fraction = found[0]
  return at + found[0].length
}
const offsetRun = /Z|[+-]\d{2}(?::?\d{2})?/y
const zoneStep: Step = (text, at, fields) => {
  offsetRun.lastIndex = at
  const found = offsetRun.exec(text)
  if (!found) return BAD
  fields.offset = offsetOf(found[0])
  return at + found[0].length
}

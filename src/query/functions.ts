/** functions: what each function of a Filter takes and gives, and how it is worked out in memory; store/calls.ts is its twin in SQL. */
import { between, shifted } from '../model/time.ts'
import { onTheClock } from '../model/zone.ts'
import { Problem } from '../problem.ts'
import type { FunctionName } from './filter.ts'

/** A zone is a text that names a region, and is always written out. What is spelled may also stand in a text (spelled.ts). */
export type ArgumentType = 'text' | 'number' | 'time' | 'zone' | 'spelled-number' | 'spelled-time'
/** A time comes as an Instant. */
type Argument = string | number

/**
 * Arguments are of exactly these types and none is missing; otherwise the call has no value and `run` is not asked.
 * Null: no value, such as after a division by zero. Text counts in code points from 0, times are told in UTC.
 */
export interface FunctionSpec {
  readonly takes: readonly ArgumentType[]
  /** How many of them, from the end, may be left out. */
  readonly optional: number
  readonly gives: 'text' | 'number' | 'time'
  readonly run: (...args: readonly Argument[]) => string | number | null
}

const text = (run: (a: string) => string): FunctionSpec => ({
  takes: ['text'],
  optional: 0,
  gives: 'text',
  run: (a) => run(String(a)),
})

const number = (run: (a: number) => number): FunctionSpec => ({
  takes: ['number'],
  optional: 0,
  gives: 'number',
  run: (a) => finite(run(Number(a))),
})

const arithmetic = (run: (a: number, b: number) => number): FunctionSpec => ({
  takes: ['number', 'number'],
  optional: 0,
  gives: 'number',
  run: (a, b) => finite(run(Number(a), Number(b))),
})

const part = (run: (date: Date) => number): FunctionSpec => ({
  takes: ['time'],
  optional: 0,
  gives: 'number',
  run: (time) => finite(run(new Date(String(time)))),
})

export const FUNCTIONS: Readonly<Record<FunctionName, FunctionSpec>> = {
  lower: text((a) => a.toLowerCase()),
  upper: text((a) => a.toUpperCase()),
  /** Blanks, tabs and line ends only, as OData's whitespace. */
  trim: text((a) => a.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '')),
  length: { takes: ['text'], optional: 0, gives: 'number', run: (a) => points(a).length },
  concat: { takes: ['text', 'text'], optional: 0, gives: 'text', run: (a, b) => `${a}${b}` },
  indexof: { takes: ['text', 'text'], optional: 0, gives: 'number', run: (whole, piece) => indexOf(String(whole), String(piece)) },
  substring: { takes: ['text', 'number', 'number'], optional: 1, gives: 'text', run: substring },
  year: part((date) => date.getUTCFullYear()),
  month: part((date) => date.getUTCMonth() + 1),
  day: part((date) => date.getUTCDate()),
  hour: part((date) => date.getUTCHours()),
  minute: part((date) => date.getUTCMinutes()),
  second: part((date) => date.getUTCSeconds()),
  /** What of a second is over, to the microsecond. */
  fraction: { takes: ['time'], optional: 0, gives: 'number', run: (time) => Number(fractionOf(time)) / 1e6 },
  /** "2026-03-01", and "12:00:00.000000": texts whose order is that of what they say. */
  date: { takes: ['time'], optional: 0, gives: 'text', run: (time) => String(time).slice(0, 10) },
  clock: { takes: ['time'], optional: 0, gives: 'text', run: (time) => `${String(time).slice(11, 19)}.${fractionOf(time)}` },
  round: number(round),
  floor: number(Math.floor),
  ceiling: number(Math.ceil),
  add: arithmetic((a, b) => a + b),
  sub: arithmetic((a, b) => a - b),
  mul: arithmetic((a, b) => a * b),
  /** Never an integer division: 5 div 2 is 2.5. By zero: no value. */
  div: arithmetic((a, b) => a / b),
  /** The remainder has the sign of the dividend; said as PostgreSQL is asked for it, so that both round alike. */
  mod: arithmetic((a, b) => a - b * Math.trunc(a / b)),
  /** A time so many seconds later; none beyond the years 1 to 9999. */
  shift: { takes: ['time', 'number'], optional: 0, gives: 'time', run: (time, seconds) => shifted(String(time), Number(seconds)) ?? null },
  /** What the clocks of a region show then, as if it were UTC: for the parts of a time there. */
  local: { takes: ['time', 'zone'], optional: 0, gives: 'time', run: (time, zone) => onTheClock(String(time), String(zone)) ?? null },
  /** A number or a time, also where a text spells it. */
  tonumber: { takes: ['spelled-number'], optional: 0, gives: 'number', run: (a) => a ?? null },
  totime: { takes: ['spelled-time'], optional: 0, gives: 'time', run: (a) => a ?? null },
  /** How many seconds the first time is after the second. */
  apart: { takes: ['time', 'time'], optional: 0, gives: 'number', run: (later, earlier) => between(String(earlier), String(later)) },
}

/** The function, if it takes so many arguments. Throws `invalid-query` otherwise. */
export function functionOf(call: FunctionName, count: number): FunctionSpec {
  const found = FUNCTIONS[call]
  const most = found.takes.length
  if (count > most || count < most - found.optional)
    throw new Problem('invalid-query', {
      en: `“${call}” does not take ${count} arguments.`,
      de: `„${call}“ nimmt nicht ${count} Argumente.`,
    })
  return found
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function points(value: Argument | undefined): readonly string[] {
  return Array.from(String(value))
}

/** Six digits. */
function fractionOf(time: Argument): string {
  return (/\.(\d{1,6})/.exec(String(time))?.[1] ?? '').padEnd(6, '0')
}

function indexOf(whole: string, piece: string): number {
  const at = whole.indexOf(piece)
  return at <= 0 ? at : points(whole.slice(0, at)).length
}

/** A start before the text is its beginning; a length below nothing is nothing; fractions are cut off. */
function substring(whole: Argument = '', from: Argument = 0, length?: Argument): string {
  const start = Math.max(0, Math.floor(Number(from)))
  const count = length === undefined ? Infinity : Math.max(0, Math.floor(Number(length)))
  return points(whole)
    .slice(start, start + count)
    .join('')
}

/** Half goes away from zero. Not Math.round(-2.5), which goes up; not x + 0.5, which makes 1 of 0.49999999999999994. */
function round(value: number): number {
  const whole = Math.trunc(value)
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole
}

/**
 * packed: many observations as one value. Of a page of a hundred rows PostgreSQL, the wire and the driver spend most of their time on
 * turning each number and each time into text and back; 32 bytes a row, in the form PostgreSQL keeps them in, take a fifth of it.
 */
import { sql, type Sql } from './sql.ts'

/** Milliseconds from 1970 to 2000, where PostgreSQL's clock begins. */
const EPOCH = 946_684_800_000
const ROW = 32
const DAY = 86_400_000_000
/** What says of a result that it is no number; a number that is stored is never this one. */
const NO_NUMBER = sql`'\\x7ff8000000000000'::bytea`

export interface Packed {
  readonly packed: Buffer | null
  /** By id, what few observations have. */
  readonly rests: Readonly<Record<string, unknown>> | null
}

/** `rows` selects observations as columns.ts lists them, in order. */
export function pack(rows: Sql): Sql {
  return sql`select string_agg(int8send(id) || timestamptz_send(time) || coalesce(float8send(number), ${NO_NUMBER}) || int4send(series) || int4send(dataset), ''::bytea) as packed,
    json_object_agg(id, rest) filter (where rest is not null) as rests from (${rows}) page`
}

export interface ObservationRow extends Readonly<Record<string, unknown>> {
  readonly id: number
  readonly series: number
  readonly time: string
}

/** The rows again, as they would have come one by one. */
export function unpack({ packed, rests }: Packed): ObservationRow[] {
  const rows: ObservationRow[] = []
  if (packed === null) return rows
  for (let at = 0; at < packed.length; at += ROW) {
    const id = packed.readInt32BE(at) * 2 ** 32 + packed.readUInt32BE(at + 4)
    const number = packed.readDoubleBE(at + 16)
    rows.push({
      id,
      series: packed.readInt32BE(at + 24),
      dataset: packed.readInt32BE(at + 28),
      time: instantAt(packed.readInt32BE(at + 8), packed.readUInt32BE(at + 12)),
      number: Number.isNaN(number) ? null : number,
      rest: rests?.[id] ?? null,
    })
  }
  return rows
}

/** Microseconds since 2000 in two halves, as an instant in UTC with as many digits as it needs. */
function instantAt(high: number, low: number): string {
  const micros = high * 2 ** 32 + low
  if (!Number.isSafeInteger(micros)) return farAway(high, low)
  const day = Math.floor(micros / DAY)
  const rest = micros - day * DAY
  const seconds = Math.floor(rest / 1e6)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${dateOf(day)}T${two(hours)}:${two(minutes)}:${two(seconds % 60)}${fractionOf(rest % 1e6)}Z`
}

const two = (number: number): string => (number < 10 ? `0${number}` : String(number))

function fractionOf(micros: number): string {
  return micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`
}

const dates = new Map<number, string>()

/** The rows of a page are of few days. */
function dateOf(day: number): string {
  const known = dates.get(day)
  if (known !== undefined) return known
  if (dates.size > 5000) dates.clear()
  const made = new Date(EPOCH + day * 86_400_000).toISOString().slice(0, -14)
  dates.set(day, made)
  return made
}

/** Beyond what a number holds exactly: some 285 years from 2000. */
function farAway(high: number, low: number): string {
  const micros = (BigInt(high) << 32n) + BigInt(low)
  const millis = micros / 1000n - (micros % 1000n < 0n ? 1n : 0n)
  const text = new Date(Number(millis) + EPOCH).toISOString()
  const left = Number(micros - millis * 1000n)
  return `${text.slice(0, -5)}${fractionOf(Number(text.slice(-4, -1)) * 1000 + left)}Z`
}

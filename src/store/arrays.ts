/** arrays: a column of many values in the binary form that PostgreSQL takes as a parameter, so that nothing is written as text to be read again. */
import { fractionOf, secondsIn, type Instant } from '../model/time.ts'
import { Problem } from '../problem.ts'

interface Kind {
  readonly oid: number
  readonly size: 4 | 8
  readonly write: (into: DataView, at: number, value: never) => void
}

const KINDS: Readonly<Record<string, Kind>> = {
  int: { oid: 23, size: 4, write: (into, at, value: number) => into.setInt32(at, value) },
  bigint: { oid: 20, size: 8, write: writeWhole },
  float8: { oid: 701, size: 8, write: (into, at, value: number) => into.setFloat64(at, value) },
  timestamptz: { oid: 1184, size: 8, write: writeInstant },
}

const HEAD = 20
const UNITS = 2 ** 32
/** Where PostgreSQL counts times from, in seconds since 1970. */
const EPOCH = Date.UTC(2000, 0, 1) / 1000

/** The values as a parameter `$1::type[]`. Types that are rare in large numbers stay what the driver makes of them. */
export function arrayOf(type: string, values: readonly unknown[]): Buffer | readonly unknown[] {
  const kind = KINDS[type]
  return kind === undefined || values.length === 0 ? values : packed(kind, values)
}

/** Dimensions, whether there are nulls, type, length, first index; then each value behind its size. */
function packed({ oid, size, write }: Kind, values: readonly unknown[]): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD + values.length * (4 + size))
  const into = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let [at, nulls] = [HEAD, 0]
  for (const value of values) {
    if (value === null || value === undefined) {
      into.setInt32(at, -1)
      nulls = 1
      at += 4
    } else {
      into.setInt32(at, size)
      write(into, at + 4, value as never)
      at += 4 + size
    }
  }
  for (const [i, word] of [1, nulls, oid, values.length, 1].entries()) into.setInt32(4 * i, word)
  return bytes.subarray(0, at)
}

/** A whole number below 2^53 as eight bytes. */
function writeWhole(into: DataView, at: number, value: number): void {
  if (!Number.isSafeInteger(value)) throw new Problem('invalid-body', `${value} is not a whole number that can be stored.`)
  const high = Math.floor(value / UNITS)
  into.setInt32(at, high)
  into.setUint32(at + 4, value - high * UNITS)
}

/** Microseconds since 2000; beyond three centuries a number would not hold them. */
function writeInstant(into: DataView, at: number, instant: Instant): void {
  const [seconds, micros] = [secondsIn(instant) - EPOCH, fractionOf(instant)]
  const whole = seconds * 1_000_000 + micros
  if (Number.isNaN(whole))
    throw new Problem('invalid-body', { en: `“${instant}” is not a time.`, de: `„${instant}“ ist keine Zeitangabe.` })
  if (Number.isSafeInteger(whole)) writeWhole(into, at, whole)
  else into.setBigInt64(at, BigInt(seconds) * 1_000_000n + BigInt(micros))
}

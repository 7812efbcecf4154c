/** chart-range: from a wish ("30 days") to a span of time and a bucket that a chart can show. */
import type { Period } from '../wire.ts'

export type Range = 'day' | 'week' | 'month' | 'year' | 'all' | 'own'
export type Measure = 'avg' | 'min' | 'max' | 'sum'
export type BucketName = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

export const RANGES: readonly Range[] = ['day', 'week', 'month', 'year', 'all', 'own']

export interface Span {
  readonly from: string
  readonly until: string
  readonly bucket: BucketName
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LENGTHS: Readonly<Record<Exclude<Range, 'all' | 'own'>, number>> = { day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY }

/** Counted back from the last value there is, so that a series that ended is still seen. */
export function spanOf(range: Range, period: Period, own?: { readonly from: string; readonly until: string }): Span {
  const last = Date.parse(period.end)
  const first = Date.parse(period.start)
  if (range === 'own' && own) return spanBetween(Date.parse(own.from), Date.parse(own.until))
  if (range === 'all' || range === 'own') return spanBetween(first, last + 1000)
  return spanBetween(last - LENGTHS[range], last + 1000)
}

function spanBetween(from: number, until: number): Span {
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString(), bucket: bucketFor(until - from) }
}

/** At most about 1500 buckets. */
export function bucketFor(length: number): BucketName {
  if (length <= 1.1 * DAY) return 'minute'
  if (length <= 60 * DAY) return 'hour'
  if (length <= 4 * 365 * DAY) return 'day'
  return length <= 20 * 365 * DAY ? 'week' : 'month'
}

/** means: buckets of series that may be seen in the mean alone: only whole ones, so that no question can cut a single value out of them. */
import type { Bucket, Summarised, Summary } from '../query/query.ts'
import type { Store } from '../store/pool.ts'
import { summarise } from '../store/summarise.ts'

/** Longer than any bucket of that name, in milliseconds: a day may have 25 hours. */
const LONGEST: Readonly<Record<Bucket, number>> = { minute: 6e4, hour: 36e5, day: 9e7, week: 6.1e8, month: 2.7e9, year: 3.2e10 }

export async function meansOver(store: Store, summary: Summary): Promise<readonly Summarised[]> {
  if (summary.series.length === 0) return []
  const { from, until, bucket } = summary
  const [begin, end] = [Date.parse(from), Date.parse(until)]
  const wide = { from: new Date(begin - LONGEST[bucket]).toISOString(), until: new Date(end + LONGEST[bucket]).toISOString() }
  const rows = await summarise(store, { ...summary, ...wide, figures: ['avg'] })
  return rows.filter((row, i) => Date.parse(row.start) < end && endsAfter(rows, i, begin))
}

/** The bucket that the question begins in is the last one that starts before it. */
function endsAfter(rows: readonly Summarised[], i: number, begin: number): boolean {
  const [row, next] = [rows[i], rows[i + 1]]
  if (row === undefined || Date.parse(row.start) >= begin) return true
  return next?.series !== row.series || Date.parse(next.start) > begin
}

/** totals: what a batch of observations says of each series: how many, from when to when, and which is the newest. */
import type { Observation } from '../model/observation.ts'
import { isLater, microsOf, type Instant } from '../model/time.ts'

export interface Total {
  readonly series: number
  readonly dataset: number
  count: number
  start: Instant
  end: Instant
  resultStart: Instant | undefined
  resultEnd: Instant | undefined
  /** Seconds of the longest interval; undefined where all are instants. */
  longest: number | undefined
  /** The one that ends last; of several, the one with the highest id. */
  newest: Observation
}

export function totalsOf(observations: readonly Observation[]): readonly Total[] {
  const totals = new Map<number, Total>()
  for (const one of observations) {
    const total = totals.get(one.series) ?? begun(one)
    if (total.count === 0) totals.set(one.series, total)
    add(total, one)
  }
  return [...totals.values()]
}

function begun(one: Observation): Total {
  const { series, dataset, time, end = time, resultTime } = one
  const none = { resultStart: resultTime, resultEnd: resultTime, longest: undefined }
  return { series, dataset, count: 0, start: time, end, ...none, newest: one }
}

function add(total: Total, one: Observation): void {
  const { time, end, resultTime } = one
  total.count++
  if (isLater(total.start, time)) total.start = time
  if (isLater(end ?? time, total.end)) total.end = end ?? time
  if (isNewer(one, total.newest)) total.newest = one
  if (end !== undefined) total.longest = Math.max(total.longest ?? 0, (microsOf(end) - microsOf(time)) / 1_000_000)
  if (resultTime === undefined) return
  if (total.resultStart === undefined || isLater(total.resultStart, resultTime)) total.resultStart = resultTime
  if (total.resultEnd === undefined || isLater(resultTime, total.resultEnd)) total.resultEnd = resultTime
}

function isNewer(one: Observation, other: Observation): boolean {
  const [ends, before] = [one.end ?? one.time, other.end ?? other.time]
  return ends === before ? one.id > other.id : isLater(ends, before)
}

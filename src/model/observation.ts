/** Observation: one result, at one time or over one interval, in one series. */
import type { Json, JsonObject } from './json.ts'
import type { Instant, Interval } from './time.ts'

export type Result = Json

export interface Observation {
  /** Below 2^53; the month of `time` when it was first written is its upper part (store/ids.ts). */
  readonly id: number
  readonly series: number
  readonly dataset: number
  /** Phenomenon time: the instant, or the start of the interval whose end is `end`. */
  readonly time: Instant
  readonly end?: Instant
  readonly resultTime?: Instant
  readonly result: Result
  readonly quality?: Json
  readonly valid?: Interval
  readonly parameters?: JsonObject
  /** The feature of interest; absent: the series' own. */
  readonly feature?: number
  /** Told when read: its result is a list, and its series says what each place of it is. */
  readonly inParts?: true
  /** And what each place is called, where results are said by name. */
  readonly names?: readonly string[]
}

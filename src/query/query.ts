/** Query: one question to the platform. What noun, which ones, in what order, how many, with what around them. */
import type { Entity } from '../model/entity.ts'
import type { Nouns, Noun } from '../model/noun.ts'
import type { Instant } from '../model/time.ts'
import type { Filter, Operand, Through } from './filter.ts'

export interface Query<N extends Noun = Noun> {
  readonly noun: N
  readonly where: Filter
  /** Ties are always broken by id, so that paging is stable. */
  readonly order: readonly Order[]
  readonly page: Paging
  readonly include: readonly Include[]
  /** Count all that match, whatever the page. */
  readonly count: boolean
  /** One item for each combination of what these are worth; no includes then. */
  readonly distinct?: readonly Operand[]
}

export interface Order {
  readonly by: Operand
  readonly descending: boolean
}

/** `after` is the `next` of the page before (keyset); `offset` skips rows and is for small distances. */
export interface Paging {
  readonly limit: number
  readonly after?: string
  readonly offset?: number
}

/** Related items to bring along: $expand, join=inline, an embedded relation. */
export interface Include {
  readonly through: Through
  /** The name it is kept under, where two go the same way, or the way has none; else that of the relation. */
  readonly as?: string
  readonly where: Filter
  readonly order: readonly Order[]
  /** Per parent; `after` does not apply. */
  readonly page: Paging
  readonly include: readonly Include[]
  readonly count: boolean
}

/** An item as found, with what was included under the relation's name. */
export type Found<N extends Noun = Noun> = Nouns[N] & { readonly with?: Readonly<Record<string, Page>> }

export interface Page<N extends Noun = Noun> {
  readonly items: readonly Found<N>[]
  /** Where the next page starts; absent on the last. */
  readonly next?: string
  readonly total?: number
}

export const ask = <N extends Noun>(noun: N, where: Filter, limit = 100): Query<N> => ({
  noun,
  where,
  order: [],
  page: { limit },
  include: [],
  count: false,
})

/** An entity as it was until it was changed. */
export interface Version {
  readonly entity: number
  readonly until: Instant
  readonly was: Pick<Entity, 'name' | 'description' | 'geometry' | 'attributes' | 'about'>
}

/** How many entities of a type there are; with a name, how many of them have that attribute. */
export interface KindCount {
  readonly type: string
  readonly name?: string
  readonly kind?: string
  readonly count: number
}

/** Observations of series in periods that are counted from `from`, or from the first of each. */
export interface Aggregation {
  readonly series: readonly number[]
  readonly from?: Instant
  /** Not itself in it. */
  readonly until?: Instant
  /** Months or seconds; absent: all in one. */
  readonly period?: { readonly months: number; readonly seconds: number }
  /** Count different values as well, which takes longer. */
  readonly distinct?: boolean
}

export interface Aggregated {
  readonly series: number
  readonly start: Instant
  readonly end: Instant
  readonly totalCount: number
  readonly distinctCount?: number
  /** Of numbers, where there are any. */
  readonly avg?: number
  readonly min?: number
  readonly max?: number
  readonly sum?: number
  readonly sumsq?: number
  readonly stddev?: number
  readonly minText?: string
  readonly maxText?: string
  readonly booleans: number
  readonly trues: number
}

/** Observations of series summarised into time buckets. */
export interface Summary {
  readonly series: readonly number[]
  readonly from: Instant
  readonly until: Instant
  readonly bucket: Bucket
  /** IANA zone in which days, weeks and months begin: "Europe/Berlin". */
  readonly zone: string
  /** Between 0 and 1, when asked for: 0.95. */
  readonly percentile?: number
  /** Those that are wanted; absent: all. Without the median an answer is made of roll-ups, where there are any. */
  readonly figures?: readonly Figure[]
}

export const FIGURES = ['avg', 'min', 'max', 'sum', 'first', 'last', 'stddev', 'median'] as const
/** What numbers are summarised to. */
export type Figure = (typeof FIGURES)[number]

/** Items in groups of what is alike in them: one row for each, at most `limit`, a row more when there are others. */
export interface Grouping {
  readonly noun: Noun
  readonly where: Filter
  readonly by: readonly Part[]
  readonly measures: readonly Measure[]
  readonly limit: number
}

/** What is alike: a value, or the time bucket it falls into. */
export interface Part {
  readonly of: Operand
  readonly bucket?: Bucket
  readonly zone?: string
}

export type Measure = { readonly how: 'count' } | { readonly how: 'avg' | 'min' | 'max' | 'sum' | 'countdistinct'; readonly of: Operand }

/** The values of the parts, then those of the measures. */
export type Group = readonly unknown[]

export type Bucket = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

export interface Summarised {
  readonly series: number
  readonly start: Instant
  readonly count: number
  /** Of the numbers among the results; absent when there is none. */
  readonly avg?: number
  readonly min?: number
  readonly max?: number
  readonly sum?: number
  readonly first?: number
  readonly last?: number
  readonly stddev?: number
  readonly median?: number
  /** The value that the asked share of the numbers does not exceed. */
  readonly percentile?: number
}

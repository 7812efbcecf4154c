/** functions: the functions of 18-088 table 21 and FROST's temporal ones, as tables: what each is called in a Filter. */
import type { SpatialRelation, FunctionName } from '../../query/filter.ts'

/** Functions of values, with the numbers of arguments they take; of a time also with the zone in which it is told. */
export const VALUES: Readonly<
  Record<
    string,
    { readonly call: FunctionName; readonly takes: readonly number[]; readonly about?: 'date' | 'clock'; readonly zoned?: true }
  >
> = {
  length: { call: 'length', takes: [1] },
  indexof: { call: 'indexof', takes: [2] },
  substring: { call: 'substring', takes: [2, 3] },
  tolower: { call: 'lower', takes: [1] },
  toupper: { call: 'upper', takes: [1] },
  trim: { call: 'trim', takes: [1] },
  concat: { call: 'concat', takes: [2] },
  year: { call: 'year', takes: [1, 2], zoned: true },
  month: { call: 'month', takes: [1, 2], zoned: true },
  day: { call: 'day', takes: [1, 2], zoned: true },
  hour: { call: 'hour', takes: [1, 2], zoned: true },
  minute: { call: 'minute', takes: [1, 2], zoned: true },
  second: { call: 'second', takes: [1, 2], zoned: true },
  fractionalseconds: { call: 'fraction', takes: [1] },
  date: { call: 'date', takes: [1, 2], zoned: true, about: 'date' },
  time: { call: 'clock', takes: [1, 2], zoned: true, about: 'clock' },
  round: { call: 'round', takes: [1] },
  floor: { call: 'floor', takes: [1] },
  ceiling: { call: 'ceiling', takes: [1] },
}

/** Which argument holds which: substringof names the part first. */
export const TEXTUAL: Readonly<Record<string, { readonly how: 'contains' | 'starts' | 'ends'; readonly part: 0 | 1 }>> = {
  substringof: { how: 'contains', part: 0 },
  contains: { how: 'contains', part: 1 },
  startswith: { how: 'starts', part: 1 },
  endswith: { how: 'ends', part: 1 },
}

/** The relation of the first shape to the second, and of the second to the first. */
export const SPATIAL: Readonly<Record<string, readonly [SpatialRelation, SpatialRelation]>> = {
  'geo.intersects': ['intersects', 'intersects'],
  st_intersects: ['intersects', 'intersects'],
  st_equals: ['equals', 'equals'],
  st_disjoint: ['disjoint', 'disjoint'],
  st_touches: ['touches', 'touches'],
  st_within: ['within', 'contains'],
  st_contains: ['contains', 'within'],
  st_overlaps: ['overlaps', 'overlaps'],
  st_crosses: ['crosses', 'crosses'],
}

export const TEMPORAL: readonly string[] = ['before', 'after', 'meets', 'during', 'overlaps', 'starts', 'finishes']

/** Of shapes, with how many arguments they take. */
export const MEASURES: Readonly<Record<string, number>> = { 'geo.distance': 2, 'geo.length': 1 }

/** Where the cells of a DE-9IM pattern stand when its two shapes change places. */
export const TRANSPOSED: readonly number[] = [0, 3, 6, 1, 4, 7, 2, 5, 8]

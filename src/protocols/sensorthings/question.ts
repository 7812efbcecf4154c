/** question: a path and its options made into a Query. Pages are bounded here: what is asked beyond is on the next page. */
import { and, everything, type Filter } from '../../query/filter.ts'
import type { Include, Query } from '../../query/query.ts'
import type { EntityType } from './version.ts'
import type { Expand, Options } from './options.ts'

const PAGE = 100
const LARGEST = 10_000
/** So many items at most hang on all the items of a page together; it bounds an $expand that multiplies. */
const BUDGET = 250_000

export function questionOf(type: EntityType, where: Filter, options: Options): Query {
  const limit = limitOf(options.top)
  return {
    noun: type.noun,
    where: and(where, options.where),
    order: options.order,
    page: { limit, ...(options.after === undefined ? { offset: options.skip } : { after: options.after }) },
    include: options.expand.map((item) => includeOf(item, Math.max(1, limit))),
    count: options.count,
    ...(options.distinct && { distinct: options.distinct }),
  }
}

export function limitOf(top: number | undefined): number {
  return Math.min(top ?? PAGE, LARGEST)
}

export function includeOf({ by, options }: Expand, parents: number): Include {
  const room = Math.max(1, Math.floor(BUDGET / parents))
  const limit = by.many ? Math.min(limitOf(options.top), room) : 1
  return {
    through: by.through,
    as: by.name,
    where: and(by.where ?? everything, options.where),
    order: options.order,
    page: { limit, offset: options.skip },
    include: options.expand.map((item) => includeOf(item, parents * Math.max(1, limit))),
    count: options.count && by.many,
  }
}

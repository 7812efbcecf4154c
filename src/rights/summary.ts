/** summary: of which series somebody may know what, when single values are kept back: means over long enough, or what is old enough. */
import { shifted, type Instant } from '../model/time.ts'
import { or, type Filter } from '../query/filter.ts'
import type { Bucket, Summary } from '../query/query.ts'
import { momentOf, portionIn, portionsFor } from './policy.ts'
import { PERIODS } from './portion.ts'
import type { Principal } from './principal.ts'

/** Series whose means over such buckets may be known. Nothing but means and counts: the least and the greatest are single values. */
export function meansFor(who: Principal, { bucket, percentile, figures }: Pick<Summary, 'bucket' | 'percentile' | 'figures'>): Filter {
  if (percentile !== undefined || figures?.includes('avg') === false) return { is: 'nothing' }
  const long = portionsFor(who, 'read').filter(({ portion: { means } }) => means !== undefined && lengthOf(bucket) >= lengthOf(means))
  return or(...long.map((one) => portionIn(who, one, 'read', 'series')))
}

export interface Past {
  readonly of: Filter
  /** Values before this may be known. */
  readonly until: Instant
}

/** Series of which what is older may be known; what reaches furthest first. */
export function pastFor(who: Principal): readonly Past[] {
  return portionsFor(who, 'read')
    .filter(({ portion }) => portion.olderThan !== undefined && portion.means === undefined)
    .toSorted((a, b) => (a.portion.olderThan ?? 0) - (b.portion.olderThan ?? 0))
    .flatMap((one) => {
      const until = shifted(momentOf(who), -(one.portion.olderThan ?? 0))
      return until === undefined ? [] : [{ of: portionIn(who, one, 'read', 'series'), until }]
    })
}

/** A minute is shorter than any of them. */
function lengthOf(bucket: Bucket): number {
  return PERIODS.findIndex((period) => period === bucket)
}

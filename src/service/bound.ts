/** bound: a question with the rights of whoever asks: what may not be seen is neither found, nor counted, nor told by an order or a condition. */
import type { Noun } from '../model/noun.ts'
import { Problem } from '../problem.ts'
import { and, everything, nothing, type Operand } from '../query/filter.ts'
import type { Grouping, Include, Order, Query } from '../query/query.ts'
import { relationOf } from '../query/relations.ts'
import { narrow, seeing } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import { boundOperand, boundRelatives, staysInside } from '../rights/relatives.ts'
import { openFor, openWay, seesInPart } from '../rights/veil.ts'
import type { Bounds } from '../store/include.ts'

export const boundsOf =
  (who: Principal): Bounds =>
  (noun, parent, through) =>
    staysInside(who, parent, through) ? everything : narrow(who, seeing(noun), noun)

export function bounded<N extends Noun>(who: Principal, query: Query<N>): Query<N> {
  const { noun, include } = query
  return {
    ...query,
    where: and(boundRelatives(who, noun, query.where), narrow(who, seeing(noun), noun)),
    order: boundOrder(who, noun, query.order),
    ...(query.distinct && { distinct: query.distinct.map((of) => boundGroup(who, noun, of)) }),
    include: include.map((one) => boundedInclude(who, noun, one)),
  }
}

export function boundedGrouping(who: Principal, grouping: Grouping): Pick<Grouping, 'by' | 'measures'> {
  const bound = <T extends { readonly of: Operand }>(one: T): T => ({ ...one, of: boundGroup(who, grouping.noun, one.of) })
  return { by: grouping.by.map(bound), measures: grouping.measures.map((one) => ('of' in one ? bound(one) : one)) }
}

/** What is included is bounded by `Bounds`; what its filter asks of relatives, here. */
function boundedInclude(who: Principal, parent: Noun, include: Include): Include {
  const { to } = relationOf(parent, include.through)
  // what a reference leads to would tell of the reference
  const hidden = seesInPart(who) && openWay(who, parent, include.through).is !== 'everything'
  return {
    ...include,
    where: hidden ? nothing : boundRelatives(who, to, include.where),
    order: boundOrder(who, to, include.order),
    include: include.include.map((one) => boundedInclude(who, to, one)),
  }
}

/** By what is kept back nothing is ordered. */
function boundOrder(who: Principal, noun: Noun, order: readonly Order[]): readonly Order[] {
  return order.filter(({ by }) => isOpen(who, noun, by)).map(({ by, descending }) => ({ by: boundOperand(who, noun, by), descending }))
}

function boundGroup(who: Principal, noun: Noun, operand: Operand): Operand {
  if (isOpen(who, noun, operand)) return boundOperand(who, noun, operand)
  throw new Problem('forbidden', {
    de: 'Danach können Sie nicht gruppieren: Ihnen ist nur ein Teil dieser Daten freigegeben.',
    en: 'You cannot group by that: only a part of these data was granted to you.',
  })
}

function isOpen(who: Principal, noun: Noun, operand: Operand): boolean {
  return !seesInPart(who) || openFor(who, noun, operand).is === 'everything'
}

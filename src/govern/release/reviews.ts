/** reviews: the looks of others at one case: whose turn it is, what they decide, what comes of it. Pure. */
import type { Aspect, Person, ReleaseSettings, Review, Verdict } from '../../model/release.ts'
import type { Instant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'

export type Order = ReleaseSettings['order']

/** All of them at once, or the first of a line: with a day by which it is due. */
export function openReviews({ aspects, order, days }: ReleaseSettings, now: Instant): readonly Review[] {
  return calledUp(
    aspects.map((aspect) => ({ aspect })),
    order,
    days,
    now,
  )
}

/** Aspects that may be decided now. */
export function turnOf(reviews: readonly Review[], order: Order): readonly Aspect[] {
  const open = reviews.filter(({ verdict }) => verdict === undefined).map(({ aspect }) => aspect)
  return order === 'line' ? open.slice(0, 1) : open
}

/** Of those whose turn it is, the ones that somebody who may decide `allowed` may; in line, as far as they come without another. */
export function reachOf(reviews: readonly Review[], order: Order, allowed: readonly Aspect[]): readonly Aspect[] {
  const open = reviews.filter(({ verdict }) => verdict === undefined).map(({ aspect }) => aspect)
  if (order === 'parallel') return open.filter((aspect) => allowed.includes(aspect))
  const other = open.findIndex((aspect) => !allowed.includes(aspect))
  return other === -1 ? open : open.slice(0, other)
}

export interface Decision {
  readonly aspects: readonly Aspect[]
  readonly verdict: Verdict
  readonly by: Person
  readonly at: Instant
  readonly reason?: string
}

/** One after the other, so that somebody who looks at several may do so in one go, in line too. Throws `conflict` out of turn. */
export function decide(reviews: readonly Review[], order: Order, days: number, decision: Decision): readonly Review[] {
  const { aspects, verdict, by, at, reason } = decision
  return aspects.reduce((before, aspect) => {
    if (!turnOf(before, order).includes(aspect)) throw outOfTurn(before, aspect)
    const decided = before.map((one) =>
      one.aspect === aspect ? { ...one, verdict, by, at, ...(reason !== undefined && { reason }) } : one,
    )
    return calledUp(decided, order, days, at)
  }, reviews)
}

/** One refusal is enough; granted when all have approved, also where there are none to ask. */
export function outcomeOf(reviews: readonly Review[]): 'open' | Verdict {
  if (reviews.some(({ verdict }) => verdict === 'refused')) return 'refused'
  return reviews.every(({ verdict }) => verdict === 'approved') ? 'approved' : 'open'
}

const DAY = 86_400_000
/** A reminder comes so many days before a review is due, and again when it is. */
const EARLY = 3

/** Those whose reviewers are to be reminded now. */
export function toRemind(reviews: readonly Review[], now: Instant): readonly Aspect[] {
  const time = Date.parse(now)
  return reviews.flatMap(({ aspect, due, verdict, reminded }) => {
    if (due === undefined || verdict !== undefined) return []
    const steps = [Date.parse(due) - EARLY * DAY, Date.parse(due)].filter((step) => step <= time)
    const last = reminded === undefined ? -Infinity : Date.parse(reminded)
    return steps.some((step) => step > last) ? [aspect] : []
  })
}

export function later(at: Instant, days: number): Instant {
  return new Date(Date.parse(at) + days * DAY).toISOString()
}

function calledUp(reviews: readonly Review[], order: Order, days: number, now: Instant): readonly Review[] {
  const turn = turnOf(reviews, order)
  return reviews.map((one) => (one.due === undefined && turn.includes(one.aspect) ? { ...one, due: later(now, days) } : one))
}

function outOfTurn(reviews: readonly Review[], aspect: Aspect): Problem {
  const decided = reviews.some((one) => one.aspect === aspect && one.verdict !== undefined)
  return new Problem(
    'conflict',
    decided
      ? { de: 'Darüber ist schon entschieden.', en: 'This has been decided already.' }
      : { de: 'Diese Prüfung ist noch nicht an der Reihe.', en: 'It is not this review’s turn yet.' },
    { pointer: '/aspects' },
  )
}

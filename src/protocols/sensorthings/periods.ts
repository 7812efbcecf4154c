/**
 * periods: how instants and intervals compare. `lt` means wholly before, `gt` wholly after, `le` and `ge` that neither the start nor
 * the end lies beyond, `eq` the same. Intervals are half-open: one that ends when another starts is before it.
 */
import { shifted } from '../../model/time.ts'
import { and, or, type Comparator, type Filter, type Operand } from '../../query/filter.ts'

/** An 'open' one is a property that is an instant when its end is missing. */
export interface Period {
  readonly is: 'instant' | 'interval' | 'open'
  readonly start: Operand
  readonly end: Operand
}

export const instant = (at: Operand): Period => ({ is: 'instant', start: at, end: at })

export function comparePeriods(p: Period, by: string, q: Period): Filter | undefined {
  return Object.hasOwn(MEANING, by) ? MEANING[by]?.(p, q) : undefined
}

const MEANING: Readonly<Record<string, (p: Period, q: Period) => Filter>> = {
  lt: before,
  gt: (p, q) => before(q, p),
  le: (p, q) => and(compare(p.start, '<=', q.start), ...(p.is === 'instant' && q.is === 'instant' ? [] : [ends(p, '<=', q)])),
  ge: (p, q) => and(compare(p.start, '>=', q.start), ...(q.is === 'instant' ? [] : [ends(p, '>=', q)])),
  eq: same,
  ne: (p, q) => and(compare(p.start, '<>', { value: null }), { is: 'not', of: same(p, q) }),
  before,
  after: (p, q) => before(q, p),
  meets: (p, q) => or(endsAt(p, '=', q.start), endsAt(q, '=', p.start)),
  during: (p, q) => and(compare(p.start, '>=', q.start), ends(p, '<=', q)),
  overlaps: (p, q) => or(compare(p.start, '=', q.start), and(endsAt(q, '>', p.start), endsAt(p, '>', q.start))),
  starts: (p, q) => compare(p.start, '=', q.start),
  finishes: (p, q) => ends(p, '=', q),
}

/** `time add duration` against a known time is `time` against an earlier one: what an index can answer. */
function compare(left: Operand, by: Comparator, right: Operand): Filter {
  const [a, b] = [unmoved(left, right), unmoved(right, left)]
  return { is: 'compare', left: a?.time ?? b?.known ?? left, by, right: a?.known ?? b?.time ?? right }
}

function unmoved(of: Operand, beside: Operand): { readonly time: Operand; readonly known: Operand } | undefined {
  if (!('call' in of) || of.call !== 'shift' || !('instant' in beside)) return undefined
  const [time, seconds] = of.args
  if (time === undefined || seconds === undefined || !('value' in seconds)) return undefined
  const instant = shifted(beside.instant, -Number(seconds.value))
  if (instant === undefined) return undefined
  return unmoved(time, { instant }) ?? { time, known: { instant } }
}

const isMissing = (of: Operand): Filter => compare(of, '=', { value: null })

function same(p: Period, q: Period): Filter {
  const starts = compare(p.start, '=', q.start)
  return p.is === 'instant' && q.is === 'instant' ? starts : and(starts, ends(p, '=', q))
}

/** The first condition of an open period is implied by the rest; it is what an index on the start can answer. */
function before(p: Period, q: Period): Filter {
  if (p.is === 'instant') return compare(p.start, '<', q.start)
  if (p.is === 'interval') return compare(p.end, '<=', q.start)
  const over = or(compare(p.end, '<=', q.start), and(isMissing(p.end), compare(p.start, '<', q.start)))
  return and(compare(p.start, '<=', q.start), over)
}

function endsAt(p: Period, by: Comparator, at: Operand): Filter {
  if (p.is !== 'open') return compare(p.end, by, at)
  return or(compare(p.end, by, at), and(isMissing(p.end), compare(p.start, by, at)))
}

function ends(p: Period, by: Comparator, q: Period): Filter {
  if (q.is !== 'open') return endsAt(p, by, q.end)
  return or(endsAt(p, by, q.end), and(isMissing(q.end), endsAt(p, by, q.start)))
}

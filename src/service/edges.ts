/**
 * edges: where the newest and the oldest observations of a series are. Without a bound, a page at either end of a series opens every month
 * there is; with the bound that served the last such page it opens one or two. The bound is only a guess: a page that comes back whole is
 * the right one, since what lies within the bound comes before all else in its order; any other is asked for again without it.
 */
import type { Observation } from '../model/observation.ts'
import type { Instant } from '../model/time.ts'
import { and, type Filter } from '../query/filter.ts'
import type { Page, Query } from '../query/query.ts'

type Asked = Query<'observation'>
type Ask = (query: Asked) => Promise<Page<'observation'>>

interface End {
  readonly series: number
  readonly newest: boolean
}

interface Edge {
  /** Undefined when the series has no more than a page, or too few at a time, so that a bound saves nothing. */
  readonly bound: Instant | undefined
  readonly limit: number
  /** By how much the bound lies beyond the page it was learnt from; grows each time it proves too near. */
  readonly room: number
}

const CAPACITY = 20_000
/** A page that ends within a moment still leaves room for the next to be a little longer. */
const LEAST = 3_600_000
const MOST_ROOM = 1024
/** Within four digits of a year, however far it lies. */
const [EARLIEST, LATEST] = [Date.UTC(1000, 0), Date.UTC(9000, 0)]

export class Edges {
  private readonly newest = new Map<number, Edge>()
  private readonly oldest = new Map<number, Edge>()

  async page(query: Asked, ask: Ask): Promise<Page<'observation'>> {
    const end = endOf(query)
    if (end === undefined) return ask(query)
    const known = (end.newest ? this.newest : this.oldest).get(end.series)
    if (known?.bound === undefined || known.limit < query.page.limit) return this.search(query, end, ask, known)
    const bounded = await ask({ ...query, count: false, where: and(query.where, within(end, known.bound)) })
    if (bounded.next === undefined) return this.search(query, end, ask, known)
    return query.count ? { ...bounded, ...(await totalOf(query, ask)) } : bounded
  }

  /** Without a bound, learning one for the next time. */
  private async search(query: Asked, end: End, ask: Ask, before: Edge | undefined): Promise<Page<'observation'>> {
    const page = await ask(query)
    const { limit } = query.page
    const room = before?.bound !== undefined && before.limit >= limit ? before.room * 4 : 1
    const bound = page.next === undefined || room > MOST_ROOM ? undefined : boundOf(page.items, end, room)
    const edges = end.newest ? this.newest : this.oldest
    if (edges.size >= CAPACITY) edges.clear()
    edges.set(end.series, { bound, limit, room })
    return page
  }
}

async function totalOf(query: Asked, ask: Ask): Promise<{ readonly total?: number }> {
  const { total } = await ask({ ...query, include: [], page: { limit: 0 } })
  return total === undefined ? {} : { total }
}

/** The end of a series that a query begins at: of one series, by time, from the start, and narrowed by nothing else. */
function endOf({ where, order, page }: Asked): End | undefined {
  const series = pinned(where)
  if (series === undefined || page.after !== undefined || page.limit === 0 || (page.offset ?? 0) > 0 || order.length > 1) return undefined
  const [first] = order
  if (first === undefined) return { series, newest: false }
  return 'path' in first.by && first.by.path.length === 1 && first.by.path[0] === 'time' ? { series, newest: first.descending } : undefined
}

function pinned(where: Filter): number | undefined {
  if (where.is === 'and') return where.of.length === 1 && where.of[0] !== undefined ? pinned(where.of[0]) : undefined
  if (where.is !== 'compare' || where.by !== '=' || !('path' in where.left) || !('value' in where.right)) return undefined
  const { value } = where.right
  return where.left.path[0] === 'series' && typeof value === 'number' ? value : undefined
}

function within({ newest }: End, bound: Instant): Filter {
  return { is: 'compare', left: { path: ['time'] }, by: newest ? '>=' : '<=', right: { instant: bound } }
}

/** Twice as far as the page went, or more. */
function boundOf(items: readonly Observation[], { newest }: End, room: number): Instant | undefined {
  const first = Date.parse(items[0]?.time ?? '')
  const last = Date.parse(items.at(-1)?.time ?? '')
  const far = Math.max(LEAST, Math.abs(first - last)) * room
  const bound = newest ? last - far : last + far
  return bound > EARLIEST && bound < LATEST ? new Date(bound).toISOString() : undefined
}

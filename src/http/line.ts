/** line: the numbers of a series thinned out for a chart, read once and page by page. */
import { downsample, type Downsampling, type Point } from '../model/downsample.ts'
import type { Series } from '../model/series.ts'
import { parseInstant, type Instant } from '../model/time.ts'
import { and, equals, type Comparator, type Filter } from '../query/filter.ts'
import { ask } from '../query/query.ts'
import type { Principal } from '../rights/principal.ts'
import type { Service } from '../service/service.ts'

export interface Wish {
  readonly how: Downsampling
  readonly points: number
  readonly from?: Instant
  readonly until?: Instant
}

export interface Dot {
  readonly time: Instant
  readonly result: number
}

/** Between its first observation and its last where nothing narrower is said. */
export async function lineOf(service: Service, who: Principal, { id, period }: Pick<Series, 'id' | 'period'>, wish: Wish): Promise<Dot[]> {
  if (period === undefined) return []
  const [start, end] = [Date.parse(period.start), Date.parse(period.end) + 1]
  const from = wish.from === undefined ? start : Math.max(start, Date.parse(wish.from))
  const until = wish.until === undefined ? end : Math.min(end, Date.parse(wish.until))
  const where = and(equals(['series'], id), bound('>=', wish.from), bound('<', wish.until))
  const found = await downsample(wish.how, { from, until, points: wish.points }, numbersOf(service, who, where))
  return found.map(({ at, value }) => ({ time: parseInstant(new Date(at).toISOString()), result: value }))
}

function bound(by: Comparator, at: Instant | undefined): Filter {
  return at === undefined ? { is: 'everything' } : { is: 'compare', left: { path: ['time'] }, by, right: { instant: at } }
}

async function* numbersOf(service: Service, who: Principal, where: Filter): AsyncIterable<Point> {
  const order = [{ by: { path: ['time'] as const }, descending: false }]
  for await (const { time, result } of service.stream(who, { ...ask('observation', where, Number.MAX_SAFE_INTEGER), order }))
    if (typeof result === 'number') yield { at: Date.parse(time), value: result }
}

/** How many points a chart asks for. */
export function pointsIn(text: string): number | undefined {
  const points = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return points >= 4 && points <= 5000 ? points : undefined
}

/**
 * downsample: a long line thinned out for a chart, in one pass. Time is cut into equal pixels; of each are kept its least and greatest value,
 * its average, or the point that LTTB chooses: the corner of the largest triangle with the point chosen before and the middle of the pixel
 * after (Steinarsson 2013). That corner lies on the convex hull of its pixel, so nothing but the hull is remembered.
 */
export interface Point {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly value: number
}

export const DOWNSAMPLINGS = ['lttb', 'minmax', 'avg'] as const
export type Downsampling = (typeof DOWNSAMPLINGS)[number]

export interface Frame {
  readonly from: number
  readonly until: number
  /** At most so many come out; at least 4. */
  readonly points: number
}

/** `points` come in the order of time and lie within the frame. */
export function downsample(how: Downsampling, frame: Frame, points: AsyncIterable<Point>): Promise<readonly Point[]> {
  return { lttb, minmax, avg }[how](frame, points)
}

/** The points of one pixel: as many as matter, and what they are in the middle. */
class Pixel {
  readonly index: number
  private count = 0
  private sum = { at: 0, value: 0 }
  private readonly upper: Point[] = []
  private readonly lower: Point[] = []

  constructor(index: number) {
    this.index = index
  }

  add(point: Point): void {
    this.count++
    this.sum = { at: this.sum.at + point.at, value: this.sum.value + point.value }
    bend(this.upper, point, 1)
    bend(this.lower, point, -1)
  }

  get middle(): Point {
    return { at: this.sum.at / this.count, value: this.sum.value / this.count }
  }

  farthest(a: Point, c: Point): Point {
    const area = (b: Point) => Math.abs((a.at - c.at) * (b.value - a.value) - (a.at - b.at) * (c.value - a.value))
    return [...this.upper, ...this.lower].reduce((best, one) => (area(one) > area(best) ? one : best))
  }
}

/** One side of a convex hull, in the order of time. */
function bend(side: Point[], point: Point, way: 1 | -1): void {
  for (let [a, b] = side.slice(-2); a && b && way * turn(a, b, point) >= 0; [a, b] = side.slice(-2)) side.pop()
  side.push(point)
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.at - a.at) * (c.value - a.value) - (b.value - a.value) * (c.at - a.at)
}

/** The first point and the last always stay. */
async function lttb(frame: Frame, points: AsyncIterable<Point>): Promise<readonly Point[]> {
  const index = pixelsOf(frame, frame.points - 2)
  const chosen: Point[] = []
  let [waiting, open]: (Pixel | undefined)[] = []
  let last: Point | undefined
  const choose = (of: Pixel, next: Point) => chosen.push(of.farthest(chosen.at(-1) ?? next, next))
  for await (const point of points) {
    if (last !== undefined && chosen.length === 0) chosen.push(last)
    else if (last !== undefined) {
      if (open?.index !== index(last)) {
        const next = new Pixel(index(last))
        next.add(last)
        if (waiting && open) choose(waiting, open.middle)
        ;[waiting, open] = [open, next]
      } else open.add(last)
    }
    last = point
  }
  if (last === undefined) return chosen
  if (waiting && open) choose(waiting, open.middle)
  if (open) choose(open, last)
  return [...chosen, last]
}

async function minmax(frame: Frame, points: AsyncIterable<Point>): Promise<readonly Point[]> {
  const least = new Map<number, Point>()
  const most = new Map<number, Point>()
  const index = pixelsOf(frame, Math.floor(frame.points / 2))
  for await (const point of points) {
    const at = index(point)
    if (point.value < (least.get(at)?.value ?? Infinity)) least.set(at, point)
    if (point.value > (most.get(at)?.value ?? -Infinity)) most.set(at, point)
  }
  const both = [...new Set([...least.values(), ...most.values()])]
  return both.toSorted((a, b) => a.at - b.at)
}

/** Each average stands where its pixel begins. */
async function avg(frame: Frame, points: AsyncIterable<Point>): Promise<readonly Point[]> {
  const sums = new Map<number, { sum: number; count: number }>()
  const index = pixelsOf(frame, frame.points)
  for await (const point of points) {
    const before = sums.get(index(point)) ?? { sum: 0, count: 0 }
    sums.set(index(point), { sum: before.sum + point.value, count: before.count + 1 })
  }
  const width = (frame.until - frame.from) / frame.points
  return [...sums].map(([i, { sum, count }]) => ({ at: Math.round(frame.from + i * width), value: sum / count }))
}

function pixelsOf({ from, until }: Frame, count: number): (point: Point) => number {
  const width = Math.max(1, until - from) / count
  return ({ at }) => Math.min(count - 1, Math.max(0, Math.floor((at - from) / width)))
}

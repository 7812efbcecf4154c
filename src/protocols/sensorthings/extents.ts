/** extents: what Datastreams said last of their observations, so that they are told of only when that is another now. */
import type { Found } from '../../query/query.ts'
import { V1 } from './v1/names.ts'

/** Beyond so many all are forgotten, and told of once more. */
const MOST = 100_000
const { phenomenonTime, resultTime, observedArea } = V1.types.Datastreams.readers

export class Extents {
  private readonly known = new Map<number, string>()

  /** Whether they are others than the last time; unknown ones are. */
  moved(item: Found): boolean {
    const now = JSON.stringify([phenomenonTime?.(item), resultTime?.(item), observedArea?.(item)])
    if (this.known.get(item.id) === now) return false
    if (this.known.size >= MOST) this.known.clear()
    this.known.set(item.id, now)
    return true
  }
}

/** moments: when items changed, and whether that made them, told by the outbox. */
import type { Noun } from '../../model/noun.ts'
import type { Change } from '../../service/service.ts'

/** When items changed, by their ids: one may have changed before somebody began to listen, and again after. */
export type Moments = Map<number, Changed>

export interface Changed {
  readonly moments: readonly number[]
  /** The one in which it was made, where it was. */
  readonly made?: number
}

export const NOT: Changed = { moments: [] }

export function add(to: Moments, id: number, changed: Changed): void {
  const known = to.get(id) ?? NOT
  const made = known.made ?? changed.made
  to.set(id, { moments: [...new Set([...known.moments, ...changed.moments])], ...(made !== undefined && { made }) })
}

export function touchedBy(changes: readonly Change[]): Readonly<Record<Noun, Moments>> {
  const touched: Record<Noun, Moments> = { dataset: new Map(), entity: new Map(), series: new Map(), observation: new Map() }
  for (const { noun, verb, items, moment } of changes) {
    const changed = { moments: [moment], ...(verb === 'made' && { made: moment }) }
    if (verb !== 'removed') for (const id of items) add(touched[noun], id, changed)
  }
  return touched
}

/** readers: who may read which of some datasets, as they are now: all of it, nothing, or some, which is asked for item by item. */
import type { Dataset } from '../../model/dataset.ts'
import { matches } from '../../query/matches.ts'
import { narrow, touches } from '../../rights/policy.ts'
import type { Principal } from '../../rights/principal.ts'

export type Extent = 'all' | 'some' | 'none'

export class Readers {
  private readonly known = new Map<Principal, Map<number, Extent>>()
  private readonly datasets: ReadonlyMap<number, Dataset>

  constructor(datasets: ReadonlyMap<number, Dataset>) {
    this.datasets = datasets
  }

  extent(who: Principal, id: number): Extent {
    const mine = this.known.get(who) ?? new Map<number, Extent>()
    this.known.set(who, mine)
    const known = mine.get(id)
    if (known !== undefined) return known
    const dataset = this.datasets.get(id)
    const extent = dataset === undefined ? 'none' : extentOf(who, dataset)
    mine.set(id, extent)
    return extent
  }
}

function extentOf(who: Principal, dataset: Dataset): Extent {
  if (matches(narrow(who, 'read', 'dataset'), dataset)) return 'all'
  return matches(touches(who, 'read'), dataset) ? 'some' : 'none'
}

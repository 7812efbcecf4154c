/** readers: who may read which of some datasets, as they are now. */
import type { Dataset } from '../../model/dataset.ts'
import { matches } from '../../query/matches.ts'
import { narrow } from '../../rights/policy.ts'
import type { Principal } from '../../rights/principal.ts'

export class Readers {
  private readonly known = new Map<Principal, Map<number, boolean>>()
  private readonly datasets: ReadonlyMap<number, Dataset>

  constructor(datasets: ReadonlyMap<number, Dataset>) {
    this.datasets = datasets
  }

  allow(who: Principal, id: number): boolean {
    const mine = this.known.get(who) ?? new Map<number, boolean>()
    this.known.set(who, mine)
    const known = mine.get(id)
    if (known !== undefined) return known
    const dataset = this.datasets.get(id)
    const allowed = dataset !== undefined && matches(narrow(who, 'read', 'dataset'), dataset)
    mine.set(id, allowed)
    return allowed
  }
}

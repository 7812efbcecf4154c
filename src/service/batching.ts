/** batching: one batch of drafts while it is kept: where it goes, and what is known of it by now. */
import type { Dataset } from '../model/dataset.ts'
import type { Problem } from '../problem.ts'
import type { Ids, Partitions } from '../store/ids.ts'
import type { Store } from '../store/pool.ts'

/** What keeping one batch in one transaction needs and finds out. */
export interface Batching {
  readonly store: Store
  readonly ids: Ids
  readonly partitions: Partitions
  readonly dataset: Dataset
  readonly failed: Map<number, Problem>
  readonly checkResults: boolean
  /** Ids of things by IRI, and of series by thing and attribute. */
  readonly things: Map<string, number>
  readonly series: Map<string, number>
}

/** The four nouns. Everything the platform keeps is one of these, and each item belongs to one dataset. */
import type { Dataset } from './dataset.ts'
import type { Entity } from './entity.ts'
import type { Observation } from './observation.ts'
import type { Series } from './series.ts'

export interface Nouns {
  dataset: Dataset
  entity: Entity
  series: Series
  observation: Observation
}

export type Noun = keyof Nouns

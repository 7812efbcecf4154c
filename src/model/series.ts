/** Series: what is measured about an entity, in which unit, by what sensor. A Datastream; the history behind an attribute. */
import type { Box } from './geometry.ts'
import type { JsonObject } from './json.ts'
import type { Result } from './observation.ts'
import type { Instant, Interval } from './time.ts'

/** 'value' is a Datastream; 'place' is the history of where an entity was (SensorThings: HistoricalLocations); 'task' is what it was told to do. */
export type SeriesKind = 'value' | 'place' | 'task'

/** The unit as it was delivered, beside the code of the registry (model/units.ts) when it is known. Values are never converted. */
export interface Unit {
  readonly name: string | null
  readonly symbol: string | null
  readonly definition: string | null
  /** UCUM code from the registry: "ug/m3". */
  readonly code?: string
}

/** One place of a result that is a list: what it says, in which unit. */
export interface Part {
  /** Entity of role property. */
  readonly property: number
  readonly unit: Unit
  readonly observationType: string
  /** What it is called where results are records. */
  readonly name?: string
}

export interface Series {
  readonly id: number
  readonly dataset: number
  /** The entity it is about (role thing). */
  readonly entity: number
  /** Term of what is observed: "pm10"; unique per entity together with datasetId. */
  readonly attribute: string
  /** NGSI-LD datasetId, when an entity has the attribute several times; '' is the default one. */
  readonly instance: string
  readonly kind: SeriesKind
  readonly name: string
  readonly description: string
  /** IRI of the OGC observation type. */
  readonly observationType: string
  readonly unit: Unit
  /** Of a series whose results are lists: what stands at each position. No property stands twice. */
  readonly parts?: readonly Part[]
  /** SWE Common: what its values must look like, where the observation type does not say it. */
  readonly schema?: JsonObject
  /** Entities of role property (of several the first), sensor or actuator, and feature. */
  readonly property?: number
  readonly sensor?: number
  readonly feature?: number
  /** What it is about in the end, beside the feature that is looked at: entities of role feature. */
  readonly ultimates?: readonly number[]
  readonly properties: JsonObject
  /** Kept exact by the store: over all its observations. */
  readonly count: number
  readonly latest?: Latest
  readonly period?: Interval
  readonly resultPeriod?: Interval
  readonly observedArea?: Box
  readonly created: Instant
  readonly modified: Instant
}

export interface Latest {
  readonly id: number
  readonly time: Instant
  readonly end?: Instant
  readonly result: Result
}

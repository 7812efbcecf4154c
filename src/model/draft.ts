/** Drafts: what a source says, by natural keys (IRIs and terms) instead of ids. service/keep.ts finds or makes the items behind them. */
import type { Geometry } from './geometry.ts'
import type { JsonObject } from './json.ts'
import type { CardDraft, EndDraft } from './record.ts'
import type { Result } from './observation.ts'
import type { Unit } from './series.ts'
import type { Instant } from './time.ts'

/** A thing and its static attributes; said again, it is amended where it differs. */
export interface EntityDraft {
  readonly draft: 'entity'
  readonly iri: string
  readonly type: string
  readonly name?: string
  readonly description?: string
  readonly geometry?: Geometry
  /** When it was there, where the source says so: a place that is older than what is known already becomes history. Else now. */
  readonly at?: Instant
  readonly attributes?: JsonObject
}

/** What is measured about a thing. Said before the first observation of it. */
export interface SeriesDraft {
  readonly draft: 'series'
  readonly entity: string
  readonly attribute: string
  readonly name?: string
  readonly description?: string
  readonly unit?: Unit
  /** The observed property: its name and the IRI that defines it. */
  readonly property?: { readonly name: string; readonly definition?: string; readonly description?: string }
  readonly sensor?: { readonly name: string; readonly description?: string; readonly metadata?: string }
  readonly observationType?: string
}

export interface ObservationDraft {
  readonly draft: 'observation'
  readonly entity: string
  readonly attribute: string
  readonly time: Instant
  readonly end?: Instant
  readonly resultTime?: Instant
  readonly result: Result
  /** The source may say it twice: what is there at the same time already is left as it is, whatever the dataset's policy. */
  readonly once?: boolean
  readonly quality?: JsonObject
  readonly parameters?: JsonObject
}

/** Of things and what is measured about them. */
export type DataDraft = EntityDraft | SeriesDraft | ObservationDraft

export type Draft = DataDraft | CardDraft | EndDraft

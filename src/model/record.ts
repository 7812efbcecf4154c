/** Record: what another catalogue says of a dataset of its own, and what became of it here. */
import type { Said } from '../problem.ts'
import type { Json } from './json.ts'
import type { Wording } from './release.ts'
import type { Text } from './text.ts'
import type { Instant } from './time.ts'

/** What was wrong with one field of a record, and what was done about it. */
export interface Remark {
  readonly field: string
  /** repaired: it says now what was meant. kept: it stands as it came. missing: there was nothing. */
  readonly what: 'repaired' | 'kept' | 'missing'
  readonly said: Said
  readonly value?: string
}

/** What a source says of a dataset. */
export type CardWording = Pick<
  Wording,
  'title' | 'description' | 'keywords' | 'themes' | 'licence' | 'publisher' | 'contact' | 'properties'
>

/** A card of another catalogue, by the identifier that it has there. */
export interface CardDraft {
  readonly draft: 'card'
  readonly origin: string
  /** When it changed at its source. */
  readonly modified?: Instant
  readonly card: CardWording
  readonly remarks: readonly Remark[]
  /** Names this reading of the whole source, however often it is interrupted. */
  readonly sweep: string
  /** Whether others see it at once; else it waits as a draft. */
  readonly release: boolean
}

/** The whole source was read: what was not in it is there no more. */
export interface EndDraft {
  readonly draft: 'end'
  readonly sweep: string
  /** All identifiers that the source has, where only those that changed were read. */
  readonly present?: readonly string[]
  /** Per cent of what is known that may vanish at once; a source that loses more is not believed. */
  readonly loss: number
}

/** elsewhere: another catalogue has it too, and says the newer. */
export const BECAME = ['new', 'changed', 'same', 'back', 'gone', 'elsewhere'] as const
export type Became = (typeof BECAME)[number]

/** What became of one record. */
export interface RecordNote {
  readonly origin: string
  readonly slug?: string
  readonly title: Text
  readonly became: Became
  readonly changes: Readonly<Record<string, { readonly was: Json; readonly is: Json }>>
  readonly findings: readonly Remark[]
}

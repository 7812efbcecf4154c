/** Dataset: the catalogue card, and the unit of rights, release and quality. Everything else belongs to exactly one. */
import type { Box } from './geometry.ts'
import type { Interval, Instant } from './time.ts'
import type { JsonObject } from './json.ts'
import type { Text } from './text.ts'

/** Who may read the payload: everyone, those who were granted it, or only its keepers. */
export type Access = 'public' | 'internal' | 'restricted'
const WIDTH: Readonly<Record<Access, number>> = { restricted: 0, internal: 1, public: 2 }

/** Whether more people see it so than so. */
export const isWider = (one: Access, other: Access): boolean => WIDTH[one] > WIDTH[other]

export type State = 'draft' | 'review' | 'released' | 'withdrawn' | 'archived'
/** What happens when an observation comes that its series already has at the same time. */
export type Duplicates = 'keep' | 'replace' | 'skip'

export interface Agent {
  readonly name: string
  readonly email?: string
  readonly url?: string
}

export interface Dataset {
  readonly id: number
  readonly tenant: number
  /** Its name in addresses: lower-case letters, digits and hyphens; unique in the tenant. */
  readonly slug: string
  readonly title: Text
  readonly description: Text
  readonly keywords: readonly string[]
  /** Codes of the EU data theme vocabulary: "ENVI", "TRAN". */
  readonly themes: readonly string[]
  /** IRI of the licence. */
  readonly licence?: string
  readonly publisher?: Agent
  readonly contact?: Agent
  readonly access: Access
  readonly state: State
  readonly duplicates: Duplicates
  /** What the catalogue knows beyond the columns: columns with units, provenance, update rhythm. */
  readonly properties: JsonObject
  /** Its identifier in the catalogue that it comes from; absent: it is at home here. */
  readonly origin?: string
  /** Found from the data, never set by hand. */
  readonly extent?: Box
  readonly period?: Interval
  readonly created: Instant
  readonly modified: Instant
}

/** One way to get at a dataset: a file, a service, a page. */
export interface Distribution {
  readonly title: Text
  readonly url: string
  readonly mediaType: string
  /** The standard it speaks, as an IRI. */
  readonly conformsTo?: string
  /** A file that holds the data, or a service that is asked for it. */
  readonly kind: 'download' | 'service'
  readonly description?: Text
  /** The page that leads to it, where the address is that of the file itself. */
  readonly access?: string
  /** Where it is another one than that of the dataset. */
  readonly licence?: string
  /** Who is to be named. */
  readonly attribution?: string
  /** Code of the EU file types. */
  readonly format?: string
  readonly bytes?: number
  readonly modified?: Instant
}

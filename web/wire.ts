/** wire: what /api/v1 says, as docs/api-v1.md has it. */
import type { Grant } from './wire-rights.ts'

export type Text = Readonly<Partial<Record<string, string>>>
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface Listed<T> {
  readonly items: readonly T[]
  readonly next?: string
  readonly total?: number
}

export interface Account {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly admin: boolean
  /** Whether keeping the platform alive is their duty. */
  readonly sustains?: boolean
}

export interface Person extends Account {
  readonly disabled: boolean
  readonly grants: readonly Grant[]
}

export interface Session {
  readonly account: Account | null
  readonly tenant: { readonly slug: string; readonly name: string }
  readonly firstRun: boolean
  readonly empty: boolean
}

export type Access = 'public' | 'internal' | 'restricted'
export type State = 'draft' | 'review' | 'released' | 'withdrawn' | 'archived'

export interface Agent {
  readonly name: string
  readonly email?: string
  readonly url?: string
}

export interface Period {
  readonly start: string
  readonly end: string
}

export interface Distribution {
  readonly title: Text
  readonly url: string
  readonly mediaType: string
  readonly conformsTo?: string
  readonly kind: 'download' | 'service'
  /** Of files that lie with others. */
  readonly format?: string
  readonly bytes?: number
}

/** What can be said about a dataset by hand. */
export interface Described {
  readonly slug: string
  readonly title: Text
  readonly description: Text
  readonly keywords: readonly string[]
  readonly themes: readonly string[]
  readonly licence?: string
  readonly publisher?: Agent
  readonly contact?: Agent
  readonly access: Access
}

export interface Card extends Described {
  readonly id: number
  readonly state: State
  readonly duplicates: 'keep' | 'replace' | 'skip'
  /** Its identifier in the catalogue that it comes from. */
  readonly origin?: string
  readonly properties?: Readonly<Record<string, Json>>
  readonly extent?: readonly [number, number, number, number]
  readonly period?: Period
  readonly created: string
  readonly modified: string
  readonly distributions?: readonly Distribution[]
  readonly counts?: { readonly entities: number; readonly series: number; readonly observations: number }
}

export interface QualityMetric {
  readonly id: string
  readonly dimension: string
  readonly points: number
  readonly of: number
  readonly yours: boolean
  readonly advice?: string
}

export interface Quality {
  readonly points: number
  readonly of: number
  readonly rating: 'excellent' | 'good' | 'sufficient' | 'bad'
  readonly metrics: readonly QualityMetric[]
}

export interface Facet {
  readonly value: string
  readonly count: number
}

export interface Catalogue extends Listed<Card> {
  readonly facets?: {
    readonly themes?: readonly Facet[]
    readonly licences?: readonly Facet[]
    readonly publishers?: readonly Facet[]
    readonly access?: readonly Facet[]
  }
}

export interface Unit {
  readonly name: string | null
  readonly symbol: string | null
  readonly definition?: string | null
}

export interface Series {
  readonly id: number
  readonly entity?: number
  readonly attribute: string
  readonly name: string
  readonly description?: string
  readonly unit?: Unit
  readonly count: number
  readonly period?: Period
  readonly latest?: { readonly time: string; readonly end?: string; readonly result: Json }
  readonly with?: { readonly entity?: Listed<Entity>; readonly property?: Listed<Entity> }
}

export type Geometry =
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] }
  | { readonly type: 'Point' | 'MultiPoint' | 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon'; readonly coordinates: Json }

export interface Entity {
  readonly id: number
  readonly iri: string
  readonly types: readonly string[]
  readonly name: string
  readonly description: string
  readonly geometry?: Geometry
  readonly attributes: Readonly<Record<string, Json>>
  readonly with?: { readonly series?: Listed<Series>; readonly dataset?: Listed<Card> }
}

export interface Bucket {
  readonly start: string
  readonly count: number
  readonly avg?: number
  readonly min?: number
  readonly max?: number
  readonly sum?: number
  readonly median?: number
}

/** A JSON Schema, as far as forms are drawn from it. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly title?: string | { readonly de?: string; readonly en?: string }
  readonly description?: string | { readonly de?: string; readonly en?: string }
  readonly const?: Json
  readonly oneOf?: readonly Schema[]
  readonly contentMediaType?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly Json[]
  readonly default?: Json
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly writeOnly?: boolean
  /** It names datasets, or records of a kind. */
  readonly refers?: string
}

export interface Connector {
  readonly name: string
  readonly title: { readonly de: string; readonly en: string }
  readonly mode: 'pull' | 'push'
  readonly options: Schema
}

export type Said = string | Text

export interface Source {
  readonly id: number
  readonly name: string
  readonly connector: string
  readonly options: Readonly<Record<string, Json>>
  /** Pointers to secrets that are set and not shown. */
  readonly secrets?: readonly string[]
  readonly dataset: string
  readonly schedule: string | null
  readonly zone: string
  readonly enabled: boolean
  /** Where messages are pushed to. */
  readonly url: string | null
}

export type RunState = 'queued' | 'running' | 'succeeded' | 'partly' | 'failed' | 'cancelled'

export interface Run {
  readonly id: number
  readonly source: number
  readonly kind: 'pull' | 'push' | 'replay'
  readonly state: RunState
  readonly dry: boolean
  readonly queued: string
  readonly started: string | null
  readonly ended: string | null
  readonly read: number
  readonly stored: number
  readonly skipped: number
  readonly replaced: number
  readonly rejected: number
  readonly total: number | null
  readonly rate: number | null
  readonly made?: { readonly records?: Readonly<Partial<Record<Became, number>>> }
  readonly warnings?: readonly Said[]
  readonly error: { readonly kind?: string; readonly detail: string; readonly at?: Readonly<Record<string, Json>> } | null
}

export type Became = 'new' | 'changed' | 'same' | 'back' | 'gone' | 'elsewhere'

/** A dataset of another catalogue, as a run found it. */
export interface CatalogueRecord {
  readonly id: number
  readonly origin: string
  readonly slug: string | null
  readonly title: Text
  readonly became: Became
  readonly changes: Readonly<Record<string, { readonly was: Json; readonly is: Json }>>
  readonly findings: readonly { readonly field: string; readonly what: string; readonly said: string; readonly value?: string | null }[]
}

export interface Reject {
  readonly id: number
  readonly reason: Said
  readonly file?: string
  readonly line?: number
  readonly column?: string
  readonly value?: string
  readonly row?: Json
}

/** What is shown before anything is stored. */
export interface Preview {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly line?: number; readonly row: Json }[]
  readonly drafts: readonly Draft[]
  readonly rejected: readonly Omit<Reject, 'id'>[]
  readonly counts: Readonly<Record<string, number>>
  readonly warnings?: readonly Said[]
  readonly more: boolean
}

export interface Draft {
  readonly draft: 'entity' | 'series' | 'observation' | 'card' | 'end'
  readonly origin?: string
  readonly card?: { readonly title: Text }
  readonly remarks?: readonly { readonly field: string; readonly said: Said; readonly value?: string }[]
  readonly iri?: string
  readonly name?: string
  readonly entity?: string
  readonly attribute?: string
  readonly time?: string
  readonly result?: Json
  readonly unit?: Unit
}

export interface Token {
  readonly id: number
  readonly name: string
  readonly prefix: string
  readonly verbs: readonly string[]
  readonly datasets: readonly string[] | null
  readonly created?: string
  readonly expires?: string | null
  readonly used?: string | null
}

export interface Upload {
  readonly upload: string
  readonly name: string
  readonly size: number
  readonly hash: string
}

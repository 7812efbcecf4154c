/** wire-sustain: what keeps the platform alive, as the API gives it. */
import type { Json, Schema } from './wire.ts'

type Both = { readonly de: string; readonly en: string }

export interface Kind {
  readonly name: string
  readonly title: Both
  readonly titles: Both
  readonly lead: Both
  readonly schema: Schema
}

export interface Kept {
  readonly id: number
  readonly kind: string
  readonly title: string
  readonly fields: Readonly<Record<string, Json>>
  readonly shown: readonly string[]
  readonly version: number
  readonly review: string | null
  readonly author: string
  readonly modified: string
  readonly findings: readonly { readonly field: string; readonly weight: 'gap' | 'hint'; readonly said: string }[]
}

export interface Whole extends Kept {
  readonly named: readonly { readonly id: number; readonly kind: string; readonly title: string; readonly field: string }[]
}

export interface Before {
  readonly version: number
  readonly title: string
  readonly fields: Readonly<Record<string, Json>>
  readonly author: string
  readonly at: string
}

export interface Course {
  readonly values: readonly {
    readonly day: string
    readonly value: number
    readonly measured: boolean
    readonly note: string
    readonly author: string
  }[]
  readonly latest?: number
  readonly reached?: number
  readonly problem?: string
}

export interface Tile {
  readonly name: 'operation' | 'funding' | 'roles' | 'roadmap'
  readonly score: number
  readonly reasons: readonly Both[]
  readonly next?: Both & { readonly kind: string }
}

export interface Cockpit {
  readonly tiles: readonly Tile[]
  /** Cents. */
  readonly plan: readonly { readonly year: number; readonly costs: number; readonly funded: number; readonly gap: number }[]
  readonly ends?: { readonly title: string; readonly until: string; readonly days: number }
  readonly stages: Readonly<Record<string, number>>
  readonly due: readonly { readonly id: number; readonly kind: string; readonly title: string; readonly review: string }[]
}

export interface PublicUseCase {
  readonly id: number
  readonly title: string
  readonly fields: Readonly<Record<string, Json>>
  readonly indicators: readonly {
    readonly id: number
    readonly title: string
    readonly fields: Readonly<Record<string, Json>>
    readonly values: readonly { readonly day: string; readonly value: number }[]
  }[]
}

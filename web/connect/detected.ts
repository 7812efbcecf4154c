/** detected: what /detect says about a file, and what can be corrected about it. */
import type { Json, Said } from '../wire.ts'

/** What a column is to a thing or its series. */
export type Role = 'ignore' | 'id' | 'name' | 'attribute' | 'series' | 'time' | 'x' | 'y' | 'place'

export interface Detected {
  readonly format?: string
  readonly encoding?: string
  readonly delimiter?: string
  readonly decimal?: string
  readonly columns: readonly DetectedColumn[]
  readonly rows: readonly Json[]
  readonly mapping: Mapping
  readonly options: { readonly format: Readonly<Record<string, Json>> }
  readonly warnings: readonly Said[]
}

export interface DetectedColumn {
  readonly name: string
  readonly type: string
  readonly unit?: string
  readonly samples: readonly Json[]
  readonly suggestion: { readonly role: Role }
}

/** As much of a mapping as the wizard writes; what it does not know it leaves as suggested. */
export interface Mapping {
  readonly entity: {
    readonly id: string
    readonly type: string
    readonly name?: string
    readonly description?: string
    readonly place?: { readonly x?: string; readonly y?: string; readonly column?: string; readonly crs?: string; readonly moves?: boolean }
    readonly attributes?: readonly { readonly column: string; readonly name?: string }[]
  }
  readonly series?: readonly SeriesRule[]
  readonly long?: { readonly attribute: string; readonly value: string; readonly unit?: string }
  readonly time?: {
    readonly columns: readonly string[]
    readonly end?: readonly string[]
    readonly format?: string
    readonly zone?: string
  }
  readonly decimal?: string
}

export interface SeriesRule {
  readonly column: string
  readonly attribute: string
  readonly name?: string
  readonly unit?: string
}

/** A row is a list of cells, or an object by column. */
export function cellOf(row: Json, column: string, at: number): string {
  const cell: Json | undefined = Array.isArray(row)
    ? (row as readonly Json[])[at]
    : typeof row === 'object' && row !== null
      ? (row as { readonly [name: string]: Json })[column]
      : undefined
  if (cell === undefined || cell === null) return ''
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

/** table: what the writers of files take: columns that say their kind, and rows that come in batches as they are read. */
import type { Json } from '../../model/json.ts'

/** 'result' is a number, a text, a boolean or JSON, each row for itself; 'time' an instant; 'json' and 'geometry' are objects. */
export type Kind = 'text' | 'number' | 'boolean' | 'time' | 'result' | 'json' | 'geometry'

export interface Column {
  readonly name: string
  /** As German readers know it. */
  readonly title: string
  readonly kind: Kind
}

export type Row = readonly (Json | undefined)[]

export interface Table {
  readonly columns: readonly Column[]
  readonly batches: AsyncIterable<readonly Row[]>
}

/** How many rows are read at once: what is held in memory, and how long others wait while they are written. */
export const BATCH = 2000

/** Texts go to a reader; where a value is no text it is written as JSON. */
export function textOf(value: Json): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

/** Name, place and unit are the same from row to row. */
export function remembering(write: (value: Json | undefined) => string): (value: Json | undefined) => string {
  let [last, text]: [Json | undefined, string] = [undefined, write(undefined)]
  return (value) => {
    if (value !== last) [last, text] = [value, write(value)]
    return text
  }
}

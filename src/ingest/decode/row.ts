/** row: one record of a source by column name, with the place it was read from; readers hand them on in batches. */
import type { Json } from '../../model/json.ts'
import type { Said } from '../../problem.ts'
import type { Rejected } from '../connector.ts'
import type { Format } from './format.ts'

export interface Row {
  /** Line of the text, row of the sheet, or number of the element; the first is 1. */
  readonly line: number
  readonly file?: string
  readonly cells: Cells
}

/** Text from CSV; JSON and sheets have numbers, booleans and null as well. The cell `geometry` of GeoJSON is a geometry in WGS 84. */
export type Cells = Readonly<Record<string, Json>>

/** What is wrong with a value, for a clerk. */
export type Fault = Exclude<Said, string>

export interface Batch {
  /** The columns of a table, the same for all its rows; absent where each row has its own (JSON). */
  readonly columns?: readonly string[]
  readonly rows: readonly (Row | Rejected)[]
  /** How it was read: as told, and as found. */
  readonly format?: Format
  /** The sheets of the workbook. */
  readonly sheets?: readonly string[]
}

/** Rows as they come, at constant memory. Throws a Problem when the source as a whole cannot be read. */
export type Rows = AsyncGenerator<Batch, void, undefined>

/** Rows in a batch: large enough that awaiting costs nothing, small enough to hold. */
export const BATCH = 1000

export function rejected(reason: Said, at: Omit<Rejected, 'draft' | 'reason'>): Rejected {
  return { draft: 'rejected', reason, ...at }
}

export function isRejected(row: Row | Rejected): row is Rejected {
  return 'draft' in row
}

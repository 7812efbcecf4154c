/** rows: what readers and mappings make of bytes, gathered. */
import type { Rejected } from '../../src/ingest/connector.ts'
import type { Format } from '../../src/ingest/decode/format.ts'
import { readRows } from '../../src/ingest/decode/read.ts'
import { type Row, type Rows, isRejected } from '../../src/ingest/decode/row.ts'
import { type Outcome, mapRows } from '../../src/ingest/mapper.ts'
import type { Mapping } from '../../src/ingest/mapping.ts'
import { Problem } from '../../src/problem.ts'

export async function* bytesOf(content: string | Uint8Array, step = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
}

export interface Gathered {
  readonly columns: readonly string[] | undefined
  readonly rows: readonly Row[]
  readonly rejected: readonly Rejected[]
}

export async function gather(batches: Rows): Promise<Gathered> {
  const rows: Row[] = []
  const rejected: Rejected[] = []
  let columns: readonly string[] | undefined
  for await (const batch of batches) {
    columns = batch.columns ?? columns
    for (const row of batch.rows)
      if (isRejected(row)) rejected.push(row)
      else rows.push(row)
  }
  return { columns, rows, rejected }
}

/** In small chunks, so that each border of chunks is met. */
export function read(content: string | Uint8Array, format: Format = {}, step = 7): Promise<Gathered> {
  return gather(readRows(bytesOf(content, step), format))
}

export async function mapped(mapping: Mapping, content: string | Uint8Array, format: Format = {}): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for await (const outcome of mapRows(mapping, readRows(bytesOf(content, 4096), format))) outcomes.push(outcome)
  return outcomes
}

/** The Problem that a promise ends in. */
export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error: unknown = await promise.then(
    () => new Error('It went well.'),
    (reason: unknown) => reason,
  )
  if (error instanceof Problem) return error
  throw error
}

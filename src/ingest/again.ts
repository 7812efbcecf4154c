/** again: rejected rows, corrected by hand, through a mapping once more. */
import type { Draft } from '../model/draft.ts'
import { isObject } from '../model/json.ts'
import type { Rejected, Run } from './connector.ts'
import type { Batch, Row } from './decode/row.ts'
import { mapRows } from './mapper.ts'
import type { Mapping } from './mapping.ts'

export function rowsAgain(mapping: Mapping, rows: readonly unknown[], run: Run): AsyncIterable<Draft | Rejected> {
  const watcher = { row: (cells: unknown, line: number) => run.row(cells, line) }
  return mapRows(mapping, batchOf(rows), watcher, run.dataset)
}

async function* batchOf(rows: readonly unknown[]): AsyncIterable<Batch> {
  yield { rows: rows.map((row, at): Row | Rejected => (isObject(row) ? { line: at + 1, cells: row } : noRow(row, at + 1))) }
}

function noRow(row: unknown, line: number): Rejected {
  return { draft: 'rejected', reason: { de: 'Das ist keine Zeile mit Spalten.', en: 'This is no row with columns.' }, line, row }
}

/** rejects: rows that could not be read, with their place and the reason, kept so that they can be corrected. */
import { jsonText } from './json-text.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface RejectRow {
  readonly id: number
  readonly reason: unknown
  readonly file: string | null
  readonly line: number | null
  readonly column: string | null
  readonly value: string | null
  readonly row: unknown
}

export async function insertRejects(store: Store, run: number, rejects: readonly Omit<RejectRow, 'id'>[]): Promise<void> {
  if (rejects.length === 0) return
  await store.query(
    sql`insert into reject (run, reason, file, line, "column", value, "row")
        select ${run}, x.reason, x.file, x.line, x."column", x.value, x."row"
        from jsonb_to_recordset(${jsonText(rejects)}::jsonb)
          as x(reason jsonb, file text, line bigint, "column" text, value text, "row" jsonb)`,
  )
}

/** In the order of the source. */
export function rejectsOf(store: Store, run: number, after: number, limit: number): Promise<readonly RejectRow[]> {
  return store.query<RejectRow>(
    sql`select id, reason, file, line, "column", value, "row" from reject where run = ${run} and id > ${after} order by id limit ${limit}`,
  )
}

export async function clearRejects(store: Store, run: number): Promise<void> {
  await store.query(sql`delete from reject where run = ${run}`)
}

/** run-records: what became of each record of another catalogue in one run, as far as there is anything to say. */
import { jsonText } from './json-text.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface RunRecordRow {
  readonly id: number
  readonly origin: string
  readonly slug: string | null
  readonly title: unknown
  readonly became: string
  readonly changes: unknown
  readonly findings: unknown
}

export async function insertRunRecords(store: Store, run: number, records: readonly Omit<RunRecordRow, 'id'>[]): Promise<void> {
  if (records.length === 0) return
  await store.query(
    sql`insert into run_record (run, origin, slug, title, became, changes, findings)
        select ${run}, x.origin, x.slug, x.title, x.became, x.changes, x.findings
        from jsonb_to_recordset(${jsonText(records)}::jsonb)
          as x(origin text, slug text, title jsonb, became text, changes jsonb, findings jsonb)`,
  )
}

/** In the order of the source; `became`: only these. */
export function runRecordsOf(store: Store, run: number, after: number, limit: number, became?: string): Promise<readonly RunRecordRow[]> {
  return store.query<RunRecordRow>(
    sql`select id, origin, slug, title, became, changes, findings from run_record
        where run = ${run} and id > ${after} and (${became ?? null}::text is null or became = ${became ?? null}::text) order by id limit ${limit}`,
  )
}

/** Of the runs of a source only so many go on telling about each record. */
export async function thinRunRecords(store: Store, source: number, runs: number): Promise<void> {
  await store.query(
    sql`delete from run_record where run in (
          select id from run where source = ${source} and state not in ('queued', 'running') order by id desc offset ${runs})`,
  )
}

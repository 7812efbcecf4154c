/** changes: the outbox, read in order. A reader stops before the oldest transaction that still runs, so that nothing is overtaken. */
import type { Noun } from '../model/noun.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface ChangeRow {
  readonly id: number
  readonly tenant: number
  readonly dataset: number
  readonly noun: Noun
  readonly verb: 'made' | 'changed' | 'removed'
  readonly items: readonly number[]
}

export async function changesAfter(store: Store, id: number, limit = 500): Promise<readonly ChangeRow[]> {
  const rows = await store.query<Omit<ChangeRow, 'items'> & { items: readonly string[] }>(sql`
    select id, tenant, dataset, noun, verb, items from change
    where id > ${id} and xid < pg_snapshot_xmin(pg_current_snapshot()) order by id limit ${limit}`)
  return rows.map((row) => ({ ...row, items: row.items.map(Number) }))
}

export async function lastChange(store: Store): Promise<number> {
  const [row] = await store.query<{ id: number }>(sql`select coalesce(max(id), 0)::bigint as id from change`)
  return row?.id ?? 0
}

/** Changes older than this many days are forgotten: whoever has not read them by then starts anew. */
export async function trimChanges(store: Store, days: number): Promise<void> {
  await store.query(sql`delete from change where at < now() - make_interval(days => ${days}::int)`)
}

/**
 * changes: the outbox, read in the order in which transactions began to write. A reader stops before the oldest one that still runs, so
 * nothing is overtaken; ids alone would not do, because a later id may be committed, and read, before an earlier one.
 */
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
  /** When it was written, as transactions count. */
  readonly moment: number
}

/** How far a reader has come: all of the transactions before, and of this one the rows up to the id. */
export interface Mark {
  readonly xid: string
  readonly id: number
}

interface Row extends Omit<ChangeRow, 'items' | 'moment'> {
  readonly xid: string
  readonly items: readonly string[]
}

export interface Changes {
  readonly rows: readonly ChangeRow[]
  /** Where the next reading starts. */
  readonly mark: Mark
}

export async function changesAfter(store: Store, mark: Mark, limit = 500): Promise<Changes> {
  const rows = await store.query<Row>(sql`
    select id, xid::text, tenant, dataset, noun, verb, items from change
    where (xid, id) > (${mark.xid}::xid8, ${mark.id}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by change.xid, change.id limit ${limit}`)
  const last = rows.at(-1)
  return {
    rows: rows.map(({ xid, items, ...row }) => ({ ...row, moment: Number(xid), items: items.map(Number) })),
    mark: last === undefined ? mark : { xid: last.xid, id: last.id },
  }
}

/** Where whoever begins to read now starts: behind all that has ended. */
export async function lastMark(store: Store): Promise<Mark> {
  const [row] = await store.query<{ xid: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`)
  return { xid: row?.xid ?? '0', id: 0 }
}

/** Changes older than this many days are forgotten: whoever has not read them by then starts anew. */
export async function trimChanges(store: Store, days: number): Promise<void> {
  await store.query(sql`delete from change where at < now() - make_interval(days => ${days}::int)`)
}

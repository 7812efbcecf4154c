/**
 * changes: the outbox, read as transactions end. A mark names those that a reader has seen by exception: all that had begun by then, apart
 * from those that still ran. So nothing is overtaken, though a later id may be committed before an earlier one, and whoever keeps a
 * transaction open for hours, in this database or another of the same server, holds nobody up.
 */
import type { Noun } from '../model/noun.ts'
import type { Instant } from '../model/time.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface ChangeRow {
  readonly id: number
  readonly tenant: number
  readonly dataset: number
  readonly noun: Noun
  readonly verb: 'made' | 'changed' | 'removed'
  readonly items: readonly number[]
  /** The transaction that wrote it, and when that began. */
  readonly moment: number
  readonly at: Instant
}

/** How far a reader has come. What it reads in several steps has an end, and where in it the last step stopped. */
export interface Mark {
  /** As `pg_current_snapshot` says it. */
  readonly seen: string
  readonly reading?: { readonly until: string; readonly moment: number; readonly id: number }
}

interface Row extends Omit<ChangeRow, 'items' | 'moment'> {
  readonly now: string
  readonly xid: string
  readonly items: readonly string[]
}

export interface Changes {
  readonly rows: readonly ChangeRow[]
  /** Where the next reading starts. */
  readonly mark: Mark
}

/** At least one step is needed to come past what is there: a reader goes on while it is given as many as it asked for. */
export async function changesAfter(store: Store, mark: Mark, limit = 500): Promise<Changes> {
  const { seen, reading } = mark
  const { next, running } = snapshotOf(seen)
  const further =
    reading === undefined
      ? sql``
      : sql`and pg_visible_in_snapshot(xid, ${reading.until}::pg_snapshot) and (xid, id) > (${String(reading.moment)}::xid8, ${reading.id}::bigint)`
  const found = await store.query<Row>(sql`
    select id, xid::text, tenant, dataset, noun, verb, items, at, pg_current_snapshot()::text as now from change
    where (xid >= ${String(next)}::xid8 or xid = any(${[...running].map(String)}::xid8[])) ${further} order by change.xid, change.id limit ${limit}`)
  const rows = found.map(rowOf)
  const [last, until] = [rows.at(-1), reading?.until ?? found[0]?.now ?? seen]
  return {
    rows,
    mark: last === undefined || rows.length < limit ? { seen: until } : { seen, reading: { until, moment: last.moment, id: last.id } },
  }
}

function rowOf({ id, tenant, dataset, noun, verb, items, xid, at }: Row): ChangeRow {
  return { id, tenant, dataset, noun, verb, items: items.map(Number), moment: Number(xid), at }
}

/** Where whoever begins to read now starts: behind all that has ended. */
export async function lastMark(store: Store): Promise<Mark> {
  const [row] = await store.query<{ now: string }>(sql`select pg_current_snapshot()::text as now`)
  return { seen: row?.now ?? '1:1:' }
}

/** Tells of a change whether it is one that `mark` had not seen. */
export function isAfter({ seen }: Mark): (moment: number) => boolean {
  const { next, running } = snapshotOf(seen)
  return (moment) => moment >= next || running.has(moment)
}

/** `xmin:xmax:xip,…`: the first transaction that had not begun, and those that had begun and not ended. */
function snapshotOf(text: string): { readonly next: number; readonly running: ReadonlySet<number> } {
  const [, next, running] = text.split(':')
  return { next: Number(next), running: new Set(running ? running.split(',').map(Number) : []) }
}

/** Changes older than this many days are forgotten: whoever has not read them by then starts anew. */
export async function trimChanges(store: Store, days: number): Promise<void> {
  await store.query(sql`delete from change where at < now() - make_interval(days => ${days}::int)`)
}

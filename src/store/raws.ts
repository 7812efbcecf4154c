/** raws: what is known about every payload as it came; the bytes lie in a file named by their hash, small messages in the row. */
import { jsonText } from './json-text.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface RawRow {
  readonly id: number
  readonly tenant: number
  readonly source: number | null
  readonly run: number | null
  readonly by: string
  readonly hash: string
  readonly name: string
  readonly request: string | null
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly type: string | null
  readonly size: number
  readonly content: Uint8Array | null
  readonly received: string
}

export interface NewRaw {
  readonly tenant: number
  readonly source?: number
  readonly run?: number
  readonly by?: string
  readonly hash: string
  readonly name: string
  readonly request?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly type?: string
  readonly size: number
  readonly content?: Uint8Array
  readonly waiting?: boolean
  /** Days until it may be removed. */
  readonly days: number
}

const columns = sql`id, tenant, source, run, by, hash, name, request, status, headers, type, size, content, received`

export async function insertRaw(store: Store, raw: NewRaw): Promise<number> {
  const [row] = await store.query<{ id: number }>(
    sql`insert into raw (tenant, source, run, by, hash, name, request, status, headers, type, size, content, waiting, expires)
        values (${raw.tenant}, ${raw.source ?? null}, ${raw.run ?? null}, ${raw.by ?? ''}, ${raw.hash}, ${raw.name}, ${raw.request ?? null},
          ${raw.status ?? 200}, ${jsonText(raw.headers ?? {})}, ${raw.type ?? null}, ${raw.size}, ${raw.content ?? null},
          ${raw.waiting ?? false}, now() + make_interval(days => ${raw.days}))
        returning id`,
  )
  if (row === undefined) throw new Error('no id')
  return row.id
}

export async function rawById(store: Store, tenant: number, id: number): Promise<RawRow | undefined> {
  const [row] = await store.query<RawRow>(sql`select ${columns} from raw where id = ${id} and tenant = ${tenant}`)
  return row
}

/** What a run read, in order. */
export function rawsOf(store: Store, run: number): Promise<readonly RawRow[]> {
  return store.query<RawRow>(sql`select ${columns} from raw where run = ${run} order by id`)
}

/** An upload now belongs to a source, and is kept as long as the source uses it. */
export async function adoptRaw(store: Store, id: number, source: number): Promise<void> {
  await store.query(sql`update raw set source = ${source}, expires = 'infinity' where id = ${id}`)
}

export async function readBy(store: Store, id: number, run: number): Promise<void> {
  await store.query(sql`update raw set run = ${run} where id = ${id}`)
}

/** Whether a source has read this very content before, to its end; or the same file, by its name, size and time. */
export async function knownTo(store: Store, source: number, by: 'hash' | 'request', value: string): Promise<boolean> {
  const column = by === 'hash' ? sql`hash` : sql`request`
  const rows = await store.query(sql`select from raw where source = ${source} and ${column} = ${value} and done limit 1`)
  return rows.length > 0
}

/** All that a run read counts as read from now on. */
export async function markDone(store: Store, run: number): Promise<void> {
  await store.query(sql`update raw set done = true where run = ${run} and not done`)
}

/** The same content need not be read again when it was read differently: until then. */
export async function forgetDone(store: Store, source: number): Promise<void> {
  await store.query(sql`update raw set done = false where source = ${source} and done`)
}

/** Pushed messages not yet read, oldest first, taken by this node; what a dead node took comes again after two minutes. */
export async function takeWaiting(store: Store, source: number, limit: number): Promise<readonly RawRow[]> {
  const rows = await store.query<RawRow>(
    sql`update raw set taken = now() where id in (
          select id from raw where source = ${source} and waiting and (taken is null or taken < now() - interval '2 minutes')
          order by id limit ${limit} for update skip locked)
        returning ${columns}`,
  )
  return rows.toSorted((one, other) => one.id - other.id)
}

/** Given back: they could not be stored for a reason that passes. */
export async function giveBack(store: Store, ids: readonly number[]): Promise<void> {
  await store.query(sql`update raw set taken = null where id = any(${ids}::bigint[])`)
}

export async function settleRaws(store: Store, ids: readonly number[], run: number): Promise<void> {
  await store.query(sql`update raw set waiting = false, done = true, run = ${run} where id = any(${ids}::bigint[])`)
}

export async function sourcesWithWaiting(store: Store): Promise<readonly number[]> {
  const rows = await store.query<{ source: number }>(sql`select distinct source from raw where waiting and source is not null`)
  return rows.map(({ source }) => source)
}

/** Removes what has expired; answers the hashes that nothing refers to any more, whose files may go. */
export async function expireRaws(store: Store): Promise<readonly string[]> {
  const rows = await store.query<{ hash: string }>(
    sql`with gone as (
          delete from raw where id in (select id from raw where expires < now() and not waiting limit 1000) returning hash)
        select distinct hash from gone g where not exists (
          select from raw r where r.hash = g.hash and r.expires >= now())`,
  )
  return rows.map(({ hash }) => hash)
}

/** Of these hashes, those that something still refers to. */
export async function referred(store: Store, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await store.query<{ hash: string }>(sql`select distinct hash from raw where hash = any(${hashes}::text[])`)
  return new Set(rows.map(({ hash }) => hash))
}

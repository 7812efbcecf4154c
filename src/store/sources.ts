/** sources: connections to where data comes from, with their schedule and how far they were read. */
import { jsonText } from './json-text.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface SourceRow {
  readonly id: number
  readonly tenant: number
  readonly dataset: number
  /** Slug of the dataset. */
  readonly slug: string
  readonly name: string
  readonly connector: string
  readonly options: Readonly<Record<string, unknown>>
  readonly schedule: string | null
  readonly zone: string
  readonly enabled: boolean
  readonly retention: number
  readonly tokenHash: string | null
  readonly tokenSealed: string | null
  readonly cursor: string | null
  readonly columns: readonly string[] | null
  readonly due: string | null
  readonly created: string
  readonly modified: string
}

export interface SourceWrite {
  readonly dataset: number
  readonly name: string
  readonly connector: string
  readonly options: Readonly<Record<string, unknown>>
  readonly schedule: string | null
  readonly zone: string
  readonly enabled: boolean
  readonly retention: number
  readonly tokenHash: string | null
  readonly tokenSealed: string | null
  readonly due: string | null
}

const columns = sql`s.id, s.tenant, s.dataset, d.slug, s.name, s.connector, s.options, s.schedule, s.zone, s.enabled, s.retention,
  s.token_hash as "tokenHash", s.token_sealed as "tokenSealed", s.cursor, s.columns, s.due, s.created, s.modified`

export async function insertSource(store: Store, tenant: number, source: SourceWrite): Promise<number> {
  const [row] = await store.query<{ id: number }>(
    sql`insert into source (tenant, dataset, name, connector, options, schedule, zone, enabled, retention, token_hash, token_sealed, due)
        values (${tenant}, ${source.dataset}, ${source.name}, ${source.connector}, ${jsonText(source.options)}, ${source.schedule},
          ${source.zone}, ${source.enabled}, ${source.retention}, ${source.tokenHash}, ${source.tokenSealed}, ${source.due})
        returning id`,
  )
  if (row === undefined) throw new Error('no id')
  return row.id
}

/** `forget`: what was read so far no longer counts, because it was read differently. */
export async function updateSource(store: Store, id: number, source: SourceWrite, forget: boolean): Promise<void> {
  await store.query(
    sql`update source set dataset = ${source.dataset}, name = ${source.name}, options = ${jsonText(source.options)},
          schedule = ${source.schedule}, zone = ${source.zone}, enabled = ${source.enabled}, retention = ${source.retention},
          token_hash = ${source.tokenHash}, token_sealed = ${source.tokenSealed}, due = ${source.due}, modified = now(),
          cursor = case when ${forget} then null else cursor end, columns = case when ${forget} then null else columns end
        where id = ${id}`,
  )
}

export async function sourceById(store: Store, id: number): Promise<SourceRow | undefined> {
  const [row] = await store.query<SourceRow>(sql`select ${columns} from source s join dataset d on d.id = s.dataset where s.id = ${id}`)
  return row
}

/** Of a tenant; `datasets` bounds them, absent: all. */
export function sourcesOf(store: Store, tenant: number, datasets: readonly number[] | undefined): Promise<readonly SourceRow[]> {
  return store.query<SourceRow>(
    sql`select ${columns} from source s join dataset d on d.id = s.dataset
        where s.tenant = ${tenant} and (${datasets ?? null}::int[] is null or s.dataset = any(${datasets ?? null}::int[])) order by s.id`,
  )
}

export async function deleteSource(store: Store, id: number): Promise<void> {
  await store.query(sql`delete from source where id = ${id}`)
}

export interface Due {
  readonly id: number
  readonly tenant: number
  readonly schedule: string
  readonly zone: string
}

/** Sources whose time has come, taken by this node: each is answered to one node only. */
export function takeDue(store: Store): Promise<readonly Due[]> {
  return store.query(
    sql`update source set due = null where id in (
          select id from source where enabled and due <= now() and schedule is not null order by due limit 100 for update skip locked)
        returning id, tenant, schedule, zone`,
  )
}

export async function setDue(store: Store, id: number, due: string | null): Promise<void> {
  await store.query(sql`update source set due = ${due} where id = ${id}`)
}

/** Sources on a schedule whose next time is not known: a node died between taking and setting it. */
export function undated(store: Store): Promise<readonly Due[]> {
  return store.query(sql`select id, tenant, schedule, zone from source where enabled and schedule is not null and due is null`)
}

export async function setReached(store: Store, id: number, cursor: string): Promise<void> {
  await store.query(sql`update source set cursor = ${cursor} where id = ${id}`)
}

export async function setColumns(store: Store, id: number, names: readonly string[]): Promise<void> {
  await store.query(sql`update source set columns = ${names}::text[] where id = ${id}`)
}

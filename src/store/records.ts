/** records: what keeps the platform alive, in the books: records of a kind with their versions, ties and values. */
import type { JsonObject } from '../model/json.ts'
import type { Instant } from '../model/time.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface RecordRow {
  readonly id: number
  readonly kind: string
  readonly title: string
  readonly fields: JsonObject
  readonly shown: readonly string[]
  readonly version: number
  /** A day: "2027-01-31". */
  readonly review: string | null
  readonly author: string
  readonly created: Instant
  readonly modified: Instant
}

export type RecordWrite = Pick<RecordRow, 'title' | 'fields' | 'shown' | 'review'>

export interface Tie {
  readonly field: string
  readonly target?: number
  readonly slug?: string
}

const columns = sql`id, kind, title, fields, shown, version, review::text, author, created, modified`

export function recordsOf(store: Store, tenant: number, kind?: string): Promise<readonly RecordRow[]> {
  return store.query<RecordRow>(sql`
    select ${columns} from record where tenant = ${tenant} and (${kind ?? null}::text is null or kind = ${kind ?? null}) order by lower(title), id limit 5000`)
}

export async function recordById(store: Store, tenant: number, id: number): Promise<RecordRow | undefined> {
  const [row] = await store.query<RecordRow>(sql`select ${columns} from record where tenant = ${tenant} and id = ${id}`)
  return row
}

/** Changes of one record take turns. */
export async function lockRecord(store: Store, id: number): Promise<void> {
  await store.query(sql`select from record where id = ${id} for update`)
}

export async function insertRecord(store: Store, tenant: number, kind: string, author: string, one: RecordWrite): Promise<number> {
  const [row] = await store.query<{ id: number }>(sql`
    insert into record (tenant, kind, title, fields, shown, review, author)
    values (${tenant}, ${kind}, ${one.title}, ${JSON.stringify(one.fields)}, ${one.shown}, ${one.review}::date, ${author}) returning id`)
  return row?.id ?? 0
}

/** What it was becomes a version. Undefined when another version is there than the one that was read. */
export async function updateRecord(store: Store, id: number, version: number, author: string, one: RecordWrite): Promise<boolean> {
  await store.query(sql`
    insert into record_version (record, version, title, fields, shown, review, author, at)
    select id, version, title, fields, shown, review, author, modified from record where id = ${id} and version = ${version}`)
  const rows = await store.query(sql`
    update record set title = ${one.title}, fields = ${JSON.stringify(one.fields)}, shown = ${one.shown}, review = ${one.review}::date,
      version = version + 1, author = ${author}, modified = now() where id = ${id} and version = ${version} returning id`)
  return rows.length > 0
}

export async function deleteRecord(store: Store, id: number): Promise<void> {
  await store.query(sql`delete from record where id = ${id}`)
}

export interface RecordVersion extends RecordWrite {
  readonly version: number
  readonly author: string
  readonly at: Instant
}

/** Newest first. */
export function versionsOfRecord(store: Store, id: number): Promise<readonly RecordVersion[]> {
  return store.query<RecordVersion>(sql`
    select version, title, fields, shown, review::text, author, at from record_version where record = ${id} order by version desc limit 500`)
}

export async function replaceTies(store: Store, id: number, ties: readonly Tie[]): Promise<void> {
  await store.query(sql`delete from record_tie where record = ${id}`)
  if (ties.length === 0) return
  await store.query(sql`
    insert into record_tie (record, field, target, slug)
    select ${id}::int, * from unnest(${ties.map(({ field }) => field)}::text[], ${ties.map(({ target }) => target ?? null)}::int[], ${ties.map(({ slug }) => slug ?? null)}::text[])`)
}

export interface TiedRecord extends Pick<RecordRow, 'id' | 'kind' | 'title'> {
  readonly field: string
}

/** Records that name this one, or this dataset. */
export function recordsTo(
  store: Store,
  tenant: number,
  to: { readonly record: number } | { readonly slug: string },
): Promise<readonly TiedRecord[]> {
  const condition = 'record' in to ? sql`tie.target = ${to.record}` : sql`tie.slug = ${to.slug}`
  return store.query<TiedRecord>(sql`
    select record.id, record.kind, record.title, tie.field from record_tie tie join record on record.id = tie.record
    where record.tenant = ${tenant} and ${condition} order by record.kind, lower(record.title)`)
}

export interface IndicatorValue {
  readonly indicator: number
  readonly day: string
  readonly value: number
  readonly measured: boolean
  readonly note: string
  readonly author: string
}

/** Oldest first. */
export function valuesOf(store: Store, indicators: readonly number[]): Promise<readonly IndicatorValue[]> {
  return store.query<IndicatorValue>(sql`
    select indicator, day::text, value, measured, note, author from indicator_value where indicator = any(${indicators}::int[]) order by indicator, day`)
}

/** One value a day: a later one takes its place. */
export async function putValue(store: Store, one: IndicatorValue): Promise<void> {
  await store.query(sql`
    insert into indicator_value (indicator, day, value, measured, note, author)
    values (${one.indicator}, ${one.day}::date, ${one.value}, ${one.measured}, ${one.note}, ${one.author})
    on conflict (indicator, day) do update set value = excluded.value, measured = excluded.measured, note = excluded.note, author = excluded.author, at = now()`)
}

/** Indicators of all tenants that measure themselves and have no value of this day. */
export function unmeasured(
  store: Store,
  day: string,
): Promise<readonly (Pick<RecordRow, 'id' | 'title' | 'fields'> & { readonly tenant: number })[]> {
  return store.query(sql`
    select id, tenant, title, fields from record where kind = 'indicator' and fields ->> 'source' in ('data', 'platform')
      and not exists (select from indicator_value where indicator = record.id and day = ${day}::date) order by id limit 1000`)
}

export async function countSources(store: Store, tenant: number): Promise<number> {
  const [row] = await store.query<{ count: number }>(sql`select count(*)::int as count from source where tenant = ${tenant}`)
  return row?.count ?? 0
}

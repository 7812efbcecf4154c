/** harvested: which cards come from other catalogues, what was said of them last, and which are there no more. */
import type { Dataset } from '../model/dataset.ts'
import { selectOf, itemOf } from './columns.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface Harvested {
  readonly dataset: Dataset
  /** null: nobody's any more. */
  readonly home: number | null
  readonly hash: string | null
  readonly sweep: string | null
  readonly modified: string | null
  readonly gone: boolean | null
}

type Row = Omit<Harvested, 'dataset'> & Readonly<Record<string, unknown>>

/** The cards that have one of these origins, by origin. */
export async function harvestedOf(store: Store, tenant: number, origins: readonly string[]): Promise<ReadonlyMap<string, Harvested>> {
  const rows = await store.query<Row>(sql`
    select ${selectOf('dataset', 'd')}, h.home as "_home", h.hash as "_hash", h.sweep as "_sweep", h.modified as "_modified", h.gone as "_gone"
    from dataset d left join harvested h on h.dataset = d.id where d.tenant = ${tenant} and d.origin = any(${origins}::text[]) for update of d`)
  return new Map(rows.map((row) => [String(row['origin']), harvestedIn(row)]))
}

function harvestedIn(row: Row): Harvested {
  const { _home, _hash, _sweep, _modified, _gone } = row as unknown as Record<string, never>
  return { dataset: itemOf('dataset', row), home: _home ?? null, hash: _hash ?? null, sweep: _sweep ?? null, modified: _modified ?? null, gone: _gone ?? null } // prettier-ignore
}

export interface HarvestedWrite {
  readonly dataset: number
  readonly home: number
  readonly hash: string
  readonly sweep: string
  readonly modified: string | null
}

/** Seen again, or for the first time. */
export async function keepHarvested(store: Store, rows: readonly HarvestedWrite[]): Promise<void> {
  if (rows.length === 0) return
  await store.query(sql`
    insert into harvested (dataset, home, hash, sweep, modified)
    select * from unnest(${rows.map(({ dataset }) => dataset)}::int[], ${rows.map(({ home }) => home)}::int[], ${rows.map(({ hash }) => hash)}::text[],
      ${rows.map(({ sweep }) => sweep)}::text[], ${rows.map(({ modified }) => modified)}::timestamptz[])
    on conflict (dataset) do update set home = excluded.home, hash = excluded.hash, sweep = excluded.sweep, modified = excluded.modified, gone = false`)
}

/** Of a catalogue: how many are known, and which were in no page of this reading. */
export async function missingIn(
  store: Store,
  home: number,
  sweep: string,
  present: readonly string[],
): Promise<{ readonly known: number; readonly gone: readonly Dataset[] }> {
  const [count] = await store.query<{ known: number }>(sql`select count(*)::int as known from harvested where home = ${home} and not gone`)
  const rows = await store.query<Row>(sql`
    select ${selectOf('dataset', 'd')} from harvested h join dataset d on d.id = h.dataset
    where h.home = ${home} and not h.gone and h.sweep <> ${sweep} and d.origin <> all(${present}::text[]) order by d.id`)
  return { known: count?.known ?? 0, gone: rows.map((row) => itemOf('dataset', row)) }
}

/** Withdrawn, to come back should the source have them again. */
export async function withdrawGone(store: Store, datasets: readonly number[]): Promise<void> {
  await store.query(sql`
    with left_over as (update harvested set gone = true where dataset = any(${datasets}::int[]) returning dataset)
    update dataset set state = 'withdrawn', modified = now() where id in (select dataset from left_over)`)
}

/** The slugs of a tenant that are this one, or begin with it and a hyphen. */
export async function slugsLike(store: Store, tenant: number, slug: string): Promise<ReadonlySet<string>> {
  const rows = await store.query<{ slug: string }>(sql`
    select slug from dataset where tenant = ${tenant} and (slug = ${slug} or starts_with(slug, ${`${slug}-`}))`)
  return new Set(rows.map((row) => row.slug))
}

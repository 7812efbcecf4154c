/** contexts: JSON-LD contexts as they are kept. */
import type { Json } from '../model/json.ts'
import type { Instant } from '../model/time.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export type ContextKind = 'Hosted' | 'Cached' | 'ImplicitlyCreated'

export interface ContextRow {
  readonly local: string
  readonly kind: ContextKind
  readonly address: string
  readonly document: Json
  readonly created: Instant
  readonly expires: Instant | null
  readonly used: Instant | null
  readonly hits: number
}

const COLUMNS = sql`local, kind, address, document, created, expires, used, hits`

export async function contextBy(store: Store, tenant: number, key: 'local' | 'address', value: string): Promise<ContextRow | undefined> {
  const where = key === 'local' ? sql`local = ${value}` : sql`address = ${value} and kind = 'Cached'`
  const [row] = await store.query<ContextRow>(sql`select ${COLUMNS} from context where tenant = ${tenant} and ${where}`)
  return row
}

export async function contextsOf(store: Store, tenant: number, kind: ContextKind | undefined): Promise<readonly ContextRow[]> {
  return store.query<ContextRow>(
    sql`select ${COLUMNS} from context where tenant = ${tenant} and (${kind ?? null}::text is null or kind = ${kind ?? null}) order by id limit 1000`,
  )
}

/** A cached or implicit one that is there already is written over. Answers the row as it is then. */
export async function keepContext(
  store: Store,
  tenant: number,
  { local, kind, address, document, expires }: Pick<ContextRow, 'local' | 'kind' | 'address' | 'document' | 'expires'>,
): Promise<ContextRow> {
  const [row] = await store.query<ContextRow>(sql`
    insert into context (tenant, local, kind, address, document, expires)
    values (${tenant}, ${local}, ${kind}, ${address}, ${JSON.stringify(document)}, ${expires})
    on conflict (tenant, kind, address) do update set document = excluded.document, expires = excluded.expires
    returning ${COLUMNS}`)
  if (row === undefined) throw new Error('a context was kept and is not there')
  return row
}

export async function dropContext(store: Store, tenant: number, local: string): Promise<void> {
  await store.query(sql`delete from context where tenant = ${tenant} and local = ${local}`)
}

export async function countHits(store: Store, hits: ReadonlyMap<string, number>): Promise<void> {
  if (hits.size === 0) return
  await store.query(sql`
    update context set hits = context.hits + counted.hits, used = now()
    from unnest(${[...hits.keys()]}::text[], ${[...hits.values()]}::bigint[]) counted(local, hits) where context.local = counted.local`)
}

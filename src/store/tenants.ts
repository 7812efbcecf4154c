/** tenants: who shares this installation, each with data, people and rights of its own. */
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface TenantRow {
  readonly id: number
  readonly slug: string
  readonly name: string
}

export async function tenantBySlug(store: Store, slug: string): Promise<TenantRow | undefined> {
  const [row] = await store.query<TenantRow>(sql`select id, slug, name from tenant where slug = ${slug}`)
  return row
}

export async function tenantById(store: Store, id: number): Promise<TenantRow | undefined> {
  const [row] = await store.query<TenantRow>(sql`select id, slug, name from tenant where id = ${id}`)
  return row
}

export function allTenants(store: Store): Promise<readonly TenantRow[]> {
  return store.query<TenantRow>(sql`select id, slug, name from tenant order by id`)
}

/** Makes the tenant, or answers undefined when the slug is taken. */
export async function insertTenant(store: Store, slug: string, name: string): Promise<TenantRow | undefined> {
  const [row] = await store.query<TenantRow>(
    sql`insert into tenant (slug, name) values (${slug}, ${name}) on conflict (slug) do nothing returning id, slug, name`,
  )
  return row
}

export async function renameTenant(store: Store, id: number, name: string): Promise<void> {
  await store.query(sql`update tenant set name = ${name} where id = ${id}`)
}

/** Holds the tenant's row until the transaction ends, so that rules over all its people hold when two change them at once. */
export async function lockTenant(store: Store, id: number): Promise<void> {
  await store.query(sql`select id from tenant where id = ${id} for update`)
}

/** first-run: the one-time link for the first administrator, kept as a hash until it is used or replaced. */
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

/** Replaces the one before. */
export async function putFirstRun(store: Store, tenant: number, hash: string, hours: number): Promise<void> {
  await store.query(
    sql`insert into first_run (tenant, hash, expires) values (${tenant}, ${hash}, now() + make_interval(hours => ${hours}))
        on conflict (tenant) do update set hash = excluded.hash, expires = excluded.expires`,
  )
}

/** Takes it away if it is the one and has not expired; of two who try at once, one gets true. */
export async function takeFirstRun(store: Store, tenant: number, hash: string): Promise<boolean> {
  const rows = await store.query(
    sql`delete from first_run where tenant = ${tenant} and hash = ${hash} and expires > now() returning tenant`,
  )
  return rows.length > 0
}

export async function dropFirstRun(store: Store, tenant: number): Promise<void> {
  await store.query(sql`delete from first_run where tenant = ${tenant}`)
}

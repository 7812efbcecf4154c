/** outgoing: the addresses in internal networks that may be called all the same; one list for the installation, kept with its first tenant. */
import { jsonText } from './json-text.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

/** The first tenant: whose administrators look after the installation. */
export const FIRST_TENANT = 1

export async function allowedHosts(store: Store): Promise<readonly string[]> {
  const [row] = await store.query<{ hosts: readonly string[] | null }>(
    sql`select settings -> 'outgoing' as hosts from tenant where id = ${FIRST_TENANT}`,
  )
  return row?.hosts ?? []
}

export async function setAllowedHosts(store: Store, hosts: readonly string[]): Promise<void> {
  await store.query(
    sql`update tenant set settings = settings || jsonb_build_object('outgoing', ${jsonText(hosts)}::jsonb) where id = ${FIRST_TENANT}`,
  )
}

/** settings: what a tenant has decided, kept with it. */
import { GIVEN_BELOW, USUAL, type Settings } from '../model/settings.ts'
import { CHANGED } from './insert.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export async function settingsOf(store: Store, tenant: number): Promise<Settings> {
  const [row] = await store.query<{ data: Partial<Settings> | null }>(
    sql`select settings -> 'data' as data from tenant where id = ${tenant}`,
  )
  return { ...USUAL, ...row?.data }
}

/** The others stay as they are; the other nodes are told. */
export async function changeSettings(store: Store, tenant: number, change: Partial<Settings>): Promise<void> {
  await store.transaction(async (transaction) => {
    await transaction.query(sql`
      update tenant set settings = jsonb_set(settings, '{data}', coalesce(settings -> 'data', '{}') || ${JSON.stringify(change)}::jsonb)
      where id = ${tenant}`)
    if (change.clientIds === true) await leaveRoom(transaction)
    await transaction.query(sql`select pg_notify(${CHANGED}, 'tenant')`)
  })
}

/** From now on ids are made beyond those that clients may give. */
async function leaveRoom(store: Store): Promise<void> {
  for (const [noun, beyond] of Object.entries(GIVEN_BELOW)) {
    const sequence = `${noun}_id`
    await store.query(sql`select setval(${sequence}::regclass, greatest(nextval(${sequence}::regclass), ${beyond}::bigint + 1))`)
  }
}

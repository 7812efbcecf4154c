/** expired: entities whose time is over, of all tenants. */
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface Expired {
  readonly tenant: number
  readonly id: number
}

/** `second`: "2026-03-01T12:00:00"; what expired before it. */
export function expiredEntities(store: Store, second: string, limit: number): Promise<readonly Expired[]> {
  return store.query<Expired>(sql`
    select d.tenant, e.id from entity e join dataset d on d.id = e.dataset
    where about #>> '{@ngsi-ld,expiresAt}' is not null and (about #>> '{@ngsi-ld,expiresAt}') collate "C" < ${second} limit ${limit}`)
}

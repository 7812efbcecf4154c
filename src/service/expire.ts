/** expire: takes away what has expired; whoever asks has not found it since then. */
import { keeper } from '../rights/principal.ts'
import { expiredEntities } from '../store/expired.ts'
import type { Store } from '../store/pool.ts'
import type { Service } from './service.ts'

/** So many at a time; the rest a minute later. */
const ROUND = 10_000

/** How many were removed. */
export async function expire(store: Store, service: Service): Promise<number> {
  const second = new Date().toISOString().slice(0, 19)
  let removed = 0
  for (const [tenant, group] of Map.groupBy(await expiredEntities(store, second, ROUND), (one) => one.tenant))
    removed += await service.remove(keeper(tenant, 'expiry'), 'entity', { is: 'in', path: ['id'], values: group.map(({ id }) => id) })
  return removed
}

/** versions: what entities were before they were changed. */
import type { Version } from '../query/query.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

/** The newest of each entity, oldest first: at most `limit` for each. */
export async function versionsOf(store: Store, entities: readonly number[], limit: number): Promise<readonly Version[]> {
  return store.query<Version>(sql`
    select recent.entity, recent.at as until, recent.was from unnest(${entities}::bigint[]) wanted(entity)
    cross join lateral (select entity, at, was from entity_version where entity_version.entity = wanted.entity order by at desc limit ${limit}) recent
    order by recent.entity, recent.at`)
}

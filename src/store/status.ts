/** status: what PostgreSQL says of itself, for whoever looks after it. */
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface Status {
  readonly version: string
  readonly size: string
  readonly migrations: number
}

export async function statusOf(store: Store): Promise<Status> {
  const [row] = await store.query<Status>(
    sql`select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
          (select count(*)::int from migration) as migrations`,
  )
  return row ?? { version: '?', size: '?', migrations: 0 }
}

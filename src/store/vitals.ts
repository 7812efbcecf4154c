/** vitals: what the database knows of how the platform is. */
import type { Instant } from '../model/time.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface Vitals {
  /** The oldest run that waits; absent: none does. */
  readonly waiting: Instant | null
  /** The oldest change that a reader of the outbox has not come to. */
  readonly unread: Instant | null
  readonly bytes: number
}

export async function vitalsOf(store: Store): Promise<Vitals> {
  const [row] = await store.query<Vitals>(sql`
    select (select min(due) from run where state = 'queued' and due < now()) as waiting,
      (select min(at) from change, reader where reader.until > now() and not pg_visible_in_snapshot(xid, (mark ->> 'seen')::pg_snapshot)) as unread,
      pg_database_size(current_database())::float8 as bytes`)
  return row ?? { waiting: null, unread: null, bytes: 0 }
}

export interface FailingSource {
  readonly name: string
  readonly tenant: string
  /** When the first of its failures in a row ended. */
  readonly since: Instant
}

/** Sources that are to run by themselves and failed the last time. */
export async function failingSources(store: Store): Promise<readonly FailingSource[]> {
  return store.query<FailingSource>(sql`
    select source.name, tenant.name as tenant, first.since from source join tenant on tenant.id = source.tenant
    cross join lateral (
      select state from run where run.source = source.id and not dry and state in ('succeeded', 'partly', 'failed') order by id desc limit 1) last
    cross join lateral (
      select min(ended) as since from run where run.source = source.id and not dry and state = 'failed' and id > coalesce(
        (select max(id) from run good where good.source = source.id and not dry and state in ('succeeded', 'partly')), 0)) first
    where source.enabled and last.state = 'failed' order by first.since limit 100`)
}

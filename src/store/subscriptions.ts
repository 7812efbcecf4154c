/** subscriptions: what is to be told to whom, as it is kept. */
import type { Json, JsonObject } from '../model/json.ts'
import type { Instant } from '../model/time.ts'
import type { Store } from './pool.ts'
import { sql, type Sql } from './sql.ts'

export interface SubscriptionRow {
  readonly id: number
  readonly tenant: number
  readonly iri: string
  readonly owner: string
  readonly said: JsonObject
  readonly plan: Json
  readonly active: boolean
  readonly expires: Instant | null
  readonly created: Instant
  readonly modified: Instant
  readonly told: Instant | null
  readonly sent: number
  readonly failed: number
  readonly notified: Instant | null
  readonly succeeded: Instant | null
  readonly refused: Instant | null
}

export type NewSubscription = Pick<SubscriptionRow, 'tenant' | 'iri' | 'owner' | 'said' | 'plan' | 'active' | 'expires'>

const COLUMNS = sql`id, tenant, iri, owner, said, plan, active, expires, created, modified, told, sent, failed, notified, succeeded, refused`
const LIVE = sql`active and (expires is null or expires > now())`

/** False when the tenant has one of this name. */
export async function insertSubscription(store: Store, one: NewSubscription): Promise<boolean> {
  const rows = await store.query(sql`
    insert into subscription (tenant, iri, owner, said, plan, active, expires)
    values (${one.tenant}, ${one.iri}, ${one.owner}, ${JSON.stringify(one.said)}, ${JSON.stringify(one.plan)}, ${one.active}, ${one.expires})
    on conflict do nothing returning id`)
  return rows.length > 0
}

export async function updateSubscription(store: Store, id: number, one: NewSubscription): Promise<void> {
  await store.query(sql`
    update subscription set said = ${JSON.stringify(one.said)}, plan = ${JSON.stringify(one.plan)}, active = ${one.active},
      expires = ${one.expires}, modified = now() where id = ${id}`)
}

/** `owner` undefined: of anyone. */
const visible = (tenant: number, owner: string | undefined): Sql =>
  sql`tenant = ${tenant} and (${owner ?? null}::text is null or owner = ${owner ?? null})`

export async function subscriptionBy(
  store: Store,
  tenant: number,
  owner: string | undefined,
  iri: string,
): Promise<SubscriptionRow | undefined> {
  const [row] = await store.query<SubscriptionRow>(
    sql`select ${COLUMNS} from subscription where ${visible(tenant, owner)} and iri = ${iri}`,
  )
  return row
}

export async function subscriptionsOf(
  store: Store,
  tenant: number,
  owner: string | undefined,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly rows: readonly SubscriptionRow[]; readonly total: number }> {
  const rows = await store.query<SubscriptionRow>(
    sql`select ${COLUMNS} from subscription where ${visible(tenant, owner)} order by id limit ${page.limit} offset ${page.offset}`,
  )
  const [count] = await store.query<{ total: number }>(sql`select count(*)::int as total from subscription where ${visible(tenant, owner)}`)
  return { rows, total: count?.total ?? 0 }
}

export async function deleteSubscription(store: Store, id: number): Promise<void> {
  await store.query(sql`delete from subscription where id = ${id}`)
}

/** As it is now: it may have been changed while it waited. */
export async function subscriptionById(store: Store, id: number): Promise<SubscriptionRow | undefined> {
  const [row] = await store.query<SubscriptionRow>(sql`select ${COLUMNS} from subscription where id = ${id} and active`)
  return row
}

/** Those that are to be told of changes now. */
export function liveSubscriptions(store: Store, tenants: readonly number[]): Promise<readonly SubscriptionRow[]> {
  return store.query<SubscriptionRow>(
    sql`select ${COLUMNS} from subscription where tenant = any(${tenants}::int[]) and ${LIVE} order by id`,
  )
}

/** Those whose interval is over. */
export function dueSubscriptions(store: Store): Promise<readonly SubscriptionRow[]> {
  return store.query<SubscriptionRow>(sql`
    select ${COLUMNS} from subscription where ${LIVE} and plan ->> 'interval' is not null
      and coalesce(told, created) + make_interval(secs => (plan ->> 'interval')::float8) <= now() order by id limit 100`)
}

/** deliveries: notifications that wait, in the order in which they were made. One node at a time delivers those of a subscription. */
import type { JsonObject } from '../model/json.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface NewDelivery {
  readonly subscription: number
  readonly cause: string
  /** Null: of several datasets. */
  readonly dataset: number | null
  readonly body: JsonObject
}

export interface DeliveryRow extends NewDelivery {
  readonly id: number
  readonly attempts: number
}

/** Puts them at the end, and notes when each subscription was told last. What is there already is not put twice. */
export async function insertDeliveries(store: Store, all: readonly NewDelivery[]): Promise<void> {
  if (all.length === 0) return
  await store.query(sql`
    with input as (
      select * from unnest(${all.map((one) => one.subscription)}::bigint[], ${all.map(({ cause }) => cause)}::text[],
        ${all.map(({ dataset }) => dataset)}::int[], ${all.map(({ body }) => JSON.stringify(body))}::text[]) with ordinality
        as input(subscription, cause, dataset, body, position)
      where subscription in (select id from subscription)),
    put as (
      insert into delivery (subscription, cause, dataset, body)
      select subscription, cause, dataset, body::json from input order by position on conflict do nothing)
    update subscription set told = now() where id in (select subscription from input)`)
}

/** Takes subscriptions that have something waiting, for so many seconds. */
export async function holdSubscriptions(store: Store, holder: string, seconds: number, limit: number): Promise<readonly number[]> {
  const rows = await store.query<{ id: number }>(sql`
    update subscription set holder = ${holder}, until = now() + make_interval(secs => ${seconds}::int) where id in (
      select id from subscription where until < now() and rest < now() and active
        and exists (select from delivery where delivery.subscription = subscription.id)
      order by until limit ${limit} for update skip locked)
    returning id`)
  return rows.map(({ id }) => id)
}

export function waitingFor(store: Store, subscription: number, limit: number): Promise<readonly DeliveryRow[]> {
  return store.query<DeliveryRow>(
    sql`select id, subscription, cause, dataset, body, attempts from delivery where subscription = ${subscription} order by id limit ${limit}`,
  )
}

/** Delivered, counted and held on; false when another node holds the subscription now, or it is gone. */
export async function countDelivered(store: Store, one: DeliveryRow, holder: string, seconds: number): Promise<boolean> {
  const rows = await store.query(sql`
    with gone as (delete from delivery where id = ${one.id})
    update subscription set sent = sent + 1, notified = now(), succeeded = now(), until = now() + make_interval(secs => ${seconds}::int)
    where id = ${one.subscription} and holder = ${holder} returning id`)
  return rows.length > 0
}

/** Not delivered: the endpoint is left alone for a while, by whichever node. */
export async function countFailed(store: Store, one: DeliveryRow, rest: number): Promise<void> {
  await store.query(sql`
    with tried as (update delivery set attempts = attempts + 1 where id = ${one.id})
    update subscription set sent = sent + 1, failed = failed + 1, notified = now(), refused = now(),
      rest = now() + make_interval(secs => ${rest}::float8) where id = ${one.subscription}`)
}

/** Whoever it was for may not know it any more. */
export async function dropDelivery(store: Store, id: number): Promise<void> {
  await store.query(sql`delete from delivery where id = ${id}`)
}

export async function letSubscriptionGo(store: Store, subscription: number, holder: string): Promise<void> {
  await store.query(sql`update subscription set until = '-infinity' where id = ${subscription} and holder = ${holder}`)
}

/** What nobody took for so many days is given up. */
export async function trimDeliveries(store: Store, days: number): Promise<void> {
  await store.query(sql`delete from delivery where made < now() - make_interval(days => ${days}::int)`)
}

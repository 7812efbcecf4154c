/** subscriptions: what people want to be told of, and the notifications that wait for them. Each sees their own; administrators see all. */
import { randomUUID } from 'node:crypto'
import { Problem } from '../problem.ts'
import { administers } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import {
  countDelivered,
  countFailed,
  dropDelivery,
  holdSubscriptions,
  insertDeliveries,
  letSubscriptionGo,
  trimDeliveries,
  waitingFor,
  type DeliveryRow,
  type NewDelivery,
} from '../store/deliveries.ts'
import type { Store } from '../store/pool.ts'
import {
  deleteSubscription,
  dueSubscriptions,
  insertSubscription,
  liveSubscriptions,
  subscriptionBy,
  subscriptionById,
  subscriptionsOf,
  updateSubscription,
  type NewSubscription,
  type SubscriptionRow,
} from '../store/subscriptions.ts'
import type { Principals } from './principals.ts'

export type { DeliveryRow, NewDelivery, SubscriptionRow }

export type Wish = Omit<NewSubscription, 'tenant' | 'owner'>

export interface Subscriptions {
  /** Throws `unauthenticated` for nobody, whose rights could not be looked up later, and `conflict` where there is one of this name. */
  add(who: Principal, wish: Wish): Promise<void>
  /** Throws `not-found`, also for another's. */
  get(who: Principal, iri: string): Promise<SubscriptionRow>
  list(
    who: Principal,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly rows: readonly SubscriptionRow[]; readonly total: number }>
  change(who: Principal, old: SubscriptionRow, wish: Wish): Promise<void>
  remove(who: Principal, iri: string): Promise<void>

  live(tenants: readonly number[]): Promise<readonly SubscriptionRow[]>
  due(): Promise<readonly SubscriptionRow[]>
  /** With the rights of this moment; undefined when there are none any more. */
  owner(row: Pick<SubscriptionRow, 'tenant' | 'owner'>): Promise<Principal | undefined>

  /** Durable when it returns. */
  queue(all: readonly NewDelivery[]): Promise<void>
  /** Subscriptions with something waiting, which no other node delivers from now on. */
  hold(limit: number): Promise<readonly number[]>
  /** As it is now; undefined when it is paused, or gone. */
  held(subscription: number): Promise<SubscriptionRow | undefined>
  waiting(subscription: number, limit: number): Promise<readonly DeliveryRow[]>
  /** False: another node delivers now. */
  delivered(one: DeliveryRow): Promise<boolean>
  /** `rest`: seconds for which its endpoint is left alone. */
  failed(one: DeliveryRow, rest: number): Promise<void>
  drop(one: DeliveryRow): Promise<void>
  release(subscription: number): Promise<void>
  /** Gives up what has waited for too long. */
  trim(): Promise<void>
}

/** Seconds for which a node that dies keeps its subscriptions: longer than one delivery may take. */
const LEASE = 60
/** Days for which an endpoint may be away before it loses anything. */
const PATIENCE = 3

export function openSubscriptions(store: Store, principals: Principals): Subscriptions {
  const holder = randomUUID()
  const own = (who: Principal): string | undefined => (administers(who) ? undefined : who.id)

  const get = async (who: Principal, iri: string): Promise<SubscriptionRow> => {
    mustBeSomebody(who)
    const row = await subscriptionBy(store, who.tenant, own(who), iri)
    if (row !== undefined) return row
    throw new Problem('not-found', { de: `Die Subscription „${iri}“ gibt es nicht.`, en: `There is no subscription “${iri}”.` })
  }

  return {
    async add(who, wish) {
      mustBeSomebody(who)
      if (await insertSubscription(store, { ...wish, tenant: who.tenant, owner: who.id })) return
      throw new Problem('conflict', {
        de: `Die Subscription „${wish.iri}“ gibt es bereits.`,
        en: `There is a subscription “${wish.iri}” already.`,
      })
    },
    get,
    async list(who, page) {
      mustBeSomebody(who)
      return subscriptionsOf(store, who.tenant, own(who), page)
    },
    change: (who, { id, tenant, owner }, wish) => {
      mustBeSomebody(who)
      return updateSubscription(store, id, { ...wish, tenant, owner })
    },
    remove: async (who, iri) => deleteSubscription(store, (await get(who, iri)).id),

    live: (tenants) => liveSubscriptions(store, tenants),
    due: () => dueSubscriptions(store),
    owner: ({ tenant, owner }) => principals.named(tenant, owner),

    queue: (all) => insertDeliveries(store, all),
    hold: (limit) => holdSubscriptions(store, holder, LEASE, limit),
    held: (subscription) => subscriptionById(store, subscription),
    waiting: (subscription, limit) => waitingFor(store, subscription, limit),
    delivered: (one) => countDelivered(store, one, holder, LEASE),
    failed: (one, rest) => countFailed(store, one, rest),
    drop: ({ id }) => dropDelivery(store, id),
    release: (subscription) => letSubscriptionGo(store, subscription, holder),
    trim: () => trimDeliveries(store, PATIENCE),
  }
}

function mustBeSomebody({ id }: Principal): void {
  if (id !== 'anonymous') return
  throw new Problem('unauthenticated', {
    de: 'Eine Subscription gehört jemandem: Melden Sie sich an oder senden Sie einen Zugangsschlüssel.',
    en: 'A subscription belongs to somebody: sign in, or send a token.',
  })
}

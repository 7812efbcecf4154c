/**
 * notifier: what happens is matched with subscriptions by one node, which reads the outbox where the last one stopped, and put into a queue
 * before the outbox is read on. So nothing is lost, whoever dies when.
 */
import { setTimeout } from 'node:timers/promises'
import type { NewDelivery, SubscriptionRow, Subscriptions } from '../../govern/subscriptions.ts'
import type { Dataset } from '../../model/dataset.ts'
import { now } from '../../model/time.ts'
import { and, equals, type Filter } from '../../query/filter.ts'
import { matches } from '../../query/matches.ts'
import { ask } from '../../query/query.ts'
import { WITH_SERIES } from '../../http/feature.ts'
import { narrow, touches } from '../../rights/policy.ts'
import { keeper, type Principal } from '../../rights/principal.ts'
import type { Change, Reader, Service } from '../../service/service.ts'
import type { Contexts } from './contexts.ts'
import { happenedIn, type Happened, type Told } from './happened.ts'
import { concerns, goneIn, renderNotification } from './notification.ts'
import type { Plan } from './subscription.ts'
import { statesOf } from './write.ts'
import { living } from './expiry.ts'

const NAME = 'ngsi-ld'
/** How often a node looks whether the one that is at it has gone; and after what time one that failed tries again. */
const TURN = 2000
/** Milliseconds between two looks for intervals that are over. */
const BEAT = 500
/** Entities in a periodic notification. */
const MOST = 1000

export interface Means {
  readonly service: Service
  readonly contexts: Contexts
  readonly shelf: Subscriptions
  readonly failed: (error: unknown) => void
}

interface Live {
  readonly row: SubscriptionRow
  readonly plan: Plan
  readonly who: Principal
  /** When it was made, in milliseconds: what was before is not told. */
  readonly since: number
  /** When it was told last. */
  told: number
}

export class Notifier {
  private readonly stop = new AbortController()
  private readonly running: Promise<void>
  private readonly means: Means

  constructor(means: Means) {
    this.means = means
    this.running = this.run()
  }

  async close(): Promise<void> {
    this.stop.abort()
    await this.running
  }

  private async run(): Promise<void> {
    const { signal } = this.stop
    while (!signal.aborted) {
      try {
        const reader = await this.means.service.reader(NAME)
        if (reader) await this.follow(reader)
      } catch (error) {
        if (!signal.aborted) this.means.failed(error)
      }
      await setTimeout(TURN, undefined, { signal }).catch(() => {})
    }
  }

  private async follow(reader: Reader): Promise<void> {
    const { signal } = this.stop
    const told: Told = new Map()
    const over = new AbortController()
    const beating = this.beat(AbortSignal.any([signal, over.signal]))
    try {
      while (!signal.aborted) {
        const changes = await reader.next(signal)
        if (changes.length === 0) continue
        await this.tell(changes, told)
        await reader.done()
      }
    } finally {
      over.abort()
      await beating
      await reader.release()
    }
  }

  private async tell(changes: readonly Change[], told: Told): Promise<void> {
    const byTenant = Map.groupBy(changes, ({ tenant }) => tenant)
    const rows = Map.groupBy(await this.means.shelf.live([...byTenant.keys()]), ({ tenant }) => tenant)
    for (const [tenant, subscriptions] of rows) {
      const live = await this.liveOf(subscriptions)
      if (live.length > 0) await this.tellTenant(tenant, byTenant.get(tenant) ?? [], live, told)
    }
  }

  /** Those whose owners have any rights still. */
  private async liveOf(rows: readonly SubscriptionRow[]): Promise<readonly Live[]> {
    const live: Live[] = []
    for (const row of rows) {
      const plan = row.plan as unknown as Plan
      const who = plan.interval === undefined ? await this.means.shelf.owner(row) : undefined
      if (who !== undefined)
        live.push({ row, plan, who, since: Date.parse(row.created), told: row.told === null ? -Infinity : Date.parse(row.told) })
    }
    return live
  }

  private async tellTenant(tenant: number, changes: readonly Change[], live: readonly Live[], told: Told): Promise<void> {
    const { service } = this.means
    const all = keeper(tenant, NAME)
    // what was told is remembered only when it is queued: a batch that failed is read again
    const since: Told = new Map(told)
    for (const part of partsOf(changes, live)) {
      const began = Math.min(...part.map(({ at }) => Date.parse(at)))
      const hearing = live.filter((one) => one.since <= began)
      for await (const happened of happenedIn(service, all, part, since)) await this.tellOf(all, happened, hearing)
    }
    for (const [series, at] of since) told.set(series, at)
    if (told.size > REMEMBERED) told.clear()
  }

  private async tellOf(all: Principal, happened: readonly Happened[], hearing: readonly Live[]): Promise<void> {
    if (hearing.length === 0) return
    const datasets = await datasetsOf(this.means.service, all, happened)
    const deliveries: NewDelivery[] = []
    for (const one of happened)
      for (const subscription of hearing) {
        const dataset = datasets.get(one.thing.dataset)
        const seen = dataset === undefined ? undefined : await this.seenBy(subscription.who, one, dataset)
        if (seen !== undefined && concerns(subscription.plan, seen) && isTime(subscription))
          deliveries.push(await this.deliveryOf(subscription, seen))
      }
    await this.means.shelf.queue(deliveries)
  }

  /** As somebody sees it who may not see all of the dataset; undefined where that is nothing. */
  private async seenBy(who: Principal, happened: Happened, dataset: Dataset): Promise<Happened | undefined> {
    if (matches(narrow(who, 'read', 'dataset'), dataset)) return happened
    if (!matches(touches(who, 'read'), dataset)) return undefined
    const { service } = this.means
    const { items } = await service.find(who, { ...ask('entity', equals(['id'], happened.thing.id), 1), include: [WITH_SERIES] })
    const [told] = await statesOf({ service, who }, items)
    if (told === undefined) return undefined
    const { attributes } = told.state
    return { ...happened, state: told.state, attributes: new Map([...happened.attributes].filter(([name]) => attributes.has(name))) }
  }

  private async deliveryOf({ row, plan }: Live, happened: Happened): Promise<NewDelivery> {
    const context = await this.means.contexts.resolve(row.tenant, plan.root, plan.context)
    const told = { state: happened.state, gone: goneIn(plan, happened) }
    const body = renderNotification(plan, row.iri, [told], context, now())
    return { subscription: row.id, cause: happened.cause, dataset: happened.thing.dataset, body }
  }

  private async beat(signal: AbortSignal): Promise<void> {
    for (let i = 0; !signal.aborted; i++) {
      try {
        for (const row of await this.means.shelf.due()) await this.tellAll(row)
        if (i % 1000 === 0) await this.means.shelf.trim()
      } catch (error) {
        if (!signal.aborted) this.means.failed(error)
      }
      await setTimeout(BEAT, undefined, { signal }).catch(() => {})
    }
  }

  /** timeInterval: all that match, as they are; nothing where none does. */
  private async tellAll(row: SubscriptionRow): Promise<void> {
    const { service, contexts, shelf } = this.means
    const who = await shelf.owner(row)
    if (who === undefined) return
    const plan = row.plan as unknown as Plan
    const { items } = await service.find(who, { ...ask('entity', and(plan.where, living()), MOST), include: [WITH_SERIES] })
    if (items.length === 0) return
    const context = await contexts.resolve(row.tenant, plan.root, plan.context)
    const told = (await statesOf({ service, who }, items)).map(({ state }) => ({ state, gone: [] }))
    const datasets = new Set(items.map(({ dataset }) => dataset))
    const [dataset = null] = datasets.size === 1 ? datasets : []
    const body = renderNotification(plan, row.iri, told, context, now())
    await shelf.queue([{ subscription: row.id, cause: `i${row.told ?? row.created}`, dataset, body }])
  }
}

/** Series whose latest time is remembered. */
const REMEMBERED = 1_000_000

/** What was before a subscription was made, apart from what came after. */
function partsOf(changes: readonly Change[], live: readonly Live[]): readonly (readonly Change[])[] {
  const borders = live.map(({ since }) => since)
  const byPart = Map.groupBy(changes, ({ at }) => borders.filter((border) => border <= Date.parse(at)).length)
  return [...byPart].toSorted(([a], [b]) => a - b).map(([, part]) => part)
}

/** Throttling: no two notifications closer than this; what lies between is not told (5.8.6). */
function isTime(live: Live): boolean {
  const { throttling } = live.plan
  const at = Date.now()
  if (throttling !== undefined && at - live.told < throttling * 1000) return false
  live.told = at
  return true
}

async function datasetsOf(service: Service, who: Principal, happened: readonly Happened[]): Promise<ReadonlyMap<number, Dataset>> {
  const ids = [...new Set(happened.map(({ thing }) => thing.dataset))]
  if (ids.length === 0) return new Map()
  const among: Filter = { is: 'in', path: ['id'], values: ids }
  const { items } = await service.find(who, ask('dataset', and(among), ids.length))
  return new Map(items.map((dataset) => [dataset.id, dataset]))
}

/**
 * delivering: notifications that wait, sent: those of one subscription one after the other, those of different ones side by side, so that a
 * slow endpoint delays nobody else. One that was sent and not yet said to be is sent again after a fault: at least once.
 */
import { setTimeout } from 'node:timers/promises'
import type { DeliveryRow, SubscriptionRow, Subscriptions } from '../../govern/subscriptions.ts'
import { ask } from '../../query/query.ts'
import { and, equals } from '../../query/filter.ts'
import { touches } from '../../rights/policy.ts'
import type { Service } from '../../service/service.ts'
import type { Contexts } from './contexts.ts'
import { MEDIA } from './names.ts'
import type { Plan } from './subscription.ts'

export interface Notice {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Posts it; throws when it was not taken within so many milliseconds. */
export type Send = (uri: string, notice: Notice, patience: number) => Promise<void>

export interface Means {
  readonly service: Service
  readonly contexts: Contexts
  readonly shelf: Subscriptions
  readonly send: Send
  readonly failed: (error: unknown) => void
}

/** Subscriptions that are delivered at the same time, by one node. */
const SIDE_BY_SIDE = 50
/** Milliseconds between two looks into the queue. */
const PAUSE = 200
const CHUNK = 20
/** Seconds that an endpoint is left alone after it failed: longer and longer. */
const [SOON, LATE] = [1, 300]

export class Delivering {
  private readonly stop = new AbortController()
  private readonly under = new Set<Promise<void>>()
  private readonly running: Promise<void>
  private readonly means: Means

  constructor(means: Means) {
    this.means = means
    this.running = this.run()
  }

  /** What is being sent is waited for. */
  async close(): Promise<void> {
    this.stop.abort()
    await this.running
    await Promise.all(this.under)
  }

  private async run(): Promise<void> {
    const { signal } = this.stop
    while (!signal.aborted) {
      const taken = await this.take().catch((error: unknown) => {
        if (!signal.aborted) this.means.failed(error)
        return 0
      })
      if (taken === 0) await setTimeout(PAUSE, undefined, { signal }).catch(() => {})
    }
  }

  private async take(): Promise<number> {
    const free = SIDE_BY_SIDE - this.under.size
    if (free === 0) return 0
    const ids = await this.means.shelf.hold(free)
    for (const id of ids) {
      const work = this.deliver(id).catch(this.means.failed)
      this.under.add(work)
      void work.finally(() => this.under.delete(work))
    }
    return ids.length
  }

  private async deliver(subscription: number): Promise<void> {
    const { shelf } = this.means
    try {
      for (;;) {
        const row = await shelf.held(subscription)
        const waiting = await shelf.waiting(subscription, CHUNK)
        if (row === undefined || waiting.length === 0) return
        for (const one of waiting) if (this.stop.signal.aborted || !(await this.sent(row, one))) return
      }
    } finally {
      await shelf.release(subscription)
    }
  }

  /** False where no more is to be sent now. */
  private async sent(row: SubscriptionRow, one: DeliveryRow): Promise<boolean> {
    const { shelf, send } = this.means
    const plan = row.plan as unknown as Plan
    if (!(await this.mayKnow(row, one))) {
      await shelf.drop(one)
      return true
    }
    const notice = { headers: await this.headersOf(row, plan), body: JSON.stringify(one.body) }
    try {
      await send(plan.endpoint.uri, notice, plan.endpoint.timeout)
    } catch {
      const { cooldown } = plan.endpoint
      await shelf.failed(one, cooldown === undefined ? Math.min(LATE, SOON * 2 ** one.attempts) : cooldown / 1000)
      return false
    }
    return shelf.delivered(one)
  }

  /** Rights may have gone since it was written. */
  private async mayKnow(row: SubscriptionRow, { dataset }: DeliveryRow): Promise<boolean> {
    const who = await this.means.shelf.owner(row)
    if (who === undefined) return false
    if (dataset === null) return who.admin
    const { items } = await this.means.service.find(who, ask('dataset', and(equals(['id'], dataset), touches(who, 'read')), 1))
    return items.length > 0
  }

  private async headersOf({ tenant }: SubscriptionRow, { endpoint, context, root, tenant: named }: Plan): Promise<Notice['headers']> {
    const { contexts } = this.means
    const { accept, headers } = endpoint
    const own = { ...headers, 'content-type': accept, ...(named !== undefined && { 'ngsild-tenant': named }) }
    if (accept === MEDIA.jsonld) return own
    const address = await contexts.linkTo(tenant, root, await contexts.resolve(tenant, root, context))
    return { ...own, link: `<${address}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"` }
  }
}

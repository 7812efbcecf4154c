/**
 * fan-out: what changes in a tenant told to everyone who subscribed. The outbox is followed once, items are read once a batch however
 * many listen, and the rights of each listener are looked at with every message.
 */
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Dataset } from '../../model/dataset.ts'
import type { Noun } from '../../model/noun.ts'
import { and, everything, or, wayName, type Filter } from '../../query/filter.ts'
import { matches, type Related } from '../../query/matches.ts'
import { ask, type Found, type Include, type Query } from '../../query/query.ts'
import { keeper, type Principal } from '../../rights/principal.ts'
import type { Change, Service, Since } from '../../service/service.ts'
import { keyOf, keysOf, questionAbout, type Channel, type Listener } from './channel.ts'
import { Extents } from './extents.ts'
import { add, NOT, touchedBy, type Moments } from './moments.ts'
import { Readers } from './readers.ts'

/** Items that are read and told at a time; others get their turn between. */
const CHUNK = 500
/** With few channels the database leaves out what none of them wants. */
const FEW = 20
/** How often a batch is tried, and the milliseconds between. */
const ATTEMPTS = 5
const PAUSE = 1000

interface Following {
  readonly begun: Promise<void>
  readonly stop: AbortController
}

interface Telling {
  /** Gathers whose observations these are. */
  readonly derived?: Moments
  /** Of some channels, where there are more moments than of the others. */
  readonly also?: ReadonlyMap<Channel, Moments>
  /** Whether there is anything to tell of an item. */
  readonly news?: (item: Found) => boolean
}

export class FanOut {
  private readonly channels = new Map<string, Channel>()
  private readonly extents = new Extents()
  private following: Following | undefined
  private readonly service: Service
  private readonly keeper: Principal
  private readonly failed: (error: unknown) => void

  constructor(service: Service, tenant: number, failed: (error: unknown) => void) {
    this.service = service
    this.keeper = keeper(tenant, 'mqtt')
    this.failed = failed
  }

  /** From its end on nothing is missed, and what was before is not told. `key` says which channel; `make` makes it when nobody has opened it yet. */
  async open(key: string, make: () => Channel, listener: Listener): Promise<() => void> {
    const channel = this.channels.get(key) ?? make()
    this.channels.set(key, channel)
    channel.listeners.set(listener, never)
    try {
      this.following ??= this.follow()
      await this.following.begun
      if (channel.last?.size === 0) await this.remember(channel)
      if (channel.members.size === 0) await this.joined(channel)
      channel.listeners.set(listener, await this.service.moment())
    } catch (error) {
      this.close(key, channel, listener)
      throw error
    }
    return () => this.close(key, channel, listener)
  }

  private async remember({ noun, where, last, write }: Channel): Promise<void> {
    for (const item of await this.found(ask(noun, where, 1))) last?.set(item.id, write(item))
  }

  /** Who belongs to it now and did not before. */
  private async joined({ noun, where, below, members }: Channel): Promise<readonly number[]> {
    if (below === undefined) return []
    const now = (await this.found(ask(noun, where, CHUNK))).map(({ id }) => id)
    const fresh = now.filter((id) => !members.has(id))
    members.clear()
    for (const id of now) members.add(id)
    return fresh
  }

  private close(key: string, channel: Channel, listener: Listener): void {
    channel.listeners.delete(listener)
    if (channel.listeners.size === 0 && this.channels.get(key) === channel) this.channels.delete(key)
    if (this.channels.size === 0) this.end()
  }

  end(): void {
    this.following?.stop.abort()
    this.following = undefined
  }

  private follow(): Following {
    const stop = new AbortController()
    const { promise, resolve } = Promise.withResolvers<void>()
    void this.run(stop.signal, resolve)
    return { begun: promise, stop }
  }

  private async run(signal: AbortSignal, begun: () => void): Promise<void> {
    while (!signal.aborted)
      try {
        for await (const changes of this.service.watch(this.keeper, everything, signal, begun)) await this.attempt(changes, signal)
      } catch (error) {
        this.failed(error)
        await setTimeout(PAUSE)
      }
  }

  /** A database that is away for a moment is asked again; what was told already is then told twice. */
  private async attempt(changes: readonly Change[], signal: AbortSignal): Promise<void> {
    for (let left = ATTEMPTS; left > 0 && !signal.aborted; left--)
      try {
        return await this.tell(changes)
      } catch (error) {
        if (left === 1) this.failed(error)
        await setTimeout(PAUSE)
      }
  }

  private async tell(changes: readonly Change[]): Promise<void> {
    const touched = touchedBy(changes)
    const derived: Moments = new Map()
    const also = await this.tellJoined(touched.entity)
    await this.tellOf('entity', touched.entity, { also })
    await this.tellOf('observation', touched.observation, { derived })
    for (const id of touched.series.keys()) add(touched.series, id, derived.get(id) ?? NOT)
    await this.tellOf('series', touched.series)
    for (const id of touched.series.keys()) derived.delete(id)
    await this.tellOf('series', derived, { news: (item) => this.extents.moved(item) })
  }

  /** Those that belong to a set since the entity above it changed; one that has changed itself is told of with the others, once. */
  private async tellJoined(touched: Moments): Promise<ReadonlyMap<Channel, Moments>> {
    const also = new Map<Channel, Moments>()
    for (const channel of this.about('entity')) {
      const above = channel.below === undefined ? undefined : touched.get(channel.below)
      if (above === undefined) continue
      const changed = { moments: above.moments }
      const fresh = await this.joined(channel)
      const [both, only] = [fresh.filter((id) => touched.has(id)), fresh.filter((id) => !touched.has(id))]
      if (only.length > 0) await this.tellAsked(channel, only, new Map(only.map((id) => [id, changed])))
      const own = new Map(touched)
      for (const id of both) add(own, id, changed)
      also.set(channel, own)
    }
    return also
  }

  private async tellOf(noun: Noun, moments: Moments, telling: Telling = {}): Promise<void> {
    const channels = this.about(noun)
    const gathers = telling.derived !== undefined && this.about('series').length > 0
    if (channels.length === 0 && !gathers) return
    const ids = [...moments.keys()]
    for (let i = 0; i < ids.length; i += CHUNK) {
      const chunk = ids.slice(i, i + CHUNK)
      const items = await this.read(noun, chunk, gathers ? [] : channels)
      if (gathers) for (const item of items) gather(item, moments, telling.derived)
      await this.tellChunk(channels, chunk, items, moments, telling)
      await setImmediate()
    }
  }

  private about(noun: Noun): readonly Channel[] {
    return [...this.channels.values()].filter((channel) => channel.noun === noun)
  }

  private async tellChunk(
    channels: readonly Channel[],
    ids: readonly number[],
    items: readonly Found[],
    moments: Moments,
    { news, also }: Telling,
  ): Promise<void> {
    const told = news === undefined ? items : items.filter(news)
    await this.tellPlain(channels, told, moments)
    const asked = news === undefined ? ids : told.map(({ id }) => id)
    if (asked.length > 0)
      for (const channel of channels) if (!channel.plain) await this.tellAsked(channel, asked, also?.get(channel) ?? moments)
  }

  /** What any of the channels may want; all of it where there are none, or many. */
  private read(noun: Noun, ids: readonly number[], channels: readonly Channel[]): Promise<readonly Found[]> {
    const few = channels.length > 0 && channels.length <= FEW && channels.every(({ plain }) => plain)
    const among: Filter = { is: 'in', path: ['id'], values: ids }
    const wanted = few ? or(...channels.map(({ where }) => where)) : everything
    return this.found({ ...ask(noun, and(among, wanted), ids.length), include: noun === 'observation' ? [SERIES] : [] })
  }

  private async found(query: Query): Promise<readonly Found[]> {
    return (await this.service.find(this.keeper, query)).items
  }

  private async tellPlain(channels: readonly Channel[], items: readonly Found[], moments: Moments): Promise<void> {
    const byKey = Map.groupBy(
      channels.filter(({ plain }) => plain),
      ({ where }) => keyOf(where),
    )
    if (byKey.size === 0 || items.length === 0) return
    const readers = await this.readersOf(items)
    for (const item of items)
      for (const key of [undefined, ...keysOf(item)])
        for (const channel of byKey.get(key) ?? [])
          if (matches(channel.where, item, related)) await this.say(channel, item, readers, moments)
  }

  /** With relatives, which may be hidden from some: each gets what the door gives to them. */
  private async tellAsked(channel: Channel, ids: readonly number[], moments: Moments): Promise<void> {
    const askers = new Map<Principal, Listener[]>()
    for (const listener of channel.listeners.keys()) {
      const who = await asking(listener)
      if (who !== undefined) askers.set(who, [...(askers.get(who) ?? []), listener])
    }
    const before = channel.last && new Map(channel.last)
    for (const [who, listeners] of askers)
      for (const item of (await this.service.find(who, questionAbout(channel, ids))).items) {
        const text = channel.write(item)
        channel.last?.set(item.id, text)
        if (before !== undefined && before.get(item.id) === text) continue
        for (const listener of listeners) tellTo(channel, listener, item, text, moments)
      }
  }

  private async say(channel: Channel, item: Found, readers: Readers, moments: Moments): Promise<void> {
    const text = channel.write(item)
    if (channel.last?.get(item.id) === text) return
    channel.last?.set(item.id, text)
    for (const listener of channel.listeners.keys()) {
      if (!listened(channel, listener, item, moments)) continue
      const asked = asking(listener)
      const who = asked instanceof Promise ? await asked : asked
      if (who === undefined) continue
      const extent = readers.extent(who, datasetOf(item))
      const seen = extent === 'some' ? await this.partly(channel, item, who) : extent === 'all' ? text : undefined
      if (seen !== undefined) tellTo(channel, listener, item, seen, moments)
    }
  }

  /** What the door gives of it to somebody who may not see all; undefined where that is nothing. */
  private async partly(channel: Channel, { id }: Found, who: Principal): Promise<string | undefined> {
    const [item] = (await this.service.find(who, questionAbout(channel, [id]))).items
    return item === undefined ? undefined : channel.write(item)
  }

  private async readersOf(items: readonly Found[]): Promise<Readers> {
    const ids = [...new Set(items.map(datasetOf))]
    const datasets = await this.found(ask('dataset', { is: 'in', path: ['id'], values: ids }, ids.length))
    return new Readers(new Map(datasets.map((dataset) => [dataset.id, dataset as Dataset])))
  }
}

/** The series of an observation says something else of itself since the observation changed. */
function gather(item: Found, moments: Moments, derived: Telling['derived']): void {
  if ('series' in item && derived) add(derived, item.series, { moments: moments.get(item.id)?.moments ?? [] })
}

const SERIES: Include = { through: 'series', where: everything, order: [], page: { limit: 1 }, include: [], count: false }

const related: Related = (item, through) => (item as Found).with?.[wayName(through)]?.items ?? []

const datasetOf = (item: Found): number => ('dataset' in item ? item.dataset : item.id)

/** Whether it was there already when the item changed. */
function listened({ listeners }: Channel, listener: Listener, { id }: Found, moments: Moments): boolean {
  return (moments.get(id) ?? NOT).moments.some(listeners.get(listener) ?? never)
}

function tellTo(channel: Channel, listener: Listener, item: Found, text: string, moments: Moments): void {
  if (!listened(channel, listener, item, moments)) return
  const { made } = moments.get(item.id) ?? NOT
  const since = channel.listeners.get(listener) ?? never
  listener.tell({ text, item: item.id }, made !== undefined && since(made) ? 'create' : 'update')
}

const never: Since = () => false

/** Nobody any more: whose token has ended is told nothing. */
function asking(listener: Listener): Principal | undefined | Promise<Principal | undefined> {
  try {
    const who = listener.who()
    return who instanceof Promise ? who.catch(() => undefined) : who
  } catch {
    return undefined
  }
}

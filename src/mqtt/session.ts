/** session: what one client hears and what it says: each message is asked for who it is, because rights end. */
import { isUtf8 } from 'node:buffer'
import type { Tenant } from '../govern/tenants.ts'
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import type { Guest } from './guest.ts'
import type { Message } from './outgoing.ts'
import type { Place } from './place.ts'
import { REASON, type Reason } from './reason.ts'
import type { Reply, Speaker, Spot, Told } from './speaker.ts'
import { errorsOf, isAnswers, LONGEST } from './topic.ts'
import type { Published, Visitor, Wanted } from './visitor.ts'

/** Topics that one client may hear. */
const MOST_TOPICS = 500
/** What a client has made is remembered for whoever wants to hear only others. */
const MOST_OWN = 10_000

interface Heard {
  readonly wanted: Wanted
  readonly end: () => void
}

/** What a session needs of the connection and the broker. */
export interface Setting {
  /** In logs. */
  readonly id: string
  deliver(message: Message): void
  end(reason: Reason): void
  /** Who speaks of a topic, and where. Throws a Problem. */
  placeOf(topic: string): Promise<Place>
  /** A problem as clients of the topic know it. */
  said(topic: string, problem: Problem): string
}

export class Session implements Visitor {
  private readonly topics = new Map<string, Heard>()
  private readonly own = new Set<number>()
  /** Whether anything is heard only of others. */
  private sparing = false
  private opening = 0
  private over = false
  private readonly guest: Guest
  private readonly around: Setting

  constructor(guest: Guest, around: Setting) {
    this.guest = guest
    this.around = around
  }

  async take(message: Published): Promise<Problem | undefined> {
    const began = performance.now()
    const problem = await this.publish(message)
    const status = problem?.status ?? 201
    observe({ saw: 'request', id: this.around.id, door: 'mqtt', method: 'PUBLISH', route: 'topic', status, ms: performance.now() - began })
    if (problem?.kind === 'unauthenticated' && this.over) throw problem
    return problem
  }

  /** What cannot be stored just now is thrown where it can be sent again. */
  private async publish({ topic, qos, payload, properties }: Published): Promise<Problem | undefined> {
    try {
      if (properties?.payloadFormatIndicator && !isUtf8(payload)) throw noText()
      const { speaker, spot } = await this.spotOf(topic)
      const reply = await speaker.publish(spot, { payload, properties: properties?.userProperties ?? {} })
      if (reply.item !== undefined) this.remember(reply.item)
      if (properties?.responseTopic !== undefined) this.reply(properties.responseTopic, properties.correlationData, reply)
      return undefined
    } catch (error) {
      if (qos > 0 && error instanceof Problem && (error.kind === 'busy' || error.kind === 'unavailable')) throw error
      const problem = problemOf(error)
      this.complain(topic, problem, properties)
      return problem
    }
  }

  private remember(item: number): void {
    if (!this.sparing) return
    if (this.own.size >= MOST_OWN) this.own.clear()
    this.own.add(item)
  }

  async subscribe(wanted: Wanted): Promise<() => void> {
    try {
      return await this.open(wanted)
    } catch (error) {
      const problem = problemOf(error)
      this.complain(wanted.topic, problem)
      throw problem
    }
  }

  private async open(wanted: Wanted): Promise<() => void> {
    const { topic } = wanted
    const known = this.topics.has(topic)
    if (!known && this.topics.size + this.opening >= MOST_TOPICS) throw tooMany()
    this.opening++
    if (wanted.othersOnly) this.sparing = true
    const place = await this.listen(wanted).finally(() => this.opening--)
    if (place === undefined || wanted.latest === 'never' || (known && wanted.latest === 'new')) return () => {}
    const latest = await place.speaker.latest(place.spot)
    return () => latest.forEach(({ text }) => this.send(topic, text, { retain: true }))
  }

  /** Errors and answers are told by the broker itself, all else by the standard. */
  private async listen(wanted: Wanted): Promise<{ readonly speaker: Speaker; readonly spot: Spot } | undefined> {
    const { topic } = wanted
    if (isAnswers(topic) && topic.length <= LONGEST) {
      this.hear({ wanted, end: () => {} })
      return undefined
    }
    const { speaker, spot } = await this.spotOf(topic)
    this.hear({ wanted, end: await speaker.subscribe(spot, (told) => this.tell(topic, told)) })
    return { speaker, spot }
  }

  private hear(heard: Heard): void {
    this.unsubscribe(heard.wanted.topic)
    if (this.over) heard.end()
    else this.topics.set(heard.wanted.topic, heard)
  }

  unsubscribe(topic: string): boolean {
    this.topics.get(topic)?.end()
    return this.topics.delete(topic)
  }

  private tell(topic: string, { text, item, properties }: Told): void {
    if (this.topics.get(topic)?.wanted.othersOnly && this.own.has(item)) return
    this.send(topic, text, properties === undefined ? {} : { properties: { userProperties: { ...properties } } })
  }

  /** To this client alone, where it has subscribed to the topic. */
  private send(topic: string, text: string, more: { readonly retain?: boolean; readonly properties?: Message['properties'] } = {}): void {
    const heard = this.topics.get(topic)
    if (heard === undefined || this.over) return
    const { identifier, quality } = heard.wanted
    const properties = { ...ABOUT, ...(identifier !== undefined && { subscriptionIdentifier: identifier }), ...more.properties }
    this.around.deliver({ topic, payload: Buffer.from(text), qos: quality, retain: more.retain ?? false, properties })
  }

  private reply(topic: string, correlationData: Buffer | undefined, { text, properties }: Reply): void {
    this.send(topic, text, {
      properties: { ...(correlationData && { correlationData }), ...(properties && { userProperties: { ...properties } }) },
    })
  }

  /** To the response topic where one was named, else behind the topic itself. */
  private complain(topic: string, problem: Problem, asked?: Published['properties']): void {
    const text = this.around.said(topic, problem)
    const properties = { status: String(problem.status) }
    this.reply(asked?.responseTopic ?? errorsOf(topic), asked?.correlationData, { text, properties })
  }

  private async spotOf(topic: string): Promise<{ readonly speaker: Speaker; readonly spot: Spot }> {
    const { speaker, tenant, ...spot } = await this.around.placeOf(topic)
    return { speaker, spot: { ...spot, tenant: tenant.id, who: () => this.asking(tenant) } }
  }

  /** Whose token is no longer good is disconnected. At once where it can be told at once: it is asked for every message. */
  private asking(tenant: Tenant): Principal | Promise<Principal> {
    try {
      const who = this.guest.who(tenant)
      return who instanceof Promise ? who.catch((error: unknown) => this.refused(error)) : who
    } catch (error) {
      return this.refused(error)
    }
  }

  private refused(error: unknown): never {
    if (error instanceof Problem && error.kind === 'unauthenticated') this.around.end(REASON.notAuthorised)
    throw error
  }

  leave(): void {
    this.over = true
    for (const { end } of this.topics.values()) end()
    this.topics.clear()
  }
}

/** Of every message: it is JSON, and says so to clients of MQTT 5. */
const ABOUT = { payloadFormatIndicator: true, contentType: 'application/json' }

/** Anything but a Problem is a fault of ours: it is told to the operator, not to the client. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  observe({ saw: 'crash', error })
  return new Problem('unavailable', { en: 'This is a fault of the platform.', de: 'Das ist ein Fehler der Plattform.' })
}

function noText(): Problem {
  return new Problem('invalid-body', { en: 'The message is announced as text and is none.', de: 'Die Nachricht ist als Text angekündigt und ist keiner.' }) // prettier-ignore
}

function tooMany(): Problem {
  return new Problem('busy', { en: 'So many topics are too many for one client.', de: 'So viele Themen sind für einen Client zu viele.' })
}

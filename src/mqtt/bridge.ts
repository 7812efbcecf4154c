/**
 * bridge: the platform beside a broker of others. What everybody may know is published there, from the outbox and at least once; what devices
 * publish there is stored with the rights of one token, and acknowledged when it is durable. One node at a time does it.
 */
import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { observe } from '../observe.ts'
import { Problem, type Kind } from '../problem.ts'
import type { Change, Reader, Service } from '../service/service.ts'
import { dial } from './dial.ts'
import { welcome, type Guest } from './guest.ts'
import { Link } from './link.ts'
import { placeOf, rootOf, said, type Around } from './place.ts'
import { errorsOf } from './topic.ts'
import type { Published } from './visitor.ts'
import { LARGEST } from './wire.ts'

/** Milliseconds between two attempts: longer and longer, and never all nodes at once. */
const [SOON, LATE] = [500, 30_000]
/** How often a node looks whether the one that is at it has gone. */
const TURN = 5000
const NAME = 'mqtt'
/** A token that is no longer good keeps messages waiting there, rather than lose them. */
const AGAIN: readonly Kind[] = ['busy', 'unavailable', 'unauthenticated']

export type BridgeConfig = NonNullable<Config['mqttBroker']>

export class Bridge {
  private readonly stop = new AbortController()
  private readonly running: Promise<void>
  private readonly around: Around
  private readonly service: Service
  private readonly config: BridgeConfig

  constructor(around: Around, service: Service, config: BridgeConfig) {
    this.around = around
    this.service = service
    this.config = config
    this.running = this.run()
  }

  async close(): Promise<void> {
    this.stop.abort()
    await this.running
  }

  private async run(): Promise<void> {
    const { signal } = this.stop
    let pause = SOON
    while (!signal.aborted) {
      const began = performance.now()
      const held = await this.turn().catch((error: unknown) => {
        observe({ saw: 'broker-lost', error: error instanceof Error ? error.message : String(error) })
        return 'failed' as const
      })
      // one that held for a while is tried again at once
      pause = performance.now() - began > LATE ? SOON : Math.min(LATE, pause * 2)
      const wait = held === 'failed' ? pause * (0.5 + Math.random() / 2) : TURN
      await setTimeout(wait, undefined, { signal }).catch(() => {})
    }
  }

  /** Ends when the platform stops, or another node is at it; throws when the broker is lost. */
  private async turn(): Promise<'stopped' | 'another'> {
    const reader = await this.service.reader(NAME)
    if (reader === undefined) return 'another'
    try {
      await this.carry(reader)
      return 'stopped'
    } finally {
      await reader.release().catch(() => {})
    }
  }

  private async carry(reader: Reader): Promise<void> {
    const { signal } = this.stop
    const { url, token } = this.config
    const guest = token === undefined ? undefined : await this.welcome(token)
    const link = new Link(await dial(url), (message) => this.take(link, message, guest))
    try {
      await link.open({ clientId: nameOf(this.around.url), ...credentialsIn(url) }, guest === undefined ? [] : this.topics())
      observe({ saw: 'broker-reached', broker: url.host })
      while (!signal.aborted) {
        const changes = await Promise.race([reader.next(signal), link.lost])
        await this.tell(link, changes)
        await reader.done()
      }
    } finally {
      await link.end()
    }
  }

  private welcome(token: string): Promise<Guest> {
    const { people, identify } = this.around
    return welcome({ username: 'token', password: Buffer.from(token), request: undefined }, people, identify)
  }

  private topics(): readonly string[] {
    const takes = this.around.speakers.flatMap(({ abroad }) => abroad?.takes ?? [])
    return takes.flatMap((topic) => [topic, `t/+/${topic}`])
  }

  private async tell(link: Link, changes: readonly Change[]): Promise<void> {
    for (const [id, of] of Map.groupBy(changes, ({ tenant }) => tenant)) {
      const tenant = await this.around.people.tenants.byId(id)
      const prefix = tenant.slug === 'default' ? '' : `t/${tenant.slug}/`
      for (const { abroad } of this.around.speakers)
        for await (const piece of abroad?.tell(of, id, rootOf(tenant, this.around.url)) ?? [])
          await link.publish(piece.map(({ topic, text }) => ({ topic: prefix + topic, payload: text })))
    }
  }

  /** Throws where it must come again. */
  private async take(link: Link, { topic, payload, properties }: Published, guest: Guest | undefined): Promise<Problem | undefined> {
    try {
      if (guest === undefined) return undefined
      if (payload.length > LARGEST) throw new Problem('too-large', `A message has at most ${LARGEST} bytes.`)
      const { speaker, tenant, ...spot } = await placeOf(topic, guest.home, this.around)
      if (speaker.abroad?.isOurs(payload)) return undefined
      await speaker.publish(
        { ...spot, tenant: tenant.id, who: () => guest.who(tenant) },
        { payload, properties: properties?.userProperties ?? {} },
      )
      return undefined
    } catch (error) {
      const problem = error instanceof Problem ? error : undefined
      if (problem === undefined) observe({ saw: 'crash', error })
      if (problem !== undefined && AGAIN.includes(problem.kind)) throw problem
      if (problem !== undefined) link.mention({ topic: errorsOf(topic), payload: said(topic, problem, this.around) })
      return problem
    }
  }
}

/** The broker keeps messages for this name, so it stays the same, on whatever node; another installation has another one. */
const nameOf = (url: string): string => `allmende-${createHash('sha256').update(url).digest('hex').slice(0, 12)}`

function credentialsIn({ username, password }: URL): { readonly username: string | undefined; readonly password: string | undefined } {
  const decoded = (text: string): string | undefined => (text === '' ? undefined : decodeURIComponent(text))
  return { username: decoded(username), password: decoded(password) }
}

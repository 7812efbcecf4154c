/** link: this platform as a client of a broker elsewhere, in MQTT 3.1.1, which all of them speak. What goes wrong ends it; the bridge begins anew. */
import type { Duplex } from 'node:stream'
import type { Packet } from 'mqtt-packet'
import { Incoming } from './incoming.ts'
import { Outgoing, type Message } from './outgoing.ts'
import type { Visitor } from './visitor.ts'
import { Wire, type Ear } from './wire.ts'

/** Seconds between signs of life; twice as long without an answer is death. */
const KEEPALIVE = 30
/** Messages that a broker may hold unacknowledged; many allow no more than twenty at a time, and queue the rest. */
const WINDOW = 100
const PATIENCE = 10_000

export interface Credentials {
  readonly clientId: string
  readonly username: string | undefined
  readonly password: string | undefined
}

export class Link {
  /** Rejects when the link is over. */
  readonly lost: Promise<never>
  private readonly fail: (error: Error) => void
  private readonly wire: Wire
  private readonly outgoing: Outgoing
  private readonly incoming: Incoming
  private readonly timers: NodeJS.Timeout[] = []
  private waiting: { readonly cmd: Packet['cmd']; readonly resolve: (packet: Packet) => void } | undefined
  private unsettled = 0
  private settled: () => void = () => {}
  private answered = true

  constructor(conn: Duplex, take: Visitor['take']) {
    const { promise, reject } = Promise.withResolvers<never>()
    promise.catch(() => {})
    this.lost = promise
    this.fail = (error) => {
      reject(error)
      this.timers.forEach(clearInterval)
      this.wire.destroy()
    }
    const ear: Ear = {
      packet: (packet) => this.heard(packet),
      broken: (reason) => this.fail(new Error(`the broker breaks the protocol (${reason})`)),
      drained: () => {},
      gone: () => this.fail(new Error('the broker has closed the connection')),
    }
    // what is too large is refused when it is there: a link that ended at it would meet it again and again
    this.wire = new Wire(conn, ear, Infinity)
    this.outgoing = new Outgoing(WINDOW, (packet) => this.wire.send(packet))
    const visitor: Visitor = {
      take,
      subscribe: () => Promise.reject(new Error('nobody subscribes here')),
      unsubscribe: () => false,
      leave: () => {},
    }
    this.incoming = new Incoming(visitor, this.wire, 'never', () => this.fail(new Error('a message could not be stored')))
  }

  /** Greets the broker, and subscribes. What it kept for this client while it was away comes too. */
  async open({ clientId, username, password }: Credentials, topics: readonly string[]): Promise<void> {
    const named = { ...(username !== undefined && { username }), ...(password !== undefined && { password: Buffer.from(password) }) }
    const greeted = this.next('connack')
    this.wire.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: topics.length === 0,
      clientId,
      keepalive: KEEPALIVE,
      ...named,
    })
    const connack = await greeted
    if (connack.cmd !== 'connack' || connack.returnCode !== 0)
      throw new Error(`the broker refuses the connection (${(connack as { returnCode?: number }).returnCode})`)
    this.timers.push(setInterval(() => this.ping(), KEEPALIVE * 1000).unref())
    if (topics.length === 0) return
    const granted = this.next('suback')
    this.wire.send({ cmd: 'subscribe', messageId: 1, subscriptions: topics.map((topic) => ({ topic, qos: 1 })) })
    const suback = await granted
    const refused = suback.cmd === 'suback' ? topics.filter((_, i) => suback.granted[i] === 0x80) : []
    if (refused.length > 0) throw new Error(`the broker refuses ${refused.join(', ')}`)
  }

  private next(cmd: Packet['cmd']): Promise<Packet> {
    const { promise, resolve } = Promise.withResolvers<Packet>()
    this.waiting = { cmd, resolve }
    const late = setTimeout(() => this.fail(new Error(`the broker sends no ${cmd}`)), PATIENCE).unref()
    return Promise.race([promise, this.lost]).finally(() => clearTimeout(late))
  }

  private heard(packet: Packet): void {
    this.answered = true
    if (packet.cmd === this.waiting?.cmd) this.waiting.resolve(packet)
    else if (packet.cmd === 'publish') this.incoming.publish(packet)
    else if (packet.cmd === 'pubrel') this.incoming.release(packet.messageId)
    else if (packet.cmd === 'puback') this.acknowledged(packet.messageId)
    else if (packet.cmd !== 'pingresp') this.fail(new Error(`the broker sends ${packet.cmd}, which it must not`))
  }

  private ping(): void {
    if (!this.answered) return this.fail(new Error('the broker does not answer'))
    this.answered = false
    this.wire.send({ cmd: 'pingreq' })
  }

  private acknowledged(id = 0): void {
    if (!this.outgoing.has(id)) return
    this.outgoing.acknowledged(id)
    if (--this.unsettled === 0) this.settled()
  }

  /** Ends when the broker has acknowledged them all. */
  publish(messages: readonly Omit<Message, 'qos' | 'retain'>[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.settled = resolve
    this.unsettled += messages.length
    for (const message of messages) this.outgoing.push({ ...message, qos: 1, retain: false }, message.payload.length)
    if (this.unsettled === 0) resolve()
    return Promise.race([promise, this.lost])
  }

  /** Without waiting for anything: an error that is told. */
  mention(message: Omit<Message, 'qos' | 'retain'>): void {
    this.outgoing.push({ ...message, qos: 0, retain: false }, 0)
  }

  async end(): Promise<void> {
    this.timers.forEach(clearInterval)
    await this.incoming.settle()
    this.wire.end({ cmd: 'disconnect' })
  }
}

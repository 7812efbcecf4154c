/**
 * connection: one client as MQTT 3.1.1 and 5 have it: who greets whom, what is acknowledged when, and why it ends. It knows nothing of topics
 * or rights: the session does. Nothing outlives it, and CONNACK says so.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { IConnectPacket, ISubscribePacket, IUnsubscribePacket, Packet } from 'mqtt-packet'
import { Problem } from '../problem.ts'
import { isFive, refusalOf, refusingFor, termsFor, WINDOW } from './greeting.ts'
import { Incoming } from './incoming.ts'
import { Outgoing, type Message } from './outgoing.ts'
import { REASON, reasonToConnect, reasonToSubscribe, returnCodeOf, type Reason } from './reason.ts'
import type { Visitor, Wanted } from './visitor.ts'
import { Wire } from './wire.ts'

/** Milliseconds until a client must have said who it is. */
const PATIENCE = 10_000
/** Bytes that one client may leave unread, and that may be said to it at one time; who is slower is disconnected and starts anew. */
const MOST_UNREAD = 4 * 1024 * 1024
const MOST_AT_ONCE = 16 * 1024 * 1024
const MOST_WAITING_OF_ALL = 128 * 1024 * 1024
/** So much is left to everyone, however slow the others are. */
const SPARED = 64 * 1024

/** Who lets clients in. */
export interface Reception {
  /** Bytes that wait for all clients. */
  waiting: number
  /** Throws a Problem. */
  enter(connection: Connection, hello: IConnectPacket, request: IncomingMessage | undefined): Promise<Visitor>
  left(connection: Connection): void
}

export class Connection {
  private state: 'new' | 'entering' | 'open' | 'over' = 'new'
  /** What came before it was known who it is. */
  private readonly early: Packet[] = []
  private readonly wire: Wire
  private readonly request: IncomingMessage | undefined
  private readonly reception: Reception
  private incoming: Incoming | undefined
  private outgoing: Outgoing | undefined
  private session: Visitor | undefined
  private hello: IConnectPacket | undefined
  private will: IConnectPacket['will']
  private timer: NodeJS.Timeout | undefined
  private reported = 0

  constructor(conn: Duplex, request: IncomingMessage | undefined, reception: Reception) {
    this.request = request
    this.reception = reception
    this.wire = new Wire(conn, {
      packet: (packet) => this.heard(packet),
      broken: (reason) => this.end(reason),
      drained: () => this.account(),
      gone: () => this.gone(),
    })
    this.timer = setTimeout(() => this.end(REASON.idle), PATIENCE).unref()
  }

  private get isFive(): boolean {
    return this.hello !== undefined && isFive(this.hello)
  }

  private heard(packet: Packet): void {
    if (this.state === 'over') return
    if (this.state === 'entering') this.early.push(packet)
    else if (this.state === 'new') {
      if (packet.cmd === 'connect') void this.enter(packet)
      else this.end(REASON.protocol)
    } else {
      this.timer?.refresh()
      this.handle(packet)
    }
  }

  private handle(packet: Packet): void {
    if (packet.cmd === 'publish') this.incoming?.publish(packet)
    else if (packet.cmd === 'puback' || packet.cmd === 'pubcomp') this.acknowledged(packet.messageId)
    else if (packet.cmd === 'pubrec') this.received(packet.messageId, packet.reasonCode)
    else if (packet.cmd === 'pubrel') this.incoming?.release(packet.messageId)
    else if (packet.cmd === 'subscribe') void this.subscribe(packet)
    else if (packet.cmd === 'unsubscribe') this.unsubscribe(packet)
    else if (packet.cmd === 'pingreq') this.wire.send({ cmd: 'pingresp' })
    else if (packet.cmd === 'disconnect') this.leave(packet.reasonCode)
    else this.end(REASON.protocol)
  }

  private async enter(hello: IConnectPacket): Promise<void> {
    clearTimeout(this.timer)
    this.state = 'entering'
    this.hello = hello
    this.wire.speak(hello)
    this.wire.pause()
    try {
      const reason = refusalOf(hello)
      if (reason !== undefined) return this.refuse(reason)
      const session = await this.reception.enter(this, hello, this.request)
      if (this.state === 'entering') this.open(session, hello)
      else session.leave()
    } catch (error) {
      if (this.state === 'entering') this.refuse(error instanceof Problem ? reasonToConnect(error.kind) : REASON.unavailable)
    }
  }

  private refuse(reason: Reason): void {
    this.close({ cmd: 'connack', sessionPresent: false, reasonCode: reason, returnCode: returnCodeOf(reason) })
  }

  private open(session: Visitor, hello: IConnectPacket): void {
    this.session = session
    this.will = hello.will
    this.state = 'open'
    this.incoming = new Incoming(session, this.wire, refusingFor(hello), (reason) => this.end(reason))
    this.outgoing = new Outgoing(hello.properties?.receiveMaximum ?? WINDOW, (packet) => this.wire.send(packet))
    const seconds = hello.keepalive ?? 0
    this.timer = seconds === 0 ? undefined : setTimeout(() => this.end(REASON.idle), seconds * 1500).unref()
    this.wire.send({ cmd: 'connack', sessionPresent: false, reasonCode: 0, returnCode: 0, properties: termsFor(hello) })
    for (const packet of this.early.splice(0)) this.heard(packet)
    this.wire.resume()
  }

  private received(id = 0, reason = 0): void {
    if (reason >= 0x80) this.acknowledged(id)
    else this.wire.send({ cmd: 'pubrel', messageId: id, reasonCode: this.outgoing?.has(id) ? 0 : REASON.unknownId })
  }

  private acknowledged(id = 0): void {
    this.outgoing?.acknowledged(id)
    this.account()
  }

  private async subscribe({ messageId = 0, subscriptions, properties }: ISubscribePacket): Promise<void> {
    const opened = await Promise.all(
      subscriptions.map(async ({ topic, qos, nl, rh }) => {
        const latest = (['always', 'new', 'never'] as const)[rh ?? 0] ?? 'always'
        const wanted = { topic, quality: qos, othersOnly: nl ?? false, identifier: properties?.subscriptionIdentifier, latest }
        return this.granted(wanted)
      }),
    )
    if (this.state !== 'open') return
    this.wire.send({ cmd: 'suback', messageId, granted: opened.map(({ code }) => code) })
    for (const { after } of opened) after?.()
  }

  private async granted(wanted: Wanted): Promise<{ readonly code: number; readonly after?: (() => void) | undefined }> {
    const refused = (reason: Reason) => ({ code: this.isFive ? reason : 0x80 })
    if (wanted.topic.startsWith('$share/')) return refused(REASON.shared)
    if (/[+#]/.test(wanted.topic)) return refused(REASON.wildcard)
    try {
      return { code: wanted.quality, after: await this.session?.subscribe(wanted) }
    } catch (error) {
      return refused(error instanceof Problem ? reasonToSubscribe(error.kind) : REASON.ours)
    }
  }

  private unsubscribe({ messageId = 0, unsubscriptions }: IUnsubscribePacket): void {
    const granted = unsubscriptions.map((topic) => (this.session?.unsubscribe(topic) ? REASON.success : REASON.notSubscribed))
    this.wire.send({ cmd: 'unsuback', messageId, granted })
  }

  /** A message for this client. */
  deliver(message: Message): void {
    if (this.state !== 'open') return
    const size = message.topic.length + message.payload.length
    // whoever takes no packets so large is spared them, as if they had been sent [MQTT-3.1.2-25]
    if (size > (this.hello?.properties?.maximumPacketSize ?? Infinity)) return
    if (!this.hasRoom(size)) return this.end(REASON.quota)
    this.outgoing?.push(message, size)
    this.account()
  }

  private hasRoom(size: number): boolean {
    if (this.waiting === 0) return true
    if (this.reception.waiting + size > MOST_WAITING_OF_ALL) return this.waiting + size <= SPARED
    // what is said in this moment could not be read yet by anyone
    return this.wire.unread + (this.outgoing?.waiting ?? 0) <= MOST_UNREAD && this.waiting + size <= MOST_AT_ONCE
  }

  private get waiting(): number {
    return this.wire.waiting + (this.outgoing?.waiting ?? 0)
  }

  private account(waiting = this.waiting): void {
    this.reception.waiting += waiting - this.reported
    this.reported = waiting
  }

  /** The client says good-bye; only an unhappy one leaves its will. */
  private leave(reason = 0): void {
    if (reason !== 0x04) this.will = undefined
    this.close()
  }

  /** Hears no more; ends when what was heard is stored. */
  settle(): Promise<void> {
    return this.incoming?.settle() ?? Promise.resolve()
  }

  /** Ends it; clients of MQTT 5 are told why. */
  end(reason: Reason): void {
    if (this.state === 'over') return
    if (reason === REASON.stopping) this.will = undefined
    const told = this.isFive && this.state === 'open'
    this.close(told ? { cmd: 'disconnect', reasonCode: reason } : undefined)
  }

  private close(last?: Packet): void {
    this.state = 'over'
    clearTimeout(this.timer)
    this.wire.end(last)
    this.over()
  }

  private gone(): void {
    if (this.state === 'over') return
    this.state = 'over'
    clearTimeout(this.timer)
    this.over()
  }

  private over(): void {
    const { will, session } = this
    this.will = undefined
    this.account(0)
    if (will !== undefined && session !== undefined) {
      const { topic, payload, properties } = will
      void session.take({ topic, qos: 0, properties, payload: Buffer.from(payload) }).catch(() => {})
    }
    session?.leave()
    this.reception.left(this)
  }
}

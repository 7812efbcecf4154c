/** incoming: what one client publishes: acknowledged in order and when it is durable, once for QoS 2, and no more at a time than is agreed. */
import type { IPublishPacket, Packet } from 'mqtt-packet'
import { Problem } from '../problem.ts'
import { Aliases } from './aliases.ts'
import { WINDOW, type Refusing } from './greeting.ts'
import { REASON, reasonToConnect, reasonToPublish, type Reason } from './reason.ts'
import { Receipts } from './receipts.ts'
import type { Published, Visitor } from './visitor.ts'
import type { Wire } from './wire.ts'

const LONGEST_REASON = 200

export class Incoming {
  private readonly aliases = new Aliases()
  private readonly receipts: Receipts<Packet>
  /** Messages that are being stored, and those of QoS 2 that are not released yet: whether they are stored. */
  private inHand = 0
  private readonly unreleased = new Map<number, boolean>()
  private settled: (() => void) | undefined
  private readonly visitor: Visitor
  private readonly wire: Wire
  private readonly refusing: Refusing
  private readonly end: (reason: Reason) => void

  constructor(visitor: Visitor, wire: Wire, refusing: Refusing, end: (reason: Reason) => void) {
    this.visitor = visitor
    this.wire = wire
    this.refusing = refusing
    this.end = end
    this.receipts = new Receipts((packet) => wire.send(packet))
  }

  publish(packet: IPublishPacket): void {
    const { qos, messageId = 0, properties } = packet
    const topic = this.aliases.topicOf(packet.topic, properties?.topicAlias)
    if (topic === undefined) return this.end(REASON.alias)
    if (topic === '' || /[+#]/.test(topic)) return this.end(REASON.topic)
    if (qos === 2 && !this.isNew(messageId)) return
    const receipt = qos === 0 ? undefined : this.receipts.open()
    if (++this.inHand === WINDOW) this.wire.pause()
    void this.store({ topic, qos, properties, payload: bytesOf(packet.payload) }, messageId, receipt)
  }

  /** Of QoS 2: one that comes again is only acknowledged. */
  private isNew(id: number): boolean {
    const stored = this.unreleased.get(id)
    if (stored === true) this.receipts.open()({ cmd: 'pubrec', messageId: id, reasonCode: 0 })
    if (stored !== undefined) return false
    if (this.unreleased.size >= WINDOW) {
      this.end(REASON.window)
      return false
    }
    this.unreleased.set(id, false)
    return true
  }

  private async store(message: Published, id: number, receipt: ((packet: Packet) => void) | undefined): Promise<void> {
    try {
      const problem = this.refusalOf(await this.visitor.take(message))
      if (message.qos === 2 && problem === undefined) this.unreleased.set(id, true)
      else this.unreleased.delete(id)
      receipt?.({ cmd: message.qos === 2 ? 'pubrec' : 'puback', messageId: id, ...problem })
    } catch (error) {
      this.end(error instanceof Problem ? reasonToConnect(error.kind) : REASON.unavailable)
    } finally {
      if (this.inHand-- === WINDOW && this.settled === undefined) this.wire.resume()
      if (this.inHand === 0) this.settled?.()
    }
  }

  private refusalOf(problem: Problem | undefined) {
    if (problem === undefined || this.refusing === 'never') return undefined
    const reasonCode = reasonToPublish(problem.kind)
    return this.refusing === 'shortly'
      ? { reasonCode }
      : { reasonCode, properties: { reasonString: problem.in('de').slice(0, LONGEST_REASON) } }
  }

  release(id = 0): void {
    const known = this.unreleased.delete(id)
    this.wire.send({ cmd: 'pubcomp', messageId: id, reasonCode: known ? 0 : REASON.unknownId })
  }

  /** Hears no more; ends when what was heard is stored. */
  settle(): Promise<void> {
    this.wire.pause()
    return new Promise((resolve) => {
      this.settled = resolve
      if (this.inHand === 0) resolve()
    })
  }
}

const bytesOf = (payload: string | Buffer): Buffer => (typeof payload === 'string' ? Buffer.from(payload) : payload)

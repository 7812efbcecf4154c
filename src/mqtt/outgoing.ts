/**
 * outgoing: messages to one client, with their ids, and no more of them unacknowledged at a time than it takes. Nothing is sent again: a
 * session ends with its connection.
 */
import type { IPublishPacket } from 'mqtt-packet'

export type Message = Omit<IPublishPacket, 'cmd' | 'dup' | 'messageId' | 'length'>

const IDS = 65_535

export class Outgoing {
  /** Sent and not acknowledged. */
  private readonly open = new Set<number>()
  private queue: { readonly message: Message; readonly size: number }[] = []
  private last = 0
  private queued = 0
  private readonly window: number
  private readonly send: (packet: IPublishPacket) => void

  constructor(window: number, send: (packet: IPublishPacket) => void) {
    this.window = Math.min(window, IDS)
    this.send = send
  }

  /** Bytes of what waits for acknowledgements of other messages. */
  get waiting(): number {
    return this.queued
  }

  push(message: Message, size: number): void {
    if (message.qos === 0) this.send({ cmd: 'publish', dup: false, ...message })
    else if (this.open.size < this.window) this.sendNow(message)
    else {
      this.queue.push({ message, size })
      this.queued += size
    }
  }

  /** PUBACK, PUBCOMP or a PUBREC that refuses. */
  acknowledged(id: number): void {
    if (!this.open.delete(id)) return
    const next = this.queue.shift()
    if (next === undefined) return
    this.queued -= next.size
    this.sendNow(next.message)
  }

  has(id: number): boolean {
    return this.open.has(id)
  }

  private sendNow(message: Message): void {
    do this.last = (this.last % IDS) + 1
    while (this.open.has(this.last))
    this.open.add(this.last)
    this.send({ cmd: 'publish', dup: false, messageId: this.last, ...message })
  }
}

/** session: one client: who it is, what it hears, and how much of it has not been sent yet. Nothing of it outlives the connection. */
import type { Client } from 'aedes'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'

/** Topics that one client may hear. */
const MOST_TOPICS = 500
/** Bytes that may wait for one client, and for all of them; who is slower than that is disconnected and starts anew. */
const MOST_WAITING = 4 * 1024 * 1024
const MOST_WAITING_OF_ALL = 128 * 1024 * 1024
/** So much is left to everyone, however slow the others are. */
const SPARED = 64 * 1024

export type Quality = 0 | 1 | 2

interface Heard {
  readonly quality: Quality
  readonly end: () => void
}

/** What all sessions of a broker share. */
export interface Load {
  waiting: number
}

export class Session {
  private readonly topics = new Map<string, Heard>()
  private opening = 0
  private waiting = 0
  private over = false
  private readonly client: Client
  private readonly load: Load

  constructor(client: Client, load: Load) {
    this.client = client
    this.load = load
  }

  /** Asks who this is; a session whose token is no longer good ends. */
  async asking(who: () => Principal | Promise<Principal>): Promise<Principal> {
    try {
      return await who()
    } catch (error) {
      if (error instanceof Problem && error.kind === 'unauthenticated') this.close()
      throw error
    }
  }

  private hear(topic: string, heard: Heard): void {
    this.silence(topic)
    if (this.over) heard.end()
    else this.topics.set(topic, heard)
  }

  silence(topic: string): void {
    this.topics.get(topic)?.end()
    this.topics.delete(topic)
  }

  /** Opens a topic, unless there are too many, those that are being opened included. */
  async subscribe(topic: string, quality: Quality, opened: () => Promise<() => void>): Promise<void> {
    if (!this.topics.has(topic) && this.topics.size + this.opening >= MOST_TOPICS) throw tooMany()
    this.opening++
    try {
      this.hear(topic, { quality, end: await opened() })
    } finally {
      this.opening--
    }
  }

  /** Sends to this client alone, where it has subscribed to the topic. */
  tell(topic: string, payload: string): void {
    const heard = this.topics.get(topic)
    if (heard === undefined || this.over) return
    const size = topic.length + Buffer.byteLength(payload)
    if (!this.hasRoom(size)) return this.close()
    this.count(size)
    this.client.publish({ cmd: 'publish', topic, payload, qos: heard.quality, retain: false, dup: false }, () => this.count(-size))
  }

  private hasRoom(size: number): boolean {
    if (this.waiting === 0) return true
    const all = this.load.waiting + size > MOST_WAITING_OF_ALL ? SPARED : MOST_WAITING
    return this.waiting + size <= all
  }

  private count(size: number): void {
    if (this.over) return
    this.waiting += size
    this.load.waiting += size
  }

  get open(): boolean {
    return !this.over
  }

  /** Ends the connection; what it heard ends with it. */
  close(): void {
    this.forget()
    this.client.conn.destroy()
  }

  /** The connection has ended. */
  forget(): void {
    this.load.waiting -= this.waiting
    this.waiting = 0
    this.over = true
    for (const { end } of this.topics.values()) end()
    this.topics.clear()
  }
}

function tooMany(): Problem {
  return new Problem('busy', { en: 'So many topics are too many for one client.', de: 'So viele Themen sind für einen Client zu viele.' })
}

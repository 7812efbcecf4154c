/** speaker: what a standard must bring to be spoken by MQTT. app.ts lists them; the broker knows nothing else of them. */
import type { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import type { Change } from '../service/service.ts'

export interface Speaker {
  /** In metrics and logs: "sensorthings". */
  readonly name: string
  /** Whether a topic, without its tenant, is this standard's. */
  speaks(topic: string): boolean
  /** Stores what was published; ends when it is durable. Throws a Problem. */
  publish(at: Spot, message: Said): Promise<Reply>
  /** From its end on `tell` is called with every message; answers how to end it. Throws a Problem for a topic that says nothing. */
  subscribe(at: Spot, tell: (told: Told) => void): Promise<() => void>
  /** What whoever begins to listen gets at once: the latest value, where a topic has one. */
  latest(at: Spot): Promise<readonly Told[]>
  /** An error as its clients know it. */
  problem(of: Problem): unknown
  /** How it speaks through a broker of others. */
  readonly abroad?: Abroad
}

/** There are no subscriptions to be seen there, and no rights but those of that broker. */
export interface Abroad {
  /** Topics, with wildcards, at which something may be published. */
  readonly takes: readonly string[]
  /** Whether a message at such a topic is one that was told by us. */
  isOurs(payload: Buffer): boolean
  /** What everybody may know of these changes in a tenant, in pieces. `root` as in a Spot. */
  tell(changes: readonly Change[], tenant: number, root: string): AsyncIterable<readonly Announcement[]>
}

export interface Announcement {
  /** Without its tenant. */
  readonly topic: string
  readonly text: string
}

/** A topic, and who asks there. */
export interface Spot {
  /** Without its tenant. */
  readonly topic: string
  readonly tenant: number
  /** Public address up to, and without, the protocol's base: "https://x/t/nord". */
  readonly root: string
  /** Asked anew each time, because rights end. Throws `unauthenticated`; the session is over then. */
  who(): Principal | Promise<Principal>
}

export interface Said {
  readonly payload: Buffer
  /** User properties of MQTT 5. */
  readonly properties: Readonly<Record<string, string | readonly string[]>>
}

/** What goes to the response topic, where MQTT 5 named one. */
export interface Reply {
  readonly text: string
  readonly properties?: Readonly<Record<string, string>>
  /** What was made, so that whoever wants to hear only others is spared it. */
  readonly item?: number
}

export interface Told {
  readonly text: string
  readonly item: number
  /** User properties of MQTT 5. */
  readonly properties?: Readonly<Record<string, string>>
}

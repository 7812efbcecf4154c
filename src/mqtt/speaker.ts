/** speaker: what a standard must bring to be spoken by MQTT. app.ts lists them; the broker knows nothing else of them. */
import type { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'

export interface Speaker {
  /** In metrics and logs: "sensorthings". */
  readonly name: string
  /** Whether a topic, without its tenant, is this standard's. */
  speaks(topic: string): boolean
  /** Stores what was published; ends when it is durable. Throws a Problem. */
  publish(at: Spot, payload: Buffer): Promise<void>
  /** From its end on `tell` is called with every message; answers how to end it. Throws a Problem for a topic that says nothing. */
  subscribe(at: Spot, tell: (text: string) => void): Promise<() => void>
  /** An error as its clients know it. */
  problem(of: Problem): unknown
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

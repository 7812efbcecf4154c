/** memory: principals by the hash of what they came with, for a moment, because every request asks. */
import type { Principal } from '../rights/principal.ts'

export interface Held {
  readonly tenant: number
  readonly who: Principal
}

/** What somebody came with, by which their rights are looked up again. */
export interface Origin {
  readonly of: 'token' | 'session'
  readonly hash: string
}

/** Milliseconds for which a look-up is remembered. */
export const FRESH = 5000
const MOST = 10_000

export class Memory {
  private readonly held = new Map<string, Held & { readonly until: number }>()
  private readonly origins = new WeakMap<Principal, Origin>()
  /** Counts `forget`, so that a look-up that began before it does not bring back what it forgot. */
  age = 0

  recall(hash: string): Held | undefined {
    const found = this.held.get(hash)
    return found !== undefined && found.until > performance.now() ? found : undefined
  }

  /** `left`: milliseconds until it ends; `began`: the age when it was asked for. */
  remember(origin: Origin, held: Held, left: number, began: number): void {
    this.origins.set(held.who, origin)
    if (this.age !== began) return
    if (this.held.size >= MOST) this.held.delete(this.held.keys().next().value ?? '')
    this.held.set(origin.hash, { ...held, until: performance.now() + Math.min(FRESH, left) })
  }

  /** Undefined for whoever came with nothing that ends. */
  originOf(who: Principal): Origin | undefined {
    return this.origins.get(who)
  }

  forget(): void {
    this.age++
    this.held.clear()
  }
}

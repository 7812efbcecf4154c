/** Principal: who is asking, in which tenant, and what they were granted. Anonymous is a principal too. */
import type { Instant } from '../model/time.ts'
import type { Portion } from './portion.ts'
import type { RoleName } from './roles.ts'
import type { Verb } from './verbs.ts'

export { VERBS, type Verb } from './verbs.ts'

/** What a dataset is open for, or a part of it; without a dataset, all of the tenant. */
export interface Grant {
  /** In the book of grants; absent where it follows from a key. */
  readonly id?: number
  readonly dataset?: number
  readonly verbs: readonly Verb[]
  /** Absent: all of it. */
  readonly portion?: Portion
}

export interface Principal {
  /** "anonymous", "user:7", "token:12", "run:3": what the log and the lineage say. */
  readonly id: string
  readonly name: string
  readonly tenant: number
  /** The account that signed in, or that owns the token. */
  readonly account?: number
  /** Administers the tenant: everything in it. Whoever asks whether people may be managed asks `administers` instead. */
  readonly admin: boolean
  readonly grants: readonly Grant[]
  /** Held for the whole tenant. */
  readonly roles?: readonly RoleName[]
  /** An upper bound set by a token's scopes; absent: none. */
  readonly only?: readonly Verb[]
  /** The dataset that takes what is written at the tenant's root; absent: the tenant's default one. */
  readonly home?: number
  /** When the rights were looked up: what is granted "older than a day" is counted from here. */
  readonly at?: Instant
}

export function anonymous(tenant: number): Principal {
  return { id: 'anonymous', name: 'Anonymous', tenant, admin: false, grants: [] }
}

/** One in each tenant, and always the same one: what follows from a principal is remembered with it. */
export function ofTenants(make: (tenant: number) => Principal): (tenant: number) => Principal {
  const known = new Map<number, Principal>()
  return (tenant) => {
    const found = known.get(tenant) ?? make(tenant)
    known.set(tenant, found)
    return found
  }
}

/** The platform's own jobs in a tenant. */
export function keeper(tenant: number, id: string): Principal {
  return { id, name: id, tenant, admin: true, grants: [] }
}

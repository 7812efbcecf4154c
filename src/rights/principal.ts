/** Principal: who is asking, in which tenant, and what they were granted. Anonymous is a principal too. */

export type Verb = 'read' | 'append' | 'change' | 'delete' | 'manage'
export const VERBS: readonly Verb[] = ['read', 'append', 'change', 'delete', 'manage']

/** What one dataset is open for. */
export interface Grant {
  readonly dataset: number
  readonly verbs: readonly Verb[]
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
  /** An upper bound set by a token's scopes; absent: none. */
  readonly only?: readonly Verb[]
  /** The dataset that takes what is written at the tenant's root; absent: the tenant's default one. */
  readonly home?: number
}

export function anonymous(tenant: number): Principal {
  return { id: 'anonymous', name: 'Anonymous', tenant, admin: false, grants: [] }
}

/** The platform's own jobs in a tenant. */
export function keeper(tenant: number, id: string): Principal {
  return { id, name: id, tenant, admin: true, grants: [] }
}

/** scope: what a token leaves of the rights of whoever owns it. It only ever takes away. */
import type { Grant, Principal, Verb } from './principal.ts'

export interface Scope {
  readonly verbs: readonly Verb[]
  /** The only datasets it is good for; absent: all that the owner may. An empty list is good for none. */
  readonly datasets?: readonly number[]
}

/** The rights of the owner, cut to the token's verbs and datasets. */
export function scoped(owner: Pick<Principal, 'admin' | 'grants'>, scope: Scope): Pick<Principal, 'admin' | 'grants' | 'only'> {
  const only = scope.verbs
  if (scope.datasets === undefined) return { admin: owner.admin, grants: owner.grants, only }
  const datasets = new Set(scope.datasets)
  const grants: readonly Grant[] = owner.admin
    ? [...datasets].map((dataset) => ({ dataset, verbs: only }))
    : owner.grants.filter(({ dataset }) => datasets.has(dataset))
  return { admin: false, grants, only }
}

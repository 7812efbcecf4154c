/** scope: what a token leaves of the rights of whoever owns it. It only ever takes away. */
import type { Grant, Principal, Verb } from './principal.ts'

export interface Scope {
  readonly verbs: readonly Verb[]
  /** The only datasets it is good for; absent: all that the owner may. An empty list is good for none. */
  readonly datasets?: readonly number[]
}

/** The rights of the owner, cut to the token's verbs and datasets. */
export function scoped(
  owner: Pick<Principal, 'admin' | 'grants' | 'roles'>,
  scope: Scope,
): Pick<Principal, 'admin' | 'grants' | 'only' | 'roles'> {
  const only = scope.verbs
  if (scope.datasets === undefined) return { ...owner, only }
  const datasets = new Set(scope.datasets)
  const grants: readonly Grant[] = owner.admin
    ? [...datasets].map((dataset) => ({ dataset, verbs: only }))
    : owner.grants.flatMap((grant) => cut(grant, datasets))
  return { admin: false, grants, only }
}

/** What is granted everywhere is granted in each of them. */
function cut(grant: Grant, datasets: ReadonlySet<number>): readonly Grant[] {
  if (grant.dataset !== undefined) return datasets.has(grant.dataset) ? [grant] : []
  return [...datasets].map((dataset) => ({ ...grant, dataset }))
}

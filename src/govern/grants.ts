/** grants: who was given what: by administrators everywhere, and by those who manage a dataset, on it and of what they may do themselves. */
import type { Dataset } from '../model/dataset.ts'
import { Problem } from '../problem.ts'
import { administers } from '../rights/policy.ts'
import type { Principal, Verb } from '../rights/principal.ts'
import { isRole, ROLES } from '../rights/roles.ts'
import { verbsOf } from '../rights/verbs.ts'
import { allows } from '../service/allow.ts'
import type { Service } from '../service/service.ts'
import { bookedGrant, bookedGrants, deleteGrant, insertGrant, type BookedGrant, type Holder, type NewGrant } from '../store/grants.ts'
import type { Store } from '../store/pool.ts'
import { mustAdminister } from './administer.ts'
import type { Principals } from './principals.ts'

export type { BookedGrant, Holder, NewGrant }

export interface Grants {
  /** On a dataset, for whoever manages it; all of them, for administrators; else those that reach `who`. */
  of(who: Principal, dataset?: Dataset): Promise<readonly BookedGrant[]>
  give(who: Principal, holder: Holder, grant: Omit<NewGrant, 'dataset'>, dataset?: Dataset): Promise<BookedGrant>
  take(who: Principal, id: number): Promise<void>
}

export function openGrants(store: Store, principals: Principals, service: Service): Grants {
  return {
    of(who, dataset) {
      if (dataset !== undefined && allows(who, 'manage', dataset)) return bookedGrants(store, who.tenant, { dataset: dataset.id })
      if (administers(who)) return bookedGrants(store, who.tenant, {})
      return bookedGrants(store, who.tenant, { reaching: accountOf(who), dataset: dataset?.id })
    },
    async give(who, holder, grant, dataset) {
      mayGive(who, verbsIn(grant), dataset)
      const wish = { ...grant, dataset: dataset?.id }
      const id = await insertGrant(store, who.tenant, holder, wish, who.id)
      principals.forget()
      const given = id === undefined ? undefined : await bookedGrant(store, who.tenant, id)
      if (given === undefined) throw nobody()
      return given
    },
    async take(who, id) {
      const grant = await bookedGrant(store, who.tenant, id)
      const dataset = typeof grant?.dataset === 'number' ? await service.get(who, 'dataset', grant.dataset).catch(hidden) : undefined
      if (grant === undefined || !(administers(who) || (dataset !== undefined && allows(who, 'manage', dataset)))) throw unknown(who)
      await deleteGrant(store, who.tenant, id)
      principals.forget()
    },
  }
}

function accountOf(who: Principal): number {
  if (who.account !== undefined && who.only === undefined) return who.account
  throw new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
}

/** What a grant lets somebody do, by its role or by itself. */
export function verbsIn({ role, verbs }: Pick<NewGrant, 'role' | 'verbs'>): readonly Verb[] {
  if (role === undefined || role === null) return verbsOf(verbs)
  return isRole(role) ? ROLES[role].verbs : []
}

/** Nobody gives more than they have. */
function mayGive(who: Principal, verbs: readonly Verb[], dataset: Dataset | undefined): void {
  if (administers(who)) return
  if (dataset === undefined || !allows(who, 'manage', dataset)) return mustAdminister(who)
  const beyond = verbs.find((verb) => !allows(who, verb, dataset))
  if (beyond === undefined) return
  throw new Problem('forbidden', {
    de: `Das Recht „${beyond}“ haben Sie selbst nicht; Sie können es nicht vergeben.`,
    en: `You do not have the right “${beyond}” yourself, so you cannot grant it.`,
  })
}

function hidden(error: unknown): undefined {
  if (error instanceof Problem && error.kind === 'not-found') return undefined
  throw error
}

function nobody(): Problem {
  return new Problem(
    'invalid-body',
    { de: 'Diese Person oder Gruppe gibt es nicht.', en: 'There is no such person or team.' },
    { pointer: '/to' },
  )
}

function unknown(who: Principal): Problem {
  if (who.id === 'anonymous') return new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
  return new Problem('not-found', { de: 'Diese Freigabe gibt es nicht.', en: 'There is no such grant.' })
}

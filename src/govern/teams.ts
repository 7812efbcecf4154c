/** teams: groups and organisational units, kept by the tenant's administrators: what is granted to one holds for all who belong to it. */
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import { replaceGrants, type NewGrant } from '../store/grants.ts'
import type { Store } from '../store/pool.ts'
import { deleteTeam, insertTeam, isAbove, teamById, teamsOf, updateTeam, type TeamChange, type TeamRow } from '../store/teams.ts'
import { lockTenant } from '../store/tenants.ts'
import { mustAdminister } from './administer.ts'
import type { Principals } from './principals.ts'

export type Team = TeamRow

export interface TeamWish extends TeamChange {
  readonly grants?: readonly NewGrant[]
}

export interface Teams {
  of(who: Principal): Promise<readonly Team[]>
  add(who: Principal, wish: TeamWish & { readonly name: string; readonly kind: Team['kind'] }): Promise<Team>
  change(who: Principal, id: number, change: TeamWish): Promise<Team>
  remove(who: Principal, id: number): Promise<void>
}

export function openTeams(store: Store, principals: Principals): Teams {
  const write = async (who: Principal, id: number, change: TeamWish, within: Store): Promise<Team> => {
    if (typeof change.parent === 'number' && (await isAbove(within, id, change.parent))) throw circle()
    await updateTeam(within, who.tenant, id, { ...change, ...(change.name !== undefined && { name: nameOf(change.name) }) })
    if (change.grants) await replaceGrants(within, who.tenant, { team: id }, change.grants, who.id)
    return found(within, who.tenant, id)
  }
  /** One after the other, so that two changes together make no circle. */
  const locked = async <T>(who: Principal, work: (within: Store) => Promise<T>): Promise<T> => {
    mustAdminister(who)
    const done = await store.transaction(async (within) => {
      await lockTenant(within, who.tenant)
      return work(within)
    })
    principals.forget()
    return done
  }
  return {
    async of(who) {
      mustAdminister(who)
      return teamsOf(store, who.tenant)
    },
    add: (who, wish) =>
      locked(who, async (within) => {
        const id = await insertTeam(within, who.tenant, nameOf(wish.name), wish.kind)
        if (id === undefined) throw taken(wish.name)
        return write(who, id, wish, within)
      }),
    change: (who, id, change) =>
      locked(who, async (within) => {
        await found(within, who.tenant, id)
        return write(who, id, change, within)
      }),
    remove: (who, id) =>
      locked(who, async (within) => {
        if (!(await deleteTeam(within, who.tenant, id))) throw unknown()
      }),
  }
}

async function found(store: Store, tenant: number, id: number): Promise<Team> {
  const team = await teamById(store, tenant, id)
  if (team === undefined) throw unknown()
  return team
}

function nameOf(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= 200) return name
  const said = { de: 'Der Name ist leer oder länger als 200 Zeichen.', en: 'The name is empty or longer than 200 characters.' }
  throw new Problem('invalid-body', said, { pointer: '/name' })
}

function taken(name: string): Problem {
  return new Problem('conflict', { de: `„${name}“ gibt es bereits.`, en: `There is a “${name}” already.` }, { pointer: '/name' })
}

function circle(): Problem {
  const said = { de: 'Eine Einheit kann nicht unter sich selbst stehen.', en: 'A unit cannot stand below itself.' }
  return new Problem('invalid-body', said, { pointer: '/parent' })
}

function unknown(): Problem {
  return new Problem('not-found', { de: 'Diese Gruppe gibt es nicht.', en: 'There is no such team.' })
}

/** insight: who may do what with a dataset, and why somebody may not: answered with the rule that decides. */
import type { Dataset } from '../model/dataset.ts'
import { Problem } from '../problem.ts'
import { explain, type Explanation, type Hindrance, type Rule } from '../rights/explain.ts'
import { anonymous, VERBS, type Grant, type Principal, type Verb } from '../rights/principal.ts'
import { allows } from '../service/allow.ts'
import { accountsOf, type AccountRow } from '../store/accounts.ts'
import { bookedGrants, grantsByAccount, type BookedGrant } from '../store/grants.ts'
import type { Store } from '../store/pool.ts'
import { keyedBy, keyedIn, type Keyed } from '../store/tokens.ts'
import { holderOf, rightsOf } from './principals.ts'

export interface Subject {
  readonly id: string
  readonly name: string
  readonly kind: 'anonymous' | 'person' | 'service' | 'key'
}

/** A rule as it was looked at, with what the book of grants says of it. */
export type ShownRule = Omit<Rule, 'grant' | 'because'> & {
  readonly because?: Hindrance | 'expired' | 'blocked'
  readonly grant?: BookedGrant
}

export interface Why {
  readonly who: Subject
  readonly verb: Verb
  readonly answer: Explanation['answer']
  readonly rules: readonly ShownRule[]
}

export interface Insight {
  /** Everybody who may do anything with it; for those who manage it. */
  whoMay(who: Principal, dataset: Dataset): Promise<readonly { readonly who: Subject; readonly may: readonly Why[] }[]>
  /** `about` as principals are called: "user:7", "token:3", "anonymous". For those who manage the dataset, and for oneself. */
  why(who: Principal, about: string, verb: Verb, dataset: Dataset): Promise<Why>
}

export function openInsight(store: Store): Insight {
  return {
    async whoMay(who, dataset) {
      mustManage(who, dataset)
      const known = await everybody(store, who.tenant)
      return known.map((one) => ({ who: one.subject, may: VERBS.map((verb) => answer(one, verb, dataset)).filter(({ answer }) => answer !== 'none') }))
        .filter(({ may }) => may.length > 0) // prettier-ignore
    },
    async why(who, about, verb, dataset) {
      if (!isSelf(who, about)) mustManage(who, dataset)
      const one = about === who.id ? await oneself(store, who) : await known(store, who.tenant, about)
      return answer(one, verb, dataset)
    },
  }
}

interface Known {
  readonly subject: Subject
  /** With the grants that count. */
  readonly holder: Principal
  readonly booked: readonly BookedGrant[]
  readonly blocked: boolean
}

function isSelf(who: Principal, about: string): boolean {
  return about === who.id || about === 'anonymous' || (who.account !== undefined && about === `user:${who.account}`)
}

function mustManage(who: Principal, dataset: Dataset): void {
  if (allows(who, 'manage', dataset)) return
  if (who.id === 'anonymous') throw new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
  throw new Problem('forbidden', {
    de: 'Das sehen nur diejenigen, die den Datensatz verwalten.',
    en: 'Only those who manage the dataset may see that.',
  })
}

async function everybody(store: Store, tenant: number): Promise<readonly Known[]> {
  const [accounts, byAccount, grants, tokens] = await Promise.all([
    accountsOf(store, tenant),
    grantsByAccount(store, tenant),
    bookedGrants(store, tenant, {}),
    keyedIn(store, tenant),
  ])
  const people = accounts.map((account) => ofAccount(tenant, account, byAccount.get(account.id) ?? []))
  return [nobodyIn(tenant), ...people, ...tokens.map((token) => ofToken(token, grants))]
}

async function known(store: Store, tenant: number, about: string): Promise<Known> {
  if (about === 'anonymous') return nobodyIn(tenant)
  const [kind, number] = about.split(':')
  const token = kind === 'token' ? await keyedBy(store, { id: Number(number) }) : undefined
  if (token?.tenant === tenant) return ofToken(token, await bookedGrants(store, tenant, {}))
  const account = kind === 'user' ? (await accountsOf(store, tenant)).find(({ id }) => id === Number(number)) : undefined
  if (account !== undefined) return ofAccount(tenant, account, await bookedGrants(store, tenant, { reaching: account.id }))
  throw new Problem('not-found', { de: 'Diese Person oder diesen Schlüssel gibt es nicht.', en: 'There is no such person or key.' })
}

/** With the rights that they come with, whoever they are. */
async function oneself(store: Store, who: Principal): Promise<Known> {
  const booked = who.account === undefined ? [] : await bookedGrants(store, who.tenant, { reaching: who.account })
  const kind = who.id === 'anonymous' ? 'anonymous' : who.id.startsWith('user:') ? 'person' : 'key'
  return { subject: { id: who.id, name: who.name, kind }, holder: who, booked, blocked: false }
}

function nobodyIn(tenant: number): Known {
  const holder = anonymous(tenant)
  return { subject: { id: holder.id, name: '', kind: 'anonymous' }, holder, booked: [], blocked: false }
}

function ofAccount(tenant: number, account: AccountRow, booked: readonly BookedGrant[]): Known {
  const id = `user:${account.id}`
  const rights = rightsOf({ admin: account.admin, grants: booked.filter(isGood) })
  const subject = { id, name: account.name, kind: account.kind }
  return { subject, holder: { id, name: account.name, tenant, account: account.id, ...rights }, booked, blocked: account.disabled }
}

function ofToken(token: Keyed, grants: readonly BookedGrant[]): Known {
  const holder = holderOf(token)
  const ids = new Set(token.grants.map((grant) => grant.id))
  return {
    subject: { id: holder.id, name: holder.name, kind: 'key' },
    holder,
    booked: grants.filter((grant) => ids.has(grant.id)),
    blocked: false,
  }
}

function isGood({ expires }: BookedGrant): boolean {
  return expires === null || Date.parse(expires) > Date.now()
}

function answer({ subject, holder, booked, blocked }: Known, verb: Verb, dataset: Dataset): Why {
  const { answer, rules } = explain(holder, verb, dataset)
  const byId = new Map(booked.map((grant) => [grant.id, grant]))
  const shown = rules.map(({ grant, ...rule }): ShownRule => ({ ...rule, ...bookedOf(grant, byId) }))
  const over = booked.filter((grant) => !isGood(grant) && (grant.dataset === null || grant.dataset === dataset.id))
  const expired = over.map((grant): ShownRule => ({ ground: 'grant', extent: 'none', because: 'expired', grant }))
  if (!blocked) return { who: subject, verb, answer, rules: [...shown, ...expired] }
  return {
    who: subject,
    verb,
    answer: 'none',
    rules: [...shown, ...expired].map((rule) => ({ ...rule, extent: 'none', because: 'blocked' })),
  }
}

function bookedOf(grant: Grant | undefined, byId: ReadonlyMap<number, BookedGrant>): { readonly grant?: BookedGrant } {
  const booked = grant?.id === undefined ? undefined : byId.get(grant.id)
  return booked === undefined ? {} : { grant: booked }
}

/** accounts: people, kept by the tenant's administrators; everyone may change their own name and password. */
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import {
  accountById,
  accountsOf,
  countAdministrators,
  deleteAccount,
  insertAccount,
  passwordOf,
  updateAccount,
  type AccountRow,
} from '../store/accounts.ts'
import { replaceGrants, type NewGrant } from '../store/grants.ts'
import type { Store } from '../store/pool.ts'
import { deleteSessionsOf } from '../store/sessions.ts'
import { lockTenant } from '../store/tenants.ts'
import { mustAdminister } from './administer.ts'
import { checkPassword, hashPassword, isPassword } from './password.ts'
import type { Principals } from './principals.ts'

export type Account = AccountRow

export interface AccountWish {
  readonly name: string
  readonly email: string
  /** Absent: a machine, which comes with keys alone. */
  readonly password?: string
  readonly admin?: boolean
  readonly grants?: readonly NewGrant[]
}

export interface AccountChange extends Partial<AccountWish> {
  readonly disabled?: boolean
  /** The password until now: asked of everyone who changes their own. */
  readonly current?: string
}

export interface Accounts {
  of(who: Principal): Promise<readonly Account[]>
  get(who: Principal, id: number): Promise<Account>
  add(who: Principal, wish: AccountWish): Promise<Account>
  /** A new password, or being disabled, ends every session of the account. */
  change(who: Principal, id: number, change: AccountChange): Promise<Account>
  remove(who: Principal, id: number): Promise<void>
}

export function openAccounts(store: Store, principals: Principals): Accounts {
  const get = async (tenant: number, id: number): Promise<Account> => {
    const row = await accountById(store, tenant, id)
    if (!row) throw unknown()
    return row
  }

  return {
    async of(who) {
      mustAdminister(who)
      return accountsOf(store, who.tenant)
    },
    async get(who, id) {
      if (who.account !== id) mustAdminister(who)
      return get(who.tenant, id)
    },
    async add(who, wish) {
      mustAdminister(who)
      const ready = await prepare(wish)
      const id = await store.transaction((inner) => addAccount(inner, who.tenant, ready, who.id))
      return get(who.tenant, id)
    },
    async change(who, id, change) {
      const before = await changeable(store, who, id, change)
      const password = await newPassword(before, change)
      await store.transaction(async (inner) => {
        await lockTenant(inner, who.tenant)
        const email = change.email === undefined ? undefined : checkEmail(change.email)
        await updateAccount(inner, who.tenant, id, { ...change, name: change.name?.trim(), email, password })
        if (change.grants) await replaceGrants(inner, who.tenant, { account: id }, change.grants, who.id)
        if (password !== undefined || change.disabled === true) await deleteSessionsOf(inner, id, undefined)
        if (before.admin) await mustKeepAdministrator(inner, who.tenant)
      })
      principals.forget()
      return get(who.tenant, id)
    },
    async remove(who, id) {
      mustAdminister(who)
      await store.transaction(async (inner) => {
        await lockTenant(inner, who.tenant)
        const before = await accountById(inner, who.tenant, id)
        if (!before || !(await deleteAccount(inner, who.tenant, id))) throw unknown()
        if (before.admin) await mustKeepAdministrator(inner, who.tenant)
      })
      principals.forget()
    },
  }
}

/** The account as it is, if `who` may change it so: administrators everything, others their own name and password. */
async function changeable(store: Store, who: Principal, id: number, change: AccountChange): Promise<AccountRow> {
  const own = who.account === id && who.only === undefined
  const more = change.admin !== undefined || change.grants !== undefined || change.disabled !== undefined || change.email !== undefined
  if (!own || more) mustAdminister(who)
  const before = await accountById(store, who.tenant, id)
  if (!before) throw unknown()
  if (own && change.password !== undefined) {
    const kept = await passwordOf(store, who.tenant, before.email)
    if (!(await isPassword(kept?.password, change.current ?? '')))
      throw new Problem(
        'invalid-body',
        { de: 'Das bisherige Passwort ist nicht richtig.', en: 'The password until now is not right.' },
        { pointer: '/current' },
      )
  }
  return before
}

async function newPassword(before: AccountRow, { password, email, name }: AccountChange): Promise<string | undefined> {
  if (password === undefined) return undefined
  checkPassword(password, [email ?? before.email, name ?? before.name])
  return hashPassword(password)
}

/** Checked and hashed, outside any transaction: hashing takes its time. */
export async function prepare(wish: AccountWish): Promise<AccountWish> {
  const name = wish.name.trim()
  const email = checkEmail(wish.email)
  if (name === '')
    throw new Problem('invalid-body', { de: 'Bitte geben Sie einen Namen an.', en: 'Please give a name.' }, { pointer: '/name' })
  if (wish.password === undefined) return { ...wish, name, email }
  checkPassword(wish.password, [email, name])
  return { ...wish, name, email, password: await hashPassword(wish.password) }
}

/** Adds what `prepare` made. */
export async function addAccount(store: Store, tenant: number, ready: AccountWish, giver: string): Promise<number> {
  const { name, email, password, admin = false, grants = [] } = ready
  const id = await insertAccount(store, { tenant, name, email, password, admin })
  if (id === undefined)
    throw new Problem(
      'conflict',
      { de: `Für ${email} gibt es bereits ein Konto.`, en: `There is already an account for ${email}.` },
      { pointer: '/email' },
    )
  await replaceGrants(store, tenant, { account: id }, grants, giver)
  return id
}

function checkEmail(text: string): string {
  const email = normalEmail(text)
  if (email.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+$/.test(email)) return email
  throw new Problem('invalid-body', { de: 'Das ist keine E-Mail-Adresse.', en: 'This is not an e-mail address.' }, { pointer: '/email' })
}

export function normalEmail(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

async function mustKeepAdministrator(store: Store, tenant: number): Promise<void> {
  if ((await countAdministrators(store, tenant)) > 0) return
  throw new Problem('conflict', {
    de: 'Das ist das letzte Administrationskonto. Es muss eines bleiben.',
    en: 'This is the last administrator. One has to remain.',
  })
}

function unknown(): Problem {
  return new Problem('not-found', { de: 'Dieses Konto gibt es nicht.', en: 'There is no such account.' })
}

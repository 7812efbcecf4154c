/** accounts: people who sign in, and what they were granted. Deciding whether they may is not done here. */
import { ownGrants, type GrantRow } from './grants.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface AccountRow {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly admin: boolean
  readonly disabled: boolean
  readonly created: string
  /** A machine signs in by its keys alone. */
  readonly kind: 'person' | 'service'
  readonly grants: readonly GrantRow[]
}

export interface NewAccount {
  readonly tenant: number
  readonly name: string
  readonly email: string
  /** Absent: of a machine. */
  readonly password: string | undefined
  readonly admin: boolean
}

export interface AccountChange {
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly password?: string | undefined
  readonly admin?: boolean | undefined
  readonly disabled?: boolean | undefined
}

const columns = sql`a.id, a.name, a.email, a.admin, a.disabled is not null as disabled, a.created, a.kind,
  ${ownGrants(sql`a.id`)} as grants`

export function accountsOf(store: Store, tenant: number): Promise<readonly AccountRow[]> {
  return store.query<AccountRow>(sql`select ${columns} from account a where a.tenant = ${tenant} order by lower(a.name), a.id`)
}

export async function accountById(store: Store, tenant: number, id: number): Promise<AccountRow | undefined> {
  const [row] = await store.query<AccountRow>(sql`select ${columns} from account a where a.tenant = ${tenant} and a.id = ${id}`)
  return row
}

/** Id and password hash of an account that may sign in. */
export async function passwordOf(store: Store, tenant: number, email: string): Promise<{ id: number; password: string } | undefined> {
  const [row] = await store.query<{ id: number; password: string }>(
    sql`select id, password from account where tenant = ${tenant} and email = ${email} and disabled is null and password is not null`,
  )
  return row
}

/** Makes the account, or answers undefined when the address is taken. */
export async function insertAccount(store: Store, account: NewAccount): Promise<number | undefined> {
  const { tenant, name, email, password, admin } = account
  const [row] = await store.query<{ id: number }>(
    sql`insert into account (tenant, name, email, password, admin, kind)
        values (${tenant}, ${name}, ${email}, ${password ?? null}, ${admin}, ${password === undefined ? 'service' : 'person'})
        on conflict (tenant, email) do nothing returning id`,
  )
  return row?.id
}

/** What is undefined stays as it is. */
export async function updateAccount(store: Store, tenant: number, id: number, change: AccountChange): Promise<boolean> {
  const { name, email, password, admin, disabled } = change
  const rows = await store.query(
    sql`update account set name = coalesce(${name}, name), email = coalesce(${email}, email), password = coalesce(${password}, password),
          admin = coalesce(${admin}::boolean, admin), modified = now(),
          disabled = case ${disabled}::boolean when true then coalesce(disabled, now()) when false then null else disabled end
        where tenant = ${tenant} and id = ${id} returning id`,
  )
  return rows.length > 0
}

export async function deleteAccount(store: Store, tenant: number, id: number): Promise<boolean> {
  const rows = await store.query(sql`delete from account where tenant = ${tenant} and id = ${id} returning id`)
  return rows.length > 0
}

/** Administrators who can sign in. */
export async function countAdministrators(store: Store, tenant: number): Promise<number> {
  const [row] = await store.query<{ count: number }>(
    sql`select count(*)::int as count from account where tenant = ${tenant} and admin and disabled is null`,
  )
  return row?.count ?? 0
}

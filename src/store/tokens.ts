/** tokens: keys for machines. Only a prefix to recognise one by and the hash of the whole are kept. */
import { grantsLeft, grantsOf, type GrantRow } from './grants.ts'
import type { Store } from './pool.ts'
import { sql, type Sql } from './sql.ts'

export interface TokenRow {
  readonly id: number
  readonly name: string
  readonly prefix: string
  readonly account: number | null
  readonly owner: string | null
  readonly verbs: readonly string[]
  /** Null: all that its owner may. */
  readonly datasets: readonly number[] | null
  readonly home: number | null
  readonly expires: string | null
  readonly used: string | null
  readonly created: string
}

/** A token that is good now, with the rights of its owner. */
export interface Keyed {
  readonly id: number
  readonly tenant: number
  readonly name: string
  readonly verbs: readonly string[]
  readonly datasets: readonly number[] | null
  readonly home: number | null
  readonly account: number | null
  readonly admin: boolean
  readonly grants: readonly GrantRow[]
  /** When this was looked up. */
  readonly at: string
  /** Milliseconds until it expires, or a grant does; null: never. */
  readonly left: number | null
}

export interface NewToken {
  readonly tenant: number
  readonly account: number | undefined
  readonly name: string
  readonly prefix: string
  readonly hash: string
  readonly verbs: readonly string[]
  readonly datasets: readonly number[] | undefined
  readonly home: number | undefined
  readonly expires: string | undefined
}

const datasets = sql`case when t.bounded then
  (select coalesce(json_agg(p.dataset order by p.dataset), '[]') from permission p where p.token = t.id) end as datasets`

/** Finds a token that is neither expired nor revoked and whose owner may sign in; notes, by the hour, that it was used. */
export async function keyedBy(store: Store, by: { readonly hash: string } | { readonly id: number }): Promise<Keyed | undefined> {
  const [row] = await good(store, 'hash' in by ? sql`t.hash = ${by.hash}` : sql`t.id = ${by.id}`)
  if (row?.stale && 'hash' in by) await store.query(sql`update token set used = now() where id = ${row.id}`)
  return row
}

/** All of a tenant that are good now. */
export function keyedIn(store: Store, tenant: number): Promise<readonly Keyed[]> {
  return good(store, sql`t.tenant = ${tenant}`)
}

function good(store: Store, which: Sql): Promise<readonly (Keyed & { readonly stale: boolean })[]> {
  return store.query<Keyed & { stale: boolean }>(
    sql`select t.id, t.tenant, t.name, t.verbs, t.home, t.account, coalesce(a.admin, true) as admin, ${datasets},
          coalesce(t.used < now() - interval '1 hour', true) as stale,
          least((extract(epoch from t.expires - now()) * 1000)::bigint, ${grantsLeft(sql`t.account`)}) as left,
          now() as at, ${grantsOf(sql`t.account`)} as grants
        from token t left join account a on a.id = t.account
        where ${which} and t.revoked is null and (t.expires is null or t.expires > now()) and a.disabled is null order by t.id desc`,
  )
}

/** Of one account, or of the whole tenant. Revoked ones are not listed. */
export function tokensOf(store: Store, tenant: number, account: number | undefined): Promise<readonly TokenRow[]> {
  return store.query<TokenRow>(
    sql`select t.id, t.name, t.prefix, t.account, a.name as owner, t.verbs, ${datasets}, t.home, t.expires, t.used, t.created
        from token t left join account a on a.id = t.account
        where t.tenant = ${tenant} and t.revoked is null and (${account}::int is null or t.account = ${account}) order by t.id desc`,
  )
}

export async function insertToken(store: Store, token: NewToken): Promise<number> {
  const { tenant, account, name, prefix, hash, verbs, home, expires } = token
  const [row] = await store.query<{ id: number }>(
    sql`insert into token (tenant, account, name, prefix, hash, verbs, bounded, home, expires)
        values (${tenant}, ${account}, ${name}, ${prefix}, ${hash}, ${verbs}::text[], ${token.datasets !== undefined}, ${home}, ${expires})
        returning id`,
  )
  const id = row?.id ?? 0
  await store.query(
    sql`insert into permission (tenant, token, dataset, verbs)
        select tenant, ${id}, id, ${verbs}::text[] from dataset where id = any(${token.datasets ?? []}::int[]) and tenant = ${tenant}`,
  )
  return id
}

/** False when there is none, it is another's, or it is revoked already. */
export async function revokeToken(store: Store, tenant: number, account: number | undefined, id: number): Promise<boolean> {
  const rows = await store.query(
    sql`update token set revoked = now() where id = ${id} and tenant = ${tenant} and revoked is null
          and (${account}::int is null or account = ${account}) returning id`,
  )
  return rows.length > 0
}

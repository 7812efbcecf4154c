/** grants: what accounts and teams were granted, of which datasets, until when. Deciding whether they may is not done here. */
import type { JsonObject } from '../model/json.ts'
import type { Store } from './pool.ts'
import { join, sql, type Sql } from './sql.ts'

/** A grant as it counts for somebody: their own, or a team's. */
export interface GrantRow {
  readonly id: number
  /** Null: every dataset of the tenant. */
  readonly dataset: number | null
  readonly role: string | null
  readonly verbs: readonly string[]
  readonly portion: JsonObject | null
  readonly purpose: string | null
  readonly expires: string | null
  /** Through whom it came. */
  readonly team: string | null
}

/** A grant as it stands in the book. */
export interface BookedGrant extends GrantRow {
  readonly account: number | null
  readonly teamId: number | null
  readonly giver: string | null
  readonly created: string
}

export type Holder = { readonly account: number } | { readonly team: number }

export interface NewGrant {
  readonly dataset?: number | undefined
  readonly role?: string | undefined
  readonly verbs: readonly string[]
  readonly portion?: object | undefined
  readonly purpose?: string | undefined
  readonly expires?: string | undefined
}

/** Teams of an account, and those above them. */
const teamsOf = (account: Sql): Sql => sql`
  with recursive mine as (
    select team from member where member.account = ${account}
    union select team.parent from team join mine on mine.team = team.id where team.parent is not null)
  select team from mine`

const told = sql`jsonb_build_object('id', p.id, 'dataset', p.dataset, 'role', p.role, 'verbs', p.verbs, 'portion', p.portion,
  'purpose', p.purpose, 'expires', p.expires, 'team', (select name from team where team.id = p.team))`

const ofAccount = (account: Sql): Sql => sql`(p.account = ${account} or p.team in (${teamsOf(account)}))`

/** What counts now for an account, whose id an expression says: as JSON, to be selected with it. */
export const grantsOf = (account: Sql): Sql => sql`
  (select coalesce(jsonb_agg(${told} order by p.id), '[]') from permission p
   where ${ofAccount(account)} and (p.expires is null or p.expires > now()))`

/** Milliseconds until the first of them ends. */
export const grantsLeft = (account: Sql): Sql => sql`
  (select (extract(epoch from min(p.expires) - now()) * 1000)::bigint from permission p where ${ofAccount(account)} and p.expires > now())`

/** What stands in the account's own name: as JSON. */
export const ownGrants = (account: Sql): Sql => sql`
  (select coalesce(jsonb_agg(${told} order by p.dataset, p.id), '[]') from permission p where p.account = ${account})`

/** What a team was granted itself: as JSON. */
export const ofTeam = (team: Sql): Sql => sql`
  (select coalesce(jsonb_agg(${told} order by p.dataset, p.id), '[]') from permission p where p.team = ${team})`

const booked = sql`p.id, p.dataset, p.role, p.verbs, p.portion, p.purpose, p.expires, p.account, p.team as "teamId",
  (select name from team where team.id = p.team) as team, p.giver, p.created`

export interface GrantsWish {
  /** Grants on it, and on every dataset. */
  readonly dataset?: number | undefined
  readonly holder?: Holder | undefined
  /** What holds for an account in one way or another, also what has expired. */
  readonly reaching?: number | undefined
}

/** Also those that have expired. */
export function bookedGrants(store: Store, tenant: number, { dataset, holder, reaching }: GrantsWish): Promise<readonly BookedGrant[]> {
  const wanted = [
    sql`p.tenant = ${tenant} and p.token is null`,
    ...(dataset === undefined ? [] : [sql`(p.dataset = ${dataset} or p.dataset is null)`]),
    ...(holder === undefined ? [] : [heldBy(holder)]),
    ...(reaching === undefined ? [] : [ofAccount(sql`${reaching}::int`)]),
  ]
  return store.query<BookedGrant>(sql`select ${booked} from permission p where ${join(wanted, ' and ')} order by p.id`)
}

/** What holds for each account of the tenant in one way or another, also what has expired. */
export async function grantsByAccount(store: Store, tenant: number): Promise<ReadonlyMap<number, readonly BookedGrant[]>> {
  const rows = await store.query<BookedGrant & { readonly holder: number }>(sql`
    select a.id as holder, ${booked} from account a join permission p on ${ofAccount(sql`a.id`)} where a.tenant = ${tenant} order by p.id`)
  return Map.groupBy(rows, ({ holder }) => holder)
}

export async function bookedGrant(store: Store, tenant: number, id: number): Promise<BookedGrant | undefined> {
  const [row] = await store.query<BookedGrant>(
    sql`select ${booked} from permission p where p.tenant = ${tenant} and p.token is null and p.id = ${id}`,
  )
  return row
}

const heldBy = (holder: Holder): Sql => ('account' in holder ? sql`p.account = ${holder.account}` : sql`p.team = ${holder.team}`)

/** Undefined when the dataset, the account or the team is not of this tenant. */
export async function insertGrant(
  store: Store,
  tenant: number,
  holder: Holder,
  grant: NewGrant,
  giver: string,
): Promise<number | undefined> {
  const { dataset, role, verbs, portion, purpose, expires } = grant
  const [table, id] = 'account' in holder ? [sql`account`, holder.account] : [sql`team`, holder.team]
  const [row] = await store.query<{ id: number }>(sql`
    insert into permission (tenant, ${table}, dataset, role, verbs, portion, purpose, expires, giver)
    select ${tenant}::int, holder.id, ${dataset ?? null}::int, ${role ?? null}::text, ${verbs}::text[],
      ${portion === undefined ? null : JSON.stringify(portion)}::jsonb, ${purpose ?? null}::text, ${expires ?? null}::timestamptz, ${giver}::text
    from ${table} holder where holder.id = ${id} and holder.tenant = ${tenant}
      and (${dataset ?? null}::int is null or exists (select from dataset where dataset.id = ${dataset ?? null}::int and dataset.tenant = ${tenant}))
    returning id`)
  return row?.id
}

export async function deleteGrant(store: Store, tenant: number, id: number): Promise<void> {
  await store.query(sql`delete from permission where tenant = ${tenant} and token is null and id = ${id}`)
}

/** What is granted in this name is this from now on. Datasets of other tenants are left out. */
export async function replaceGrants(
  store: Store,
  tenant: number,
  holder: Holder,
  grants: readonly NewGrant[],
  giver: string,
): Promise<void> {
  await store.query(sql`delete from permission p where ${heldBy(holder)} and p.tenant = ${tenant}`)
  for (const grant of grants) await insertGrant(store, tenant, holder, grant, giver)
}

export interface Wanted {
  readonly tenant: number
  readonly datasets: readonly number[]
  readonly verb: string
  /** Those that bring it. */
  readonly roles: readonly string[]
}

/** By dataset: accounts that hold one of these roles for the whole tenant, or a grant of the verb or of such a role, on it or everywhere. */
export async function accountsWith(
  store: Store,
  { tenant, datasets, verb, roles }: Wanted,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await store.query<{ dataset: number; accounts: readonly number[] }>(sql`
    select d.id as dataset, array_agg(a.id order by a.id) as accounts from unnest(${datasets}::int[]) d(id), account a
    where a.tenant = ${tenant} and a.disabled is null and a.kind = 'person'
      and (a.admin or exists (
        select from permission p where ${ofAccount(sql`a.id`)} and (p.dataset = d.id or p.dataset is null) and p.portion is null
          and (p.expires is null or p.expires > now()) and (${verb} = any(p.verbs) or p.role = any(${roles}::text[]))))
    group by d.id`)
  return new Map(rows.map((row) => [row.dataset, row.accounts]))
}

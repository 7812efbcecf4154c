/** teams: groups and organisational units, and who belongs to them. */
import { ofTeam, type GrantRow } from './grants.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface TeamRow {
  readonly id: number
  readonly name: string
  readonly kind: 'group' | 'unit'
  readonly parent: number | null
  /** What a provider of identities calls it. */
  readonly claim: string | null
  readonly members: readonly number[]
  readonly grants: readonly GrantRow[]
}

export type TeamChange = Partial<Pick<TeamRow, 'name' | 'kind' | 'parent' | 'claim' | 'members'>>

const columns = sql`t.id, t.name, t.kind, t.parent, t.claim,
  (select coalesce(jsonb_agg(account order by account), '[]') from member where member.team = t.id) as members, ${ofTeam(sql`t.id`)} as grants`

export function teamsOf(store: Store, tenant: number): Promise<readonly TeamRow[]> {
  return store.query<TeamRow>(sql`select ${columns} from team t where t.tenant = ${tenant} order by lower(t.name), t.id`)
}

export async function teamById(store: Store, tenant: number, id: number): Promise<TeamRow | undefined> {
  const [row] = await store.query<TeamRow>(sql`select ${columns} from team t where t.tenant = ${tenant} and t.id = ${id}`)
  return row
}

/** Undefined when the name, or what a provider calls it, is taken. */
export async function insertTeam(store: Store, tenant: number, name: string, kind: TeamRow['kind']): Promise<number | undefined> {
  const [row] = await store.query<{ id: number }>(
    sql`insert into team (tenant, name, kind) values (${tenant}, ${name}, ${kind}) on conflict do nothing returning id`,
  )
  return row?.id
}

/** What is undefined stays as it is. A parent or members of another tenant are left out. */
export async function updateTeam(store: Store, tenant: number, id: number, change: TeamChange): Promise<void> {
  const { name, kind, parent, claim, members } = change
  await store.query(sql`
    update team set name = coalesce(${name ?? null}::text, name), kind = coalesce(${kind ?? null}::text, kind),
      parent = case when ${parent !== undefined} then (select p.id from team p where p.id = ${parent ?? null}::int and p.tenant = ${tenant}) else parent end,
      claim = case when ${claim !== undefined} then ${claim ?? null}::text else claim end
    where id = ${id} and tenant = ${tenant}`)
  if (members === undefined) return
  await store.query(sql`delete from member where team = ${id} and account <> all(${members}::int[])`)
  await store.query(sql`
    insert into member (team, account) select ${id}, id from account where id = any(${members}::int[]) and tenant = ${tenant}
    on conflict do nothing`)
}

/** Whether one stands above the other, or is it. */
export async function isAbove(store: Store, upper: number, lower: number): Promise<boolean> {
  const rows = await store.query(sql`
    with recursive way as (select ${lower}::int as id union select team.parent from team join way on way.id = team.id where team.parent is not null)
    select id from way where id = ${upper}`)
  return rows.length > 0
}

export async function deleteTeam(store: Store, tenant: number, id: number): Promise<boolean> {
  const rows = await store.query(sql`delete from team where tenant = ${tenant} and id = ${id} returning id`)
  return rows.length > 0
}

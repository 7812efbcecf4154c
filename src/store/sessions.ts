/** sessions: who is signed in where. Ids are kept as hashes only. */
import { grantsLeft, grantsOf, type GrantRow } from './grants.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface SessionRow {
  readonly id: number
  readonly agent: string
  readonly created: string
  readonly seen: string
  readonly expires: string
}

/** A session that is good now, with the account behind it. */
export interface Signed {
  readonly session: number
  readonly tenant: number
  readonly account: number
  readonly name: string
  readonly admin: boolean
  readonly grants: readonly GrantRow[]
  /** When this was looked up. */
  readonly at: string
  /** Milliseconds until it ends, if nothing is done, or a grant does. */
  readonly left: number
}

export interface NewSession {
  readonly hash: string
  readonly account: number
  readonly agent: string
  readonly hours: number
}

/** Also clears away what has ended. */
export async function insertSession(store: Store, session: NewSession): Promise<void> {
  const { hash, account, agent, hours } = session
  await store.query(sql`delete from session where expires < now()`)
  await store.query(
    sql`insert into session (hash, account, agent, expires)
        values (${hash}, ${account}, ${agent}, now() + make_interval(hours => ${hours}))`,
  )
}

/** Finds a session that has neither ended nor been left alone for `idle` minutes, and notes, by the minute, that it was seen. */
export async function signedBy(store: Store, hash: string, idle: number): Promise<Signed | undefined> {
  const [row] = await store.query<Signed & { stale: boolean }>(
    sql`select s.id as session, a.tenant, a.id as account, a.name, a.admin, s.seen < now() - interval '1 minute' as stale,
          least((extract(epoch from least(s.expires, s.seen + make_interval(mins => ${idle})) - now()) * 1000)::bigint, ${grantsLeft(sql`a.id`)}) as left,
          now() as at, ${grantsOf(sql`a.id`)} as grants
        from session s join account a on a.id = s.account
        where s.hash = ${hash} and s.expires > now() and s.seen > now() - make_interval(mins => ${idle}) and a.disabled is null`,
  )
  if (row?.stale) await store.query(sql`update session set seen = now() where hash = ${hash}`)
  return row
}

/** Who an account is, signed in or not; undefined when it may not sign in. */
export async function accountBy(store: Store, account: number): Promise<Omit<Signed, 'session' | 'left'> | undefined> {
  const [row] = await store.query<Omit<Signed, 'session' | 'left'>>(
    sql`select a.tenant, a.id as account, a.name, a.admin,
          now() as at, ${grantsOf(sql`a.id`)} as grants
        from account a where a.id = ${account} and a.disabled is null`,
  )
  return row
}

export function sessionsOf(store: Store, account: number, idle: number): Promise<readonly SessionRow[]> {
  return store.query<SessionRow>(
    sql`select id, agent, created, seen, expires from session
        where account = ${account} and expires > now() and seen > now() - make_interval(mins => ${idle}) order by seen desc, id`,
  )
}

export async function deleteSession(store: Store, account: number, id: number): Promise<boolean> {
  const rows = await store.query(sql`delete from session where account = ${account} and id = ${id} returning id`)
  return rows.length > 0
}

export async function deleteSessionByHash(store: Store, hash: string): Promise<void> {
  await store.query(sql`delete from session where hash = ${hash}`)
}

/** All of an account, but the one to keep, if any. */
export async function deleteSessionsOf(store: Store, account: number, keep: number | undefined): Promise<void> {
  await store.query(sql`delete from session where account = ${account} and id is distinct from ${keep}::int`)
}

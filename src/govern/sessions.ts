/** sessions: who is signed in where, and how that ends. */
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import type { Store } from '../store/pool.ts'
import {
  deleteSession,
  deleteSessionByHash,
  deleteSessionsOf,
  insertSession,
  sessionsOf,
  signedBy,
  type SessionRow,
} from '../store/sessions.ts'
import { IDLE, type Principals } from './principals.ts'
import { digest, makeSecret } from './secret.ts'
import { checkSignIn, type Attempt } from './sign-in.ts'

export interface Opened {
  /** The value of the cookie; kept nowhere. */
  readonly session: string
  readonly who: Principal
}

export interface Arrival {
  /** How the browser calls itself, so that a person recognises it in the list. */
  readonly agent: string
  /** The session that came along, if any: it ends. */
  readonly before?: string
}

export interface Sessions {
  signIn(attempt: Attempt, arrival: Arrival): Promise<Opened>
  /** A session for an account that has proved itself otherwise. */
  open(account: number, arrival: Arrival): Promise<Opened>
  signOut(session: string): Promise<void>
  of(who: Principal, current: string | undefined): Promise<readonly (SessionRow & { readonly current: boolean })[]>
  /** One of their own. */
  end(who: Principal, id: number): Promise<void>
  endOthers(who: Principal, current: string | undefined): Promise<void>
}

/** Hours after which everyone signs in again. */
const LONGEST = 12

export function openSessions(store: Store, principals: Principals): Sessions {
  const open = async (account: number, { agent, before }: Arrival): Promise<Opened> => {
    const session = makeSecret()
    if (before !== undefined) await deleteSessionByHash(store, digest(before))
    await insertSession(store, { hash: digest(session), account, agent: agent.slice(0, 200), hours: LONGEST })
    principals.forget()
    const signed = await signedBy(store, digest(session), IDLE)
    const who = signed && (await principals.ofSession(signed.tenant, session))
    if (!who) throw new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
    return { session, who }
  }

  return {
    open,
    signIn: async (attempt, arrival) => open(await checkSignIn(store, attempt), arrival),
    async signOut(session) {
      await deleteSessionByHash(store, digest(session))
      principals.forget()
    },
    async of(who, current) {
      const mine = await idOf(store, current)
      const rows = await sessionsOf(store, accountOf(who), IDLE)
      return rows.map((row) => ({ ...row, current: row.id === mine }))
    },
    async end(who, id) {
      const ended = await deleteSession(store, accountOf(who), id)
      principals.forget()
      if (!ended) throw new Problem('not-found', { de: 'Diese Anmeldung gibt es nicht.', en: 'There is no such session.' })
    },
    async endOthers(who, current) {
      await deleteSessionsOf(store, accountOf(who), await idOf(store, current))
      principals.forget()
    },
  }
}

async function idOf(store: Store, session: string | undefined): Promise<number | undefined> {
  return session === undefined ? undefined : (await signedBy(store, digest(session), IDLE))?.session
}

/** Sessions belong to people; a token has none and cannot end any. */
function accountOf(who: Principal): number {
  if (who.account !== undefined && who.id.startsWith('user:')) return who.account
  throw new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
}

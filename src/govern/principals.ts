/** principals: the Principal behind a token or a session, remembered for a moment, because every request asks. */
import { Problem } from '../problem.ts'
import { VERBS, type Grant, type Principal, type Verb } from '../rights/principal.ts'
import { scoped } from '../rights/scope.ts'
import type { GrantRow } from '../store/accounts.ts'
import type { Store } from '../store/pool.ts'
import { accountBy, signedBy, type Signed } from '../store/sessions.ts'
import { keyedBy, type Keyed } from '../store/tokens.ts'
import { digest } from './secret.ts'

export interface Principals {
  /** Whoever holds the token; throws `unauthenticated` when it is unknown, expired, revoked, or of another tenant. */
  ofToken(tenant: number, token: string): Principal | Promise<Principal>
  /** The tenant that a token is of; undefined for the administrator's, which is good for all. Throws as `ofToken` does. */
  tenantOf(token: string): Promise<number | undefined>
  /** Whoever is signed in; undefined when the session has ended, or is of another tenant. */
  ofSession(tenant: number, session: string): Principal | undefined | Promise<Principal | undefined>
  /** Whoever is called so in a tenant, with the rights of this moment; undefined when they have none any more. */
  named(tenant: number, id: string): Promise<Principal | undefined>
  /** After people, rights or keys changed on this node. Other nodes follow within FRESH. */
  forget(): void
}

/** Minutes after which a session ends when nothing is done. */
export const IDLE = 120
/** Milliseconds for which a look-up is remembered. */
const FRESH = 5000
const MOST = 10_000
const TOKEN = /^allm_[a-z0-9]{8}_[\w-]{43}$/

interface Remembered {
  readonly tenant: number
  readonly who: Principal
  readonly until: number
}

export function openPrincipals(store: Store, adminToken: string | undefined, open = false): Principals {
  const remembered = new Map<string, Remembered>()
  const adminHash = adminToken === undefined ? undefined : digest(adminToken)
  /** Counts `forget`, so that a look-up that began before it does not bring back what it forgot. */
  let age = 0

  const recall = (key: string): Remembered | undefined => stillGood(remembered.get(key))

  const remember = (key: string, tenant: number, who: Principal, left: number, began: number): void => {
    if (age !== began) return
    if (remembered.size >= MOST) remembered.delete(remembered.keys().next().value ?? '')
    remembered.set(key, { tenant, who, until: performance.now() + Math.min(FRESH, left) })
  }

  const lookUp = async (token: string, hash: string): Promise<{ readonly tenant: number; readonly who: Principal }> => {
    const began = age
    const found = TOKEN.test(token) ? await keyedBy(store, { hash }) : undefined
    if (found === undefined) throw refused()
    const held = { tenant: found.tenant, who: holderOf(found) }
    remember(hash, held.tenant, held.who, found.left ?? FRESH, began)
    return held
  }

  const lookUpSession = async (tenant: number, hash: string): Promise<Principal | undefined> => {
    const began = age
    const found = await signedBy(store, hash, IDLE)
    if (found === undefined) return undefined
    const who = signedIn(found)
    remember(hash, found.tenant, who, found.left, began)
    return found.tenant === tenant ? who : undefined
  }

  return {
    ofToken(tenant, token) {
      const hash = digest(token)
      const found = recall(hash)
      if (found) return sameTenant(tenant, found.tenant, found.who)
      if (hash === adminHash) return administrator(tenant)
      return lookUp(token, hash).then((found) => sameTenant(tenant, found.tenant, found.who))
    },
    async tenantOf(token) {
      const hash = digest(token)
      if (hash === adminHash) return undefined
      return (recall(hash) ?? (await lookUp(token, hash))).tenant
    },
    ofSession(tenant, session) {
      const hash = digest(session)
      const found = recall(hash)
      if (found) return found.tenant === tenant ? found.who : undefined
      return lookUpSession(tenant, hash)
    },
    named: (tenant, id) => named(store, tenant, id, { open, keyed: adminHash !== undefined }),
    forget() {
      age++
      remembered.clear()
    },
  }
}

function sameTenant(asked: number, tenant: number, who: Principal): Principal {
  if (asked !== tenant) throw refused()
  return who
}

/** One answer for every reason, so that nothing is learnt from it. */
function refused(): Problem {
  return new Problem('unauthenticated', {
    de: 'Der Zugangsschlüssel ist ungültig, abgelaufen oder widerrufen.',
    en: 'The token is not valid, has expired or was revoked.',
  })
}

function holderOf(token: Keyed): Principal {
  const { id, tenant, name, account, home, admin } = token
  const rights = scoped(
    { admin, grants: token.grants.map(grantOf) },
    { verbs: verbsOf(token.verbs), ...(token.datasets === null ? {} : { datasets: token.datasets }) },
  )
  return { id: `token:${id}`, name, tenant, ...rights, ...(account === null ? {} : { account }), ...(home === null ? {} : { home }) }
}

function stillGood(found: Remembered | undefined): Remembered | undefined {
  return found !== undefined && found.until > performance.now() ? found : undefined
}

/** `keyed`: there is a token of the administrator's. */
async function named(
  store: Store,
  tenant: number,
  id: string,
  { open, keyed }: { readonly open: boolean; readonly keyed: boolean },
): Promise<Principal | undefined> {
  if (id === 'open') return open ? { id, name: 'Open mode', tenant, admin: true, grants: [] } : undefined
  if (id === 'token:admin') return keyed ? administrator(tenant) : undefined
  const [kind, number] = id.split(':')
  const found = kind === 'token' ? await keyedBy(store, { id: Number(number) }) : await accountBy(store, Number(number))
  if (found?.tenant !== tenant) return undefined
  return 'verbs' in found ? holderOf(found) : signedIn(found)
}

function administrator(tenant: number): Principal {
  return { id: 'token:admin', name: 'ALLMENDE_ADMIN_TOKEN', tenant, admin: true, grants: [] }
}

function signedIn({ account, name, tenant, admin, grants }: Omit<Signed, 'session' | 'left'>): Principal {
  return { id: `user:${account}`, account, name, tenant, admin, grants: grants.map(grantOf) }
}

function grantOf({ dataset, verbs }: GrantRow): Grant {
  return { dataset, verbs: verbsOf(verbs) }
}

/** A verb that this version does not know grants nothing. */
export function verbsOf(names: readonly string[]): readonly Verb[] {
  return VERBS.filter((verb) => names.includes(verb))
}

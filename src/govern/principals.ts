/** principals: the Principal behind a token or a session, remembered for a moment, because every request asks. */
import { Problem } from '../problem.ts'
import type { Portion } from '../rights/portion.ts'
import { ofTenants, type Grant, type Principal } from '../rights/principal.ts'
import { isRole, ROLES, type RoleName } from '../rights/roles.ts'
import { scoped } from '../rights/scope.ts'
import { verbsOf } from '../rights/verbs.ts'
import type { GrantRow } from '../store/grants.ts'
import type { Store } from '../store/pool.ts'
import { accountBy, signedBy, type Signed } from '../store/sessions.ts'
import { keyedBy, type Keyed } from '../store/tokens.ts'
import { FRESH, Memory, type Held } from './memory.ts'
import { digest } from './secret.ts'

export interface Principals {
  /** Whoever holds the token; throws `unauthenticated` when it is unknown, expired, revoked, or of another tenant. */
  ofToken(tenant: number, token: string): Principal | Promise<Principal>
  /** The tenant that a token is of; undefined for the administrator's, which is good for all. Throws as `ofToken` does. */
  tenantOf(token: string): Promise<number | undefined>
  /** Whoever is signed in; undefined when the session has ended, or is of another tenant. */
  ofSession(tenant: number, session: string): Principal | undefined | Promise<Principal | undefined>
  /** The same with the rights of this moment; throws `unauthenticated` when they have none any more. What the platform itself does goes on. */
  renew(who: Principal): Principal | Promise<Principal>
  /** Whoever is called so in a tenant, with the rights of this moment; undefined when they have none any more. */
  named(tenant: number, id: string): Promise<Principal | undefined>
  /** After people, rights or keys changed on this node. Other nodes follow within FRESH. */
  forget(): void
}

/** Minutes after which a session ends when nothing is done. */
export const IDLE = 120
const TOKEN = /^allm_[a-z0-9]{8}_[\w-]{43}$/

export function openPrincipals(store: Store, adminToken: string | undefined, open = false): Principals {
  const adminHash = adminToken === undefined ? undefined : digest(adminToken)
  const memory = new Memory()
  const administrators = ofTenants(administrator)

  const lookUp = async (hash: string): Promise<Held> => {
    const began = memory.age
    const found = await keyedBy(store, { hash })
    if (found === undefined) throw refused()
    const held = { tenant: found.tenant, who: holderOf(found) }
    memory.remember({ of: 'token', hash }, held, found.left ?? FRESH, began)
    return held
  }

  const lookUpSession = async (tenant: number, hash: string): Promise<Principal | undefined> => {
    const began = memory.age
    const found = await signedBy(store, hash, IDLE)
    if (found === undefined) return undefined
    const who = signedIn(found)
    memory.remember({ of: 'session', hash }, { tenant: found.tenant, who }, found.left, began)
    return found.tenant === tenant ? who : undefined
  }

  return {
    ofToken(tenant, token) {
      const hash = digest(token)
      const found = memory.recall(hash)
      if (found) return sameTenant(tenant, found.tenant, found.who)
      if (hash === adminHash) return administrators(tenant)
      if (!TOKEN.test(token)) throw refused()
      return lookUp(hash).then((found) => sameTenant(tenant, found.tenant, found.who))
    },
    async tenantOf(token) {
      const hash = digest(token)
      if (hash === adminHash) return undefined
      if (!TOKEN.test(token)) throw refused()
      return (memory.recall(hash) ?? (await lookUp(hash))).tenant
    },
    ofSession(tenant, session) {
      const hash = digest(session)
      const found = memory.recall(hash)
      if (found) return found.tenant === tenant ? found.who : undefined
      return lookUpSession(tenant, hash)
    },
    renew(who) {
      const origin = memory.originOf(who)
      if (origin === undefined) return who
      const found = memory.recall(origin.hash)
      if (found) return found.who
      const again = origin.of === 'token' ? lookUp(origin.hash).then((held) => held.who) : lookUpSession(who.tenant, origin.hash)
      return again.then(sure)
    },
    named: (tenant, id) => named(store, tenant, id, { open, keyed: adminHash !== undefined }),
    forget: () => memory.forget(),
  }
}

function sure(who: Principal | undefined): Principal {
  if (who === undefined) throw refused()
  return who
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

export function holderOf(token: Keyed): Principal {
  const { id, tenant, name, account, home, at } = token
  const rights = scoped(rightsOf(token), {
    verbs: verbsOf(token.verbs),
    ...(token.datasets === null ? {} : { datasets: token.datasets }),
  })
  return { id: `token:${id}`, name, tenant, ...rights, ...(account === null ? {} : { account }), ...(home === null ? {} : { home }), at }
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

function signedIn({ account, name, tenant, at, ...rights }: Omit<Signed, 'session' | 'left'>): Principal {
  return { id: `user:${account}`, account, name, tenant, ...rightsOf(rights), at }
}

/** What somebody holds: as an administrator in their own right, or by a role of theirs or of a team's. */
export function rightsOf({
  admin,
  grants,
}: {
  readonly admin: boolean
  readonly grants: readonly GrantRow[]
}): Pick<Principal, 'admin' | 'grants' | 'roles'> {
  const roles = grants.flatMap(({ dataset, role }): RoleName[] => (dataset === null && role !== null && isRole(role) ? [role] : []))
  return {
    admin: admin || roles.includes('administrator'),
    grants: grants.map(grantOf),
    ...(roles.length > 0 && { roles: [...new Set(roles)] }),
  }
}

/** A role or a verb that this version does not know grants nothing. */
function grantOf({ id, dataset, role, verbs, portion }: GrantRow): Grant {
  return {
    id,
    ...(dataset !== null && { dataset }),
    verbs: role === null ? verbsOf(verbs) : isRole(role) ? ROLES[role].verbs : [],
    ...(portion !== null && { portion: portion as Portion }),
  }
}

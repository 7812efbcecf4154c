/** identify: the Principal behind a request: of a token, of a session, or nobody. */
import type { People } from '../govern/people.ts'
import type { Tenant } from '../govern/tenants.ts'
import { Problem } from '../problem.ts'
import { anonymous, ofTenants, type Principal } from '../rights/principal.ts'
import { sessionIn } from './cookie.ts'
import { checkOrigin, checkOwnPage, type Sent } from './csrf.ts'

export interface Entrance {
  /** The public address, whose origin is ours. */
  readonly url: string
  /** Whoever comes without credentials administers the tenant. */
  readonly open: boolean
}

export type Identify = (request: Sent, tenant: Tenant) => Principal | Promise<Principal>

/**
 * Throws `unauthenticated` for a token that is not good, `forbidden` for a change that another site sends in the name of
 * whoever is signed in. A session that has ended is nobody: the page then shows what everyone may see.
 */
export function openIdentify(people: People, { url, open }: Entrance): Identify {
  const secure = isSecure(url)
  const ownOf = originsOf(url)
  const nobody = ofTenants(open ? administrator : anonymous)

  return (request, tenant) => {
    const { authorization, cookie } = request.headers
    if (typeof authorization === 'string' && authorization !== '') return people.principals.ofToken(tenant.id, tokenIn(authorization))
    const session = typeof cookie === 'string' ? sessionIn(cookie, tenant, secure) : undefined
    if (session === undefined) {
      if (open) checkOrigin(request, ownOf(request))
      return nobody(tenant.id)
    }
    checkOwnPage(request, ownOf(request))
    const who = people.principals.ofSession(tenant.id, session)
    return who instanceof Promise ? who.then((found) => found ?? nobody(tenant.id)) : (who ?? nobody(tenant.id))
  }
}

export function isSecure(url: string): boolean {
  return url.startsWith('https:')
}

/** Where our page may have been loaded from: the public address, and the host that was asked, over http, as on one's own machine. */
export function originsOf(url: string): (request: Sent) => readonly string[] {
  const { origin } = new URL(url)
  return isSecure(url) ? () => [origin] : ({ headers }) => [origin, `http://${String(headers['host'])}`]
}

function administrator(tenant: number): Principal {
  return { id: 'open', name: 'Open mode', tenant, admin: true, grants: [] }
}

/** `Bearer <token>`; `Basic`, for programs that only know name and password, with the token as the password; or the token alone, as CKAN's clients send it. */
function tokenIn(authorization: string): string {
  const space = authorization.indexOf(' ')
  if (space === -1) return authorization
  const scheme = authorization.slice(0, space).toLowerCase()
  const rest = authorization.slice(space + 1).trim()
  if (scheme === 'bearer') return rest
  if (scheme === 'basic')
    return Buffer.from(rest, 'base64')
      .toString()
      .replace(/^[^:]*:/, '')
  throw new Problem('unauthenticated', {
    de: `Die Anmeldeart „${scheme}“ gibt es hier nicht; erwartet wird Bearer.`,
    en: `“${scheme}” is not supported here; Bearer is.`,
  })
}

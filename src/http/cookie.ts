/** cookie: the session cookie, one for each tenant, out of reach of scripts and of other sites. */
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Tenant } from '../govern/tenants.ts'

/** Ends with the browser at the latest; the server ends the session earlier by its own clock. */
export function sessionCookie(tenant: Tenant, session: string, secure: boolean): string {
  return stringifySetCookie({ name: nameOf(tenant, secure), value: session, path: '/', httpOnly: true, sameSite: 'lax', secure })
}

export function endedCookie(tenant: Tenant, secure: boolean): string {
  return stringifySetCookie({ name: nameOf(tenant, secure), value: '', path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 0 })
}

/** The session that a Cookie header names, if any. */
export function sessionIn(header: string | undefined, tenant: Tenant, secure: boolean): string | undefined {
  if (header === undefined || !header.includes(nameOf(tenant, secure))) return undefined
  return parseCookie(header)[nameOf(tenant, secure)] || undefined
}

/** A browser accepts __Host- only over https, for the whole host, and never from a sub-domain. */
function nameOf({ id, slug }: Tenant, secure: boolean): string {
  return `${secure ? '__Host-' : ''}allmende${id === 1 ? '' : `-${slug}`}`
}

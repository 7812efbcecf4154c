/** cookie: the session cookie, one for each tenant, out of reach of scripts and of other sites. */
import { fastifyCookie } from '@fastify/cookie'
import type { Tenant } from '../govern/tenants.ts'

/** Ends with the browser at the latest; the server ends the session earlier by its own clock. */
export function sessionCookie(tenant: Tenant, session: string, secure: boolean): string {
  return fastifyCookie.serialize(nameOf(tenant, secure), session, { path: '/', httpOnly: true, sameSite: 'lax', secure })
}

export function endedCookie(tenant: Tenant, secure: boolean): string {
  return fastifyCookie.serialize(nameOf(tenant, secure), '', { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 0 })
}

/** The session that a Cookie header names, if any. */
export function sessionIn(header: string | undefined, tenant: Tenant, secure: boolean): string | undefined {
  if (header === undefined || !header.includes(nameOf(tenant, secure))) return undefined
  return fastifyCookie.parse(header)[nameOf(tenant, secure)] || undefined
}

/** A browser accepts __Host- only over https, for the whole host, and never from a sub-domain. */
function nameOf({ id, slug }: Tenant, secure: boolean): string {
  return `${secure ? '__Host-' : ''}allmende${id === 1 ? '' : `-${slug}`}`
}

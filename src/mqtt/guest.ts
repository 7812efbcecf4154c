/** guest: who connects. The password is an API token, whatever the user name; without either it is nobody, as over HTTP. */
import type { IncomingMessage } from 'node:http'
import type { People } from '../govern/people.ts'
import type { Tenant } from '../govern/tenants.ts'
import type { Identify } from '../http/identify.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'

export interface Guest {
  /** Where topics without a tenant belong. */
  readonly home: Tenant
  who(tenant: Tenant): Principal | Promise<Principal>
}

export interface Credentials {
  readonly username: string | undefined
  readonly password: Buffer | undefined
  /** Of a WebSocket; its address may name a tenant. */
  readonly request: IncomingMessage | undefined
}

/** Throws `unauthenticated` for a token that is not good, `not-found` for a tenant that is not there. */
export async function welcome({ username, password, request }: Credentials, people: People, identify: Identify): Promise<Guest> {
  const token = password?.toString()
  if (username !== undefined && !token) throw refused()
  const home = (await tenantIn(request, people)) ?? (await tenantOf(token, people))
  const { origin, host } = request?.headers ?? {}
  const said = token === undefined ? { origin, host } : { authorization: `Bearer ${token}` }
  // Each message may change something, so it is asked as a POST: in open mode another site must not do that.
  const sent = { method: 'POST', headers: said }
  const guest: Guest = { home, who: (tenant) => identify(sent, tenant) }
  await guest.who(home)
  return guest
}

const PATH = /^(?:\/t\/([^/?]+))?\/mqtt\/?(?:\?|$)/

/** Whether a WebSocket is opened where MQTT is spoken. */
export function isHere(url: string | undefined): boolean {
  return PATH.test(url ?? '')
}

async function tenantIn(request: IncomingMessage | undefined, people: People): Promise<Tenant | undefined> {
  const slug = PATH.exec(request?.url ?? '')?.[1]
  return slug === undefined ? undefined : tenantNamed(slug, people)
}

export async function tenantNamed(slug: string, { tenants }: People): Promise<Tenant> {
  const tenant = await tenants.bySlug(slug)
  if (tenant === undefined)
    throw new Problem('not-found', { en: `There is no tenant “${slug}”.`, de: `Den Mandanten „${slug}“ gibt es nicht.` })
  return tenant
}

async function tenantOf(token: string | undefined, people: People): Promise<Tenant> {
  const id = token === undefined ? undefined : await people.principals.tenantOf(token)
  return id === undefined ? tenantNamed('default', people) : people.tenants.byId(id)
}

function refused(): Problem {
  return new Problem('unauthenticated', {
    en: 'The password is an API token; it is missing.',
    de: 'Als Kennwort wird ein Zugangsschlüssel erwartet; er fehlt.',
  })
}

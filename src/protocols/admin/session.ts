/** session: who am I, signing in and out, the first administrator, and where else one is signed in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { People } from '../../govern/people.ts'
import type { Arrival, Opened } from '../../govern/sessions.ts'
import type { Tenant } from '../../govern/tenants.ts'
import { endedCookie, sessionCookie, sessionIn } from '../../http/cookie.ts'
import { checkOrigin } from '../../http/csrf.ts'
import { isSecure, originsOf } from '../../http/identify.ts'
import { everything } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import { serves } from '../../rights/policy.ts'
import { keeper, type Principal } from '../../rights/principal.ts'
import { HOME } from '../../service/home.ts'
import type { Service } from '../../service/service.ts'
import { parseFirstRun, parseSignIn } from './people-body.ts'

export interface PeopleDoor {
  readonly people: People
  readonly service: Service
  /** The public address of the platform. */
  readonly url: string
}

export function sessionRoutes(app: FastifyInstance, door: PeopleDoor): void {
  const { people, url } = door
  const secure = isSecure(url)
  const ownOf = originsOf(url)

  const arrive = async (request: FastifyRequest): Promise<{ tenant: Tenant; arrival: Arrival }> => {
    checkOrigin(request, ownOf(request))
    const tenant = await people.tenants.byId(request.who.tenant)
    const before = sessionIn(request.headers.cookie, tenant, secure)
    return { tenant, arrival: { agent: request.headers['user-agent'] ?? '', ...(before === undefined ? {} : { before }) } }
  }
  const welcome = async (reply: FastifyReply, tenant: Tenant, opened: Opened) => {
    reply.header('set-cookie', sessionCookie(tenant, opened.session, secure))
    return whoAmI(door, opened.who, tenant)
  }
  const current = async (request: FastifyRequest) =>
    sessionIn(request.headers.cookie, await people.tenants.byId(request.who.tenant), secure)

  app.get('/session', async ({ who }) => whoAmI(door, who, await people.tenants.byId(who.tenant)))

  app.post('/session', async (request, reply) => {
    const { tenant, arrival } = await arrive(request)
    const attempt = { ...parseSignIn(request.body), tenant: tenant.id, address: request.ip }
    return welcome(reply, tenant, await people.sessions.signIn(attempt, arrival))
  })

  app.delete('/session', async (request, reply) => {
    const session = await current(request)
    if (session !== undefined) await people.sessions.signOut(session)
    const tenant = await people.tenants.byId(request.who.tenant)
    return reply.header('set-cookie', endedCookie(tenant, secure)).code(204).send()
  })

  app.post('/first-run', async (request, reply) => {
    const { tenant, arrival } = await arrive(request)
    const { token, ...wish } = parseFirstRun(request.body)
    const account = await people.firstRun.accept(tenant.id, token, wish)
    return welcome(reply, tenant, await people.sessions.open(account, arrival))
  })

  app.get('/sessions', async (request) => ({ items: await people.sessions.of(request.who, await current(request)) }))

  app.delete<{ Params: { id: string } }>('/sessions/:id', async (request, reply) => {
    if (request.params.id === 'others') await people.sessions.endOthers(request.who, await current(request))
    else await people.sessions.end(request.who, idIn(request.params.id))
    return reply.code(204).send()
  })
}

/** Of an id in a path; what is no number is nobody's id. */
export function idIn(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

async function whoAmI({ people, service }: PeopleDoor, who: Principal, tenant: Tenant) {
  const [account, firstRun, empty] = await Promise.all([
    accountFor(people, who),
    people.firstRun.pending(tenant.id),
    isEmpty(service, tenant.id),
  ])
  return { account, tenant: { slug: tenant.slug, name: tenant.name }, firstRun, empty }
}

/** A person; an administrator without an account (a token, open mode) shows as one without an address. */
async function accountFor(people: People, who: Principal) {
  if (who.account !== undefined) {
    const { id, name, email } = await people.accounts.get(who, who.account)
    return { id, name, email, admin: who.admin, sustains: serves(who, 'sustain') }
  }
  return who.admin ? { id: 0, name: who.name, email: '', admin: true, sustains: true } : null
}

/** Nothing beside the dataset that takes what is written without naming one. */
async function isEmpty(service: Service, tenant: number): Promise<boolean> {
  const { items } = await service.find(keeper(tenant, 'session'), ask('dataset', everything, 2))
  return items.every(({ slug }) => slug === HOME)
}

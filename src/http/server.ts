/** server: one HTTP server, one error handler, every protocol mounted at its base in a scope of its own. */
import compress from '@fastify/compress'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Tenant, Tenants } from '../govern/tenants.ts'
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import { anonymous, type Principal } from '../rights/principal.ts'
import type { Service } from '../service/service.ts'
import { readJson, LARGEST } from './body.ts'
import { doorOf, type Door } from './door.ts'
import { sendHeaders } from './headers.ts'
import type { Identify } from './identify.ts'
import { crashJson, problemJson, problemOf, type Language } from './problem-json.ts'
import type { Protocol } from './protocol.ts'

export interface Surroundings {
  readonly url: string
  readonly service: Service
  readonly tenants: Tenants
  readonly identify: Identify
  readonly protocols: readonly Protocol[]
  /** What answers outside of every protocol: the web, health. */
  readonly extra?: (app: FastifyInstance) => void
}

export interface Server {
  readonly app: FastifyInstance
  /** Answers the address that is listened at. */
  listen(host: string, port: number): Promise<string>
  close(): Promise<void>
}

export async function openServer(around: Surroundings): Promise<Server> {
  const bases = around.protocols.filter(({ perDataset }) => perDataset).map(({ base }) => base)
  const app = fastify({
    logger: false,
    bodyLimit: LARGEST,
    trustProxy: 'loopback',
    // Dataset slugs and quoted IRIs in SensorThings paths are long; a path is one parameter there.
    routerOptions: { maxParamLength: 8000, ignoreTrailingSlash: true },
    // a large file over a slow line takes its time; headers have a shorter limit of their own
    requestTimeout: 1_800_000,
    forceCloseConnections: 'idle',
    frameworkErrors: answerWith(undefined),
    rewriteUrl: (request) => doorOf(request.url ?? '/', bases).path,
  })
  for (const name of ['who', 'root', 'door', 'language', 'spoken']) app.decorateRequest(name, undefined)
  await app.register(compress, { encodings: ['gzip', 'deflate'], threshold: 2048 })
  sendHeaders(app, around)
  readJson(app, ['application/json'])
  app.addHook('onRequest', (request, _reply, done) => {
    const waiting = arrive(request, around, bases)
    if (waiting === undefined) done()
    return waiting
  })
  app.addHook('onResponse', leave)
  answerProblems(app, undefined)
  for (const protocol of around.protocols) await mount(app, protocol, around.service)
  around.extra?.(app)
  return {
    app,
    listen: (host, port) => app.listen({ host, port }),
    close: () => app.close(),
  }
}

async function mount(app: FastifyInstance, protocol: Protocol, service: Service): Promise<void> {
  await app.register(
    (scope, _options, done) => {
      scope.addHook('onRequest', (request, _reply, next) => {
        request.spoken = protocol.name
        next()
      })
      answerProblems(scope, protocol)
      protocol.mount(scope, service)
      done()
    },
    { prefix: protocol.base },
  )
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The protocol that answers; for the log and the metrics. */
    spoken: string | undefined
  }
}

/** Finds out in which tenant, at which dataset's door, who, and in which language. Waits only for what is not remembered. */
function arrive(request: FastifyRequest, around: Surroundings, bases: readonly string[]): Promise<void> | undefined {
  request.language = languageOf(request.headers['accept-language'])
  request.root = around.url
  const door = doorOf(request.originalUrl, bases)
  const tenant = tenantOf(request, door.tenant, around.tenants)
  return tenant instanceof Promise ? tenant.then((found) => enter(request, around, door, found)) : enter(request, around, door, tenant)
}

function enter(request: FastifyRequest, around: Surroundings, door: Door, tenant: Tenant): Promise<void> | undefined {
  if (door.tenant !== undefined) request.root += `/t/${encodeURIComponent(tenant.slug)}`
  const foreign = around.protocols.some(({ base, knowsItsCallers }) => knowsItsCallers && door.path.startsWith(`${base}/`))
  const who = foreign ? anonymous(tenant.id) : around.identify(request, tenant)
  if (who instanceof Promise || door.dataset !== undefined) return introduce(request, around.service, who, door.dataset)
  request.who = who
  return undefined
}

async function introduce(
  request: FastifyRequest,
  service: Service,
  who: Principal | Promise<Principal>,
  dataset: string | undefined,
): Promise<void> {
  request.who = await who
  if (dataset === undefined) return
  request.door = await service.door(request.who, dataset)
  request.root += `/datasets/${encodeURIComponent(dataset)}`
}

function tenantOf(request: FastifyRequest, inPath: string | undefined, tenants: Tenants): Tenant | Promise<Tenant> {
  const named = request.headers['ngsild-tenant']
  const slug = inPath ?? (typeof named === 'string' ? named : 'default')
  const sure = (tenant: Tenant | undefined): Tenant => {
    if (tenant === undefined) throw noTenant(slug)
    return tenant
  }
  const found = tenants.bySlug(slug)
  return found instanceof Promise ? found.then(sure) : sure(found)
}

function noTenant(slug: string): Problem {
  return new Problem('not-found', { en: `There is no tenant “${slug}”.`, de: `Den Mandanten „${slug}“ gibt es nicht.` })
}

/** German, unless English is preferred. */
export function languageOf(header: string | undefined): Language {
  if (header === undefined) return 'de'
  const wanted = header.split(',').map((part) => {
    const [tag = '', quality] = part.trim().split(';q=')
    return { tag: tag.toLowerCase().slice(0, 2), quality: Number(quality ?? 1) }
  })
  return wanted.toSorted((a, b) => b.quality - a.quality).find(({ tag }) => tag === 'de' || tag === 'en')?.tag === 'en' ? 'en' : 'de'
}

function leave(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { id, method, spoken: door = 'web', routeOptions } = request
  observe({ saw: 'request', id, door, method, route: routeOptions.url ?? '*', status: reply.statusCode, ms: reply.elapsedTime })
  done()
}

/** The only place that answers errors: in the protocol's dialect where it has one. */
function answerProblems(scope: FastifyInstance, protocol: Protocol | undefined): void {
  const answer = answerWith(protocol)
  scope.setErrorHandler(answer)
  // A protocol without a base of its own stands beside the web, whose root has its handler already.
  if (protocol?.base !== '') scope.setNotFoundHandler((request, reply) => answer(nothingAt(request), request, reply))
}

function answerWith(protocol: Protocol | undefined) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    // An address that cannot be read has not come as far as its language.
    const language = request.language ?? languageOf(request.headers['accept-language'])
    const problem = problemOf(error)
    if (problem === undefined) {
      observe({ saw: 'crash', error, id: request.id })
      const { status, type, body } = crashJson(language, request.id)
      return reply.code(status).type(type).send(JSON.stringify(body))
    }
    if (problem.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
    if (problem.kind === 'busy' || problem.kind === 'unavailable') reply.header('retry-after', '5')
    const { status = problem.status, type, body } = protocol?.problem?.(problem, language) ?? problemJson(problem, language)
    return reply.code(status).type(type).send(JSON.stringify(body))
  }
}

function nothingAt({ method, url }: FastifyRequest): Problem {
  const path = url.split('?')[0]
  return new Problem('not-found', { en: `There is nothing at ${method} ${path}.`, de: `Unter ${method} ${path} gibt es nichts.` })
}

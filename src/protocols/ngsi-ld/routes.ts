/** routes: NGSI-LD (ETSI GS CIM 009 V1.9.1) over HTTP (clause 6). Each route names what it fulfils. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ContextShelf } from '../../govern/contexts.ts'
import type { Subscriptions } from '../../govern/subscriptions.ts'
import { readJson } from '../../http/body.ts'
import type { Protocol } from '../../http/protocol.ts'
import { Problem } from '../../problem.ts'
import type { Offer } from '../../service/service.ts'
import { batchCreate, batchDelete, batchMerge, batchUpdate, batchUpsert } from './batch.ts'
import { callOf, type Call, type Means } from './call.ts'
import type { Contexts } from './contexts.ts'
import { listAttributes, listTypes, retrieveAttribute, retrieveType } from './discovery.ts'
import { sourceIdentity } from './identity.ts'
import { addContext, deleteContext, listContexts, serveContext, type Shelf } from './jsonld-contexts.ts'
import { BASE, MEDIA } from './names.ts'
import { problem } from './problems.ts'
import { purge } from './purge.ts'
import { queryOf } from './query-body.ts'
import { queryEntities, retrieveEntity } from './reading.ts'
import { changeSubscription, createSubscription, deleteSubscription, listSubscriptions, retrieveSubscription } from './subscribing.ts'
import { queryTemporal, retrieveTemporal } from './temporal-reading.ts'
import { addTemporal, changeInstance, createTemporal, deleteInstance, deleteTemporalAttribute } from './temporal-writing.ts'
import { changeAttribute, changeEntity, createEntity, deleteAttribute, deleteEntity, replaceAttribute } from './writing.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type Parts = Readonly<Record<string, string>>
type Answer = (call: Call, parts: Parts) => Promise<FastifyReply>

interface Route {
  readonly path: string
  readonly method: Method
  readonly answer: Answer
}

const id = ({ id = '' }: Parts): string => id
const attr = ({ attr = '' }: Parts): string => attr

const instance = ({ instance = '' }: Parts): string => instance
const INSTANCE_PATH = '/temporal/entities/:id/attrs/:attr/:instance'

const ROUTES: readonly Route[] = [
  /** 5.6.1, 5.7.2 */
  { method: 'POST', path: '/entities', answer: (call) => createEntity(call) },
  { method: 'GET', path: '/entities', answer: (call) => queryEntities(call) },
  /** 5.6.21 */
  { method: 'DELETE', path: '/entities', answer: (call) => purge(call) },
  /** 5.7.1, 5.6.17, 5.6.18, 5.6.6 */
  { method: 'GET', path: '/entities/:id', answer: (call, parts) => retrieveEntity(call, id(parts)) },
  { method: 'PATCH', path: '/entities/:id', answer: (call, parts) => changeEntity(call, id(parts), 'merge') },
  { method: 'PUT', path: '/entities/:id', answer: (call, parts) => changeEntity(call, id(parts), 'replace') },
  { method: 'DELETE', path: '/entities/:id', answer: (call, parts) => deleteEntity(call, id(parts)) },
  /** 5.6.3, 5.6.2 */
  { method: 'POST', path: '/entities/:id/attrs', answer: (call, parts) => changeEntity(call, id(parts), 'append') },
  { method: 'PATCH', path: '/entities/:id/attrs', answer: (call, parts) => changeEntity(call, id(parts), 'update') },
  /** 5.6.4, 5.6.19, 5.6.5 */
  { method: 'PATCH', path: '/entities/:id/attrs/:attr', answer: (call, parts) => changeAttribute(call, id(parts), attr(parts)) },
  { method: 'PUT', path: '/entities/:id/attrs/:attr', answer: (call, parts) => replaceAttribute(call, id(parts), attr(parts)) },
  { method: 'DELETE', path: '/entities/:id/attrs/:attr', answer: (call, parts) => deleteAttribute(call, id(parts), attr(parts)) },
  /** 5.6.7, 5.6.8, 5.6.9, 5.6.10, 5.6.20 */
  { method: 'POST', path: '/entityOperations/create', answer: (call) => batchCreate(call) },
  { method: 'POST', path: '/entityOperations/upsert', answer: (call) => batchUpsert(call) },
  { method: 'POST', path: '/entityOperations/update', answer: (call) => batchUpdate(call) },
  { method: 'POST', path: '/entityOperations/delete', answer: (call) => batchDelete(call) },
  { method: 'POST', path: '/entityOperations/merge', answer: (call) => batchMerge(call) },
  { method: 'POST', path: '/entityOperations/query', answer: (call) => queryEntities(queryOf(call)) },
  /** 5.6.11, 5.7.4, 5.7.3, 5.6.16 */
  { method: 'POST', path: '/temporal/entities', answer: (call) => createTemporal(call) },
  { method: 'GET', path: '/temporal/entities', answer: (call) => queryTemporal(call) },
  { method: 'POST', path: '/temporal/entityOperations/query', answer: (call) => queryTemporal(queryOf(call)) },
  { method: 'GET', path: '/temporal/entities/:id', answer: (call, parts) => retrieveTemporal(call, id(parts)) },
  { method: 'DELETE', path: '/temporal/entities/:id', answer: (call, parts) => deleteEntity(call, id(parts)) },
  /** 5.6.12, 5.6.13, 5.6.14, 5.6.15 */
  { method: 'POST', path: '/temporal/entities/:id/attrs', answer: (call, parts) => addTemporal(call, id(parts)) },
  {
    method: 'DELETE',
    path: '/temporal/entities/:id/attrs/:attr',
    answer: (call, parts) => deleteTemporalAttribute(call, id(parts), attr(parts)),
  },
  { method: 'PATCH', path: INSTANCE_PATH, answer: (call, parts) => changeInstance(call, id(parts), attr(parts), instance(parts)) },
  { method: 'DELETE', path: INSTANCE_PATH, answer: (call, parts) => deleteInstance(call, id(parts), attr(parts), instance(parts)) },
  /** 5.7.5 to 5.7.10 */
  { method: 'GET', path: '/types', answer: (call) => listTypes(call) },
  { method: 'GET', path: '/types/:type', answer: (call, { type = '' }) => retrieveType(call, type) },
  { method: 'GET', path: '/attributes', answer: (call) => listAttributes(call) },
  { method: 'GET', path: '/attributes/:attr', answer: (call, parts) => retrieveAttribute(call, attr(parts)) },
  /** 5.15 */
  { method: 'GET', path: '/info/sourceIdentity', answer: (call) => sourceIdentity(call) },
]

type Subscribing = (call: Call, shelf: Subscriptions, parts: Parts) => Promise<FastifyReply>

/** 5.8.1, 5.8.4, 5.8.3, 5.8.2, 5.8.5 */
const SUBSCRIPTION_ROUTES: readonly { readonly path: string; readonly method: Method; readonly answer: Subscribing }[] = [
  { method: 'POST', path: '/subscriptions', answer: (call, shelf) => createSubscription(call, shelf) },
  { method: 'GET', path: '/subscriptions', answer: (call, shelf) => listSubscriptions(call, shelf) },
  { method: 'GET', path: '/subscriptions/:id', answer: (call, shelf, parts) => retrieveSubscription(call, shelf, id(parts)) },
  { method: 'PATCH', path: '/subscriptions/:id', answer: (call, shelf, parts) => changeSubscription(call, shelf, id(parts)) },
  { method: 'DELETE', path: '/subscriptions/:id', answer: (call, shelf, parts) => deleteSubscription(call, shelf, id(parts)) },
]

/** 5.13.2 to 5.13.5: what they send and serve are contexts themselves, so that theirs is not looked for. */
const CONTEXT_ROUTES = [
  { method: 'POST', path: '/jsonldContexts', handler: addContext },
  { method: 'GET', path: '/jsonldContexts', handler: listContexts },
  { method: 'GET', path: '/jsonldContexts/:id', handler: serveContext },
  { method: 'DELETE', path: '/jsonldContexts/:id', handler: deleteContext },
] as const

const METHODS: readonly Method[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

export const ngsiLdOffers: Offer = ({ slug }, base) => [
  {
    title: { de: 'NGSI-LD-Schnittstelle', en: 'NGSI-LD API' },
    url: `${base}/datasets/${slug}${BASE}/entities?local=true`,
    mediaType: MEDIA.jsonld,
    conformsTo: 'https://uri.etsi.org/ngsi-ld/v1',
    kind: 'service',
  },
]

/** `contexts` are shared with whoever notifies. */
export interface Shelves {
  readonly shelf: ContextShelf
  readonly contexts: Contexts
  readonly subscriptions: Subscriptions
}

export function ngsiLd(shelves: Shelves): Protocol {
  return {
    name: 'ngsi-ld',
    base: BASE,
    perDataset: true,
    mount: (app, service) => mount(app, { service, ...shelves }),
    offers: ngsiLdOffers,
    problem,
  }
}

function mount(app: FastifyInstance, means: Means & Shelf & Shelves): void {
  app.removeAllContentTypeParsers()
  readJson(app, [MEDIA.json, MEDIA.jsonld, MEDIA.merge])
  for (const { method, path, answer } of ROUTES)
    app.route({
      method,
      url: path,
      handler: async (request: FastifyRequest, reply) => answer(await callOf(means, request, reply), request.params as Parts),
    })
  for (const { method, path, answer } of SUBSCRIPTION_ROUTES)
    app.route({
      method,
      url: path,
      handler: async (request, reply) => answer(await callOf(means, request, reply), means.subscriptions, request.params as Parts),
    })
  for (const { method, path, handler } of CONTEXT_ROUTES)
    app.route({ method, url: path, handler: (request, reply) => handler(means, request, reply) })
  app.route({ method: [...METHODS], url: '/*', handler: refuseOthers })
}

/** 405 tells what there is (6.3.2). */
function refuseOthers(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { '*': path = '' } = request.params as Parts
  const there = [...ROUTES, ...SUBSCRIPTION_ROUTES, ...CONTEXT_ROUTES]
    .filter((route) => patternOf(route.path).test(`/${path.replace(/\/$/, '')}`))
    .map(({ method }) => method)
  if (LATER.test(path))
    throw new Problem('not-implemented', { en: `“/${path}” is not supported yet.`, de: `„/${path}“ wird noch nicht unterstützt.` })
  if (there.length === 0) throw new Problem('not-found', { en: `There is nothing at “/${path}”.`, de: `Unter „/${path}“ gibt es nichts.` })
  return reply.code(405).header('allow', there.join(', ')).send()
}

/** Resources of the standard that are not spoken yet (5.9 to 5.11, 5.14, 5.16). */
const LATER = /^(csourceRegistrations|csourceSubscriptions|entityMaps|temporal\/entityMaps|snapshots)(\/|$)/

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`)

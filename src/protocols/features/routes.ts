/** routes: OGC API Features, Part 1 Core (OGC 17-069r4), Part 2 CRS (OGC 18-058r1) and Part 3 Filtering (OGC 19-079r2). Each released dataset is a collection of its things. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { WITH_SERIES } from '../../http/feature.ts'
import { negotiate } from '../../http/negotiate.ts'
import type { Protocol } from '../../http/protocol.ts'
import type { Dataset } from '../../model/dataset.ts'
import { Problem } from '../../problem.ts'
import { and, equals, or } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Service } from '../../service/service.ts'
import { parseSystem } from './area.ts'
import { CLASSES } from './conformance.ts'
import { collectionPage, collectionsPage, itemPage, itemsPage, landingPage, listPage } from './html.ts'
import { MEDIA, SYSTEMS, type ReferenceSystem } from './names.ts'
import { openapi, OPERATIONS } from './openapi.ts'
import { allowOnly, anyWith, formatIn, parseItems, things, unknown } from './params.ts'
import { queryables, sample, sortables } from './queryables.ts'
import { collection, item, items, landing, twins } from './render.ts'
import { parametersOf } from '../../http/page.ts'

interface InCollection {
  Params: { readonly collection: string }
}
interface OneFeature {
  Params: { readonly collection: string; readonly feature: string }
}

const BASE = '/ogc'
/** Collections in one list. */
const MOST = 10_000

export const features: Protocol = {
  name: 'features',
  base: BASE,
  perDataset: true,
  mount,
  offers: (dataset, base) => [
    {
      title: { de: 'OGC API Features', en: 'OGC API Features' },
      url: `${base}${BASE}/collections/${dataset.slug}`,
      mediaType: MEDIA.geojson,
      conformsTo: 'http://www.opengis.net/spec/ogcapi-features-1/1.0',
      kind: 'service',
    },
  ],
}

function mount(app: FastifyInstance, service: Service): void {
  aboutRoutes(app)
  collectionRoutes(app, service)
  featureRoutes(app, service)
}

function aboutRoutes(app: FastifyInstance): void {
  app.get('/', (request, reply) => {
    const { answer, format, base, query } = resource(request, reply)
    const page = landing(base, request.language, twins(base, query, format))
    return answer(page, () => landingPage(base, request.language, page))
  })

  app.get('/conformance', (request, reply) => {
    const { answer, format, base, query } = resource(request, reply)
    const links = twins(`${base}/conformance`, query, format)
    const rows = CLASSES.map((uri) => [uri, uri.split('/').at(-1) ?? ''] as const)
    return answer({ links, conformsTo: CLASSES }, () => listPage(base, request.language, 'Conformance', rows, links))
  })

  app.get('/api', (request, reply) => {
    const { answer, format, base, query } = resource(request, reply, MEDIA.openapi)
    return answer(openapi(base, request.language), () =>
      listPage(base, request.language, 'OpenAPI', OPERATIONS, twins(`${base}/api`, query, format)),
    )
  })
}

function collectionRoutes(app: FastifyInstance, service: Service): void {
  app.get('/collections', async (request, reply) => {
    const { answer, format, base, query } = resource(request, reply)
    const collections = (await released(service, request)).map((dataset) => collection(dataset, base, request.language))
    const links = twins(`${base}/collections`, query, format)
    const body = { links, crs: SYSTEMS.map(({ uri }) => uri), collections }
    return answer(body, () => collectionsPage(base, request.language, collections, links))
  })

  app.get<InCollection>('/collections/:collection', async (request, reply) => {
    const { answer, base } = resource(request, reply)
    const body = collection(await service.card(request.who, slugOf(request), request.root), base, request.language)
    return answer(body, () => collectionPage(base, request.language, body))
  })

  for (const [name, schemaOf] of [
    ['queryables', queryables],
    ['sortables', sortables],
  ] as const)
    app.get<InCollection>(`/collections/:collection/${name}`, async (request, reply) => {
      const dataset = await datasetOf(service, request)
      const { answer, format, base, query } = resource(request, reply, MEDIA.schema)
      const address = `${base}/collections/${dataset.slug}/${name}`
      const { items: found } = await service.find(request.who, sample(dataset.id))
      const body = schemaOf(found, address, dataset, request.language)
      const rows = Object.entries<{ readonly type?: string }>(body.properties).map(
        ([property, { type }]) => [property, type ?? ''] as const,
      )
      return answer(body, () => listPage(base, request.language, name, rows, twins(address, query, format, MEDIA.schema)))
    })
}

function featureRoutes(app: FastifyInstance, service: Service): void {
  app.get<InCollection>('/collections/:collection/items', async (request, reply) => {
    const dataset = await datasetOf(service, request)
    const query = parametersOf(request)
    const format = formatOf(request, query, MEDIA.geojson)
    const asked = parseItems(query, dataset.id)
    await prove(service, request, asked.unproven, dataset)
    const base = `${request.root}${BASE}`
    const body = items(await service.find(request.who, asked.query), asked, `${base}/collections/${dataset.slug}/items`, query, format)
    reply.header('link', linkHeader(body.links))
    return send(reply, format, MEDIA.geojson, asked.system, body, () => itemsPage(base, request.language, brief(dataset, request), body))
  })

  app.get<OneFeature>('/collections/:collection/items/:feature', async (request, reply) => {
    const dataset = await datasetOf(service, request)
    const query = allowOnly(request, 'f', 'crs')
    const format = formatOf(request, query, MEDIA.geojson)
    const system = parseSystem(query, 'crs')
    const thing = await thingOf(service, request, dataset)
    const base = `${request.root}${BASE}`
    const body = item(thing, system, `${base}/collections/${dataset.slug}`, query, format)
    return send(reply, format, MEDIA.geojson, system, body, () => itemPage(base, request.language, brief(dataset, request), body))
  })
}

/** What every resource but the features needs: its format, its address, and a way to answer in either format. */
function resource(request: FastifyRequest, reply: FastifyReply, json: string = MEDIA.json) {
  const query = allowOnly(request, 'f')
  const format = formatOf(request, query, json)
  const answer = (body: object, html: () => string) => send(reply, format, json, undefined, body, html)
  return { answer, format, query, base: `${request.root}${BASE}` }
}

function formatOf(request: FastifyRequest, query: URLSearchParams, json: string): 'json' | 'html' {
  const asked = formatIn(query)
  if (asked !== undefined) return asked
  const type = negotiate(request.headers.accept, [...new Set([json, MEDIA.json]), MEDIA.html])
  return type === MEDIA.html ? 'html' : 'json'
}

function send(
  reply: FastifyReply,
  format: 'json' | 'html',
  json: string,
  system: ReferenceSystem | undefined,
  body: object,
  html: () => string,
) {
  if (system !== undefined) reply.header('content-crs', `<${system.uri}>`)
  reply.header('vary', 'Accept, Accept-Language')
  return format === 'html'
    ? reply.type('text/html; charset=utf-8').send(html())
    : reply.header('content-type', json).send(Buffer.from(JSON.stringify(body)))
}

function linkHeader(links: readonly { readonly rel: string; readonly href: string; readonly type?: string }[]): string {
  return links.map(({ rel, href, type = '' }) => `<${href}>; rel="${rel}"; type="${type}"`).join(', ')
}

/** In a dataset's own door there is one collection; elsewhere the released ones that may be read. */
async function released(service: Service, { who, root, door }: FastifyRequest): Promise<readonly Dataset[]> {
  if (door !== undefined) return [await service.card(who, door.slug, root)]
  const where = and(equals(['state'], 'released'), equals(['tenant'], who.tenant))
  const order = [{ by: { path: ['slug'] as const }, descending: false }]
  return (await service.cards(who, { ...ask('dataset', where, MOST), order }, root)).items
}

function slugOf({ params, door }: FastifyRequest<InCollection>): string {
  if (door === undefined || door.slug === params.collection) return params.collection
  throw missing(params.collection)
}

async function datasetOf(service: Service, request: FastifyRequest<InCollection>): Promise<Dataset> {
  const slug = slugOf(request)
  const where = and(equals(['slug'], slug), equals(['tenant'], request.who.tenant))
  const [dataset] = (await service.find(request.who, ask('dataset', where, 1))).items
  if (dataset === undefined) throw missing(slug)
  return dataset
}

async function thingOf(service: Service, { who, params: { feature } }: FastifyRequest<OneFeature>, dataset: Dataset) {
  const id = /^\d{1,15}$/.test(feature) ? [equals(['id'], Number(feature))] : []
  const where = and(things(dataset.id), or(...id, equals(['iri'], feature)))
  const [thing] = (await service.find(who, { ...ask('entity', where, 1), include: [WITH_SERIES] })).items
  if (thing === undefined) throw missing(feature)
  return thing
}

/** Throws for a parameter that is no property of any feature (7.15.5). */
async function prove(service: Service, { who }: FastifyRequest, names: readonly string[], dataset: Dataset): Promise<void> {
  for (const name of names) if ((await service.find(who, anyWith(name, dataset.id))).items.length === 0) throw unknown(name)
}

const brief = (dataset: Dataset, { language }: FastifyRequest) => ({ id: dataset.slug, title: dataset.title[language] ?? dataset.slug })

function missing(what: string): Problem {
  return new Problem('not-found', { de: `„${what}“ gibt es hier nicht.`, en: `There is no “${what}” here.` })
}

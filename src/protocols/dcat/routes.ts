/** routes: the catalogue and its cards as DCAT-AP.de 3.0: by suffix, or where RDF is asked for. Pages for people are the web's. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accepted } from '../../http/negotiate.ts'
import { addressWith, parametersOf, parseCount } from '../../http/page.ts'
import type { Protocol } from '../../http/protocol.ts'
import { parseInstant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { and, equals, type Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Service } from '../../service/service.ts'
import { catalogGraph } from './catalog.ts'
import { datasetGraph } from './graph.ts'
import { jsonld } from './jsonld.ts'
import { rdfxml } from './rdfxml.ts'
import type { Triple } from './triple.ts'
import { turtle } from './turtle.ts'

interface OfDataset {
  Params: { readonly slug: string }
}

interface Format {
  readonly media: string
  readonly write: (triples: readonly Triple[]) => string
}

/** By suffix; the order is ours where the reader has no preference. */
const FORMATS = {
  ttl: { media: 'text/turtle', write: turtle },
  jsonld: { media: 'application/ld+json', write: jsonld },
  rdf: { media: 'application/rdf+xml', write: rdfxml },
} as const satisfies Readonly<Record<string, Format>>
const SUFFIXES = Object.keys(FORMATS) as (keyof typeof FORMATS)[]

/** Datasets on a page; harvesters take a hundred. */
const SIZE = 100

export const dcat: Protocol = { name: 'dcat', base: '', mount }

function mount(app: FastifyInstance, service: Service): void {
  app.addConstraintStrategy(WANTS_RDF)
  for (const suffix of SUFFIXES) {
    app.get(`/catalog.${suffix}`, (request, reply) => catalog(service, FORMATS[suffix], request, reply))
    app.get<OfDataset>(`/datasets/:slug.${suffix}`, (request, reply) => dataset(service, FORMATS[suffix], request, reply))
    app.get('/catalog', { constraints: { rdf: suffix } }, (request, reply) => catalog(service, FORMATS[suffix], request, reply))
    app.get<OfDataset>('/datasets/:slug', { constraints: { rdf: suffix } }, (request, reply) =>
      dataset(service, FORMATS[suffix], request, reply),
    )
  }
}

/** The suffix of the format that Accept prefers over a page; undefined where a page will do. The same address then is the web's. */
const WANTS_RDF = {
  name: 'rdf',
  storage: () => {
    const handlers = new Map<string, unknown>()
    return {
      get: (key: string) => (handlers.get(key) ?? null) as never,
      set: (key: string, handler: unknown) => void handlers.set(key, handler),
    }
  },
  validate: () => true,
  deriveConstraint: ({ headers: { accept = '' } }: { headers: { accept?: string | undefined } }) => suffixFor(accept),
}

export function suffixFor(accept: string): string | undefined {
  if (!/turtle|ld\+json|rdf\+xml/i.test(accept)) return undefined
  const type = accepted(accept, ['text/html', ...SUFFIXES.map((suffix) => FORMATS[suffix].media)])
  return SUFFIXES.find((suffix) => FORMATS[suffix].media === type)
}

async function dataset(service: Service, format: Format, request: FastifyRequest<OfDataset>, reply: FastifyReply) {
  const card = await service.card(request.who, request.params.slug, request.root)
  return send(reply, format, datasetGraph(card, request.root))
}

async function catalog(service: Service, format: Format, request: FastifyRequest, reply: FastifyReply) {
  const parameters = parametersOf(request)
  const page = parseCount(parameters, 'page', { least: 1, most: 1_000_000, otherwise: 1 })
  const query = { ...ask('dataset', published(request, parameters)), page: { limit: SIZE, offset: (page - 1) * SIZE }, count: true }
  const { items, total = 0 } = await service.cards(request.who, query, request.root)
  if (items.length === 0 && page > 1)
    throw new Problem('not-found', { de: `Seite ${page} gibt es nicht.`, en: `There is no page ${page}.` })
  const path = request.root + (request.url.split('?')[0] ?? '')
  return send(
    reply,
    format,
    catalogGraph({ cards: items, page, size: SIZE, total }, request.root, (to) => addressWith(path, parameters, { page: to })),
  )
}

/** Whoever asks: a catalogue is for everyone, also when an administrator fetches it. */
function published({ who }: FastifyRequest, parameters: URLSearchParams): Filter {
  const since = parameters.get('modified_since')
  const instant = since === null ? undefined : parseInstant(since, 'modified_since')
  return and(
    equals(['tenant'], who.tenant),
    equals(['state'], 'released'),
    equals(['access'], 'public'),
    ...(instant === undefined ? [] : [{ is: 'compare', left: { path: ['modified'] }, by: '>=', right: { instant } } as const]),
  )
}

function send(reply: FastifyReply, { media, write }: Format, triples: readonly Triple[]) {
  return reply.header('vary', 'Accept').type(`${media}; charset=utf-8`).send(write(triples))
}

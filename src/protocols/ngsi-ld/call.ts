/** call: one request, with its context found by the rules of 6.3.5, and its answer in the media type that is wanted. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { accepted } from '../../http/negotiate.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { Problem, type Said } from '../../problem.ts'
import { equals, everything, type Filter } from '../../query/filter.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import type { Context } from './context.ts'
import type { Contexts } from './contexts.ts'
import { MEDIA } from './names.ts'
import { parametersOf, type Parameters } from './params.ts'

export interface Means {
  readonly service: Service
  readonly contexts: Contexts
}

export interface Call {
  readonly means: Means
  readonly service: Service
  readonly who: Principal
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly parameters: Parameters
  /** Of a query sent as a body: which entities, each by id, type and pattern. */
  readonly selectors?: readonly Parameters[]
  readonly context: Context
  /** The body without its context. */
  readonly body: Json | undefined
  /** All entities, or those of the dataset at whose door one stands. */
  readonly within: Filter
}

export async function callOf(means: Means, request: FastifyRequest, reply: FastifyReply): Promise<Call> {
  const { who, headers, door } = request
  if (headers['ngsild-tenant'] !== undefined) void reply.header('ngsild-tenant', headers['ngsild-tenant'])
  refuseHeaders(headers)
  const sent = request.body as Json | undefined
  const { source, body } = sentContext(request, sent)
  const context = await means.contexts.resolve(who.tenant, rootOf(request), source)
  const within = door === undefined ? everything : equals(['dataset'], door.id)
  return { means, service: means.service, who, request, reply, parameters: parametersOf(request), context, body, within }
}

/** What would change the answer and is not supported is refused, not passed over. */
function refuseHeaders(headers: FastifyRequest['headers']): void {
  const name = ['ngsild-entitymap', 'ngsild-snapshot'].find((one) => headers[one] !== undefined)
  if (name === undefined) return
  const said = { en: `The header “${name}” is not supported yet.`, de: `Der Kopf „${name}“ wird noch nicht unterstützt.` }
  throw new Problem('not-implemented', said, { parameter: name })
}

/** The public address of the tenant, whichever dataset's door was used. */
export function rootOf({ root, door }: FastifyRequest): string {
  return door === undefined ? root : root.slice(0, root.lastIndexOf('/datasets/'))
}

/** The dataset that takes what is new. */
export async function homeOf({ service, who, request }: Call): Promise<number> {
  return request.door?.id ?? service.home(who)
}

interface Sent {
  readonly source: Json | undefined
  readonly body: Json | undefined
}

/** From the Link header, or for application/ld+json from the body; never both (6.3.5). */
export function sentContext(request: Pick<FastifyRequest, 'headers' | 'method'>, body: Json | undefined): Sent {
  const link = linkedContext(request.headers.link)
  if (request.method === 'GET' || request.method === 'DELETE' || request.method === 'HEAD') return { source: link, body }
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== MEDIA.jsonld) {
    if (hasContext(body))
      throw odd('/@context', { en: 'A body of application/json has no @context; name it in a Link header, or send application/ld+json.', de: 'Ein Inhalt vom Typ application/json hat keinen @context; nennen Sie ihn im Kopf „Link“ oder senden Sie application/ld+json.' }) // prettier-ignore
    return { source: link, body }
  }
  if (link !== undefined)
    throw odd('/@context', { en: 'A body of application/ld+json brings its own @context; there must be no Link header for it.', de: 'Ein Inhalt vom Typ application/ld+json bringt seinen @context mit; ein Link-Kopf dafür darf nicht dabei sein.' }) // prettier-ignore
  if (Array.isArray(body)) return { source: undefined, body }
  if (!isObject(body) || body['@context'] === undefined)
    throw odd('/@context', { en: 'A body of application/ld+json needs an @context.', de: 'Ein Inhalt vom Typ application/ld+json braucht einen @context.' }) // prettier-ignore
  const { '@context': source, ...rest } = body
  return { source, body: rest }
}

function hasContext(body: Json | undefined): boolean {
  return Array.isArray(body)
    ? body.some((one) => isObject(one as Json) && '@context' in (one as JsonObject))
    : isObject(body) && '@context' in body
}

const LINK = /<([^>]*)>\s*((?:;[^,]*)?)/g

/** The address in a Link header whose relation is that of JSON-LD contexts. */
export function linkedContext(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  const links = [...String(header).matchAll(LINK)].filter(([, , rest = '']) =>
    /rel="?http:\/\/www\.w3\.org\/ns\/json-ld#context"?/.test(rest),
  )
  if (links.length > 1) throw odd('', { en: 'Only one context can be linked.', de: 'Nur ein Kontext kann verlinkt werden.' })
  return links[0]?.[1]
}

function odd(pointer: string, said: Said): Problem {
  return new Problem('invalid-body', said, { pointer })
}

/** What is answered in: decided before anything is done. */
export function mediaOf({ request }: Pick<Call, 'request'>, offered: readonly string[] = [MEDIA.json, MEDIA.jsonld]): string {
  const best = accepted(request.headers.accept, offered)
  if (best !== undefined) return best
  throw new Problem('not-acceptable', {
    de: `In „${request.headers.accept}“ wird hier nicht geantwortet, nur in ${offered.join(', ')}.`,
    en: `“${request.headers.accept}” is not on offer here, only ${offered.join(', ')}.`,
  })
}

/** The context beside the answer: in the body, or for application/json as a link (6.3.6). */
export async function send(call: Call, media: string, body: JsonObject | readonly JsonObject[], status = 200): Promise<FastifyReply> {
  const { reply, request, context, means } = call
  const linked = media === MEDIA.json || (media === MEDIA.geojson && /body\s*=\s*json/.test(String(request.headers['prefer'] ?? '')))
  void reply.code(status).type(media)
  if (linked) {
    const address = await means.contexts.linkTo(request.who.tenant, rootOf(request), context)
    addLink(reply, `<${address}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`)
    return reply.send(JSON.stringify(body))
  }
  const withContext = (one: JsonObject): JsonObject => ({ '@context': context.source, ...one })
  return reply.send(JSON.stringify(Array.isArray(body) ? body.map(withContext) : withContext(body as JsonObject)))
}

export function addLink(reply: FastifyReply, link: string): void {
  const before = reply.getHeader('link')
  void reply.header('link', before === undefined ? link : `${String(before)}, ${link}`)
}

/** reading: entities retrieved and queried (5.7.1, 5.7.2). */
import type { FastifyReply } from 'fastify'
import { WITH_SERIES } from '../../http/feature.ts'
import { addressWith, parametersOf } from '../../http/page.ts'
import type { JsonObject } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { and } from '../../query/filter.ts'
import { ask, type Query } from '../../query/query.ts'
import { addLink, mediaOf, rootOf, send, type Call } from './call.ts'
import { BASE, isUri, MEDIA } from './names.ts'
import { pageIn, refuseUnsupported, shapeIn, wrong, type Page } from './params.ts'
import { renderEntity, renderFeature, type Shape } from './render.ts'
import { selectionIn } from './selection.ts'
import type { State } from './state.ts'
import { ENTITIES, findByIri, statesOf, type Known } from './write.ts'
import { living } from './expiry.ts'

const ENTITY_MEDIA = [MEDIA.json, MEDIA.jsonld, MEDIA.geojson]

export async function retrieveEntity(call: Call, id: string): Promise<FastifyReply> {
  const media = mediaOf(call, ENTITY_MEDIA)
  refuseUnsupported(call.parameters)
  const shape = shapeIn(call.parameters, call.context)
  const { state } = await oneEntity(call, id)
  if (shape.pick && [...shape.pick].every((name) => !isPart(state, name))) throw noneOf(id)
  return send(call, media, shown(state, call, shape, media))
}

/** Of an attribute list, at least one must be there (5.7.1.4); id, type and scope are always. */
function isPart({ attributes }: State, name: string): boolean {
  return attributes.has(name)
}

export function noneOf(id: string): Problem {
  return new Problem('not-found', { en: `“${id}” has none of these attributes.`, de: `„${id}“ hat keines dieser Attribute.` })
}

/** The entity, or `not-found`; `type` selects it further. */
export async function oneEntity(call: Call, id: string): Promise<Known> {
  if (!isUri(id)) throw wrong('id', { en: `“${id}” is no URI.`, de: `„${id}“ ist keine URI.` })
  const { type } = selectionIn(call, ['type'])
  const known = (await findByIri(call, [id], and(call.within, type))).get(id)
  if (known === undefined) throw missingEntity(id)
  return known
}

export function missingEntity(id: string): Problem {
  return new Problem('not-found', { en: `There is no entity “${id}”.`, de: `Die Entität „${id}“ gibt es nicht.` })
}

function shown(state: State, { context, parameters }: Call, shape: Shape, media: string): JsonObject {
  if (media !== MEDIA.geojson) {
    if (parameters.has('geometryProperty'))
      throw wrong('geometryProperty', { en: 'geometryProperty goes with application/geo+json only.', de: 'geometryProperty gibt es nur mit application/geo+json.' }) // prettier-ignore
    return renderEntity(state, context, shape)
  }
  return renderFeature(state, context, shape, context.nameOf(parameters.get('geometryProperty') ?? 'location'))
}

/** GET /entities, and with a body POST /entityOperations/query. */
export async function queryEntities(call: Call): Promise<FastifyReply> {
  const media = mediaOf(call, ENTITY_MEDIA)
  refuseUnsupported(call.parameters)
  const shape = shapeIn(call.parameters, call.context, ['count'])
  const page = pageIn(call.parameters)
  const { where, order } = selectionIn(call)
  const query: Query<'entity'> = {
    ...ask('entity', and(ENTITIES, living(), call.within, where)),
    order: order ?? [],
    page: page.after === undefined ? page : { limit: page.limit, after: page.after },
    include: [WITH_SERIES],
    count: page.count,
  }
  const found = await call.service.find(call.who, query)
  const states = await statesOf(call, found.items)
  pageLinks(call, page, found.next, media)
  if (found.total !== undefined) void call.reply.header('ngsild-results-count', String(found.total))
  const bodies = states.map(({ state }) => shown(state, call, shape, media))
  return send(call, media, media === MEDIA.geojson ? { type: 'FeatureCollection', features: bodies } : bodies)
}

/** The pages around, with every parameter of this one (6.3.10). The next goes on after the last entity, at the same cost however far. */
export function pageLinks({ request, reply }: Call, page: Page, next: string | undefined, media: string): void {
  const address = `${rootOf(request)}${BASE}${request.url.split('?')[0]?.slice(BASE.length) ?? ''}`
  const parameters = parametersOf(request)
  const link = (rel: string, changes: Readonly<Record<string, string | number | null>>) =>
    addLink(reply, `<${addressWith(address, parameters, changes)}>; rel="${rel}"; type="${media}"`)
  const { limit, offset } = page
  if (offset > 0) link('prev', { offset: Math.max(0, offset - limit) || null, after: null, limit })
  if (next !== undefined) link('next', { offset: offset + limit, after: next, limit })
}

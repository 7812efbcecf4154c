/** datasets: the catalogue's cards for the web: searched, read, written, released and withdrawn. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Release } from '../../govern/release/release.ts'
import { and, equals, everything, type Filter } from '../../query/filter.ts'
import { ask, type Order } from '../../query/query.ts'
import type { Service } from '../../service/service.ts'
import { newDataset, patchDataset } from './dataset-body.ts'
import { facetsOf } from './facets.ts'
import { limitOf, textOf, type Params } from './params.ts'
import { parseReason, parseWish } from './release-body.ts'

export function datasetRoutes(app: FastifyInstance, service: Service, release: Release): void {
  app.get('/datasets', (request) => catalogue(request, service))

  app.post('/datasets', async (request, reply) => {
    const [id = 0] = await service.ids('dataset', 1)
    const dataset = newDataset(request.body, id, request.who.tenant)
    await service.record(request.who, { datasets: [dataset] })
    return reply.code(201).send(await cardOf(request, service, dataset.slug))
  })

  app.get<Slug>('/datasets/:slug', (request) => cardOf(request, service, request.params.slug))

  app.patch<Slug>('/datasets/:slug', async (request) => {
    const { dataset, revision } = await release.edit(request.who, request.params.slug, (old) => patchDataset(request.body, old))
    return { ...(await cardOf(request, service, dataset.slug)), ...(revision && { release: revision }) }
  })

  app.delete<Slug>('/datasets/:slug', async (request, reply) => {
    await service.card(request.who, request.params.slug, request.root)
    await service.remove(request.who, 'dataset', bySlug(request))
    return reply.code(204).send()
  })

  app.post<Slug>('/datasets/:slug/release', async (request, reply) => {
    const { slug } = request.params
    const asked = await release.submit(request.who, slug, parseWish(request.body))
    return reply.code(asked.ended === undefined ? 202 : 200).send({ ...(await cardOf(request, service, slug)), release: asked })
  })

  for (const [path, act] of Object.entries(LEAVING))
    app.post<Slug>(`/datasets/:slug/${path}`, async (request) => {
      await release.leave(request.who, request.params.slug, act, parseReason(request.body))
      return cardOf(request, service, request.params.slug)
    })
}

interface Slug {
  Params: { slug: string }
}

const LEAVING = { withdraw: 'withdraw', archive: 'archive', draft: 'redraft' } as const

const bySlug = (request: FastifyRequest<Slug>): Filter => and(equals(['slug'], request.params.slug), equals(['tenant'], request.who.tenant))

async function cardOf(request: FastifyRequest, service: Service, slug: string) {
  const card = await service.card(request.who, slug, request.root)
  const counts = await service.counts([card.id])
  return { ...card, counts: counts.get(card.id) }
}

async function catalogue(request: FastifyRequest, service: Service) {
  const params = request.query as Params
  const limit = limitOf(params, 20, 200)
  const after = textOf(params, 'after')
  const where = and(searched(params), chosen(params))
  const query = {
    ...ask('dataset', where, limit),
    count: true,
    page: { limit, ...(after !== undefined && { after }) },
    order: orderFor(params),
  }
  const [page, facets] = await Promise.all([service.find(request.who, query), facetsOf(service, request.who, searched(params))])
  const counts = await service.counts(page.items.map(({ id }) => id))
  return { ...page, items: page.items.map((dataset) => ({ ...dataset, counts: counts.get(dataset.id) })), facets }
}

/** What fits best, else what has changed last. */
function orderFor(params: Params): readonly Order[] {
  const words = textOf(params, 'q')?.trim()
  return [{ by: words ? { relevance: words } : { path: ['modified'] }, descending: true }]
}

function searched(params: Params): Filter {
  const words = textOf(params, 'q')?.trim()
  return words ? { is: 'search', words } : everything
}

function chosen(params: Params): Filter {
  const has = (name: string, path: 'themes' | 'keywords'): Filter => {
    const value = textOf(params, name)
    return value === undefined ? everything : { is: 'has', path: [path], value }
  }
  const is = (name: string, ...path: [string, ...string[]]): Filter => {
    const value = textOf(params, name)
    return value === undefined ? everything : equals(path, value)
  }
  return and(
    has('theme', 'themes'),
    has('keyword', 'keywords'),
    is('licence', 'licence'),
    is('access', 'access'),
    is('state', 'state'),
    is('publisher', 'publisher', 'name'),
  )
}

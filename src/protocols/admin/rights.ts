/** rights: grants given and taken, who may do what with a dataset, and why somebody may not. */
import type { FastifyInstance } from 'fastify'
import type { Grants } from '../../govern/grants.ts'
import type { Insight, Why } from '../../govern/insight.ts'
import type { Principal, Verb } from '../../rights/principal.ts'
import { ROLES } from '../../rights/roles.ts'
import { VERBS } from '../../rights/verbs.ts'
import type { Service } from '../../service/service.ts'
import { parseGrant, parseHolder } from './grant-body.ts'
import { withSlugs } from './grant-render.ts'
import { oneOf, textOf, type Params } from './params.ts'
import { idIn } from './session.ts'

export interface RightsDoor {
  readonly service: Service
  readonly grants: Grants
  readonly insight: Insight
}

export function rightsRoutes(app: FastifyInstance, { service, grants, insight }: RightsDoor): void {
  app.get('/roles', () => ({ items: Object.entries(ROLES).map(([name, role]) => ({ name, ...role })) }))

  app.get('/grants', async ({ who, query }) => {
    const slug = textOf(query as Params, 'dataset')
    const dataset = slug === undefined ? undefined : await service.dataset(who, slug)
    return { items: await withSlugs(service, who, await grants.of(who, dataset)) }
  })

  app.post('/grants', async ({ who, body }, reply) => {
    const { dataset: slug, ...grant } = parseGrant(body)
    const dataset = slug === null ? undefined : await service.dataset(who, slug)
    const given = await grants.give(who, parseHolder(body), grant, dataset)
    return reply.code(201).send((await withSlugs(service, who, [given]))[0])
  })

  app.delete<{ Params: { id: string } }>('/grants/:id', async ({ who, params }, reply) => {
    await grants.take(who, idIn(params.id))
    return reply.code(204).send()
  })

  app.get<{ Params: { slug: string } }>('/datasets/:slug/rights', async ({ who, params }) => {
    const found = await insight.whoMay(who, await service.dataset(who, params.slug))
    const show = await showing(service, who, found.flatMap(({ may }) => may)) // prettier-ignore
    return { items: found.map(({ who: subject, may }) => ({ ...subject, may: may.map(show) })) }
  })

  app.get<{ Params: { slug: string } }>('/datasets/:slug/why', async ({ who, params, query }) => {
    const asked = query as Params
    const verb: Verb = oneOf(asked, 'verb', VERBS)
    const dataset = await service.dataset(who, params.slug)
    const why = await insight.why(who, textOf(asked, 'who') ?? who.id, verb, dataset)
    return (await showing(service, who, [why]))(why)
  })
}

/** With the slugs of datasets in the grants, which are looked up once for all of them. */
async function showing(service: Service, who: Principal, all: readonly Why[]) {
  const booked = all.flatMap(({ rules }) => rules.flatMap(({ grant }) => grant ?? []))
  const named = new Map((await withSlugs(service, who, booked)).map((grant) => [grant.id, grant]))
  return ({ who: subject, rules, ...why }: Why) => ({
    ...why,
    who: subject,
    rules: rules.map(({ grant, ...rule }) => ({
      ...rule,
      ...(grant !== undefined && named.has(grant.id) && { grant: named.get(grant.id) }),
    })),
  })
}

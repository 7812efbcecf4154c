/** release: asking for release, looking at what was asked, deciding, taking back; and how a tenant wants it. */
import type { FastifyInstance } from 'fastify'
import type { Release } from '../../govern/release/release.ts'
import { idOf, limitOf, textOf, type Params } from './params.ts'
import { parseDecision, parseReason, parseReleaseSettings } from './release-body.ts'

interface OfCase {
  Params: { id: string }
}

export function releaseRoutes(app: FastifyInstance, release: Release): void {
  app.get('/releases', async ({ who, query }) => {
    const params = query as Params
    const [state, before] = [textOf(params, 'state'), textOf(params, 'after')]
    const page = await release.cases(who, {
      open: state === undefined ? undefined : state === 'open',
      before: before === undefined ? undefined : idOf(before),
      limit: limitOf(params, 50, 200),
    })
    return textOf(params, 'mine') === undefined ? page : { ...page, items: page.items.filter(({ mine }) => mine.length > 0) }
  })
  app.get<OfCase>('/releases/:id', ({ who, params }) => release.case(who, idOf(params.id)))
  app.post<OfCase>('/releases/:id/decide', ({ who, params, body }) => release.decide(who, idOf(params.id), parseDecision(body)))
  app.post<OfCase>('/releases/:id/recall', ({ who, params, body }) => release.recall(who, idOf(params.id), parseReason(body)))

  app.get<{ Params: { slug: string } }>('/datasets/:slug/history', ({ who, params }) => release.history(who, params.slug))

  app.get('/release-settings', ({ who }) => release.settings(who))
  app.patch('/release-settings', ({ who, body }) => release.configure(who, parseReleaseSettings(body)))
}

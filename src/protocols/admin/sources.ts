/** sources: connections to where data comes from: which connectors there are, what they would read, and the sources themselves. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Intake, SourceCard } from '../../govern/intake.ts'
import { idOf } from './params.ts'
import { inWords, rejectOf, runOf } from './runs.ts'
import { parseDetect, parseHosts, parsePreview, parseSource, parseSourceChange } from './source-body.ts'

interface One {
  Params: { id: string }
}

export function sourceRoutes(app: FastifyInstance, intake: Intake): void {
  app.get('/connectors', () => ({ items: intake.connectors() }))
  app.post('/detect', (request) => intake.detect(request.who, parseDetect(request.body)))
  app.post('/preview', async (request) => {
    const preview = await intake.preview(request.who, parsePreview(request.body))
    const { rejected, warnings } = preview
    return { ...preview, rejected: rejected.map((row) => rejectOf(row, request)), warnings: warnings.map((said) => inWords(said, request)) }
  })

  app.get('/outgoing', async (request) => ({ hosts: await intake.outgoing(request.who) }))
  app.put('/outgoing', async (request) => ({ hosts: await intake.allowOutgoing(request.who, parseHosts(request.body)) }))

  app.get('/sources', async (request) => ({ items: (await intake.sources(request.who)).map((card) => sourceOf(card, request)) }))
  app.post('/sources', async (request, reply) => {
    const card = await intake.make(request.who, parseSource(request.body))
    return reply.code(201).send(sourceOf(card, request))
  })
  app.get<One>('/sources/:id', async (request) => sourceOf(await intake.source(request.who, idOf(request.params.id)), request))
  app.patch<One>('/sources/:id', async (request) =>
    sourceOf(await intake.change(request.who, idOf(request.params.id), parseSourceChange(request.body)), request),
  )
  app.delete<One>('/sources/:id', async (request, reply) => {
    await intake.remove(request.who, idOf(request.params.id))
    return reply.code(204).send()
  })
  app.post<One>('/sources/:id/rotate', async (request) => sourceOf(await intake.rotate(request.who, idOf(request.params.id)), request))
  app.post<One & { Querystring: { dry?: string } }>('/sources/:id/run', async (request, reply) => {
    const dry = request.query.dry !== undefined && request.query.dry !== '0' && request.query.dry !== 'false'
    return reply.code(202).send(runOf(await intake.run(request.who, idOf(request.params.id), dry), request))
  })
}

function sourceOf({ door, ...card }: SourceCard, { root }: FastifyRequest) {
  return { ...card, url: door === undefined ? null : root + door }
}

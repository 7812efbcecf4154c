/** runs: what happened when a source was read: followed, stopped, its rejected rows seen and read again. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Intake, RecordCard, RejectCard, RunCard } from '../../govern/intake.ts'
import type { Said } from '../../problem.ts'
import { BECAME } from '../../model/record.ts'
import { idOf, limitOf, oneOf, textOf, type Params } from './params.ts'
import { parseReplay } from './source-body.ts'

interface One {
  Params: { id: string }
}

export function runRoutes(app: FastifyInstance, intake: Intake): void {
  app.get('/runs', async (request) => {
    const params = request.query as Params
    const [source, after] = [numberIn(params, 'source'), numberIn(params, 'after')]
    const limit = limitOf(params, 50, 500)
    const page = await intake.runs(request.who, {
      limit,
      ...(source === undefined ? {} : { source }),
      ...(after === undefined ? {} : { after }),
    })
    return { ...page, items: page.items.map((run) => runOf(run, request)) }
  })
  app.get<One>('/runs/:id', async (request) => runOf(await intake.runOf(request.who, idOf(request.params.id)), request))
  app.post<One>('/runs/:id/cancel', async (request) => runOf(await intake.cancel(request.who, idOf(request.params.id)), request))
  app.get<One>('/runs/:id/rejects', async (request) => {
    const params = request.query as Params
    const limit = limitOf(params, 100, 1000)
    const page = await intake.rejects(request.who, idOf(request.params.id), numberIn(params, 'after') ?? 0, limit)
    return { ...page, items: page.items.map((row) => rejectOf(row, request)) }
  })
  app.get<One>('/runs/:id/records', async (request) => {
    const params = request.query as Params
    const [after, limit, became] = [numberIn(params, 'after') ?? 0, limitOf(params, 100, 1000), oneOf(params, 'became', ['all', ...BECAME])]
    const wish = { after, limit, ...(became === 'all' ? {} : { became }) }
    const page = await intake.records(request.who, idOf(request.params.id), wish)
    return { ...page, items: page.items.map((record) => recordOf(record, request)) }
  })
  app.post<One>('/runs/:id/replay', async (request, reply) => {
    const run = await intake.replay(request.who, idOf(request.params.id), parseReplay(request.body))
    return reply.code(202).send(runOf(run, request))
  })
}

function numberIn(params: Params, name: string): number | undefined {
  const text = textOf(params, name)
  return text === undefined ? undefined : idOf(text)
}

/** In the reader's language. */
export function runOf(run: RunCard, request: FastifyRequest) {
  const { error, warnings } = run
  return {
    ...run,
    warnings: warnings.map((said) => inWords(said, request)),
    error: error && { kind: error.kind, detail: inWords(error.said, request), ...(error.at === undefined ? {} : { at: error.at }) },
  }
}

export function rejectOf<Row extends Omit<RejectCard, 'id'>>(row: Row, request: FastifyRequest) {
  return { ...row, reason: inWords(row.reason, request) }
}

function recordOf({ findings, ...record }: RecordCard, request: FastifyRequest) {
  return { ...record, findings: findings.map((finding) => ({ ...finding, said: inWords(finding.said, request) })) }
}

export function inWords(said: Said, { language }: FastifyRequest): string {
  return typeof said === 'string' ? said : said[language]
}

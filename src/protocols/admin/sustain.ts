/** sustain: what keeps the platform alive: records of every kind, indicators, the cockpit; and what of it everybody may see. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { now } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { cockpitOf } from '../../sustain/cockpit.ts'
import type { Course } from '../../sustain/indicators.ts'
import { KINDS } from '../../sustain/kinds.ts'
import type { Sustain } from '../../sustain/open.ts'
import { mustSustain, type Kept, type Wish } from '../../sustain/records.ts'
import { shareOut, SHARING } from '../../sustain/shares.ts'
import { idOf, textOf, type Params } from './params.ts'

interface Id {
  Params: { id: string }
}

export function sustainRoutes(app: FastifyInstance, { records, indicators, impact }: Sustain): void {
  app.get('/sustain/kinds', () => ({ items: KINDS.map(({ look: _look, ...kind }) => kind) }))
  app.get('/sustain/records', async (request) => {
    const items = await records.list(request.who, textOf(request.query as Params, 'kind'))
    return { items: items.map((one) => shown(one, request)) }
  })
  app.post('/sustain/records', async (request, reply) =>
    reply.code(201).send(shown(await records.add(request.who, wishIn(request.body)), request)),
  )
  app.get<Id>('/sustain/records/:id', async (request) => shown(await records.get(request.who, idOf(request.params.id)), request))
  app.patch<Id>('/sustain/records/:id', async (request) =>
    shown(await records.change(request.who, idOf(request.params.id), wishIn(request.body)), request),
  )
  app.delete<Id>('/sustain/records/:id', async ({ who, params }, reply) => {
    await records.remove(who, idOf(params.id))
    return reply.code(204).send()
  })
  app.get<Id>('/sustain/records/:id/history', async ({ who, params }) => ({ items: await records.history(who, idOf(params.id)) }))
  app.get<Id>('/sustain/records/:id/values', async (request) =>
    courseOf(await indicators.of(request.who, idOf(request.params.id)), request),
  )
  app.post<Id>('/sustain/records/:id/values', async (request, reply) =>
    reply.code(201).send(courseOf(await indicators.enter(request.who, idOf(request.params.id), valueIn(request.body)), request)),
  )
  app.get('/sustain/cockpit', async (request) => cockpitOf(await records.list(request.who), now().slice(0, 10)))
  app.get<{ Params: { slug: string } }>('/datasets/:slug/purpose', async ({ who, params }) => ({
    items: await records.about(who, params.slug),
  }))
  app.get('/sustain/shares', ({ who }) => {
    mustSustain(who)
    return { schema: SHARING }
  })
  app.post('/sustain/shares', ({ who, body }) => {
    mustSustain(who)
    return shareOut(body)
  })
  app.get('/impact', async ({ who }) => ({ items: await impact.of(who.tenant) }))
}

function shown<One extends Kept>(one: One, { language }: FastifyRequest) {
  return { ...one, findings: one.findings.map(({ said, ...finding }) => ({ ...finding, said: said[language] })) }
}

function courseOf({ problem, ...course }: Course, { language }: FastifyRequest) {
  return { ...course, ...(problem && { problem: problem.in(language) }) }
}

function wishIn(body: unknown): Wish {
  if (isObject(body as Json)) return body as JsonObject
  throw new Problem('invalid-body', { de: 'Erwartet wird ein JSON-Objekt.', en: 'A JSON object is expected.' })
}

function valueIn(body: unknown): { readonly day: string; readonly value: number; readonly note: string } {
  const { day, value, note } = wishIn(body) as JsonObject
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refused('/value', 'Der Wert ist eine Zahl.', 'The value is a number.')
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)) || day > now().slice(0, 10))
    throw refused('/day', 'Hier steht ein Tag bis heute, wie 2026-06-30.', 'This is a day up to today, such as 2026-06-30.')
  if (typeof note !== 'string' || note.trim() === '')
    throw refused('/note', 'Bitte sagen Sie, woher der Wert stammt.', 'Please say where the value comes from.')
  return { day, value, note: note.trim().slice(0, 1000) }
}

function refused(pointer: string, de: string, en: string): Problem {
  return new Problem('invalid-body', { de, en }, { pointer })
}

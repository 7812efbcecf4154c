/** health: whether the process lives, whether it can serve, and its figures for Prometheus. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { metrics } from '../observe.ts'
import { Problem } from '../problem.ts'
import { administers } from '../rights/policy.ts'

export interface Vital {
  /** Resolves when the database answers. */
  readonly database: () => Promise<void>
  readonly closing: () => boolean
}

/** A database that says nothing for so long is not there. */
const PATIENCE = 2000

export function mountHealth(app: FastifyInstance, vital: Vital): void {
  app.get('/health/live', () => ({ status: 'ok' }))
  app.get('/health/ready', async (_request, reply) => {
    const database = await answers(vital.database)
    const ready = database && !vital.closing()
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ok' : 'unavailable', database: database ? 'ok' : 'unavailable', closing: vital.closing() })
  })
  app.get('/metrics', async (request, reply) => {
    if (!mayWatch(request))
      throw new Problem('unauthenticated', { en: 'Figures are for administrators.', de: 'Die Kennzahlen sind für die Administration.' })
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}

/** The tenant whose administrators run the platform. */
const OPERATOR = 1

/** Prometheus on the same machine, or an administrator's token; never what came through a proxy without one. */
function mayWatch(request: FastifyRequest): boolean {
  const direct = request.headers['x-forwarded-for'] === undefined && request.headers['forwarded'] === undefined
  return (administers(request.who) && request.who.tenant === OPERATOR) || (direct && /^(127\.|::1$|::ffff:127\.)/.test(request.ip))
}

async function answers(ask: () => Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const late = setTimeout(() => resolve(false), PATIENCE)
  void ask().then(
    () => resolve(true),
    () => resolve(false),
  )
  return promise.finally(() => clearTimeout(late))
}

/** inbox: /in/{source}/{secret}, where devices and network servers push their messages. The secret may come in a header instead. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Intake } from '../../govern/intake.ts'
import type { Protocol } from '../../http/protocol.ts'
import { Problem } from '../../problem.ts'

interface Door {
  Params: { source: string; secret?: string }
}

export function inbox(intake: Intake): Protocol {
  return {
    name: 'inbox',
    base: '/in',
    knowsItsCallers: true,
    mount(app) {
      takeAnything(app)
      for (const path of ['/:source', '/:source/:secret'])
        app.route<Door>({ method: ['POST', 'PUT'], url: path, handler: (request, reply) => take(request, reply, intake) })
    },
  }
}

/** Whatever the type says, it is kept as it comes. */
function takeAnything(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

async function take(request: FastifyRequest<Door>, reply: FastifyReply, intake: Intake): Promise<FastifyReply> {
  const header = request.headers['x-source-secret']
  const secret = request.params.secret ?? (typeof header === 'string' ? header : '')
  const source = /^\d{1,9}$/.test(request.params.source) ? Number(request.params.source) : 0
  if (!isBytes(request.body)) throw new Problem('invalid-body', { de: 'Die Nachricht ist leer.', en: 'The message is empty.' })
  const type = request.headers['content-type']
  const told = await intake.push(source, secret, {
    name: `${new Date().toISOString()} ${request.id}`,
    type,
    headers: kept(request),
    bytes: request.body,
  })
  return reply.code(202).send(told)
}

function isBytes(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

const DROPPED = new Set(['authorization', 'cookie', 'x-source-secret', 'connection', 'accept', 'accept-encoding', 'host'])

/** Headers say more about a message than its body sometimes does; secrets and what belongs to the connection stay out. */
function kept({ headers }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || DROPPED.has(name) || /secret|token|apikey|api-key/.test(name) ? [] : [[name, String(value)]],
    ),
  )
}

/** batches: POST /$batch, in JSON or multipart/mixed; answered in the form it was asked. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Json } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import type { Service } from '../../service/service.ts'
import { runBatch } from './batch.ts'
import { itemsOfJson, jsonOfOutcomes } from './batch-json.ts'
import { itemsOfMime, mimeOfOutcomes } from './batch-mime.ts'
import type { Incoming } from './call.ts'
import type { Address } from './part.ts'

/** Lets this scope read multipart/mixed as text. */
export function readBatches(app: FastifyInstance): void {
  app.addContentTypeParser('multipart/mixed', { parseAs: 'string' }, (_request, text, done) => done(null, text))
}

export async function answerBatch(service: Service, request: FastifyRequest, reply: FastifyReply, address: Address): Promise<unknown> {
  const { who, door, language, method, url, query, body, headers } = request
  const incoming: Incoming = { who, door, language, method, url, query, body, headers }
  const type = headers['content-type'] ?? ''
  if (type.toLowerCase().startsWith('multipart/mixed')) {
    const outcomes = await runBatch(itemsOfMime(String(body), type), service, incoming, address)
    const answer = mimeOfOutcomes(outcomes)
    return reply.type(answer.type).send(answer.body)
  }
  if (!type.toLowerCase().startsWith('application/json'))
    throw new Problem('unsupported-type', {
      en: 'A batch is application/json or multipart/mixed.',
      de: 'Ein Stapel ist application/json oder multipart/mixed.',
    })
  const outcomes = await runBatch(itemsOfJson(body as Json), service, incoming, address)
  return reply.type('application/json').send(jsonOfOutcomes(outcomes, incoming))
}

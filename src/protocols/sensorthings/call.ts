/** call: one request, read: who asks, at which address, for what. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Service } from '../../service/service.ts'
import type { ResourcePath } from './path.ts'

export interface Call {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly service: Service
  /** The address of the service, without a slash at its end. */
  readonly base: string
  readonly path: ResourcePath
}

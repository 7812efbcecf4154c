/** call: one request, read: who asks, at which address, for what. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Service } from '../../service/service.ts'
import type { ResourcePath } from './path.ts'

/** The part that is the same whatever carries it. */
export interface Asked {
  readonly request: Pick<FastifyRequest, 'who' | 'door'>
  readonly service: Service
  readonly path: ResourcePath
}

export interface Call extends Asked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** The address of the service, without a slash at its end. */
  readonly base: string
}

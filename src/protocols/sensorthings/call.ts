/** call: one request, read: who asks, at which address, for what. */
import type { FastifyRequest } from 'fastify'
import type { Service } from '../../service/service.ts'
import type { ResourcePath } from './path.ts'

/** The part that is the same whatever carries it. */
export interface Asked {
  readonly request: Pick<FastifyRequest, 'who' | 'door'>
  readonly service: Service
  readonly path: ResourcePath
}

/** A request as it came, alone or in a batch. */
export type Incoming = Pick<FastifyRequest, 'who' | 'door' | 'language' | 'method' | 'url' | 'query' | 'body' | 'headers'>

export interface Outgoing {
  code(status: number): Outgoing
  header(name: string, value: string): Outgoing
  type(type: string): Outgoing
  send(body?: unknown): unknown
}

export interface Call extends Asked {
  readonly request: Incoming
  readonly reply: Outgoing
  /** The address of the service, without a slash at its end. */
  readonly base: string
}

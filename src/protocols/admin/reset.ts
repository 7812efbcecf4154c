/** reset: empties the data of a tenant, between two runs of a conformance suite. Only mounted in open mode. */
import type { FastifyInstance } from 'fastify'
import { everything } from '../../query/filter.ts'
import type { Service } from '../../service/service.ts'

export function resetRoutes(app: FastifyInstance, service: Service): void {
  app.post('/reset', async ({ who }, reply) => {
    await service.remove(who, 'dataset', everything)
    return reply.code(204).send()
  })
}

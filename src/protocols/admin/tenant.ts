/** tenant: how the town or county calls itself; for its administrators. */
import type { FastifyInstance } from 'fastify'
import { parseTenant } from './people-body.ts'
import type { PeopleDoor } from './session.ts'

export function tenantRoutes(app: FastifyInstance, { people }: PeopleDoor): void {
  app.patch('/tenant', async ({ who, body }) => {
    const { slug, name } = await people.tenants.rename(who, parseTenant(body).name)
    return { slug, name }
  })
}

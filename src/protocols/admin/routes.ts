/** routes: the platform's own API, /api/v1: what the web speaks, and anyone else. docs/api-v1.md has it in words. */
import type { FastifyInstance } from 'fastify'
import type { Release } from '../../govern/release/release.ts'
import type { Protocol } from '../../http/protocol.ts'
import { accountRoutes } from './accounts.ts'
import { rightsRoutes, type RightsDoor } from './rights.ts'
import { datasetRoutes } from './datasets.ts'
import { releaseRoutes } from './release.ts'
import { measurementRoutes } from './measurements.ts'
import { sessionRoutes, type PeopleDoor } from './session.ts'
import { settingRoutes } from './settings.ts'
import { teamRoutes } from './teams.ts'
import { tenantRoutes } from './tenant.ts'
import { tokenRoutes } from './tokens.ts'

/** `more` are routes that need what only the roof has: connectors, jobs, the example town. */
export function admin(
  people: PeopleDoor,
  rights: Omit<RightsDoor, 'service'>,
  release: Release,
  more: readonly ((app: FastifyInstance) => void)[],
): Protocol {
  return {
    name: 'api',
    base: '/api/v1',
    mount(app, service) {
      sessionRoutes(app, people)
      tenantRoutes(app, people)
      tokenRoutes(app, people)
      accountRoutes(app, people)
      teamRoutes(app, people)
      rightsRoutes(app, { ...rights, service })
      datasetRoutes(app, service, release)
      releaseRoutes(app, release)
      measurementRoutes(app, service)
      settingRoutes(app, service)
      for (const add of more) add(app)
    },
  }
}

/** app: the list of what this platform speaks and what it reads. Adding a standard or a source is one line here. */
import { mkdirSync } from 'node:fs'
import type { Config } from './config.ts'
import { loadTown } from './demo/load.ts'
import { openPeople, type People } from './govern/people.ts'
import { mountHealth } from './http/health.ts'
import { openIdentify } from './http/identify.ts'
import type { Protocol } from './http/protocol.ts'
import { openServer, type Server } from './http/server.ts'
import { observe } from './observe.ts'
import { exampleRoutes, type Load } from './protocols/admin/example.ts'
import { admin } from './protocols/admin/routes.ts'
import { downloads } from './protocols/downloads/routes.ts'
import { features } from './protocols/features/routes.ts'
import { openService } from './service/open.ts'
import type { Offer, Service } from './service/service.ts'
import { startEmbedded, type Embedded } from './store/embedded.ts'
import { migrate } from './store/migrate.ts'
import { openDatabase, type Database } from './store/pool.ts'
import { sql } from './store/sql.ts'

export const protocols: readonly Protocol[] = [features, downloads]

export interface App {
  readonly config: Config
  readonly service: Service
  readonly people: People
  readonly database: Database
  readonly server: Server
  /** Answers the address. */
  listen(): Promise<string>
  /** Takes no new requests, finishes those under way, then stops the database. */
  close(): Promise<void>
}

export async function build(config: Config): Promise<App> {
  mkdirSync(config.data, { recursive: true })
  const embedded = config.database === undefined ? await startEmbedded(config.data) : undefined
  try {
    return await buildOn(config, embedded)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function buildOn(config: Config, embedded: Embedded | undefined): Promise<App> {
  const database = await openDatabase(config.database ?? embedded?.url ?? '')
  await migrate(database)
  const people = openPeople(database, { adminToken: config.adminToken, open: config.open })
  const service = await openService(database, offersOf(protocols))
  const identify = openIdentify(people, { url: config.url, open: config.open })
  if (config.open) observe({ saw: 'open-mode' })
  let closing = false
  const server = await openServer({
    url: config.url,
    service,
    tenants: people.tenants,
    identify,
    protocols: [...protocols, admin({ people, service, url: config.url }, [(app) => exampleRoutes(app, exampleTown(service))])],
    extra(app) {
      mountHealth(app, { database: async () => void (await database.query(sql`select 1 as one`)), closing: () => closing })
    },
  })
  return {
    config,
    service,
    people,
    database,
    server,
    listen: () => server.listen(config.host, config.port),
    async close() {
      closing = true
      await server.close()
      await database.close()
      await embedded?.stop()
    },
  }
}

function exampleTown(service: Service): Load {
  return (who, progress, signal) =>
    loadTown(service, who, { progress, signal }).catch((error: unknown) => {
      if (!signal.aborted) observe({ saw: 'crash', error })
      throw error
    })
}

function offersOf(all: readonly Protocol[]): readonly Offer[] {
  return all.flatMap(({ offers }) => offers ?? [])
}

/** app: the list of what this platform speaks and what it reads. Adding a standard or a source is one line here. */
import { mkdirSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { lorawan } from './connectors/lorawan/connector.ts'
import { csv } from './connectors/csv.ts'
import { ckan as ckanCatalogue } from './connectors/harvest/ckan.ts'
import { dcat as dcatCatalogue } from './connectors/harvest/dcat.ts'
import { httpJson } from './connectors/http-json.ts'
import { loadTown } from './demo/load.ts'
import { loadOrganisation } from './demo/organisation.ts'
import { openContextShelf } from './govern/contexts.ts'
import { openGrants } from './govern/grants.ts'
import { openInsight } from './govern/insight.ts'
import { openLedger } from './govern/ledger.ts'
import { openPeople, type People } from './govern/people.ts'
import { checkAll } from './govern/release/checks/all.ts'
import { openClock } from './govern/release/clock.ts'
import { openRelease, type Release } from './govern/release/release.ts'
import { openSources } from './govern/sources.ts'
import { openSubscriptions } from './govern/subscriptions.ts'
import { mountHealth } from './http/health.ts'
import { openIdentify } from './http/identify.ts'
import type { Protocol } from './http/protocol.ts'
import { openServer, type Server } from './http/server.ts'
import { mountWeb } from './http/web.ts'
import type { Connector } from './ingest/connector.ts'
import { openIntake, type Ingest } from './ingest/intake.ts'
import { addressesOf } from './mqtt/addresses.ts'
import { openMqtt, type Ports } from './mqtt/open.ts'
import { observe } from './observe.ts'
import { openUpkeep, type Upkeep } from './operate/upkeep.ts'
import { exampleRoutes, type Load } from './protocols/admin/example.ts'
import { healthRoutes } from './protocols/admin/health.ts'
import { sustainRoutes } from './protocols/admin/sustain.ts'
import { qualityRoutes } from './protocols/admin/quality.ts'
import { admin } from './protocols/admin/routes.ts'
import { resetRoutes } from './protocols/admin/reset.ts'
import { runRoutes } from './protocols/admin/runs.ts'
import { sourceRoutes } from './protocols/admin/sources.ts'
import { uploadRoutes } from './protocols/admin/uploads.ts'
import { ckan } from './protocols/ckan/routes.ts'
import { assessCard } from './protocols/dcat/mqa.ts'
import { dcat } from './protocols/dcat/routes.ts'
import { downloads } from './protocols/downloads/routes.ts'
import { features } from './protocols/features/routes.ts'
import { inbox } from './protocols/inbox/routes.ts'
import { Contexts } from './protocols/ngsi-ld/contexts.ts'
import type { Send } from './protocols/ngsi-ld/delivering.ts'
import { openNotifications, type Notifications } from './protocols/ngsi-ld/notifications.ts'
import { ngsiLd, ngsiLdOffers, type Shelves } from './protocols/ngsi-ld/routes.ts'
import { sensorThingsOverMqtt } from './protocols/sensorthings/mqtt.ts'
import { sensorThings, sensorThings2 } from './protocols/sensorthings/routes.ts'
import { serves } from './rights/policy.ts'
import { expire } from './service/expire.ts'
import { openService } from './service/open.ts'
import type { Offer, Service } from './service/service.ts'
import { startEmbedded, type Embedded } from './store/embedded.ts'
import { migrate } from './store/migrate.ts'
import { openDatabase, type Database } from './store/pool.ts'
import { sql } from './store/sql.ts'
import { openSustain, type Sustain } from './sustain/open.ts'

export const protocols: readonly Protocol[] = [sensorThings, sensorThings2, features, downloads, dcat, ckan]
export const connectors: readonly Connector[] = [
  csv as Connector,
  httpJson as Connector,
  lorawan as Connector,
  dcatCatalogue as Connector,
  ckanCatalogue as Connector,
]

export interface App {
  readonly config: Config
  readonly service: Service
  readonly people: People
  readonly release: Release
  readonly sustain: Sustain
  readonly ingest: Ingest
  readonly database: Database
  readonly server: Server
  /** Where MQTT listens since `listen`. */
  mqttPorts(): Ports
  /** Answers the address. */
  listen(): Promise<string>
  /** Takes no new requests, finishes those under way, then stops the database. */
  close(): Promise<void>
}

export async function build(config: Config): Promise<App> {
  mkdirSync(config.data, { recursive: true })
  if (config.open) observe({ saw: 'open-mode' })
  const embedded = config.database === undefined ? await startEmbedded(config.data) : undefined
  try {
    return await buildOn(config, embedded)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function buildOn(config: Config, embedded: Embedded | undefined): Promise<App> {
  const url = config.database ?? embedded?.url ?? ''
  const database = await openDatabase(url)
  await migrate(database)
  const people = openPeople(database, { adminToken: config.adminToken, open: config.open })
  const service = await openService(database, [...offersOf(protocols), ngsiLdOffers], (who) => people.principals.renew(who))
  const identify = openIdentify(people, { url: config.url, open: config.open })
  const ingest = openReading(config, database, service)
  const ngsi = openNgsi(database, people, service, ingest)
  let closing = false
  const release = openRelease(database, service, (dataset) => checkAll(service, dataset))
  const sustain = openSustain(database, service)
  const clock = openClock(
    MINUTE,
    () => Promise.all([release.resume(), release.remind(), expire(database, service), sustain.indicators.measureDue()]),
    crashed,
  )
  const upkeep = openUpkeep(config, url, database, crashed)
  const api = ownApi(config, database, { people, service, ingest, release, upkeep, sustain })
  const server = await openServer({
    url: config.url,
    service,
    tenants: people.tenants,
    identify,
    protocols: [...protocols, ngsiLd(ngsi), inbox(ingest), api],
    extra: extras(config, database, service, () => closing),
  })
  const mqtt = openMqtt({ url: config.url, people, identify, speakers: [sensorThingsOverMqtt(service, crashed)] }, service)
  return {
    config,
    service,
    people,
    release,
    sustain,
    ingest,
    database,
    server,
    mqttPorts: () => mqtt.ports(),
    async listen() {
      await ingest.start(url, await jobsSchema(database))
      const address = await server.listen(config.host, config.port)
      await mqtt.listen(server.app.server, config)
      ngsi.notifications.start()
      clock.start()
      upkeep.start()
      return address
    },
    async close() {
      closing = true
      await clock.stop()
      await upkeep.stop()
      await mqtt.close()
      await server.close()
      await ngsi.notifications.close()
      await ingest.close()
      await database.close()
      await embedded?.stop()
    },
  }
}

/** What belongs to no standard: where MQTT is spoken, how the process is, and the web. */
function extras(config: Config, database: Database, service: Service, closing: () => boolean): (app: FastifyInstance) => void {
  return (app) => {
    app.decorate('mqttAddresses', addressesOf(config))
    mountHealth(app, { database: async () => void (await database.query(sql`select 1 as one`)), closing })
    mountWeb(app, service)
  }
}

function openReading(config: Config, database: Database, service: Service): Ingest {
  return openIntake({
    service,
    sources: openSources(database),
    ledger: openLedger(database),
    connectors,
    data: config.data,
    allowed: { loopback: config.open },
  })
}

function openNgsi(
  database: Database,
  people: People,
  service: Service,
  ingest: Ingest,
): Shelves & { readonly notifications: Notifications } {
  const shelf = openContextShelf(database)
  const contexts = new Contexts(shelf, (address) => ingest.document(address, CONTEXT))
  const subscriptions = openSubscriptions(database, people.principals)
  const send: Send = (uri, { headers, body }, patience) => ingest.post(uri, headers, body, patience)
  const notifications = openNotifications({ service, contexts, shelf: subscriptions, send, failed: crashed })
  return { shelf, contexts, subscriptions, notifications }
}

interface Rooms {
  readonly people: People
  readonly service: Service
  readonly ingest: Ingest
  readonly release: Release
  readonly upkeep: Upkeep
  readonly sustain: Sustain
}

function ownApi(config: Config, database: Database, { people, service, ingest, release, upkeep, sustain }: Rooms): Protocol {
  const rights = { grants: openGrants(database, people.principals, service), insight: openInsight(database) }
  return admin({ people, service, url: config.url }, rights, release, [
    (app) => exampleRoutes(app, exampleTown(service, release, sustain)),
    (app) => qualityRoutes(app, service, assessCard),
    (app) => uploadRoutes(app, ingest),
    (app) => sourceRoutes(app, ingest),
    (app) => runRoutes(app, ingest),
    (app) => healthRoutes(app, () => upkeep.signs()),
    (app) => sustainRoutes(app, sustain),
    ...(config.open ? [(app: FastifyInstance) => resetRoutes(app, service)] : []),
  ])
}

const CONTEXT = 'application/ld+json, application/json;q=0.9'

const MINUTE = 60_000

const crashed = (error: unknown): void => observe({ saw: 'crash', error })

/** The queue has a schema of its own beside ours. */
async function jobsSchema(database: Database): Promise<string> {
  const [row] = await database.query<{ name: string }>(sql`select current_schema() as name`)
  return `${row?.name ?? 'public'}_jobs`
}

function exampleTown(service: Service, release: Release, sustain: Sustain): Load {
  const load: Load = async (who, progress, signal) => {
    const count = await loadTown(service, release, who, { progress, signal })
    if (serves(who, 'sustain')) await loadOrganisation(sustain.records, who)
    return count
  }
  return (who, progress, signal) =>
    load(who, progress, signal).catch((error: unknown) => {
      if (!signal.aborted) observe({ saw: 'crash', error })
      throw error
    })
}

function offersOf(all: readonly Protocol[]): readonly Offer[] {
  return all.flatMap(({ offers }) => offers ?? [])
}

/** routes: OGC SensorThings API over HTTP, in both versions. Every path is read by path.ts; what a verb does is in the façade of the version. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readJson } from '../../http/body.ts'
import type { Protocol } from '../../http/protocol.ts'
import type { Service } from '../../service/service.ts'
import { answerBatch, readBatches } from './batches.ts'
import type { Call } from './call.ts'
import { VERBS, type Facade } from './facade.ts'
import { openapi } from './openapi.ts'
import { pathReader } from './path.ts'
import { problem } from './problems.ts'
import { CONFORMANCE } from './v2/conformance.ts'
import { FACADE as ONE } from './v1/facade.ts'
import { FACADE as TWO } from './v2/facade.ts'
import { metadata } from './v2/metadata.ts'
import { createObservations } from './writing.ts'

export const sensorThings: Protocol = {
  name: 'sensorthings',
  base: ONE.version.base,
  perDataset: true,
  mount: (app, service) => mount(app, service, ONE),
  offers: ({ slug }, base) => [
    {
      title: { de: 'SensorThings-Schnittstelle', en: 'SensorThings API' },
      url: `${base}/datasets/${slug}${ONE.version.base}`,
      mediaType: 'application/json',
      conformsTo: 'http://www.opengis.net/spec/iot_sensing/1.1',
      kind: 'service',
    },
  ],
  problem,
}

export const sensorThings2: Protocol = {
  name: 'sensorthings-2',
  base: TWO.version.base,
  perDataset: true,
  mount(app, service) {
    app.get('/conformance', () => ({ conformsTo: CONFORMANCE }))
    app.get('/$metadata', () => metadata())
    mount(app, service, TWO)
  },
  offers: ({ slug }, base) => [
    {
      title: { de: 'SensorThings-Schnittstelle 2.0', en: 'SensorThings API 2.0' },
      url: `${base}/datasets/${slug}${TWO.version.base}`,
      mediaType: 'application/json',
      conformsTo: 'http://www.opengis.net/spec/sensorthings/2.0',
      kind: 'service',
    },
  ],
  problem,
}

function mount(app: FastifyInstance, service: Service, facade: Facade): void {
  const { version, verbs } = facade
  const pathOf = pathReader(version)
  const addressOf = ({ root }: FastifyRequest) => `${root}${version.base}`
  const call = (request: FastifyRequest, reply: FastifyReply): Call => ({
    request,
    reply,
    service,
    base: addressOf(request),
    path: pathOf((request.params as Readonly<Record<string, string>>)['*'] ?? ''),
  })
  readJson(app, ['application/json', 'application/json-patch+json'])
  app.get('/', (request) => facade.root(addressOf(request), request.server.mqttAddresses))
  app.get('/api', (request, reply) =>
    reply.type('application/vnd.oai.openapi+json;version=3.0').send(JSON.stringify(openapi(addressOf(request), version))),
  )
  for (const method of VERBS) app.route({ method, url: '/*', handler: (request, reply) => verbs[method](call(request, reply)) })
  /** 1.1: req/data-array/data-array */
  app.post('/CreateObservations', (request, reply) => createObservations({ service, request, reply, base: addressOf(request), version }))
  /** 1.1: req/batch-request/batch-request */
  readBatches(app)
  app.post('/$batch', (request, reply) => answerBatch(service, request, reply, { base: addressOf(request), facade }))
}

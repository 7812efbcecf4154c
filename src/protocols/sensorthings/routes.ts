/** routes: OGC SensorThings API 1.1 (18-088) over HTTP. Every path is read by path.ts; each verb names what it fulfils. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readJson } from '../../http/body.ts'
import type { Protocol } from '../../http/protocol.ts'
import { asksToApply, readApplied } from './applied.ts'
import { answerBatch, readBatches } from './batches.ts'
import type { Call } from './call.ts'
import { serviceRoot } from './v1/conformance.ts'
import { V1 } from './v1/names.ts'
import { BATCHES, openapi } from './openapi.ts'
import { pathReader } from './path.ts'
import { problem } from './problems.ts'
import { asksForLine, readLine } from './line.ts'
import { asksForSummary, readSummary } from './summary.ts'
import { readAny } from './reading.ts'
import { changeAny, createAny, createObservations, removeAny } from './writing.ts'

const BASE = V1.base

export const sensorThings: Protocol = {
  name: 'sensorthings',
  base: BASE,
  perDataset: true,
  mount(app, service) {
    const pathOf = pathReader(V1)
    const call = (request: FastifyRequest, reply: FastifyReply): Call => ({
      request,
      reply,
      service,
      base: `${request.root}${BASE}`,
      path: pathOf((request.params as Readonly<Record<string, string>>)['*'] ?? ''),
    })
    readJson(app, ['application/json', 'application/json-patch+json'])
    /** req/resource-path/resource-path-to-entities, usage 1 */
    app.get('/', (request) => serviceRoot(`${request.root}${BASE}`, request.server.mqttAddresses))
    app.get('/api', (request, reply) =>
      reply.type('application/vnd.oai.openapi+json;version=3.0').send(JSON.stringify(openapi(`${request.root}${BASE}`, V1, BATCHES))),
    )
    /** req/data-array/data-array */
    app.post('/CreateObservations', (request, reply) => createObservations(service, request, reply, `${request.root}${BASE}`))
    /** req/resource-path, req/request-data */
    app.get('/*', (request, reply) => {
      if (asksToApply(request.query)) return readApplied(call(request, reply))
      if (asksForLine(request.query)) return readLine(call(request, reply))
      return asksForSummary(request.query) ? readSummary(call(request, reply)) : readAny(call(request, reply))
    })
    /** req/create-update-delete/create-entity, link-to-existing-entities, deep-insert */
    app.post('/*', (request, reply) => createAny(call(request, reply)))
    /** req/create-update-delete/update-entity, update-entity-jsonpatch */
    app.patch('/*', (request, reply) => changeAny(call(request, reply)))
    /** req/create-update-delete/update-entity-put */
    app.put('/*', (request, reply) => changeAny(call(request, reply)))
    /** req/create-update-delete/delete-entity */
    app.delete('/*', (request, reply) => removeAny(call(request, reply)))
    readBatches(app)
    /** req/batch-request/batch-request */
    app.post('/$batch', (request, reply) => answerBatch(service, request, reply, `${request.root}${BASE}`))
  },
  offers: ({ slug }, base) => [
    {
      title: { de: 'SensorThings-Schnittstelle', en: 'SensorThings API' },
      url: `${base}/datasets/${slug}${BASE}`,
      mediaType: 'application/json',
      conformsTo: 'http://www.opengis.net/spec/iot_sensing/1.1',
      kind: 'service',
    },
  ],
  problem,
}

/** routes: OGC SensorThings API 2.0 (23-019) over HTTP. Every path is read by path.ts; each verb names what it fulfils. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readJson } from '../../../http/body.ts'
import type { Protocol } from '../../../http/protocol.ts'
import { Problem } from '../../../problem.ts'
import type { Call } from '../call.ts'
import { openapi } from '../openapi.ts'
import { parsePath } from '../path.ts'
import { problem } from '../problems.ts'
import { readAny } from '../reading.ts'
import { changeAny, createAny, removeAny } from '../writing.ts'
import { CONFORMANCE, landingPage } from './conformance.ts'
import { addLink, refuseLessIn, removeLinks, replaceLinks } from './links.ts'
import { metadata } from './metadata.ts'
import { V2 } from './names.ts'

const { base: BASE } = V2

export const sensorThings2: Protocol = {
  name: 'sensorthings-2',
  base: BASE,
  perDataset: true,
  mount(app, service) {
    const addressOf = ({ root }: FastifyRequest) => `${root}${BASE}`
    const call = (request: FastifyRequest, reply: FastifyReply): Call => ({
      request,
      reply,
      service,
      base: addressOf(request),
      path: parsePath((request.params as Readonly<Record<string, string>>)['*'] ?? '', V2),
    })
    const onLinks = ({ path }: Call) => path.ending === 'ref'
    readJson(app, ['application/json', 'application/json-patch+json'])
    /** req/api/read/paths: the service document; OGC API Common: the landing page */
    app.get('/', (request) => landingPage(addressOf(request)))
    app.get('/conformance', () => ({ conformsTo: CONFORMANCE }))
    app.get('/api', (request, reply) =>
      reply.type('application/vnd.oai.openapi+json;version=3.0').send(JSON.stringify(openapi(addressOf(request), V2))),
    )
    app.get('/$metadata', () => metadata())
    /** Batches and data arrays of 2.0 are another document (24-046), which is not done. */
    for (const path of ['/$batch', '/CreateObservations']) app.post(path, () => notYet(path))
    /** req/api/read */
    app.get('/*', (request, reply) => readAny(call(request, reply)))
    /** req/api/cud/create, deep_insert, update_relations */
    app.post('/*', (request, reply) => {
      const asked = call(request, reply)
      return onLinks(asked) ? addLink(asked) : createAny(asked)
    })
    /** req/api/cud/update, json_patch */
    app.patch('/*', async (request, reply) => {
      const asked = call(request, reply)
      await refuseLessIn(asked)
      return changeAny(asked)
    })
    /** req/api/cud/replace, update_relations */
    app.put('/*', (request, reply) => {
      const asked = call(request, reply)
      return onLinks(asked) ? replaceLinks(asked) : changeAny(asked)
    })
    /** req/api/cud/delete, filtered_delete, update_relations */
    app.delete('/*', (request, reply) => {
      const asked = call(request, reply)
      return onLinks(asked) ? removeLinks(asked) : removeAny(asked)
    })
  },
  offers: ({ slug }, base) => [
    {
      title: { de: 'SensorThings-Schnittstelle 2.0', en: 'SensorThings API 2.0' },
      url: `${base}/datasets/${slug}${BASE}`,
      mediaType: 'application/json',
      conformsTo: 'http://www.opengis.net/spec/sensorthings/2.0',
      kind: 'service',
    },
  ],
  problem,
}

function notYet(path: string): never {
  throw new Problem('not-implemented', { en: `${path} is not part of 2.0 here; 1.1 has it.`, de: `${path} gehört hier nicht zu 2.0; in 1.1 gibt es das.` }) // prettier-ignore
}

/** routes: CKAN's Action API, version 3, for reading: /api/3/action/{name} and /api/action/{name}, by GET and by POST. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readJson } from '../../http/body.ts'
import type { Protocol } from '../../http/protocol.ts'
import type { Service } from '../../service/service.ts'
import { ACTIONS } from './actions.ts'
import { askedOf } from './asked.ts'
import { problem } from './problems.ts'

interface OfAction {
  Params: { readonly action: string }
}

export const ckan: Protocol = { name: 'ckan', base: '/api', problem, mount }

function mount(app: FastifyInstance, service: Service): void {
  readJson(app, ['application/json', 'text/plain'])
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  )
  for (const base of ['/3/action', '/action']) {
    app.get<OfAction>(`${base}/:action`, (request, reply) => act(service, request, reply))
    app.post<OfAction>(`${base}/:action`, (request, reply) => act(service, request, reply))
  }
  app.get('/3', () => ({ version: 3 }))
}

async function act(service: Service, request: FastifyRequest<OfAction>, reply: FastifyReply) {
  const { action: name } = request.params
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
  // what CKAN says then is a text alone, without its envelope
  if (action === undefined)
    return reply
      .code(400)
      .type(JSON_TYPE)
      .send(JSON.stringify(`Bad request - Action name not known: ${name}`))
  const result = await action(askedOf(service, request))
  return reply.type(JSON_TYPE).send({ help: `${request.root}/api/3/action/help_show?name=${name}`, success: true, result })
}

const JSON_TYPE = 'application/json; charset=utf-8'

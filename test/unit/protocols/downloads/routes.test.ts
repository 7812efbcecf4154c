/** routes: files of endless data: nothing is read that nobody takes, and nothing more once the reader has gone. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fastify, type FastifyInstance } from 'fastify'
import { problemJson, problemOf } from '../../../../src/http/problem-json.ts'
import { downloads } from '../../../../src/protocols/downloads/routes.ts'
import type { Query } from '../../../../src/query/query.ts'
import { Problem } from '../../../../src/problem.ts'
import { anonymous } from '../../../../src/rights/principal.ts'
import type { Service } from '../../../../src/service/service.ts'

let asked = 0
let failAfter = Infinity
let app: FastifyInstance

const DATASET = { id: 1, slug: 'luft' }
const ENTITY = {
  id: 1,
  iri: 'urn:x:1',
  name: 'Station',
  types: ['Station'],
  description: '',
  attributes: {},
  geometry: { type: 'Point', coordinates: [8, 49] },
}
const SERIES = { id: 1, kind: 'value', attribute: 'pm10', instance: '', name: 'PM10', unit: { symbol: 'µg/m³' }, count: 1e12 }

/** One series without end, and things without end. */
function endless({ noun, page: { limit, after = '0' } }: Query) {
  if (noun === 'dataset') return { items: [DATASET] }
  if (noun === 'series') return { items: [{ ...SERIES, with: { entity: { items: [ENTITY] } } }] }
  if (++asked > failAfter) throw new Problem('unavailable', 'The database is gone.')
  const next = String(Number(after) + limit)
  if (noun === 'entity') return { items: Array.from({ length: limit }, () => ({ ...ENTITY, with: { series: { items: [SERIES] } } })), next }
  return { items: Array.from({ length: limit }, (_, i) => ({ time: new Date((Number(after) + i) * 1000).toISOString(), result: randomBytes(150).toString('base64') })), next }
} // prettier-ignore

before(async () => {
  app = fastify()
  for (const name of ['who', 'root', 'door', 'language', 'spoken']) app.decorateRequest(name, undefined)
  app.addHook('onRequest', (request, _reply, done) => {
    request.who = anonymous(1)
    done()
  })
  app.setErrorHandler((error, _request, reply) => {
    const problem = problemOf(error) ?? new Problem('unavailable', String(error))
    return reply.code(problem.status).send(problemJson(problem, 'en').body)
  })
  const service = {
    find: (_who: unknown, query: Query) => setTimeout(1).then(() => endless(query)),
    door: () => Promise.resolve(DATASET),
    renew: (who: unknown) => Promise.resolve(who),
  } as unknown as Service
  await app.register((scope, _options, done) => {
    downloads.mount(scope, service)
    done()
  }, { prefix: downloads.base })
  await app.listen({ host: '127.0.0.1', port: 0 })
}) // prettier-ignore

after(() => app.close())

async function open(path: string): Promise<IncomingMessage> {
  const request = get({ host: '127.0.0.1', port: (app.server.address() as AddressInfo).port, path, agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response
}

/** How often was asked, when it has not been asked again for a while. */
async function settled(): Promise<number> {
  for (let before = -1; before !== asked; await setTimeout(200)) before = asked
  return asked
}

const FILES = ['luft.csv', 'luft.geojson', 'luft.xlsx', 'luft.parquet']

for (const file of FILES)
  test(`${file}: nothing is read ahead of the reader, and nothing after`, { timeout: 60_000 }, async (t) => {
    asked = 0
    failAfter = Infinity
    const response = await open(`/datasets/${file}`)
    t.after(() => response.destroy())
    assert.equal(response.statusCode, 200)
    const waiting = await settled()
    assert.ok(waiting < 500, `${waiting} pages were read for nobody`)
    while (asked < waiting + 20) await once(response, 'data')
    response.destroy()
    const gone = await settled()
    await setTimeout(300)
    assert.equal(asked, gone)
  })

for (const file of FILES)
  test(`${file}: what fails in the middle breaks off, what fails at once is told`, { timeout: 60_000 }, async () => {
    asked = 0
    failAfter = 30
    const broken = await open(`/datasets/${file}`)
    assert.equal(broken.statusCode, 200)
    await assert.rejects(async () => {
      for await (const _ of broken);
    })
    asked = 0
    failAfter = 0
    const refused = await open(`/datasets/${file}`)
    refused.resume()
    assert.equal(refused.statusCode, 503)
    assert.equal(refused.headers['content-disposition'], undefined)
  })

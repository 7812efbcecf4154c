/** common: contexts, media types, methods, tenants and errors, the same for all operations (GS CIM 009, 4.4, 5.5, 5.13, 6.3). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CONTEXT, LD, link, serveElsewhere, startNgsiLd, type Elsewhere, type NgsiLd } from './service.ts'

let ngsi: NgsiLd
let elsewhere: Elsewhere
let asked: string[] = []

const DOCUMENTS: Readonly<Record<string, unknown>> = {
  '/ctx': { '@context': { speed: 'http://example.org/speed', Car: 'http://example.org/Car' } },
  '/nested': { '@context': ['http://127.0.0.1:1/never', '/ctx'] },
  '/bad': { '@context': { a: { '@id': 'http://x/a', '@context': {} } } },
  '/none': { no: 'context' },
}

before(async () => {
  ngsi = await startNgsiLd()
  elsewhere = await serveElsewhere((request, reply) => {
    const path = request.url ?? ''
    asked.push(path)
    if (path === '/self') return void reply.end(JSON.stringify({ '@context': `${elsewhere.url}/self` }))
    if (path === '/huge') return void reply.end(`{"@context":{"a":"${'x'.repeat(50 * 1024 * 1024)}"}}`)
    if (path === '/text') return void reply.end('<html>')
    const document = DOCUMENTS[path]
    if (document === undefined) return void reply.writeHead(404).end()
    return void reply
      .writeHead(200, { 'content-type': 'application/ld+json', 'cache-control': 'max-age=3600' })
      .end(JSON.stringify(document))
  })
})
after(async () => {
  await elsewhere.close()
  await ngsi.end()
})

const CAR = { id: 'urn:x:car', type: 'Car', speed: 50 }

test('4.4 5.5.7 terms are expanded by the writer’s context and compacted by the reader’s', async () => {
  await ngsi.ok('POST /entities', CAR, 201, link(`${elsewhere.url}/ctx`))
  assert.deepEqual(await ngsi.ok('GET /entities/urn:x:car?options=keyValues', undefined, 200, link(`${elsewhere.url}/ctx`)), CAR)
  assert.deepEqual(await ngsi.ok('GET /entities/urn:x:car?options=keyValues'), { 'id': 'urn:x:car', 'type': 'http://example.org/Car', 'http://example.org/speed': 50 }) // prettier-ignore
  assert.deepEqual(await ngsi.ok('GET /entities?type=Car'), [])
  assert.equal((await ngsi.ok('GET /entities?type=Car', undefined, 200, link(`${elsewhere.url}/ctx`))).length, 1)
  assert.equal(asked.filter((path) => path === '/ctx').length, 1, 'fetched once, then kept')
})

test('4.4 the core has the last word on its own terms', async () => {
  const body = { '@context': { location: 'http://evil/location', temperature: 'http://x/t' }, 'id': 'urn:x:core', 'type': 'Room', 'location': { type: 'GeoProperty', value: { type: 'Point', coordinates: [1, 2] } }, 'temperature': 21 } // prettier-ignore
  await ngsi.ok('POST /entities', body, 201, LD)
  const entity = await ngsi.ok('GET /entities/urn:x:core?options=keyValues')
  assert.deepEqual([entity.location, entity['http://x/t']], [body.location.value, 21])
})

test('4.4 the contexts of the Smart Data Models are inside', async () => {
  const context = 'https://raw.githubusercontent.com/smart-data-models/dataModel.Environment/master/context.jsonld'
  await ngsi.ok('POST /entities', { '@context': [context], id: 'urn:x:air', type: 'AirQualityObserved', pm10: 7 }, 201, LD)
  const { json, headers } = await ngsi.ask('GET /entities/urn:x:air?options=keyValues', undefined, link(context))
  assert.deepEqual(json, { id: 'urn:x:air', type: 'AirQualityObserved', pm10: 7 })
  assert.ok(headers['link']?.includes(context))
  assert.equal((await ngsi.ok('GET /entities/urn:x:air'))['https://smartdatamodels.org/dataModel.Environment/pm10'].value, 7)
})

test('5.5.5 a context that cannot be had is 504, one that is none is 400', async () => {
  const by = (path: string) => ngsi.ask('GET /entities?type=Car', undefined, link(`${elsewhere.url}${path}`))
  for (const [path, status, error] of [
    ['/missing', 504, 'LdContextNotAvailable'],
    ['/huge', 504, 'LdContextNotAvailable'],
    ['/nested', 504, 'LdContextNotAvailable'],
    ['/self', 400, 'BadRequestData'],
    ['/bad', 400, 'BadRequestData'],
    ['/none', 400, 'BadRequestData'],
    ['/text', 400, 'BadRequestData'],
  ] as const) {
    const answer = await by(path)
    assert.equal(answer.status, status, `${path}: ${answer.text}`)
    assert.match(answer.json.type, new RegExp(`${error}$`))
  }
  await ngsi.fails('POST /entities', 'LdContextNotAvailable', 504, { ...CAR, '@context': 'http://no.such.host.invalid/x' }, LD)
  await ngsi.fails('POST /entities', 'LdContextNotAvailable', 504, { ...CAR, '@context': 'file:///etc/passwd' }, LD)
  await ngsi.fails('POST /entities', 'BadRequestData', 400, { ...CAR, '@context': 7 }, LD)
})

test('5.5.5 loopback and internal addresses are not called', async () => {
  const guarded = await startNgsiLd({ ALLMENDE_OPEN: '0', ALLMENDE_ADMIN_TOKEN: 'a-token-of-at-least-thirty-two-characters' })
  asked = []
  for (const address of [`${elsewhere.url}/ctx`, 'http://169.254.169.254/latest', 'http://[::1]/x', 'http://10.0.0.1/x'])
    await guarded.fails('GET /entities?type=Car', 'LdContextNotAvailable', 504, undefined, link(address))
  assert.deepEqual(asked, [])
  await guarded.end()
})

test('6.3.5 where the context comes from: a link, or the body of application/ld+json, never both', async () => {
  const one = { id: 'urn:x:one', type: 'Car' }
  const core = 'https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld'
  await ngsi.fails('POST /entities', 'BadRequestData', 400, { ...one, '@context': core })
  await ngsi.fails('POST /entities', 'BadRequestData', 400, one, LD)
  await ngsi.fails('POST /entities', 'BadRequestData', 400, { ...one, '@context': core }, { ...LD, ...link(core) })
  await ngsi.fails('GET /entities?type=Car', 'BadRequestData', 400, undefined, { link: `<${core}>; rel="${CONTEXT}", <${core}>; rel="${CONTEXT}"` }) // prettier-ignore
  await ngsi.ok('POST /entityOperations/upsert', [{ ...one, '@context': core }], 201, LD)
})

test('6.3.4 6.3.6 media types are negotiated', async () => {
  const ld = await ngsi.ask('GET /entities?type=Car', undefined, { accept: 'application/ld+json' })
  assert.match(ld.headers['content-type'] ?? '', /^application\/ld\+json/)
  assert.equal(ld.headers['link'], undefined)
  assert.equal(typeof ld.json[0]['@context'], 'string')
  await ngsi.fails('GET /entities?type=Car', 'NotAcceptable', 406, undefined, { accept: 'text/csv' })
  await ngsi.fails('GET /temporal/entities/urn:x:one', 'NotAcceptable', 406, undefined, { accept: 'application/geo+json' })
  const wrong = await ngsi.ask('POST /entities', 'x', { 'content-type': 'text/plain' })
  assert.deepEqual([wrong.status, wrong.text], [415, ''])
})

test('6.3.2 a method that is not there says which are; a slash at the end is no matter', async () => {
  const put = await ngsi.ask('PUT /entities')
  assert.deepEqual([put.status, put.headers['allow']], [405, 'POST, GET, DELETE'])
  assert.equal((await ngsi.ask('GET /entities/?type=Car')).status, 200)
  await ngsi.fails('GET /nothing', 'ResourceNotFound', 404)
})

test('6.3.3 errors in the reader’s language, with the parameter at fault', async () => {
  const de = await ngsi.fails('GET /entities?type=Car&limit=x', 'BadRequestData', 400, undefined, { 'accept-language': 'de' })
  const en = await ngsi.fails('GET /entities?type=Car&limit=x', 'BadRequestData', 400, undefined, { 'accept-language': 'en' })
  assert.notEqual(de.detail, en.detail)
  assert.deepEqual([de.at.parameter, de.status], ['limit', 400])
  await ngsi.fails('GET /entities?type=Car&options=everything', 'InvalidRequest', 400)
  await ngsi.fails('GET /entities?type=Car&format=pretty', 'InvalidRequest', 400)
  assert.equal((await ngsi.ask('GET /entities?type=Car&page=7')).status, 200, 'an unknown parameter is no matter')
})

test('6.3.2 what the standard knows and the platform does not is refused, never ignored', async () => {
  for (const query of [
    'join=inline',
    'joinLevel=2',
    'containedBy=urn:x:1',
    'csf=a',
    'entityMap=true',
    'splitEntities=true',
    'jsonKeys=a',
    'pick=a{b}',
    'orderFrom=x',
  ])
    await ngsi.fails(`GET /entities?type=Car&${query}`, 'OperationNotSupported', 501)
  for (const header of ['NGSILD-EntityMap', 'NGSILD-Snapshot'])
    await ngsi.fails('GET /entities?type=Car', 'OperationNotSupported', 501, undefined, { [header]: 'urn:x:1' })
  for (const path of ['/csourceRegistrations', '/csourceSubscriptions/urn:x:1', '/entityMaps', '/snapshots'])
    await ngsi.fails(`GET ${path}`, 'OperationNotSupported', 501)
  assert.equal((await ngsi.ask('GET /entities?type=Car&join=@none')).status, 200)
})

test('6.3.14 tenants by header and by path are the same', async () => {
  await ngsi.platform.people.tenants.make('nord', 'Nord')
  const made = await ngsi.ask('POST /entities', { id: 'urn:x:nord', type: 'Car' }, { 'ngsild-tenant': 'nord' })
  assert.deepEqual([made.status, made.headers['ngsild-tenant']], [201, 'nord'])
  assert.equal((await ngsi.platform.ask('GET /t/nord/ngsi-ld/v1/entities/urn:x:nord')).status, 200)
  await ngsi.fails('GET /entities/urn:x:nord', 'ResourceNotFound', 404)
  await ngsi.fails('GET /entities?type=Car', 'NonexistentTenant', 404, undefined, { 'ngsild-tenant': 'nowhere' })
})

test('5.13.2 5.13.3 5.13.4 5.13.5 contexts are added, listed, served, fetched anew and deleted', async () => {
  const added = await ngsi.ask('POST /jsonldContexts', { '@context': { colour: 'http://example.org/colour' } })
  assert.equal(added.status, 201, added.text)
  const path = added.headers['location']?.replace('/ngsi-ld/v1', '') ?? ''
  assert.deepEqual(await ngsi.ok(`GET ${path}`), { '@context': { colour: 'http://example.org/colour' } })
  const address = `http://localhost:8080/ngsi-ld/v1${path}`
  await ngsi.ok('POST /entities', { id: 'urn:x:red', type: 'Car', colour: 'red' }, 201, link(address))
  assert.equal((await ngsi.ok('GET /entities/urn:x:red?options=keyValues', undefined, 200, link(address))).colour, 'red')
  const details = await ngsi.ok('GET /jsonldContexts?details=true&kind=Hosted')
  assert.deepEqual([details[0].URL, details[0].kind, details[0].numberOfHits > 0], [address, 'Hosted', true])
  const cached = (await ngsi.ok('GET /jsonldContexts?details=true&kind=Cached')).find(({ URL: url }: { URL: string }) =>
    url.endsWith('/ctx'),
  )
  assert.match(cached.expiresAt, /^20/)
  await ngsi.fails(`GET /jsonldContexts/${cached.localId}`, 'OperationNotSupported', 422)
  asked = []
  await ngsi.ok(`DELETE /jsonldContexts/${cached.localId}?reload=true`, undefined, 204)
  assert.deepEqual(asked, ['/ctx'])
  await ngsi.fails(`DELETE ${path}?reload=true`, 'BadRequestData', 400)
  await ngsi.ok(`DELETE ${path}`, undefined, 204)
  await ngsi.fails(`GET ${path}`, 'ResourceNotFound', 404)
  await ngsi.fails('POST /jsonldContexts', 'BadRequestData', 400, { no: 'context' })
  await ngsi.fails('GET /jsonldContexts?kind=Other', 'BadRequestData', 400)
})

test('5.13.1 a context that came in a body can be linked to', async () => {
  const body = { '@context': { speed: 'http://example.org/speed' }, type: 'Query', entities: [{ type: 'http://example.org/Car' }] }
  const { json, headers } = await ngsi.ask('POST /entityOperations/query', body, LD)
  assert.equal(json[0].speed.value, 50)
  const path = /<http:\/\/localhost:8080\/ngsi-ld\/v1(\/jsonldContexts\/[^>]+)>/.exec(headers['link'] ?? '')?.[1]
  assert.deepEqual(await ngsi.ok(`GET ${path}`), { '@context': body['@context'] })
})

test('6.3.2 nonsense is refused, never a fault of the platform', async () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  for (const body of [
    '',
    '{',
    '[',
    'null',
    '"x"',
    '{"id":"urn:x:1","type":{}}',
    `{"id":"urn:x:1","type":"T","a":${deep}}`,
    '{"id":"urn:x:1","type":"T","a":"\\u0000"}',
    '{"__proto__":{}}',
  ])
    // prettier-ignore
    for (const call of ['POST /entities', 'PATCH /entities/urn:x:car', 'POST /entityOperations/upsert', 'POST /temporal/entities', 'POST /entityOperations/query', 'POST /jsonldContexts']) { // prettier-ignore
      const { status, text } = await ngsi.ask(call, body)
      assert.ok(status >= 400 && status < 500 || status === 207, `${call} ${body.slice(0, 60)}: ${status} ${text}`) // prettier-ignore
    }
  for (const path of [
    '/entities/%00',
    '/entities/urn:x:%00',
    '/entities/urn:x:car/attrs/%3C',
    '/types/%20',
    '/temporal/entities/urn:x:car?timeAt=',
    '/entities?type=',
    '/entities?type=Car&id=,',
    '/entities?type=Car&attrs=,',
  ]) {
    // prettier-ignore
    const { status, text } = await ngsi.ask(`GET ${path}`)
    assert.ok(status >= 400 && status < 500, `${path}: ${status} ${text}`)
  }
})

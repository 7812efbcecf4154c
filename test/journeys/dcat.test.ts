/** The catalogue over HTTP: cards by suffix and by Accept, the catalogue in pages, and nothing that is not released. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { equals } from '../../src/query/filter.ts'
import { ask } from '../../src/query/query.ts'
import { keeper } from '../../src/rights/principal.ts'
import { addDataset, air, trees } from '../support/datasets.ts'
import { startPlatform, type Platform } from '../support/platform.ts'
import { fromJsonLd, fromRdfXml, fromTurtle, type Statements } from '../support/rdf.ts'

const ROOT = 'https://stadt.example'
const DCAT = 'http://www.w3.org/ns/dcat#'
const HYDRA = 'http://www.w3.org/ns/hydra/core#'
let platform: Platform

before(async () => {
  platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_URL: ROOT })
  await addDataset(platform.service, 'luft', air(2, 3))
  await addDataset(platform.service, 'intern', trees(1), { access: 'internal' })
  await addDataset(platform.service, 'entwurf', [], { state: 'draft' })
  for (let i = 0; i < 101; i++) await addDataset(platform.service, `viele-${i}`, [])
})

after(() => platform.end())

const get = (path: string, accept?: string) => platform.ask(`GET ${path}`, accept === undefined ? {} : { headers: { accept } })
const objectsOf = (said: Statements, subject: string, predicate: string) =>
  [...said].filter((one) => one.startsWith(`${subject} ${predicate} `)).map((one) => one.slice(subject.length + predicate.length + 2))

test('a card in three formats, by suffix, says the same and names every door', async () => {
  const turtle = await get('/datasets/luft.ttl')
  assert.equal(turtle.status, 200)
  assert.equal(turtle.headers['content-type'], 'text/turtle; charset=utf-8')
  const said = fromTurtle(turtle.text)
  const jsonld = await get('/datasets/luft.jsonld')
  assert.equal(jsonld.headers['content-type'], 'application/ld+json; charset=utf-8')
  assert.deepEqual(fromJsonLd(jsonld.text), said)
  const rdf = await get('/datasets/luft.rdf')
  assert.equal(rdf.headers['content-type'], 'application/rdf+xml; charset=utf-8')
  assert.deepEqual(fromRdfXml(rdf.text), said)

  const own = `${ROOT}/datasets/luft`
  const addresses = objectsOf(said, own, `${DCAT}distribution`).flatMap((door) => objectsOf(said, door, `${DCAT}accessURL`))
  for (const suffix of ['csv', 'geojson', 'xlsx', 'parquet']) assert.ok(addresses.includes(`${own}.${suffix}`), suffix)
  assert.ok(addresses.includes(`${ROOT}/ogc/collections/luft`))
  for (const address of addresses.filter((one) => /\.(csv|geojson|xlsx|parquet)$|\/ogc\//.test(one)))
    assert.equal((await get(address.replace(ROOT, ''))).status, 200, address)
  assert.deepEqual(objectsOf(said, `${own}#place`, `${DCAT}bbox`), ['"POLYGON((8.1 49.2, 8.2 49.2, 8.2 49.2, 8.1 49.2, 8.1 49.2))"^^http://www.opengis.net/ont/geosparql#wktLiteral'])
}) // prettier-ignore

test('the address of a dataset answers RDF where it is asked for, and leaves pages to the web', async () => {
  for (const [accept, type] of [
    ['text/turtle', 'text/turtle'],
    ['application/ld+json, application/json;q=0.5', 'application/ld+json'],
    ['application/rdf+xml', 'application/rdf+xml'],
    ['text/html;q=0.5, application/rdf+xml;q=0.9, text/turtle;q=0.8', 'application/rdf+xml'],
  ] as const) {
    const { status, headers } = await get('/datasets/luft', accept)
    assert.equal(status, 200, accept)
    assert.equal(headers['content-type'], `${type}; charset=utf-8`)
    assert.equal((await get('/catalog', accept)).headers['content-type'], `${type}; charset=utf-8`)
  }
  for (const accept of ['text/html', '*/*', 'text/html, text/turtle', undefined])
    for (const path of ['/datasets/luft', '/catalog'])
      assert.match((await get(path, accept)).headers['content-type'] ?? '', /^text\/html/, accept)
})

test('what may not be read has no card', async () => {
  for (const slug of ['intern', 'entwurf', 'nirgends'])
    for (const suffix of ['ttl', 'jsonld', 'rdf']) assert.equal((await get(`/datasets/${slug}.${suffix}`)).status, 404)
  assert.equal((await get('/datasets/intern', 'text/turtle')).status, 404)
})

test('the catalogue has every released public dataset once, page by page', async () => {
  const seen: string[] = []
  let path: string | undefined = '/catalog.ttl'
  while (path !== undefined) {
    const { status, text } = await get(path)
    assert.equal(status, 200)
    const said = fromTurtle(text)
    seen.push(...objectsOf(said, `${ROOT}/catalog`, `${DCAT}dataset`))
    const view = [...said].find((one) => one.endsWith(`${HYDRA}PartialCollectionView`))?.split(' ')[0] ?? ''
    assert.deepEqual(objectsOf(said, view, `${HYDRA}totalItems`), ['"102"^^http://www.w3.org/2001/XMLSchema#integer'])
    const [next] = objectsOf(said, view, `${HYDRA}next`)
    assert.equal(objectsOf(said, view, `${HYDRA}nextPage`).length, next === undefined ? 0 : 1)
    path = next?.replace(ROOT, '')
  }
  assert.equal(seen.length, 102)
  assert.equal(new Set(seen).size, 102)
  assert.ok(seen.includes(`${ROOT}/datasets/luft`))
  assert.equal((await get('/catalog.ttl?page=3')).status, 404)
  assert.equal((await get('/catalog.ttl?page=0')).status, 400)
})

test('the catalogue of what changed since', async () => {
  const who = keeper(1, 'test')
  const [luft] = (await platform.service.find(who, ask('dataset', equals(['slug'], 'luft'), 1))).items
  const since = new Date().toISOString()
  await platform.service.amend(who, 'dataset', luft?.id ?? 0, (old) => ({ ...old, keywords: ['neu'] }))
  const said = fromRdfXml((await get(`/catalog.rdf?modified_since=${since}`)).text)
  assert.deepEqual(objectsOf(said, `${ROOT}/catalog`, `${DCAT}dataset`), [`${ROOT}/datasets/luft`])
  assert.equal((await get('/catalog.rdf?modified_since=gestern')).status, 400)
})

test('below a tenant every address is below the tenant', async () => {
  const said = fromJsonLd((await get('/t/default/datasets/luft.jsonld')).text)
  assert.ok([...said].every((one) => !one.includes(`${ROOT}/`) || one.includes(`${ROOT}/t/default/`)))
})

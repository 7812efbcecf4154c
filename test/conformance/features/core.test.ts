/** core: OGC API Features Part 1 (17-069r4): core, HTML, GeoJSON, OpenAPI 3.0; and Part 2 (18-058r1): reference systems. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addDataset, air, trees } from '../../support/datasets.ts'
import { startPlatform, type Platform } from '../../support/platform.ts'

const ROOT = 'https://stadt.example'
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const EPSG4326 = 'http://www.opengis.net/def/crs/EPSG/0/4326'
const ITEMS = '/ogc/collections/luft/items'

interface Link {
  readonly rel: string
  readonly type?: string
  readonly href: string
}

let platform: Platform
before(async () => {
  platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_URL: ROOT })
  await addDataset(platform.service, 'luft', air(12, 2))
  await addDataset(platform.service, 'baeume', trees(3))
})
after(() => platform.end())

const get = (path: string, accept?: string) =>
  platform.ask(`GET ${path.replace(ROOT, '')}`, accept === undefined ? {} : { headers: { accept } })
const links = (json: { readonly links: readonly Link[] }, rel: string): readonly Link[] => json.links.filter((link) => link.rel === rel)

test('req/core/root-op, root-success: the landing page links to the definition, the conformance and the collections', async () => {
  const { status, json } = await get('/ogc/')
  assert.equal(status, 200)
  for (const rel of ['self', 'alternate', 'service-desc', 'service-doc', 'conformance', 'data']) assert.ok(links(json, rel).length > 0, rel)
})

test('req/core/api-definition-op, api-definition-success, req/oas30/oas-definition-1: an OpenAPI 3.0 document', async () => {
  const [link] = links((await get('/ogc')).json, 'service-desc')
  assert.equal(link?.type, 'application/vnd.oai.openapi+json;version=3.0')
  const { status, headers, json } = await get(link?.href ?? '')
  assert.equal(status, 200)
  assert.equal(headers['content-type'], 'application/vnd.oai.openapi+json;version=3.0')
  assert.match(json.openapi, /^3\.0\.\d$/)
  assert.deepEqual(json.servers, [{ url: `${ROOT}/ogc` }])
})

test('req/oas30/completeness, exceptions-codes: every resource is described, with its errors', async () => {
  const { json } = await get('/ogc/api')
  const values: Record<string, string> = { collectionId: 'luft', featureId: 'urn:x:station:1' }
  for (const [path, { get: operation }] of Object.entries<{ get: { parameters: object[]; responses: Record<string, { content: Record<string, object> }> } }>(json.paths)) {
    const answer = await get(`/ogc${path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))}`)
    assert.equal(answer.status, 200, path)
    assert.ok(Object.keys(operation.responses['200']?.content ?? {}).includes(answer.headers['content-type'] ?? ''), path)
    assert.ok(operation.responses['400'] && operation.responses['500'], path)
  }
  for (const [, name] of JSON.stringify(json).matchAll(/"#\/components\/([\w/-]+)"/g)) {
    const [kind = '', of = ''] = (name ?? '').split('/')
    assert.ok(json.components[kind][of], name)
  }
}) // prettier-ignore

test('req/core/fc-limit-definition, fc-bbox-definition, fc-time-definition: parameters as the standard defines them', async () => {
  const { limit, bbox, datetime } = (await get('/ogc/api')).json.components.parameters
  assert.deepEqual([limit.schema.minimum, limit.schema.maximum, limit.schema.default, limit.style, limit.explode], [1, 10_000, 100, 'form', false])
  assert.deepEqual([bbox.schema.type, bbox.schema.oneOf, bbox.style, bbox.explode], ['array', [{ minItems: 4, maxItems: 4 }, { minItems: 6, maxItems: 6 }], 'form', false])
  assert.deepEqual([datetime.in, datetime.schema.type], ['query', 'string'])
}) // prettier-ignore

test('req/core/conformance-op, conformance-success: the classes', async () => {
  const { json } = await get('/ogc/conformance')
  for (const name of ['core', 'oas30', 'html', 'geojson']) assert.ok(json.conformsTo.includes(`http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`))
  assert.ok(json.conformsTo.includes('http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs'))
}) // prettier-ignore

test('req/core/http: methods that are not there, and HEAD', async () => {
  assert.equal((await platform.ask('POST /ogc/collections', { body: {} })).status, 404)
  const head = await platform.ask(`HEAD ${ITEMS}`)
  assert.deepEqual([head.status, head.text], [200, ''])
})

test('req/core/query-param-unknown, query-param-invalid: 400 at every resource', async () => {
  for (const path of ['', '/conformance', '/api', '/collections', '/collections/luft', '/collections/luft/items', '/collections/luft/items/urn:x:station:1'])
    assert.equal((await get(`/ogc${path}?unbekannt=1`)).status, 400, path)
  for (const query of ['limit=0', 'limit=a', 'bbox=1,2', 'datetime=x', 'offset=-1', 'crs=x', 'bbox-crs=x', 'f=x']) assert.equal((await get(`${ITEMS}?${query}`)).status, 400, query)
}) // prettier-ignore

test('req/core/fc-md-op, fc-md-success, fc-md-links, fc-md-items, fc-md-items-links, fc-md-extent: the collections', async () => {
  const { json } = await get('/ogc/collections')
  assert.equal(links(json, 'self').length, 1)
  assert.ok(links(json, 'alternate').every(({ type }) => type !== undefined))
  for (const collection of json.collections) {
    assert.ok(links(collection, 'items').some(({ type }) => type === 'application/geo+json'))
    assert.ok(collection.links.every((link: Link) => link.rel !== 'items' || link.type !== undefined))
    const [west, south, east, north] = collection.extent.spatial.bbox[0]
    for (const { geometry } of (await get(links(collection, 'items')[0]?.href ?? '')).json.features) {
      const [x, y] = geometry.coordinates
      assert.ok(x >= west && x <= east && y >= south && y <= north)
    }
  }
})

test('req/core/sfc-md-op, sfc-md-success: one collection says what the list says', async () => {
  const { json } = await get('/ogc/collections')
  for (const listed of json.collections) assert.deepEqual((await get(links(listed, 'self')[0]?.href ?? '')).json, listed)
  assert.equal((await get('/ogc/collections/nirgends')).status, 404)
})

test('req/core/fc-op, fc-response, fc-links, fc-rel-type, fc-timeStamp, fc-numberMatched, fc-numberReturned: the features', async () => {
  const { json } = await get(`${ITEMS}?limit=5`)
  assert.deepEqual([json.type, json.numberMatched, json.numberReturned, json.features.length], ['FeatureCollection', 12, 5, 5])
  assert.ok(Math.abs(Date.parse(json.timeStamp) - Date.now()) < 60_000)
  for (const rel of ['self', 'alternate', 'next']) assert.ok(links(json, rel).length > 0, rel)
  assert.ok(json.links.every(({ type, rel, href }: Link) => type && rel && href))
  assert.equal(links((await get(`${ITEMS}?limit=12`)).json, 'next').length, 0)
})

test('req/core/fc-limit-response-1: never more than limit, and at most 10,000', async () => {
  assert.equal((await get(`${ITEMS}?limit=3`)).json.features.length, 3)
  assert.equal((await get(`${ITEMS}?limit=1000000`)).status, 200)
})

test('req/core/fc-bbox-response, fc-time-response: only what intersects', async () => {
  const inBox = (await get(`${ITEMS}?bbox=8.25,49,8.55,50`)).json.features.map((one: { geometry: { coordinates: number[] } }) => one.geometry.coordinates[0])
  assert.deepEqual(inBox, [8.3, 8.4, 8.5])
  assert.equal((await get(`${ITEMS}?datetime=2026-01-01T00:30:00Z`)).json.numberMatched, 12)
  assert.equal((await get(`${ITEMS}?datetime=2027-01-01T00:00:00Z/..`)).json.numberMatched, 0)
}) // prettier-ignore

test('req/core/f-op, f-success, f-links: one feature', async () => {
  const [listed] = (await get(ITEMS)).json.features
  const { status, json } = await get(`${ITEMS}/${listed.id}`)
  const { links: own, ...feature } = json
  assert.equal(status, 200)
  assert.deepEqual(feature, listed)
  for (const rel of ['self', 'alternate', 'collection']) assert.ok(own.some((link: Link) => link.rel === rel), rel) // prettier-ignore
})

test('req/html/definition, req/html/content: each resource as a page', async () => {
  for (const path of ['', '/conformance', '/api', '/collections', '/collections/luft', '/collections/luft/items', '/collections/luft/items/urn:x:station:1']) {
    const { status, headers, text } = await get(`/ogc${path}`, 'text/html')
    assert.deepEqual([status, headers['content-type']], [200, 'text/html; charset=utf-8'])
    assert.match(text, /<main[\s\S]*<h1>[^<]+<\/h1>/)
  }
}) // prettier-ignore

test('req/geojson/definition, req/geojson/content, req/core/crs84: features as GeoJSON, longitude first', async () => {
  for (const accept of ['application/geo+json', 'application/json', '*/*']) {
    const { headers, json } = await get(ITEMS, accept)
    assert.equal(headers['content-type'], 'application/geo+json')
    assert.equal(headers['content-crs'], `<${CRS84}>`)
    assert.deepEqual(json.features[0].geometry.coordinates, [8.1, 49.2])
  }
})

test('req/crs/fc-md-crs-list, fc-md-storageCrs, crs-uri: a collection names its systems', async () => {
  const { json } = await get('/ogc/collections/luft')
  assert.equal(json.storageCrs, CRS84)
  assert.ok(json.crs.includes(CRS84) && json.crs.includes(EPSG4326))
})

test('req/crs/fc-crs-action, fc-crs-valid-value, ogc-crs-header, fc-bbox-crs-action: features and boxes in other systems', async () => {
  const { headers, json } = await get(`${ITEMS}?limit=1&crs=${EPSG4326}&bbox=49,8,50,8.15&bbox-crs=${EPSG4326}`)
  assert.equal(headers['content-crs'], `<${EPSG4326}>`)
  assert.deepEqual(json.features[0].geometry.coordinates, [49.2, 8.1])
  const one = await get(`${ITEMS}/urn:x:station:1?crs=${EPSG4326}`)
  assert.deepEqual([one.headers['content-crs'], one.json.geometry.coordinates], [`<${EPSG4326}>`, [49.2, 8.1]])
  assert.equal((await get(`${ITEMS}?crs=http://www.opengis.net/def/crs/EPSG/0/31467`)).status, 400)
})

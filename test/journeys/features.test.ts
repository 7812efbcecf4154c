/** OGC API Features over HTTP: landing page to single feature, paged, narrowed, turned, as JSON and as a page. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addDataset, air, trees } from '../support/datasets.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform

before(async () => {
  platform = await startPlatform({ ALLMENDE_OPEN: '0', ALLMENDE_URL: 'https://stadt.example' })
  await addDataset(platform.service, 'luft', air(5, 3))
  await addDataset(platform.service, 'baeume', trees(25))
  await addDataset(platform.service, 'entwurf', trees(1).map((one) => ('iri' in one ? { ...one, iri: 'urn:x:hidden' } : one)), { state: 'draft' }) // prettier-ignore
})

after(() => platform.end())

const get = (path: string, headers?: Record<string, string>) => platform.ask(`GET ${path}`, headers && { headers })
const items = async (query: string, slug = 'luft') => (await get(`/ogc/collections/${slug}/items${query}`)).json
const names = async (query: string, slug?: string) =>
  (await items(query, slug)).features.map((one: { properties: { name: string } }) => one.properties.name)

test('the landing page leads to everything', async () => {
  const { status, json } = await get('/ogc')
  assert.equal(status, 200)
  const hrefs = json.links.map(({ rel, href }: { rel: string; href: string }) => `${rel} ${href}`)
  assert.deepEqual(hrefs, [
    'self https://stadt.example/ogc',
    'alternate https://stadt.example/ogc?f=html',
    'service-desc https://stadt.example/ogc/api',
    'service-doc https://stadt.example/ogc/api?f=html',
    'conformance https://stadt.example/ogc/conformance',
    'data https://stadt.example/ogc/collections',
  ])
  for (const { href } of json.links) assert.equal((await get(href.replace('https://stadt.example', ''))).status, 200, href)
})

test('collections are the released datasets that may be read', async () => {
  const { json } = await get('/ogc/collections')
  assert.deepEqual(json.collections.map(({ id }: { id: string }) => id), ['baeume', 'luft']) // prettier-ignore
  const one = await get('/ogc/collections/luft')
  assert.deepEqual(json.collections[1], one.json)
  assert.equal(one.json.title, 'Luftqualität')
  assert.deepEqual(one.json.extent.spatial.bbox, [[8.1, 49.2, 8.5, 49.2]])
  assert.deepEqual(one.json.extent.temporal.interval, [['2026-01-01T00:00:00Z', '2026-01-01T02:00:00Z']])
  assert.equal((await get('/ogc/collections/entwurf')).status, 404)
  assert.equal((await get('/ogc/collections/entwurf/items')).status, 404)
})

test('a feature has attributes and the latest value of its series, with unit and time', async () => {
  const { headers, json } = await get('/ogc/collections/luft/items?limit=1')
  assert.match(headers['content-type'] ?? '', /^application\/geo\+json/)
  assert.equal(headers['content-crs'], '<http://www.opengis.net/def/crs/OGC/1.3/CRS84>')
  const [feature] = json.features
  assert.deepEqual(feature.geometry, { type: 'Point', coordinates: [8.1, 49.2] })
  assert.deepEqual(feature.properties, {
    height: 1, street: 'Markt "Süd"; =1+1', indoor: false, pm10: 2.1, pm10_unit: 'µg/m³', pm10_time: '2026-01-01T02:00:00Z',
    iri: 'urn:x:station:1', types: ['Station'], name: 'Station 1',
  }) // prettier-ignore
})

test('pages follow one another by their links, forwards and back', async () => {
  const seen: string[] = []
  let path: string | undefined = '/ogc/collections/baeume/items?limit=10'
  let last
  while (path !== undefined) {
    const { json } = await get(path)
    assert.equal(json.numberMatched, 25)
    assert.equal(json.numberReturned, json.features.length)
    seen.push(...json.features.map((one: { properties: { name: string } }) => one.properties.name))
    const next = json.links.find(({ rel }: { rel: string }) => rel === 'next')
    path = next?.href.replace('https://stadt.example', '')
    last = json
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 25 }, (_, i) => `Baum ${i}`),
  )
  const { href } = last.links.find(({ rel }: { rel: string }) => rel === 'prev')
  const { json } = await get(href.replace('https://stadt.example', ''))
  assert.equal(json.features[0].properties.name, 'Baum 10')
})

test('bbox finds what it touches, across the antimeridian too', async () => {
  assert.deepEqual(await names('?bbox=8.05,49,8.25,50'), ['Station 1', 'Station 2'])
  assert.deepEqual(await names('?bbox=8.05,49,0,8.25,50,100'), ['Station 1', 'Station 2'])
  assert.deepEqual(await names('?bbox=8.45,49,8.15,50'), ['Station 1', 'Station 5'])
  const flipped = '?bbox=49,8.05,50,8.25&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326'
  assert.deepEqual(await names(flipped), ['Station 1', 'Station 2'])
})

test('datetime finds what was measured then', async () => {
  assert.equal((await names('?datetime=2026-01-01T01:00:00Z')).length, 5)
  assert.equal((await names('?datetime=2026-01-01T02:00:00Z/..')).length, 5)
  assert.equal((await names('?datetime=../2025-12-31T00:00:00Z')).length, 0)
  assert.equal((await names('?datetime=2026-01-02T00:00:00Z/')).length, 0)
  assert.equal((await names('?datetime=2025-01-01T00:00:00Z/..', 'baeume')).length, 0)
})

test('properties narrow: own names, static attributes, latest values', async () => {
  assert.deepEqual(await names('?name=Station%202'), ['Station 2'])
  assert.deepEqual(await names('?height=3'), ['Station 3'])
  assert.deepEqual(await names('?indoor=true'), ['Station 2', 'Station 4'])
  assert.deepEqual(await names('?pm10=2.4'), ['Station 4'])
  assert.deepEqual(await names('?types=Station&limit=2'), ['Station 1', 'Station 2'])
  assert.equal((await items('?species=Tilia&limit=1', 'baeume')).numberMatched, 13)
})

test('crs turns the features', async () => {
  const { headers, json } = await get('/ogc/collections/luft/items?limit=1&crs=http://www.opengis.net/def/crs/EPSG/0/25832')
  assert.equal(headers['content-crs'], '<http://www.opengis.net/def/crs/EPSG/0/25832>')
  const [x, y] = json.features[0].geometry.coordinates
  assert.ok(Math.abs(x - 434_404) < 200 && Math.abs(y - 5_450_123) < 500, `${x} ${y}`)
  const metre = `bbox=${x - 1},${y - 1},${x + 1},${y + 1}&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/25832`
  assert.deepEqual(await names(`?${metre}`), ['Station 1'])
  const flipped = await items('?limit=1&crs=http://www.opengis.net/def/crs/EPSG/0/4326')
  assert.deepEqual(flipped.features[0].geometry.coordinates, [49.2, 8.1])
})

test('what is wrong is refused by name', async () => {
  for (const [query, parameter] of [
    ['bbox=1,2,3', 'bbox'],
    ['bbox=1,9,2,8', 'bbox'],
    ['limit=0', 'limit'],
    ['limit=x', 'limit'],
    ['offset=-1', 'offset'],
    ['datetime=gestern', 'datetime'],
    ['datetime=2026-02-01T00:00:00Z/2026-01-01T00:00:00Z', 'datetime'],
    ['hoehe=3', 'hoehe'],
    ['f=xml', 'f'],
    ['crs=EPSG:1', 'crs'],
  ]) {
    // prettier-ignore
    const { status, headers, json } = await get(`/ogc/collections/luft/items?${query}`)
    assert.equal(status, 400, query)
    assert.match(headers['content-type'] ?? '', /^application\/problem\+json/)
    assert.equal(json.at.parameter, parameter)
  }
  assert.equal((await get('/ogc/collections/luft/items?properties=name')).status, 501)
  assert.equal((await get('/ogc/collections?x=1')).status, 400)
  assert.equal((await get('/ogc/collections/nirgends/items')).status, 404)
  assert.equal((await get('/ogc/collections', { accept: 'image/png' })).status, 406)
})

test('a feature is found by id and by IRI', async () => {
  const [first] = (await items('?limit=1')).features
  for (const key of [first.id, encodeURIComponent('urn:x:station:1')]) {
    const { status, json } = await get(`/ogc/collections/luft/items/${key}`)
    assert.equal(status, 200)
    assert.equal(json.properties.name, 'Station 1')
    assert.deepEqual(json.links.map(({ rel }: { rel: string }) => rel), ['self', 'alternate', 'collection']) // prettier-ignore
  }
  assert.equal((await get(`/ogc/collections/baeume/items/${first.id}`)).status, 404)
  assert.equal((await get('/ogc/collections/luft/items/urn:x:nothing')).status, 404)
})

test('every resource is a page too, in the language of the reader', async () => {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  for (const path of [
    '',
    '/conformance',
    '/api',
    '/collections',
    '/collections/luft',
    '/collections/luft/items',
    '/collections/luft/items/urn:x:station:1',
  ]) {
    const { status, headers, text } = await get(`/ogc${path}`, { accept })
    assert.equal(status, 200, path)
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    assert.match(text, /<html lang="de">/)
    assert.doesNotMatch(text, /undefined|\[object/)
  }
  const { text } = await get('/ogc/collections/luft/items?f=html', { 'accept-language': 'en' })
  assert.match(text, /<html lang="en">/)
  assert.match(text, /Markt &#34;Süd&#34;; =1\+1/)
})

test('the door of a dataset has only its own collection', async () => {
  const { json } = await get('/datasets/luft/ogc/collections')
  assert.deepEqual(json.collections.map(({ id }: { id: string }) => id), ['luft']) // prettier-ignore
  assert.equal(json.links[0].href, 'https://stadt.example/datasets/luft/ogc/collections')
  assert.equal((await get('/datasets/luft/ogc/collections/baeume/items')).status, 404)
  assert.equal((await get('/datasets/luft/ogc/collections/luft/items')).json.numberMatched, 5)
})

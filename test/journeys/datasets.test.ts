/** datasets: a card is made, found, released, read with its data by strangers, and withdrawn, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { keeper } from '../../src/rights/principal.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
before(async () => (platform = await startPlatform()))
after(() => platform.end())

test('a platform that lives says so', async () => {
  assert.equal((await platform.ask('GET /health/live')).status, 200)
  assert.deepEqual((await platform.ask('GET /health/ready')).json, { status: 'ok', database: 'ok', closing: false })
  assert.match((await platform.ask('GET /metrics')).text, /allmende_request_seconds/)
})

test('a card is made, and its faults are named by field', async () => {
  const made = await platform.ask('POST /api/v1/datasets', {
    body: { title: 'Pegelstände an der Lauter', keywords: ['Wasser'], themes: ['ENVI'] },
  })
  assert.equal(made.status, 201)
  assert.equal(made.json.slug, 'pegelstaende-an-der-lauter')
  const wrong = await platform.ask('POST /api/v1/datasets', { body: { title: 'x', licence: 'frei' }, headers: { 'accept-language': 'en' } })
  assert.deepEqual([wrong.status, wrong.json.at.pointer], [400, '/licence'])
  const twice = await platform.ask('POST /api/v1/datasets', { body: { title: 'Pegelstände an der Lauter' } })
  assert.equal(twice.status, 409)
})

test('a word from the title finds it, in another form too', async () => {
  const { json } = await platform.ask('GET /api/v1/datasets?q=Pegelstand')
  assert.deepEqual([json.total, json.items[0].title.de], [1, 'Pegelstände an der Lauter'])
  assert.deepEqual(json.facets.themes, [{ value: 'ENVI', count: 1 }])
})

test('whatever is typed into a search has an answer', async () => {
  for (const words of [
    'x'.repeat(5000),
    '\0a',
    `${'a b '.repeat(200)}"`,
    "'",
    '\\',
    '-',
    '"',
    '!!!',
    'und',
    '-Lauter',
    '& | <-> :*',
    '🌳',
    '\ud800',
  ])
    assert.equal((await platform.ask(`GET /api/v1/datasets?q=${encodeURI(words.toWellFormed())}`)).status, 200, words.slice(0, 20))
})

test('its data are there as things, series, values and days', async () => {
  const { json: card } = await platform.ask('GET /api/v1/datasets/pegelstaende-an-der-lauter')
  const values = Array.from({ length: 48 }, (_, hour) => ({
    draft: 'observation' as const,
    entity: 'urn:x:pegel',
    attribute: 'w',
    time: new Date(Date.UTC(2026, 6, 1, hour)).toISOString().replace('.000', ''),
    result: hour,
  }))
  await platform.service.keep(keeper(1, 'test'), card.id, [
    { draft: 'entity', iri: 'urn:x:pegel', type: 'Pegel', name: 'Brücke', geometry: { type: 'Point', coordinates: [8.1, 49.2] } },
    { draft: 'entity', iri: 'urn:x:pegel-2', type: 'Pegel', name: 'Wehr', geometry: { type: 'Point', coordinates: [8.3, 49.4] } },
    { draft: 'series', entity: 'urn:x:pegel', attribute: 'w', name: 'Wasserstand' },
    ...values,
  ])
  const { json: things } = await platform.ask('GET /api/v1/datasets/pegelstaende-an-der-lauter/entities?bbox=8,49,8.2,50')
  assert.equal(things.total, 1)
  assert.equal(things.items[0].with.series.items[0].latest.result, 47)
  const series = things.items[0].with.series.items[0].id
  const { json: latest } = await platform.ask(`GET /api/v1/series/${series}/observations?limit=2`)
  assert.deepEqual([latest.total, latest.items.map((one: { result: number }) => one.result)], [48, [47, 46]])
  const { json: days } = await platform.ask(`GET /api/v1/series/${series}/summary?bucket=day&zone=UTC`)
  assert.deepEqual(days.items.map((one: { count: number }) => one.count), [24, 24]) // prettier-ignore
  const { json: again } = await platform.ask('GET /api/v1/datasets/pegelstaende-an-der-lauter')
  assert.deepEqual(again.counts, { entities: 2, series: 1, observations: 48 })
  assert.deepEqual(again.extent, [8.1, 49.2, 8.3, 49.4])
})

test('what is not there is named in the quotation marks of the language', async () => {
  const said = async (language: string) =>
    (await platform.ask('GET /datasets/nirgends.ttl', { headers: { 'accept-language': language } })).json.detail
  assert.equal(await said('de'), 'Den Datensatz „nirgends“ gibt es nicht.')
  assert.equal(await said('en'), 'There is no dataset “nirgends”.')
})

test('what cannot be understood is refused with its place', async () => {
  const cases: [string, string][] = [
    ['/api/v1/datasets?limit=x', 'limit'],
    ['/api/v1/datasets/pegelstaende-an-der-lauter/entities?bbox=1,2,3', 'bbox'],
    ['/api/v1/series/x', 'id'],
  ]
  for (const [path, parameter] of cases) {
    const { status, json } = await platform.ask(`GET ${path}`)
    assert.deepEqual([status, json.at.parameter], [400, parameter], path)
  }
  assert.equal((await platform.ask('GET /api/v1/nothing')).status, 404)
  assert.equal((await platform.ask('GET /t/nobody/api/v1/datasets')).status, 404)
  const deep = await platform.ask('POST /api/v1/datasets', { body: '['.repeat(100_000) + ']'.repeat(100_000) })
  assert.equal(deep.status, 400)
})

test('released it is everybody’s, withdrawn nobody’s', async () => {
  const headers = { authorization: 'Bearer allm_none_none' }
  assert.equal((await platform.ask('GET /api/v1/datasets', { headers })).status, 401)
  const card = { description: 'Wasserstände.', licence: 'https://creativecommons.org/licenses/by/4.0/', publisher: { name: 'Stadt' } }
  await platform.ask('PATCH /api/v1/datasets/pegelstaende-an-der-lauter', { body: { ...card, access: 'public' } })
  const released = await platform.ask('POST /api/v1/datasets/pegelstaende-an-der-lauter/release')
  assert.equal(released.json.state, 'released')
  const withdrawn = await platform.ask('POST /api/v1/datasets/pegelstaende-an-der-lauter/withdraw')
  assert.equal(withdrawn.json.state, 'withdrawn')
  assert.equal((await platform.ask('DELETE /api/v1/datasets/pegelstaende-an-der-lauter')).status, 204)
  assert.equal((await platform.ask('GET /api/v1/datasets/pegelstaende-an-der-lauter')).status, 404)
})

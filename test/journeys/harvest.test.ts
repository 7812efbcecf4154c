/** Harvest: a catalogue of another is read page by page, compared before it is believed, and gone through again when it was interrupted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '../../src/store/sql.ts'
import { startPlatform } from '../support/platform.ts'
import { connect, ended, platformWithDataset, run, serve } from '../support/source.ts'

interface Entry {
  readonly id: string
  readonly title: string
  readonly modified?: string
  readonly licence?: string
}

const HEAD = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .`

const entry = ({
  id,
  title,
  modified = '2026-01-01T00:00:00Z',
  licence = 'http://dcat-ap.de/def/licenses/dl-by-de/2_0',
}: Entry): string => `
<https://nachbar.example/d/${id}> a dcat:Dataset ; dct:title "${title}" ; dct:description "Aus der Nachbarstadt" ; dct:modified "${modified}" ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/TRAN> ; dct:publisher [ foaf:name "Stadt Nachbar" ] ;
  dcat:distribution [ a dcat:Distribution ; dct:title "Tabelle" ; dcat:accessURL <https://nachbar.example/d/${id}.csv> ; dct:format "CSV" ; dct:license <${licence}> ] .`

/** The town next door, a few records a page. */
class Neighbour {
  entries: readonly Entry[] = []
  asked: string[] = []
  size = 2
  /** Pages that are out of order. */
  broken = new Set<number>()

  answer(url: string, base: string): { readonly status: number; readonly body: string } {
    this.asked.push(url)
    const page = Number(URL.parse(url, base)?.searchParams.get('page') ?? 1)
    if (this.broken.has(page)) return { status: 500, body: '' }
    const { size } = this
    const shown = this.entries.slice((page - 1) * size, page * size)
    const next = page * size < this.entries.length ? ` ; hydra:next <${base}/catalog.ttl?page=${page + 1}>` : ''
    const view = `<${base}/view> a hydra:PartialCollectionView ; hydra:totalItems ${this.entries.length}${next} .`
    return { status: 200, body: [HEAD, view, ...shown.map(entry)].join('\n') }
  }
}

const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((id): Entry => ({ id, title: `Zählung ${id}` }))

test('harvest: from a dry run over differences to what is gone', async (t) => {
  const platform = await platformWithDataset(t)
  const neighbour = new Neighbour()
  let base = ''
  base = await serve(t, (request, response) => {
    const { status, body } = neighbour.answer(request.url ?? '', base)
    response.writeHead(status, { 'content-type': 'text/turtle' }).end(body)
  })
  neighbour.entries = six
  const source = await connect(platform, { name: 'Nachbar', connector: 'dcat', options: { url: `${base}/catalog.ttl` } })
  const records = async (id: number, query = '') => (await platform.ask(`GET /api/v1/runs/${id}/records${query}`)).json.items
  const found = async () => (await platform.ask('GET /api/v1/datasets?q=Zählung&limit=50')).json.items as { slug: string; state: string }[]

  const dry = await run(platform, source.id, '?dry=1')
  assert.deepEqual([dry.state, dry.made.records], ['succeeded', { new: 6 }], JSON.stringify(dry))
  assert.deepEqual(await found(), [], 'a dry run stores nothing')
  assert.equal((await records(dry.id)).length, 6)

  const first = await run(platform, source.id)
  assert.deepEqual([first.state, first.made.records, first.read, first.total], ['succeeded', { new: 6 }, 6, 6], JSON.stringify(first))
  assert.equal((await found()).length, 6)
  const [one] = await records(first.id)
  assert.deepEqual([one.origin, one.slug, one.became], ['https://nachbar.example/d/a', 'zaehlung-a', 'new'])
  assert.deepEqual([one.findings[0].field, one.findings[0].what], ['licence', 'repaired'])

  const { json: card } = await platform.ask('GET /api/v1/datasets/zaehlung-a')
  assert.deepEqual([card.state, card.access, card.licence], ['released', 'public', 'http://dcat-ap.de/def/licenses/dl-by-de/2.0'])
  assert.deepEqual(card.distributions.map(({ url, format }: { url: string; format: string }) => [url, format]), [['https://nachbar.example/d/a.csv', 'CSV']]) // prettier-ignore
  const { text: turtle } = await platform.ask('GET /datasets/zaehlung-a.ttl')
  assert.match(turtle, /dct:identifier "https:\/\/nachbar\.example\/d\/a"/)

  neighbour.entries = six.map((each) => (each.id === 'b' ? { ...each, title: 'Zählung b, neu', modified: '2026-02-01' } : each))
  const changed = await run(platform, source.id)
  assert.deepEqual(changed.made.records, { same: 5, changed: 1 })
  const [difference] = await records(changed.id, '?became=changed')
  assert.deepEqual(difference.changes.title, { was: { de: 'Zählung b' }, is: { de: 'Zählung b, neu' } })
  assert.deepEqual(Object.keys(difference.changes).toSorted(), ['modified', 'title'])

  neighbour.entries = six.slice(0, 3)
  const guarded = await run(platform, source.id)
  assert.equal(guarded.state, 'partly', 'half of it lost at once is not believed')
  assert.match((await platform.ask(`GET /api/v1/runs/${guarded.id}/rejects`)).json.items[0].reason, /3 von 6/)
  assert.equal((await found()).length, 6)

  neighbour.entries = six.slice(0, 5)
  const lost = await run(platform, source.id)
  assert.deepEqual([lost.state, lost.made.records.gone], ['succeeded', 1], JSON.stringify(lost))
  const { json: gone } = await platform.ask('GET /api/v1/datasets/zaehlung-f')
  assert.equal(gone.state, 'withdrawn')
  neighbour.entries = six
  const back = await run(platform, source.id)
  assert.equal(back.made.records.back, 1)
  assert.equal((await platform.ask('GET /api/v1/datasets/zaehlung-f')).json.state, 'released')
})

test('harvest: what was interrupted goes on at its page, and two catalogues share a record', async (t) => {
  const platform = await platformWithDataset(t)
  const neighbour = new Neighbour()
  const all = Array.from({ length: 150 }, (_, i): Entry => ({ id: `n${i}`, title: `Zählung ${i}` }))
  neighbour.entries = all
  neighbour.size = 60
  let base = ''
  base = await serve(t, (request, response) => {
    const { status, body } = neighbour.answer(request.url ?? '', base)
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body)
  })
  const options = { url: `${base}/catalog.ttl`, rules: [{ field: 'licence', from: '*dl-by-de*', to: 'cc-zero' }] }
  const source = await connect(platform, { name: 'Nachbar', connector: 'dcat', options })
  neighbour.broken.add(3)
  const broken = await run(platform, source.id)
  assert.deepEqual([broken.state, broken.error.kind], ['queued', 'unavailable'], JSON.stringify(broken))
  await platform.ask(`POST /api/v1/runs/${broken.id}/cancel`)
  neighbour.broken.clear()
  neighbour.asked = []
  const rest = await run(platform, source.id)
  assert.deepEqual([rest.state, rest.made.records], ['succeeded', { same: 50, new: 40 }], JSON.stringify(rest))
  assert.deepEqual(neighbour.asked, ['/catalog.ttl?page=2', '/catalog.ttl?page=3'])
  assert.equal((await platform.ask('GET /api/v1/datasets/zaehlung-42')).json.licence, 'http://dcat-ap.de/def/licenses/cc-zero')

  await platform.ask('POST /api/v1/datasets', { body: { slug: 'land', title: { de: 'Landesportal' } } })
  const land = await connect(platform, { name: 'Land', connector: 'dcat', dataset: 'land', options: { url: `${base}/catalog.ttl` } })
  assert.deepEqual((await run(platform, land.id)).made.records, { elsewhere: 150 })
  neighbour.entries = all.map((each) => ({ ...each, modified: '2026-03-01' }))
  assert.deepEqual((await run(platform, land.id)).made.records, { changed: 150 }, 'the newer is believed')
  assert.deepEqual((await run(platform, source.id)).made.records, { elsewhere: 150 })
})

test('harvest: what is no catalogue is refused with its line', async (t) => {
  const platform = await platformWithDataset(t)
  const bodies: Record<string, string> = {
    '/page': '<!doctype html><title>Datenportal</title>',
    '/broken': `${HEAD}\n<https://x.example/a> a dcat:Dataset ;\n  dct:title "offen .\n`,
    '/bomb':
      '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
  }
  const base = await serve(t, (request, response) => response.end(bodies[request.url ?? ''] ?? ''))
  const fails = async (path: string) => {
    const { id } = await connect(platform, { name: path, connector: 'dcat', options: { url: base + path } })
    const begun = await platform.ask(`POST /api/v1/sources/${id}/run`)
    return ended(platform, begun.json.id)
  }
  const [page, broken, bomb] = [await fails('/page'), await fails('/broken'), await fails('/bomb')]
  assert.deepEqual([page.state, broken.state, bomb.state], ['failed', 'failed', 'failed'])
  assert.match(page.error.detail, /Webseite/)
  assert.ok(broken.error.at.line >= 3, JSON.stringify(broken.error))
  assert.match(bomb.error.detail, /entities/)
})

test('harvest: a portal with CKAN, page by page; what is private or a draft is not taken', async (t) => {
  const platform = await platformWithDataset(t)
  const pack = (id: number, more: object = {}) => ({
    id: `p${id}`, name: `zaehlung-${id}`, title: `Zählung ${id}`, notes: 'Aus dem Portal', state: 'active', private: false, license_id: 'dl-by-de/2.0',
    metadata_modified: '2026-03-01T10:00:00.123456', organization: { title: 'Stadt Nachbar' }, tags: [{ display_name: 'Rad' }], groups: [{ name: 'tran' }],
    maintainer: 'Statistikstelle', maintainer_email: 'daten@nachbar.example',
    extras: [{ key: 'spatial', value: '{"type":"Polygon","coordinates":[[[8,49],[9,49],[9,50],[8,49]]]}' }, { key: 'qualitaet', value: 'geprüft' }],
    resources: [{ id: 'r', name: 'Tabelle', format: 'csv', url: '/files/x.csv', size: '1.5 KB' }], ...more,
  }) // prettier-ignore
  let packages = Array.from({ length: 130 }, (_, i) => pack(i))
  packages[1] = pack(1, { private: true })
  packages[2] = pack(2, { state: 'draft' })
  const asked: string[] = []
  const base = await serve(t, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
    asked.push(`${pathname} ${searchParams.get('start')}`)
    const start = Number(searchParams.get('start'))
    const results = packages.slice(start, start + Number(searchParams.get('rows')))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ success: true, result: { count: packages.length, results } }))
  })
  const source = await connect(platform, { name: 'Portal', connector: 'ckan', options: { url: `${base}/dataset/` } })
  const first = await run(platform, source.id)
  assert.deepEqual([first.state, first.made.records], ['succeeded', { new: 128 }], JSON.stringify(first))
  assert.deepEqual(asked, ['/api/3/action/package_search 0', '/api/3/action/package_search 100'])
  const { json: card } = await platform.ask('GET /api/v1/datasets/zaehlung-42')
  assert.deepEqual([card.origin, card.publisher.name, card.contact.email, card.themes, card.keywords, card.licence], [`${base}/dataset/p42`, 'Stadt Nachbar', 'daten@nachbar.example', ['TRAN'], ['Rad'], 'http://dcat-ap.de/def/licenses/dl-by-de/2.0']) // prettier-ignore
  assert.deepEqual([card.distributions[0].url, card.distributions[0].format, card.distributions[0].bytes], [`${base}/files/x.csv`, 'CSV', 1536]) // prettier-ignore
  assert.deepEqual([card.properties.bbox, card.properties.more, card.properties.modified], [[8, 49, 9, 50], { qualitaet: 'geprüft' }, '2026-03-01T10:00:00.123456Z']) // prettier-ignore
  packages = packages.filter(({ id }) => id !== 'p7').map((one) => (one.id === 'p9' ? { ...one, title: 'Neu' } : one))
  assert.deepEqual((await run(platform, source.id)).made.records, { same: 126, changed: 1, gone: 1 })
})

test('harvest: what is no CKAN is said; another Allmende is one too', async (t) => {
  const platform = await platformWithDataset(t)
  const bodies: Record<string, string> = {
    '/page': '<html></html>',
    '/no': '{"success":false,"error":{"message":"Zugriff verweigert"}}',
    '/half': '{"success":true,',
  }
  const base = await serve(t, (request, response) => response.end(bodies[(request.url ?? '').replace(/\/api\/.*/, '')] ?? ''))
  for (const [path, said] of [
    ['/page', /Webseite/],
    ['/no', /lehnt ab: Zugriff verweigert/],
    ['/half', /unlesbarem JSON/],
  ] as const) {
    // prettier-ignore
    const { id } = await connect(platform, { name: path, connector: 'ckan', options: { url: base + path } })
    const { state, error } = await run(platform, id)
    assert.equal(state, 'failed')
    assert.match(error.detail, said)
  }
  const other = await startPlatform({ ALLMENDE_PORT: '0' })
  t.after(() => other.end())
  const address = await other.listen()
  for (const slug of ['luft', 'wasser']) await other.ask('POST /api/v1/datasets', { body: { slug, title: { de: slug }, access: 'public' } })
  await other.database.query(sql`update dataset set state = 'released'`)
  const { id } = await connect(platform, { name: 'Allmende', connector: 'ckan', options: { url: address } })
  const done = await run(platform, id)
  assert.equal(done.state, 'succeeded', JSON.stringify(done))
  assert.ok(done.made.records.new >= 2, JSON.stringify(done.made))
})

/** Sources: a file is left, looked at, connected and read; what was rejected is corrected; what changes is noticed. */
import { sql } from '../../src/store/sql.ts'
import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startPlatform } from '../support/platform.ts'
import { connect, ended, platformWithDataset, run, serve, upload, valuesOf } from '../support/source.ts'

/** Hourly counts in the shape of a bicycle counter, over the night of the change to summer time. */
const COUNTS = `Datetime;Nord (Zähler 1);Süd (Zähler 2)
2025-03-30 01:00;12;7
2025-03-30 02:00;5;3
2025-03-30 03:00;21;abc
2025-03-30 04:00;30;11
`

const MAPPING = {
  entity: { id: "='zaehler'", type: 'BicycleCounter', name: "='Promenade'" },
  series: [
    { column: 'Nord (Zähler 1)', attribute: 'north', name: 'Nord', unit: '1' },
    { column: 'Süd (Zähler 2)', attribute: 'south', name: 'Süd', unit: '1' },
  ],
  time: { columns: ['Datetime'], format: 'yyyy-MM-dd HH:mm', zone: 'Europe/Berlin' },
}

test('sources: a file from the upload to its observations, its rejected rows corrected', async (t) => {
  const platform = await platformWithDataset(t)
  const { upload: file } = await upload(platform, 'zähler.csv', COUNTS)

  const detected = await platform.ask('POST /api/v1/detect', { body: { upload: file } })
  assert.equal(detected.status, 200, detected.text)
  assert.deepEqual([detected.json.delimiter, detected.json.encoding], [';', 'utf-8'])
  assert.deepEqual(detected.json.time.columns, ['Datetime'])

  const options = { upload: file, mapping: MAPPING }
  const preview = await platform.ask('POST /api/v1/preview', { body: { connector: 'csv', options, dataset: 'rad' } })
  assert.equal(preview.status, 200, preview.text)
  assert.deepEqual(preview.json.columns, ['Datetime', 'Nord (Zähler 1)', 'Süd (Zähler 2)'])
  assert.equal(preview.json.rows.length, 4)
  assert.deepEqual(preview.json.rejected.map(({ line }: { line: number }) => line), [3, 4]) // prettier-ignore
  assert.equal(preview.json.counts.newEntities, 1)
  assert.deepEqual(preview.json.warnings, [])
  assert.deepEqual(await valuesOf(platform, 'north'), [], 'a preview stores nothing')

  const source = await connect(platform, { options })
  const dry = await run(platform, source.id, '?dry=1')
  assert.deepEqual([dry.state, dry.dry, dry.rejected], ['partly', true, 2])
  assert.deepEqual(await valuesOf(platform, 'north'), [], 'a dry run stores nothing')

  const first = await run(platform, source.id)
  assert.deepEqual([first.state, first.read, first.rejected], ['partly', 4, 2], JSON.stringify(first))
  assert.deepEqual(first.made, { entities: 1, amended: 0, series: 2 })
  assert.deepEqual(await valuesOf(platform, 'north'), [
    ['2025-03-30T00:00:00Z', 12],
    ['2025-03-30T02:00:00Z', 30],
  ].filter(([time]) => time !== '2025-03-30T01:00:00Z')) // prettier-ignore

  const { json: rejects } = await platform.ask(`GET /api/v1/runs/${first.id}/rejects`)
  assert.deepEqual(rejects.items.map(({ line, column }: { line: number; column: string }) => [line, column]), [[3, 'Datetime'], [4, 'Süd (Zähler 2)']]) // prettier-ignore
  assert.match(rejects.items[1].reason, /abc/)

  const corrected = { ...rejects.items[1].row, 'Süd (Zähler 2)': '9' }
  const again = await platform.ask(`POST /api/v1/runs/${first.id}/replay`, {
    body: { rows: [{ id: rejects.items[1].id, row: corrected }] },
  })
  assert.equal(again.status, 202, again.text)
  const replayed = await ended(platform, again.json.id)
  assert.deepEqual([replayed.kind, replayed.state, replayed.read], ['replay', 'succeeded', 1], JSON.stringify(replayed))
  assert.deepEqual((await valuesOf(platform, 'south')).map(([, value]) => value), [7, 9, 11]) // prettier-ignore

  const unchanged = await run(platform, source.id)
  assert.deepEqual([unchanged.state, unchanged.read, unchanged.warnings], ['succeeded', 0, []], 'the same file is not read twice')
})

test('sources: options that do not fit are refused with the field that is wrong', async (t) => {
  const platform = await platformWithDataset(t)
  const refused = async (options: unknown, pointer: string, more = {}) => {
    const answer = await platform.ask('POST /api/v1/sources', { body: { name: 'x', dataset: 'rad', connector: 'csv', options, ...more } })
    assert.equal(answer.status, 400, answer.text)
    assert.equal(answer.json.at.pointer, pointer, answer.text)
  }
  await refused({ url: 'https://x.example/a.csv' }, '/options/mapping')
  await refused({ url: 'https://x.example/a.csv', mapping: { entity: { id: 'a' } } }, '/options/mapping/entity/type')
  await refused({ url: 'https://x.example/a.csv', mapping: MAPPING, sperator: ';' }, '/options/sperator')
  await refused({ url: 7, mapping: MAPPING }, '/options/url')
  await refused({ url: 'https://x.example/a.csv', folder: 'a', mapping: MAPPING }, '/options/folder')
  await refused({ mapping: MAPPING }, '/options/upload')
  await refused({ url: 'https://x.example/a.csv', mapping: MAPPING }, '/schedule', { schedule: 'täglich' })
  await refused({ url: 'https://x.example/a.csv', mapping: MAPPING }, '/zone', { schedule: '0 6 * * *', zone: 'Mars/Olympus' })
  const unknown = await platform.ask('POST /api/v1/sources', { body: { name: 'x', dataset: 'rad', connector: 'fax', options: {} } })
  assert.equal(unknown.status, 404)
})

test('sources: a secret is kept sealed, used and never shown', async (t) => {
  const platform = await platformWithDataset(t)
  const seen: (string | undefined)[] = []
  const url = await serve(t, (request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(200, { 'content-type': 'text/csv' }).end(COUNTS)
  })
  const source = await connect(platform, {
    options: { url: `${url}/a.csv`, auth: { kind: 'bearer', secret: 'geheim-4711' }, mapping: MAPPING },
  })
  assert.deepEqual(source.secrets, ['/auth/secret'])
  assert.ok(!JSON.stringify(source).includes('geheim-4711'))
  const changed = await platform.ask(`PATCH /api/v1/sources/${source.id}`, { body: { options: source.options, name: 'anders' } })
  assert.equal(changed.status, 200, changed.text)
  assert.deepEqual(changed.json.secrets, ['/auth/secret'])
  await run(platform, source.id)
  assert.deepEqual(seen, ['Bearer geheim-4711'])
  const rows = await platform.database.query<{ options: unknown }>(sql`select options from source`)
  assert.ok(!JSON.stringify(rows).includes('geheim-4711'))
})

test('sources: an address is asked again only for what changed, and its columns are watched', async (t) => {
  const platform = await platformWithDataset(t)
  let [body, etag] = [COUNTS, '"1"']
  const asked: (string | undefined)[] = []
  const url = await serve(t, (request, response) => {
    asked.push(request.headers['if-none-match'])
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
    else response.writeHead(200, { etag }).end(body)
  })
  const source = await connect(platform, { options: { url: `${url}/a.csv`, mapping: MAPPING } })
  assert.equal((await run(platform, source.id)).read, 4)
  const same = await run(platform, source.id)
  assert.deepEqual([same.state, same.read, same.warnings], ['succeeded', 0, []])
  assert.deepEqual(asked, [undefined, '"1"'])

  ;[body, etag] = ['Datetime;Nord (Zähler 1);Süd (Zähler 2);Wetter\n2025-04-01 01:00;1;2;Regen\n', '"2"']
  const wider = await run(platform, source.id)
  assert.deepEqual([wider.state, wider.read], ['succeeded', 1], JSON.stringify(wider))
  assert.match(wider.warnings.join(' '), /Wetter/)

  ;[body, etag] = ['Zeit;Nord;Süd\n2025-04-01 01:00;1;2\n', '"3"']
  const renamed = await run(platform, source.id)
  assert.deepEqual([renamed.state, renamed.stored], ['failed', 0])
  assert.match(renamed.error.detail, /Datetime/)

  ;[body, etag] = ['<!doctype html><title>Wartung</title>', '"4"']
  const page = await run(platform, source.id)
  assert.equal(page.state, 'failed')
  assert.match(page.error.detail, /HTML/)
})

test('sources: a dead source says so, waits and is tried again; one that is wrong is not', async (t) => {
  const platform = await platformWithDataset(t)
  let status = 503
  const url = await serve(t, (_request, response) => response.writeHead(status, { 'retry-after': '900' }).end())
  const source = await connect(platform, { options: { url: `${url}/a.csv`, mapping: MAPPING } })
  const first = await run(platform, source.id)
  assert.deepEqual([first.state, first.attempt, first.error.kind], ['queued', 1, 'unavailable'], JSON.stringify(first))
  const wait = (Date.parse(first.due) - Date.now()) / 1000
  assert.ok(wait > 800 && wait <= 900, `Retry-After is honoured: ${wait}`)
  const cancelled = await platform.ask(`POST /api/v1/runs/${first.id}/cancel`)
  assert.equal(cancelled.json.state, 'cancelled')

  status = 404
  const gone = await run(platform, source.id)
  assert.deepEqual([gone.state, gone.error.kind], ['failed', 'not-found'])
  assert.match(gone.error.detail, /Adresse/)
  const english = await platform.ask(`GET /api/v1/runs/${gone.id}`, { headers: { 'accept-language': 'en' } })
  assert.match(english.json.error.detail, /address/)
})

test('sources: a watched folder is read file by file, each once, and nothing outside of it', async (t) => {
  const platform = await platformWithDataset(t)
  const folder = join(platform.config.data, 'incoming', '1', 'zaehler')
  mkdirSync(folder, { recursive: true })
  const lay = (name: string, content: string, age = 60): void => {
    writeFileSync(join(folder, name), content)
    const at = Date.now() / 1000 - age
    utimesSync(join(folder, name), at, at)
  }
  const day = (day: string, value: number) => `Datetime;Nord (Zähler 1);Süd (Zähler 2)\n${day} 12:00;${value};0\n`
  lay('a.csv', day('2025-05-01', 1))
  lay('b.csv', day('2025-05-02', 2))
  lay('c.csv.part', day('2025-05-03', 3))
  lay('d.csv', day('2025-05-04', 4), 0)
  writeFileSync(join(platform.config.data, 'secret.csv'), day('2025-05-09', 9))
  symlinkSync(join(platform.config.data, 'secret.csv'), join(folder, 'link.csv'))
  symlinkSync(platform.config.data, join(folder, '..', 'out'))

  const source = await connect(platform, { options: { folder: 'zaehler', pattern: '*.csv', mapping: MAPPING } })
  const first = await run(platform, source.id)
  assert.deepEqual([first.state, first.read, first.stored], ['succeeded', 2, 4], JSON.stringify(first))
  assert.deepEqual((await run(platform, source.id)).read, 0)
  lay('again.csv', day('2025-05-01', 1))
  lay('e.csv', day('2025-05-05', 5))
  assert.deepEqual((await run(platform, source.id)).read, 1)
  assert.deepEqual((await valuesOf(platform, 'north')).map(([, value]) => value), [1, 2, 5]) // prettier-ignore

  for (const outside of ['../..', '../out', '/etc']) {
    const bad = await connect(platform, { name: outside, options: { folder: outside, mapping: MAPPING } })
    assert.match((await run(platform, bad.id)).state, /failed|queued/, outside)
  }
})

test('sources: pages, and only what is newer', async (t) => {
  const platform = await platformWithDataset(t)
  const all = Array.from({ length: 7 }, (_, i) => ({ station: 's1', at: `2025-06-0${i + 1}T00:00:00Z`, level: { value: i } }))
  const asked: string[] = []
  const url = await serve(t, (request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://x')
    asked.push(request.url ?? '')
    const [page, since] = [Number(searchParams.get('page') ?? 1), searchParams.get('since') ?? '']
    const rows = all.filter(({ at }) => at > since).slice((page - 1) * 3, page * 3)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: { items: rows } }))
  })
  const mapping = {
    entity: { id: 'station', type: 'Gauge' },
    series: [{ column: 'level.value', attribute: 'level', unit: 'cm' }],
    time: { columns: ['at'] },
  }
  const options = {
    url: `${url}/levels`,
    path: '/data/items',
    paging: { kind: 'page', size: 3, sizeParameter: 'limit' },
    since: { parameter: 'since', field: 'at' },
    mapping,
  }
  const source = await connect(platform, { connector: 'http-json', options })
  const first = await run(platform, source.id)
  assert.deepEqual([first.state, first.stored], ['succeeded', 7], JSON.stringify(first))
  assert.deepEqual(asked, ['/levels?limit=3', '/levels?limit=3&page=2', '/levels?limit=3&page=3'])
  all.push({ station: 's1', at: '2025-06-08T00:00:00Z', level: { value: 8 } })
  const second = await run(platform, source.id)
  assert.deepEqual([second.stored, asked.at(-1)], [1, '/levels?since=2025-06-07T00%3A00%3A00Z&limit=3'])
  assert.deepEqual((await valuesOf(platform, 'level')).length, 8)
})

test('sources: who does not manage the dataset sees nothing and may nothing', async (t) => {
  const platform = await startPlatform({ ALLMENDE_OPEN: '', ALLMENDE_ADMIN_TOKEN: 'a'.repeat(40) })
  t.after(() => platform.end())
  const admin = { authorization: `Bearer ${'a'.repeat(40)}` }
  await platform.ask('POST /api/v1/datasets', { body: { slug: 'rad', title: { de: 'Rad' }, access: 'public' }, headers: admin })
  const made = await platform.ask('POST /api/v1/sources', {
    body: { name: 'x', dataset: 'rad', connector: 'csv', options: { url: 'https://x.example/', mapping: MAPPING } },
    headers: admin,
  })
  assert.equal(made.status, 201, made.text)
  const status = async (call: string, body?: unknown) => (await platform.ask(call, body === undefined ? {} : { body })).status
  assert.deepEqual((await platform.ask('GET /api/v1/sources')).json.items, [])
  assert.deepEqual((await platform.ask('GET /api/v1/runs')).json.items, [])
  assert.equal(await status(`GET /api/v1/sources/${made.json.id}`), 404)
  assert.equal(await status(`POST /api/v1/sources/${made.json.id}/run`), 404)
  assert.equal(await status(`DELETE /api/v1/sources/${made.json.id}`), 404)
  assert.equal(await status('POST /api/v1/preview', { connector: 'csv', options: { url: 'https://x.example/', mapping: MAPPING } }), 401)
  assert.equal(await status('POST /api/v1/detect', { url: 'https://x.example/' }), 401)
  const own = await platform.ask('POST /api/v1/tokens', { body: { name: 'leser', verbs: ['read', 'append'] }, headers: admin })
  const reader = { authorization: `Bearer ${own.json.token}` }
  assert.equal((await platform.ask(`GET /api/v1/sources/${made.json.id}`, { headers: reader })).status, 404)
  assert.equal(
    (
      await platform.ask('POST /api/v1/preview', {
        body: { connector: 'csv', options: { url: 'https://x.example/', mapping: MAPPING } },
        headers: reader,
      })
    ).status,
    403,
  )
  assert.equal((await platform.ask(`POST /api/v1/sources/${made.json.id}/run`, { headers: admin })).status, 202)
})

test('sources: an internal address is refused until it is allowed by name', async (t) => {
  const platform = await startPlatform({ ALLMENDE_OPEN: '', ALLMENDE_ADMIN_TOKEN: 'a'.repeat(40) })
  t.after(() => platform.end())
  const headers = { authorization: `Bearer ${'a'.repeat(40)}` }
  const url = await serve(t, (_request, response) => response.end(COUNTS))
  const detect = async () => platform.ask('POST /api/v1/detect', { body: { url: `${url}/a.csv` }, headers })
  const refused = await detect()
  assert.equal(refused.status, 403)
  assert.match(refused.json.detail, /internen Netz/)
  assert.equal((await platform.ask('PUT /api/v1/outgoing', { body: { hosts: ['127.0.0.1'] } })).status, 401)
  assert.equal((await platform.ask('PUT /api/v1/outgoing', { body: { hosts: ['http://x'] }, headers })).status, 400)
  assert.deepEqual((await platform.ask('PUT /api/v1/outgoing', { body: { hosts: ['127.0.0.1'] }, headers })).json, { hosts: ['127.0.0.1'] })
  assert.equal((await detect()).status, 200)
})

test('sources: number 1 of one dataset is not number 1 of another, an IRI is the same everywhere', async (t) => {
  const platform = await platformWithDataset(t)
  await platform.ask('POST /api/v1/datasets', { body: { slug: 'schule', title: { de: 'Schulen' } } })
  const { upload: file } = await upload(platform, 'liste.csv', 'nr;name\n1;Eins\n2;Zwei\n')
  const at = (dataset: string, id: string) => connect(platform, { dataset, options: { upload: file, mapping: { entity: { id, type: 'Thing', name: 'name' } } } }) // prettier-ignore
  for (const dataset of ['rad', 'schule']) {
    const source = await at(dataset, 'nr')
    assert.deepEqual((await run(platform, source.id)).made.entities, 2)
    assert.deepEqual((await run(platform, (await at(dataset, 'nr')).id)).made.entities, 0, 'the same thing from another source')
  }
  assert.equal((await run(platform, (await at('rad', 'urn:liste:{nr}')).id)).state, 'succeeded')
  const second = await run(platform, (await at('schule', 'urn:liste:{nr}')).id)
  assert.deepEqual([second.state, second.rejected], ['failed', 2])
})

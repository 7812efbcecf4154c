/** Sources: a file is left, looked at, connected and read; what was rejected is corrected; what changes is noticed. */
import { logTo } from '../../src/observe.ts'
logTo('error')
import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { startPlatform, type Platform } from '../support/platform.ts'

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

async function begin(t: TestContext): Promise<Platform> {
  const platform = await startPlatform()
  t.after(() => platform.end())
  const made = await platform.ask('POST /api/v1/datasets', { body: { slug: 'rad', title: { de: 'Radverkehr' }, access: 'public' } })
  assert.equal(made.status, 201, made.text)
  return platform
}

async function upload(platform: Platform, name: string, content: string | Uint8Array): Promise<{ upload: string; hash: string }> {
  const boundary = 'xxBOUNDARYxx'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)])
  const answer = await platform.server.app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return JSON.parse(answer.body) as { upload: string; hash: string }
}

async function connect(platform: Platform, source: Record<string, unknown>) {
  const made = await platform.ask('POST /api/v1/sources', { body: { name: 'Zähler', dataset: 'rad', connector: 'csv', ...source } })
  assert.equal(made.status, 201, made.text)
  return made.json
}

/** Begins a run and waits for its end. */
async function run(platform: Platform, source: number, query = '') {
  const begun = await platform.ask(`POST /api/v1/sources/${source}/run${query}`)
  assert.equal(begun.status, 202, begun.text)
  return ended(platform, begun.json.id)
}

async function ended(platform: Platform, id: number) {
  for (;;) {
    const { json } = await platform.ask(`GET /api/v1/runs/${id}`)
    if (json.state !== 'queued' && json.state !== 'running') return json
    if (json.state === 'queued' && json.error !== null) return json
    await new Promise((done) => setTimeout(done, 20))
  }
}

async function valuesOf(platform: Platform, attribute: string): Promise<[string, unknown][]> {
  const { json } = await platform.ask('GET /api/v1/datasets/rad/series')
  const series = json.items.find((one: { attribute: string }) => one.attribute === attribute)
  if (series === undefined) return []
  const { json: page } = await platform.ask(`GET /api/v1/series/${series.id}/observations?order=asc&limit=1000`)
  return page.items.map(({ time, result }: { time: string; result: unknown }) => [time, result])
}

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('sources: a file from the upload to its observations, its rejected rows corrected', async (t) => {
  const platform = await begin(t)
  const { upload: file } = await upload(platform, 'zähler.csv', COUNTS)

  const detected = await platform.ask('POST /api/v1/detect', { body: { upload: file } })
  if (detected.status !== 501) assert.equal(detected.status, 200, detected.text)

  const options = { upload: file, mapping: MAPPING }
  const preview = await platform.ask('POST /api/v1/preview', { body: { connector: 'csv', options, dataset: 'rad' } })
  assert.equal(preview.status, 200, preview.text)
  assert.deepEqual(preview.json.columns, ['Datetime', 'Nord (Zähler 1)', 'Süd (Zähler 2)'])
  assert.equal(preview.json.rows.length, 4)
  assert.deepEqual(preview.json.rejected.map(({ line }: { line: number }) => line), [3, 4]) // prettier-ignore
  assert.equal(preview.json.counts.newEntities, 1)
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

/** Runs: stopped, interrupted and taken up again, repeated from what was kept, begun by messages and by the clock. */
import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { test } from 'node:test'
import { build } from '../../src/app.ts'
import { sql } from '../../src/store/sql.ts'
import { connect, ended, platformWithDataset, run, serve, upload, valuesOf } from '../support/source.ts'

const MAPPING = {
  entity: { id: 'id', type: 'Gauge' },
  series: [{ column: 'level', attribute: 'level', unit: 'cm' }],
  time: { columns: ['at'] },
}

const minute = (i: number): string => new Date(Date.UTC(2025, 0, 1) + i * 60_000).toISOString().replace('.000', '')
const table = (rows: number): string => `id,at,level\n${Array.from({ length: rows }, (_, i) => `s${i % 5},${minute(i)},${i}\n`).join('')}`

test('runs: a run is cancelled, what was stored until then stays', async (t) => {
  const platform = await platformWithDataset(t)
  const url = await serve(t, (request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1)
    const rows = Array.from({ length: 2000 }, (_, i) => ({ id: 's', at: minute(page * 2000 + i), level: i }))
    setTimeout(() => response.end(JSON.stringify(rows)), page > 2 ? 200 : 0)
  })
  const options = { url, paging: { kind: 'page', size: 2000 }, mapping: MAPPING }
  const source = await connect(platform, { connector: 'http-json', options })
  const { json: begun } = await platform.ask(`POST /api/v1/sources/${source.id}/run`)
  let state = begun
  while (state.state === 'queued') state = (await platform.ask(`GET /api/v1/runs/${begun.id}`)).json
  assert.equal((await platform.ask(`POST /api/v1/runs/${begun.id}/cancel`)).status, 200)
  const done = await ended(platform, begun.id)
  assert.equal(done.state, 'cancelled')
  assert.equal(done.error, null)
  const { json: series } = await platform.ask('GET /api/v1/datasets/rad/series')
  assert.equal(series.items[0]?.count ?? 0, done.stored)
  assert.equal((await platform.ask(`POST /api/v1/runs/${begun.id}/cancel`)).status, 409)
})

test('runs: interrupted by a stop, a run goes on at its cursor in the next process, and nothing is there twice', async (t) => {
  const platform = await platformWithDataset(t)
  const rows = 12_000
  const source = await connect(platform, {
    options: { upload: (await upload(platform, 'pegel.csv', table(rows))).upload, mapping: MAPPING },
  })
  const { json: begun } = await platform.ask(`POST /api/v1/sources/${source.id}/run`)
  while ((await platform.ask(`GET /api/v1/runs/${begun.id}`)).json.stored === 0) await new Promise((done) => setImmediate(done))
  await platform.ingest.close()
  const { json: stopped } = await platform.ask(`GET /api/v1/runs/${begun.id}`)
  assert.equal(stopped.state, 'queued')
  assert.ok(stopped.stored > 0 && stopped.stored < rows, String(stopped.stored))

  const next = await build(platform.config)
  await next.ingest.tick()
  const done = await ended(platform, begun.id)
  await next.close()
  assert.deepEqual([done.state, done.attempt, done.read, done.stored], ['succeeded', 2, rows, rows], JSON.stringify(done))
  const [count] = await platform.database.query<{ n: number }>(sql`select count(*) as n from observation`)
  assert.equal(count?.n, rows)
})

test('runs: left behind by a node that died, a run is taken up where it was', async (t) => {
  const platform = await platformWithDataset(t)
  const { upload: file, hash } = await upload(platform, 'pegel.csv', table(10))
  const source = await connect(platform, { options: { upload: file, mapping: MAPPING } })
  const cursor = JSON.stringify({ hash, before: [], line: 5 })
  const [row] = await platform.database.query<{ id: number }>(
    sql`insert into run (tenant, source, kind, state, attempt, started, beat, node, read, stored, cursor)
        values (1, ${source.id}, 'pull', 'running', 1, now(), now() - interval '5 minutes', 'elsewhere/1/x', 4, 4, ${cursor}) returning id`,
  )
  await platform.ingest.tick()
  const done = await ended(platform, row?.id ?? 0)
  assert.deepEqual([done.state, done.attempt, done.read, done.stored], ['succeeded', 2, 10, 10], JSON.stringify(done))
  const [count] = await platform.database.query<{ n: number }>(sql`select count(*) as n from observation`)
  assert.equal(count?.n, 6, 'the first four had been stored by the node that died')
})

test('runs: a mapping is mended, and the run repeated from what was kept, without asking the source', async (t) => {
  const platform = await platformWithDataset(t, {}, { duplicates: 'replace' })
  let asked = 0
  const url = await serve(t, (_request, response) => {
    asked++
    response.end('id;at;level\ns1;2025-01-01T00:00:00Z;1,5\ns1;2025-01-01T01:00:00Z;2,5\n')
  })
  const source = await connect(platform, { options: { url: `${url}/pegel.csv`, mapping: { ...MAPPING, decimal: '.' } } })
  const first = await run(platform, source.id)
  assert.deepEqual([first.state, first.rejected], ['failed', 2], JSON.stringify(first))
  assert.match(first.error.detail, /Keine einzige Zeile/)
  const changed = await platform.ask(`PATCH /api/v1/sources/${source.id}`, {
    body: { options: { ...source.options, mapping: { ...MAPPING, decimal: ',' } } },
  })
  assert.equal(changed.status, 200, changed.text)
  const again = await platform.ask(`POST /api/v1/runs/${first.id}/replay`, { body: {} })
  const done = await ended(platform, again.json.id)
  assert.deepEqual([done.kind, done.replays, done.state, done.stored], ['replay', first.id, 'succeeded', 2], JSON.stringify(done))
  assert.deepEqual((await valuesOf(platform, 'level')).map(([, value]) => value), [1.5, 2.5]) // prettier-ignore
  assert.equal(asked, 1)
})

test('runs: messages are kept before they are answered, read together, and counted in one run a day', async (t) => {
  const platform = await platformWithDataset(t)
  const source = await connect(platform, { connector: 'lorawan', options: { type: 'Device' } })
  assert.match(source.url, /\/in\/\d+\/[\w-]{40,}$/)
  const door = new URL(source.url).pathname
  const uplink = (count: number, device = 'a84041b4c1d2e3f4') => ({
    deduplicationId: `3ac7e3c4-4401-4b8d-9386-${String(count).padStart(12, '0')}`,
    time: `2025-02-01T10:0${count}:00Z`,
    deviceInfo: { tenantName: 't', applicationName: 'a', deviceName: 'Boden', devEui: device },
    fCnt: count,
    fPort: 2,
    rxInfo: [{ gatewayId: '0016c001f153a14c', rssi: -57, snr: 10 }],
    data: 'AQI=',
    object: { temperature: 20 + count },
  })
  for (const count of [1, 2, 2, 3]) {
    const answer = await platform.ask(`POST ${door}?event=up`, { body: uplink(count) })
    assert.equal(answer.status, 202, answer.text)
  }
  const packed = await platform.server.app.inject({
    method: 'POST',
    url: `${door}?event=up`,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    payload: gzipSync(JSON.stringify(uplink(4))),
  })
  assert.equal(packed.statusCode, 202, packed.body)
  assert.equal((await platform.ask(`POST ${door}?event=up`, { body: '{"broken": ' })).status, 202, 'kept, whatever it is')
  await platform.ingest.tick()
  let runs = (await platform.ask(`GET /api/v1/runs?source=${source.id}`)).json.items
  while (runs[0]?.rejected !== 1 || runs[0].state === 'running')
    runs = (await platform.ask(`GET /api/v1/runs?source=${source.id}`)).json.items
  assert.equal(runs.length, 1)
  assert.deepEqual([runs[0].kind, runs[0].state, runs[0].stored], ['push', 'partly', 4], JSON.stringify(runs[0]))
  assert.deepEqual((await valuesOf(platform, 'temperature')).map(([, value]) => value), [21, 22, 23, 24]) // prettier-ignore
  const { json: rejects } = await platform.ask(`GET /api/v1/runs/${runs[0].id}/rejects`)
  assert.match(rejects.items[0].reason, /JSON/)

  for (const wrong of [door.slice(0, -1), `/in/${source.id}`, '/in/999999/x'])
    assert.equal((await platform.ask(`POST ${wrong}`, { body: uplink(5) })).status, 404, wrong)
  const header = await platform.ask(`POST /in/${source.id}`, {
    body: uplink(5),
    headers: { 'x-source-secret': door.split('/').at(-1) ?? '' },
  })
  assert.equal(header.status, 202)
  const rotated = await platform.ask(`POST /api/v1/sources/${source.id}/rotate`)
  assert.notEqual(rotated.json.url, source.url)
  assert.equal((await platform.ask(`POST ${door}`, { body: uplink(6) })).status, 404)
})

test('runs: shared by the database queue, by hand and by the clock', async (t) => {
  const platform = await platformWithDataset(t, { ALLMENDE_PORT: '0' })
  await platform.listen()
  const source = await connect(platform, {
    options: { upload: (await upload(platform, 'pegel.csv', table(10))).upload, mapping: MAPPING },
    schedule: '*/5 * * * *',
  })
  assert.ok(Date.parse(source.due) > Date.now())
  const done = await run(platform, source.id)
  assert.deepEqual([done.state, done.stored], ['succeeded', 10], JSON.stringify(done))
  await platform.database.query(sql`update source set due = now() - interval '1 minute'`)
  await platform.ingest.tick()
  const { json } = await platform.ask(`GET /api/v1/runs?source=${source.id}`)
  assert.equal(json.items.length, 2)
  assert.equal((await ended(platform, json.items[0].id)).state, 'succeeded')
  const { json: after } = await platform.ask(`GET /api/v1/sources/${source.id}`)
  assert.ok(Date.parse(after.due) > Date.now())
})

test('runs: what cannot be read is refused in plain words, nothing half-written, and others are answered', async (t) => {
  const platform = await platformWithDataset(t)
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200, 7)])
  const bomb = gzipSync(Buffer.concat([Buffer.from('id,at,level\n'), Buffer.alloc(80_000_000, 'x')]))
  for (const [name, content, words] of [
    ['bild.csv', png, /Bild/],
    ['leer.csv', '', /leer/],
    ['bombe.csv', bomb, /zu groß|länger|Zeichen|Zeile/],
    ['spalten.csv', 'a,b\n1,2\n', /„id“/],
    ['seite.csv', '<!doctype html><p>Wartung', /HTML/],
    ['tief.json', '['.repeat(100_000), /tief|verschachtelt|geschachtelt|JSON/],
  ] as const) {
    const source = await connect(platform, { name, options: { upload: (await upload(platform, name, content)).upload, mapping: MAPPING } })
    const [done, alive] = await Promise.all([run(platform, source.id), platform.ask('GET /api/v1/datasets')])
    assert.equal(done.state, 'failed', name)
    assert.match(done.error.detail, words, name)
    assert.equal(done.stored, 0, name)
    assert.equal(alive.status, 200)
  }
})

test('runs: bad cells are told by place, even those that no database takes', async (t) => {
  const platform = await platformWithDataset(t)
  const rows = ['s1,2025-02-30T00:00:00Z,1', 's1,2025-02-28T00:00:00Z,a\0b', 's1,2025-02-28T01:00:00Z,3', 's1,2025-02-28T02:00:00Z']
  const left = await upload(platform, 'pegel.csv', `id,at,level\n${rows.join('\n')}\n`)
  const source = await connect(platform, {
    options: { upload: left.upload, format: { format: 'csv', encoding: 'utf-8' }, mapping: MAPPING },
  })
  const done = await run(platform, source.id)
  assert.deepEqual([done.state, done.stored, done.rejected], ['partly', 1, 3], JSON.stringify(done))
  const { json } = await platform.ask(`GET /api/v1/runs/${done.id}/rejects`)
  assert.deepEqual(json.items.map(({ line }: { line: number }) => line), [2, 3, 5]) // prettier-ignore
})

test('runs: what has expired is removed, and what needs it says so', async (t) => {
  const platform = await platformWithDataset(t)
  const left = await upload(platform, 'pegel.csv', table(3))
  const used = await upload(platform, 'used.csv', table(4))
  await connect(platform, { options: { upload: used.upload, mapping: MAPPING } })
  await platform.database.query(sql`update raw set expires = now() - interval '1 day' where expires < 'infinity'`)
  await platform.ingest.tick()
  const preview = (name: string) =>
    platform.ask('POST /api/v1/preview', { body: { connector: 'csv', options: { upload: name, mapping: MAPPING } } })
  const gone = await preview(left.upload)
  assert.equal(gone.status, 404)
  assert.match(gone.json.detail, /nicht mehr da/)
  assert.equal((await preview(used.upload)).status, 200, 'what a source reads is kept as long as the source')
})

test('runs: what happened long ago is forgotten in the outbox, the rest stays', async (t) => {
  const platform = await platformWithDataset(t)
  await platform.database.query(
    sql`insert into change (tenant, dataset, at, noun, verb, items)
        values (1, 1, now() - interval '8 days', 'entity', 'made', '{1}'), (1, 1, now() - interval '6 days', 'entity', 'made', '{2}')`,
  )
  await platform.ingest.tick()
  const left = await platform.database.query<{ items: number[] }>(sql`select items from change where noun = 'entity'`)
  assert.deepEqual(left.map(({ items }) => items.map(Number)), [[2]]) // prettier-ignore
})

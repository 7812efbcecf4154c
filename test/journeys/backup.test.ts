/** A backup: made while others write, proven, brought back into an empty database, and never taken for good when it is not. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkBackup } from '../../src/backup/check.ts'
import { openDepot, type Depot } from '../../src/backup/depot.ts'
import { openFolder } from '../../src/backup/folder.ts'
import { makeBackup, type Made } from '../../src/backup/make.ts'
import type { Manifest } from '../../src/backup/manifest.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { openDatabase } from '../../src/store/pool.ts'
import { holdReader } from '../../src/store/readers.ts'
import { sql } from '../../src/store/sql.ts'
import { throwawaySchema } from '../support/database.ts'
import { addDataset, air, trees } from '../support/datasets.ts'
import { filesBelow } from '../support/files.ts'
import { startPlatform, type Platform } from '../support/platform.ts'
import { populate } from '../support/town.ts'

const PASSPHRASE = 'Ein Satz, den niemand errät.'
const folder = mkdtempSync(join(tmpdir(), 'allmende-backup-'))
let platform: Platform
let depot: Depot
let made: Made

const url = (): string => platform.config.database ?? ''
const make = (into = depot): Promise<Made> => makeBackup(url(), platform.config.data, into, '1.2.3')

before(async () => {
  platform = await startPlatform()
  await addDataset(platform.service, 'luft', air(2, 400))
  await addDataset(platform.service, 'baeume', trees(50))
  await populate(platform.database, 7)
  const form = `--x\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\na;b\r\n${'1;2\r\n'.repeat(20_000)}\r\n--x--\r\n`
  const kept = await platform.ask('POST /api/v1/uploads', { body: form, headers: { 'content-type': 'multipart/form-data; boundary=x' } })
  assert.equal(kept.status, 201, kept.text)
  depot = await openDepot(openFolder(folder), PASSPHRASE)
  made = await make()
})

after(async () => {
  await platform.end()
  rmSync(folder, { recursive: true, force: true })
})

/** Somewhere to bring a backup back to. */
async function elsewhere(t: { after(done: () => unknown): void }): Promise<{ url: string; data: string }> {
  const schema = await throwawaySchema()
  const data = mkdtempSync(join(tmpdir(), 'allmende-restored-'))
  t.after(async () => {
    await schema.drop()
    rmSync(data, { recursive: true, force: true })
  })
  return { url: schema.url, data }
}

const DOORS = [
  '/api/v1/datasets?limit=100',
  '/sta/v1.1/Things?$expand=Locations,Datastreams($expand=Sensor,ObservedProperty)&$count=true&$top=500',
  '/sta/v1.1/Observations?$count=true&$top=1000&$expand=FeatureOfInterest&$orderby=id',
  '/sta/v1.1/HistoricalLocations?$top=1000',
  '/ogc/collections/baeume/items?limit=100',
  '/datasets/luft.csv',
  '/catalog.ttl',
  '/ngsi-ld/v1/types',
  '/api/v1/sources',
  '/api/v1/settings',
]

/** Features say when they were asked. */
const timeless = (text: string): string => text.replace(/"timeStamp":"[^"]*"/, '')

test('backup: brought back elsewhere, every door answers the same, and new things get new ids', async (t) => {
  const { url: second, data } = await elsewhere(t)
  await restoreBackup(depot, made.manifest, second, data)
  const restored = await startPlatform({ DATABASE_URL: second, ALLMENDE_DATA: data })
  t.after(() => restored.end())
  for (const door of DOORS) {
    const [before, now] = [await platform.ask(`GET ${door}`), await restored.ask(`GET ${door}`)]
    assert.equal(now.status, 200, door)
    assert.ok(timeless(now.text) === timeless(before.text), door)
  }
  const posted = await restored.ask('POST /sta/v1.1/Things', { body: { name: 'Neu', description: 'Danach.' } })
  assert.equal(posted.status, 201, posted.text)
  const raws = filesBelow(join(platform.config.data, 'raw'), '').map((file) => file.slice(platform.config.data.length))
  assert.equal(raws.length, 1)
  for (const raw of raws) assert.deepEqual(readFileSync(join(data, raw)), readFileSync(join(platform.config.data, raw)))
  assert.deepEqual(readFileSync(join(data, 'secret.key')), readFileSync(join(platform.config.data, 'secret.key')))
})

test('backup: what is acknowledged before it begins is in it, whole, though others go on writing', async (t) => {
  const found = await platform.ask('GET /datasets/luft/sta/v1.1/Datastreams?$top=1')
  const stream = found.json.value[0]
  const path = `/datasets/luft/sta/v1.1/Datastreams(${stream['@iot.id']})/Observations`
  let [sent, ended] = [0, false]
  const post = async (): Promise<void> => {
    const time = new Date(1_800_000_000_000 + sent * 1000).toISOString()
    const { status } = await platform.ask(`POST ${path}`, { body: { phenomenonTime: time, result: sent } })
    assert.equal(status, 201)
    sent++
  }
  const writer = (async () => {
    while (!ended) await post()
  })()
  while (sent < 20) await new Promise((done) => setTimeout(done, 5))
  const before = sent
  const { manifest } = await make()
  ended = true
  await writer
  const { url: second, data } = await elsewhere(t)
  await restoreBackup(depot, manifest, second, data)
  const database = await openDatabase(second, 1)
  t.after(() => database.close())
  const [state] = await database.query<{ count: number; rows: number }>(
    sql`select count::int, (select count(*)::int from observation where series = ${stream['@iot.id']}) as rows from series_state where series = ${stream['@iot.id']}`,
  )
  const [whole] = await platform.database.query<{ rows: number }>(
    sql`select count(*)::int as rows from observation where series = ${stream['@iot.id']}`,
  )
  assert.equal(state?.count, state?.rows, 'count and rows are of one moment')
  assert.ok((state?.rows ?? 0) >= (whole?.rows ?? 0) - (sent - before), 'nothing acknowledged before is missing')
})

test('backup: restored and backed up again it gives the same pieces, and a second one writes next to nothing', async (t) => {
  const first = await make()
  const again = await make()
  assert.ok(again.written < first.manifest.tables.reduce((sum, { bytes }) => sum + bytes, 0) / 20, `${again.written} bytes`)
  const { url: second } = await elsewhere(t)
  const { rows, files, differing } = await checkBackup(depot, again.manifest, second)
  assert.deepEqual(differing, [])
  assert.ok(rows > 800)
  assert.equal(files, 1)
})

test('backup: readers of the outbox go on in the restored database with what they had not read, and no node holds them', async (t) => {
  await holdReader(platform.database, 'behind', 'gone', 3600)
  await platform.ask('POST /sta/v1.1/Things', { body: { name: 'Ungelesen', description: 'Nach der Marke.' } })
  const { manifest } = await make()
  const { url: second, data } = await elsewhere(t)
  await restoreBackup(depot, manifest, second, data)
  const restored = await startPlatform({ DATABASE_URL: second, ALLMENDE_DATA: data })
  t.after(() => restored.end())
  const reader = await restored.service.reader('behind')
  assert.ok(reader !== undefined)
  const changes = await reader.next(new AbortController().signal)
  assert.deepEqual(changes.map(({ noun, verb }) => `${noun} ${verb}`), ['dataset made', 'entity made']) // prettier-ignore
  await reader.release()
})

test('backup: nothing of it can be read without the passphrase, and another one is refused', async () => {
  const words = filesBelow(folder, '').map((file) => readFileSync(file).toString('latin1'))
  assert.ok(words.length > 10)
  assert.ok(!words.some((text) => text.includes('Station 1') || text.includes('luft')))
  await assert.rejects(openDepot(openFolder(folder), 'Ein Satz, den niemand errä.'), { kind: 'forbidden' })
  await assert.rejects(openDepot(openFolder(folder), undefined), { kind: 'forbidden' })
  await assert.rejects(openDepot(openFolder(join(folder, 'nirgends')), PASSPHRASE, 'reading'), { kind: 'not-found' })
})

test('backup: a database that holds something is left as it is, and two backups at once are refused', async () => {
  const count = async () => (await platform.ask('GET /sta/v1.1/Things?$count=true&$top=0')).json['@iot.count']
  const things = await count()
  await assert.rejects(restoreBackup(depot, made.manifest, url(), platform.config.data), { kind: 'conflict', message: /already/ })
  assert.equal(await count(), things)
  const both = await Promise.allSettled([make(), make()])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
})

/** A backup of its own, to be spoiled. */
async function spoilt(t: { after(done: () => unknown): void }, passphrase?: string) {
  const place = mkdtempSync(join(tmpdir(), 'allmende-spoilt-'))
  t.after(() => rmSync(place, { recursive: true, force: true }))
  const own = await openDepot(openFolder(place), passphrase)
  const { name, manifest } = await make(own)
  const largest = filesBelow(join(place, 'pieces'), '').toSorted((a, b) => statSync(b).size - statSync(a).size)[0] ?? ''
  return { place, own, name, manifest, largest }
}

for (const passphrase of [undefined, PASSPHRASE])
  test(`backup: a piece cut short, altered or gone is named, and nothing is restored (${passphrase === undefined ? 'open' : 'sealed'})`, async (t) => {
    const { own, manifest, largest } = await spoilt(t, passphrase)
    const name = basename(largest)
    const whole = readFileSync(largest)
    truncateSync(largest, whole.length - 1)
    await assert.rejects(own.piece(name), { kind: 'conflict', message: /damaged/ })
    writeFileSync(largest, Buffer.concat([whole.subarray(0, 100), Buffer.from([whole[100] === 0 ? 1 : 0]), whole.subarray(101)]))
    await assert.rejects(own.piece(name), { kind: 'conflict', message: /damaged/ })
    rmSync(largest)
    const { url: second, data } = await elsewhere(t)
    await assert.rejects(restoreBackup(own, manifest, second, data), { kind: 'conflict', message: /missing/ })
    const database = await openDatabase(second, 1)
    const [row] = await database.query<{ tables: number }>(
      sql`select count(*)::int as tables from pg_class where relnamespace = current_schema()::regnamespace`,
    )
    await database.close()
    assert.equal(row?.tables, 0)
  })

test('backup: a manifest that was altered, that lies, or that is of a newer release is refused', async (t) => {
  const { place, own, name, manifest } = await spoilt(t)
  const { url: second, data } = await elsewhere(t)
  const refused = (lie: Partial<Manifest>, said: RegExp) =>
    assert.rejects(restoreBackup(own, { ...manifest, ...lie }, second, data), { kind: 'conflict', message: said })
  await refused({ migrations: [...manifest.migrations, { name: '9999-later.sql', hash: '0' }] }, /newer one \(9999-later\.sql\)/)
  await refused({ tables: manifest.tables.map((table) => (table.name === 'series' ? { ...table, rows: 1 } : table)) }, /names 1 rows/)
  await refused({ tables: [{ name: 'pg_authid', columns: ['rolname'], rows: 0, bytes: 0, pieces: [] }] }, /pg_authid/)
  await refused({ tables: [{ name: 'tenant', columns: ['id"; drop table x'], rows: 0, bytes: 0, pieces: [] }] }, /tenant\.id"/)
  writeFileSync(join(place, 'backups', name), 'no manifest')
  await assert.rejects(own.manifest(name), { kind: 'conflict', message: /damaged or was altered/ })
})

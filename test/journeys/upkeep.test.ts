/** Upkeep: what comes round is done once when it is due, written down, and told in plain words; what watches from outside finds its figures. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openDepot } from '../../src/backup/depot.ts'
import { openFolder } from '../../src/backup/folder.ts'
import { metrics } from '../../src/observe.ts'
import { backupDuties } from '../../src/operate/duties.ts'
import { openFigures } from '../../src/operate/figures.ts'
import { factsOf } from '../../src/operate/health.ts'
import { openRoutine, perform, writtenAnyway, type Duty } from '../../src/operate/routine.ts'
import { Problem } from '../../src/problem.ts'
import { beginUpkeep, lastUpkeep, upkeepOf } from '../../src/store/upkeep.ts'
import { sql } from '../../src/store/sql.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
const folder = mkdtempSync(join(tmpdir(), 'allmende-upkeep-'))
const never = new AbortController().signal

before(async () => {
  platform = await startPlatform()
})

after(async () => {
  await platform.end()
  rmSync(folder, { recursive: true, force: true })
})

test('upkeep: a duty is done when it is due, once, and what was missed is made up for once', async () => {
  let done = 0
  const duty: Duty = { job: 'retention', at: '30 3 * * *', does: async () => ({ done: ++done }) }
  const routine = openRoutine(platform.database, [duty], new Date('2026-06-01T00:00:00Z'))
  await routine.turn(new Date('2026-06-01T01:29:00Z'))
  assert.equal(done, 0)
  await routine.turn(new Date('2026-06-01T01:30:00Z'))
  assert.equal(done, 1)
  await platform.database.query(sql`update upkeep set began = '2026-06-01T01:30:02Z' where job = 'retention'`)
  await routine.turn(new Date('2026-06-01T23:00:00Z'))
  assert.equal(done, 1)
  await routine.turn(new Date('2026-06-09T00:00:00Z'))
  assert.equal(done, 2)
})

test('upkeep: while one node does it, another leaves it; when that node is gone, it is taken up', async () => {
  const id = await beginUpkeep(platform.database, 'proof')
  assert.ok(id !== undefined)
  const does = async () => ({})
  await perform(platform.database, { job: 'proof', does }, never)
  assert.deepEqual((await upkeepOf(platform.database, 1)).map((one) => [one.id, one.state]), [[id, 'running']]) // prettier-ignore
  await platform.database.query(sql`update upkeep set beat = now() - interval '6 minutes' where id = ${id}`)
  await perform(platform.database, { job: 'proof', does }, never)
  const states = (await upkeepOf(platform.database, 2)).map(({ state }) => state)
  assert.deepEqual(states, ['done', 'failed'])
})

test('upkeep: what somebody asks for by hand is begun, though one that was killed still stands in the journal', async () => {
  const id = await beginUpkeep(platform.database, 'proof')
  assert.deepEqual(await writtenAnyway(platform.database, { job: 'proof', does: async () => ({ rows: 1 }) }), { rows: 1 })
  await platform.database.query(sql`delete from upkeep where id = ${id}`)
})

test('upkeep: a failure is written down with its reason, and the page says it', async () => {
  const why = { de: 'Der Ort ist nicht erreichbar.', en: 'The place cannot be reached.' }
  await perform(platform.database, { job: 'proof', does: () => Promise.reject(new Problem('unavailable', why)) }, never)
  await perform(platform.database, { job: 'proof', does: () => Promise.reject(new TypeError('secret')) }, never)
  const [bug, problem] = await upkeepOf(platform.database, 2)
  assert.deepEqual(problem?.error, why)
  assert.ok(!JSON.stringify(bug).includes('secret'))
  const { json } = await platform.ask('GET /api/v1/health')
  assert.equal(json.state, 'bad')
  assert.match(json.items.find(({ about }: { about: string }) => about === 'backup').said, /Es wird nicht gesichert/)
})

test('upkeep: the platform backs itself up, proves it, and is well again', async () => {
  const { config, database } = platform
  const keeping = { ...config.backup, to: folder, passphrase: 'Ein Satz, den niemand errät.' }
  const duties = backupDuties(config.database ?? '', config.data, keeping)
  assert.deepEqual(duties.map(({ job }) => job), ['backup', 'proof']) // prettier-ignore
  for (const duty of duties) await perform(database, duty, never)
  const [proof, backup] = await upkeepOf(database, 2)
  assert.deepEqual([backup?.state, proof?.state], ['done', 'done'], JSON.stringify([backup, proof]))
  assert.equal(backup?.figures['rows'], proof?.figures['rows'])
  assert.equal((await (await openDepot(openFolder(folder), keeping.passphrase)).backups()).length, 1)
})

test('upkeep: broken off, a backup is none and the next is', async () => {
  const { config, database } = platform
  const stop = new AbortController()
  const [duty] = backupDuties(config.database ?? '', config.data, { ...config.backup, to: join(folder, 'other'), passphrase: undefined })
  assert.ok(duty)
  const broken = { ...duty, does: (signal: AbortSignal) => (stop.abort(), duty.does(signal)) }
  await perform(database, broken, stop.signal)
  assert.equal((await lastUpkeep(database)).find(({ job, state }) => job === 'backup' && state === 'failed')?.error !== null, true)
  assert.ok((await perform(database, duty, never))?.['name'])
})

test('upkeep: every figure that the dashboard and the rules ask for is there', async () => {
  const figures = openFigures()
  figures.take(await factsOf(platform.database, platform.config.data, true))
  const { text } = await platform.ask('GET /metrics')
  const there = new Set([...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name = '', type]) => (type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name]))) // prettier-ignore
  const asked = ['docs/monitoring/grafana.json', 'docs/monitoring/alerts.yaml'].flatMap(
    (file) => readFileSync(file, 'utf8').match(/\ballmende_\w+/g) ?? [],
  )
  assert.ok(asked.length > 30)
  assert.deepEqual([...new Set(asked)].filter((name) => !there.has(name)), []) // prettier-ignore
  assert.match(text, /allmende_disk_free_bytes \d/)
  assert.ok(metrics.getSingleMetric('allmende_backup_age_seconds'))
})

test('upkeep: every rule says for whom it is and what to do', () => {
  const rules = readFileSync('docs/monitoring/alerts.yaml', 'utf8').split(/^ {6}- alert: /m).slice(1) // prettier-ignore
  assert.ok(rules.length >= 14)
  for (const rule of rules) assert.match(rule, /expr: .+[\s\S]*severity: (critical|warning)[\s\S]*summary: .+[\s\S]*description: .+/)
  const { panels } = JSON.parse(readFileSync('docs/monitoring/grafana.json', 'utf8')) as {
    panels: { id: number; gridPos: { x: number; w: number } }[]
  }
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length)
  assert.ok(panels.every(({ gridPos: { x, w } }) => x + w <= 24))
})

/** Runs under fire: the platform is killed in the middle of one, and started again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { dataFolder, startPlatform } from '../support/process.ts'

const ROWS = 60_000
const MAPPING = {
  entity: { id: 'id', type: 'Gauge' },
  series: [{ column: 'level', attribute: 'level', unit: 'cm' }],
  time: { columns: ['at'] },
}

const table = (): string => {
  const at = (i: number): string => new Date(Date.UTC(2025, 0, 1) + i * 60_000).toISOString()
  return `id,at,level\n${Array.from({ length: ROWS }, (_, i) => `s,${at(i)},${i}\n`).join('')}`
}

async function ask(url: string, call: string, body?: unknown) {
  const [method = 'GET', path = ''] = call.split(' ')
  const multipart = body instanceof FormData
  const answer = await fetch(url + path, {
    method,
    headers: { 'x-allmende': '1', ...(body === undefined || multipart ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: multipart ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  assert.ok(answer.ok, `${call}: ${answer.status} ${text}`)
  return JSON.parse(text)
}

test('faults: killed in the middle of a run, the platform goes on with it, and every row is there once', async (t) => {
  const environment = { ALLMENDE_DATA: dataFolder(t), ALLMENDE_OPEN: '1' }
  const first = await startPlatform(environment)
  await ask(first.url, 'POST /api/v1/datasets', { slug: 'pegel', title: { de: 'Pegel' }, duplicates: 'skip' })
  const form = new FormData()
  form.append('file', new Blob([table()]), 'pegel.csv')
  const { upload } = await ask(first.url, 'POST /api/v1/uploads', form)
  const source = await ask(first.url, 'POST /api/v1/sources', {
    name: 'Pegel',
    dataset: 'pegel',
    connector: 'csv',
    options: { upload, mapping: MAPPING },
  })
  const run = await ask(first.url, `POST /api/v1/sources/${source.id}/run`)
  let seen = run
  while (seen.stored === 0) seen = await ask(first.url, `GET /api/v1/runs/${run.id}`)
  await first.end('SIGKILL')
  assert.ok(seen.stored < ROWS, `killed too late: ${seen.stored}`)

  const second = await startPlatform(environment)
  t.after(() => second.end('SIGTERM'))
  let done = await ask(second.url, `GET /api/v1/runs/${run.id}`)
  while (done.state === 'queued' || done.state === 'running') {
    await wait(200)
    done = await ask(second.url, `GET /api/v1/runs/${run.id}`)
  }
  assert.deepEqual([done.state, done.attempt, done.read], ['succeeded', 2, ROWS], JSON.stringify(done))
  const { items } = await ask(second.url, 'GET /api/v1/datasets/pegel/series')
  assert.equal(items[0].count, ROWS)
})

/** source: what tests of ingest do again and again: leave a file, connect it, run it, look at what came of it. */
import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { startPlatform, type Platform } from './platform.ts'

/** An open platform with one dataset, "rad". */
export async function platformWithDataset(t: TestContext, env: Readonly<Record<string, string>> = {}, card = {}): Promise<Platform> {
  const platform = await startPlatform(env)
  t.after(() => platform.end())
  const made = await platform.ask('POST /api/v1/datasets', {
    body: { slug: 'rad', title: { de: 'Radverkehr' }, access: 'public', ...card },
  })
  assert.equal(made.status, 201, made.text)
  return platform
}

type Asked = Pick<Platform, 'ask' | 'server'>

export async function upload(platform: Asked, name: string, content: string | Uint8Array): Promise<{ upload: string; hash: string }> {
  const boundary = 'xxBOUNDARYxx'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)])
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const answer = await platform.server.app.inject({ method: 'POST', url: '/api/v1/uploads', headers, payload })
  assert.equal(answer.statusCode, 201, answer.body)
  return JSON.parse(answer.body) as { upload: string; hash: string }
}

export async function connect(platform: Asked, source: Record<string, unknown>) {
  const made = await platform.ask('POST /api/v1/sources', { body: { name: 'Zähler', dataset: 'rad', connector: 'csv', ...source } })
  assert.equal(made.status, 201, made.text)
  return made.json
}

/** Begins a run and waits for its end. */
export async function run(platform: Asked, source: number, query = '') {
  const begun = await platform.ask(`POST /api/v1/sources/${source}/run${query}`)
  assert.equal(begun.status, 202, begun.text)
  return ended(platform, begun.json.id)
}

/** The run when it is over, or waits to be tried again. */
export async function ended(platform: Asked, id: number) {
  for (;;) {
    const { json } = await platform.ask(`GET /api/v1/runs/${id}`)
    if (json.state !== 'queued' && json.state !== 'running') return json
    if (json.state === 'queued' && json.error !== null) return json
    await new Promise((done) => setTimeout(done, 20))
  }
}

export async function valuesOf(platform: Asked, attribute: string): Promise<[string, unknown][]> {
  const { json } = await platform.ask('GET /api/v1/datasets/rad/series')
  const series = json.items.find((one: { attribute: string }) => one.attribute === attribute)
  if (series === undefined) return []
  const { json: page } = await platform.ask(`GET /api/v1/series/${series.id}/observations?order=asc&limit=1000`)
  return page.items.map(({ time, result }: { time: string; result: unknown }) => [time, result])
}

/** A server of another's that answers as it is told; on loopback, which open mode allows. */
export async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

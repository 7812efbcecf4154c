/** The whole platform under fire: killed while it writes, asked to stop while it answers, started twice. */
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { dataFolder, runCommand, startPlatform, type Running } from '../support/process.ts'

const STATION = {
  name: 'Station',
  description: 'Measures.',
  Datastreams: [
    {
      name: 'Temperature',
      description: 'Air temperature',
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: 'degree Celsius', symbol: '°C', definition: 'http://unitsofmeasure.org/ucum.html#para-30' },
      Sensor: { name: 'S', description: 'A sensor', encodingType: 'text/plain', metadata: 'none' },
      ObservedProperty: { name: 'Temperature', description: 'Temperature', definition: 'https://example.org/temperature' },
    },
  ],
}

async function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

interface Page {
  readonly value: readonly Record<string, unknown>[]
  readonly '@iot.nextLink'?: string
}

async function page(url: string): Promise<Page> {
  const answer = await fetch(url)
  assert.equal(answer.status, 200)
  return (await answer.json()) as Page
}

/** Makes a station; answers the path of its observations. */
async function station({ url }: Running): Promise<string> {
  const made = await post(`${url}/sta/v1.1/Things`, STATION)
  assert.equal(made.status, 201, await made.clone().text())
  const [stream] = (await page(`${url}/sta/v1.1/Datastreams`)).value
  return `/sta/v1.1/Datastreams(${String(stream?.['@iot.id'])})/Observations`
}

async function results(url: string, path: string): Promise<unknown[]> {
  const all: unknown[] = []
  let next: string | undefined = `${path}?$top=1000&$orderby=id&$select=result`
  while (next !== undefined) {
    const address: URL = new URL(next, url)
    const found: Page = await page(new URL(`${address.pathname}${address.search}`, url).href)
    all.push(...found.value.map(({ result }) => result))
    next = found['@iot.nextLink']
  }
  return all
}

/** Posts numbers one after another until the platform is gone; notes those that were acknowledged. */
async function sender(url: string, numbers: Iterator<number>, acknowledged: number[]): Promise<void> {
  for (;;) {
    const { value: result } = numbers.next() as { value: number }
    const time = new Date(1_767_225_600_000 + result * 1000).toISOString()
    const answer = await post(url, { phenomenonTime: time, result }).catch(() => undefined)
    if (answer?.status !== 201) return
    acknowledged.push(result)
  }
}

function* counting(): Generator<number> {
  for (let number = 1; ; number++) yield number
}

test('faults: kill -9 while sixteen senders post loses nothing that was acknowledged, and doubles nothing', async (t) => {
  const environment = { ALLMENDE_DATA: dataFolder(t), ALLMENDE_OPEN: '1' }
  const first = await startPlatform(environment)
  const path = await station(first)
  const acknowledged: number[] = []
  const numbers = counting()
  const senders = Array.from({ length: 16 }, () => sender(first.url + path, numbers, acknowledged))
  while (acknowledged.length < 1000) await wait(5)
  await first.end('SIGKILL')
  await Promise.all(senders)
  const second = await startPlatform(environment)
  const stored = await results(second.url, path)
  const kept = new Set(stored)
  assert.deepEqual(
    acknowledged.filter((result) => !kept.has(result)),
    [],
  )
  assert.equal(kept.size, stored.length)
  const count = await page(`${second.url}${path}?$count=true&$top=1`)
  assert.equal((count as unknown as Record<string, unknown>)['@iot.count'], stored.length)
  await second.end('SIGTERM')
})

test('faults: a second start over the same folder is refused with exit code 1, and the first goes on', async (t) => {
  const environment = { ALLMENDE_DATA: dataFolder(t) }
  const first = await startPlatform(environment)
  const second = await runCommand(['start'], { ...environment, LANG: 'de_DE.UTF-8' })
  assert.equal(second.code, 1)
  assert.match(second.err, new RegExp(`Datenordner .* läuft Allmende bereits \\(Prozess ${first.child.pid}\\)`))
  assert.equal((await fetch(`${first.url}/health/ready`)).status, 200)
  assert.equal((await first.end('SIGTERM')).code, 0)
})

test('faults: a port that someone else has is named, and nothing of the platform stays behind', async (t) => {
  const first = await startPlatform({ ALLMENDE_DATA: dataFolder(t) })
  const environment = { ALLMENDE_DATA: dataFolder(t), ALLMENDE_PORT: new URL(first.url).port, LANG: 'de_DE.UTF-8' }
  const second = await runCommand(['start'], environment)
  assert.deepEqual([second.code, second.err.includes('    at ')], [1, false])
  assert.match(second.err, /Anschluss 127\.0\.0\.1:\d+ ist schon belegt/)
  const third = await startPlatform({ ...environment, ALLMENDE_PORT: '0' })
  assert.equal((await third.end('SIGTERM')).code, 0)
  assert.equal((await first.end('SIGTERM')).code, 0)
})

test('faults: SIGTERM lets a request under way finish, and the process ends within ten seconds', async (t) => {
  const running = await startPlatform({ ALLMENDE_DATA: dataFolder(t), ALLMENDE_OPEN: '1' })
  const path = await station(running)
  const body = JSON.stringify({ result: 21.5 })
  const slow = request(`${running.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length },
  })
  const answered = new Promise<number | undefined>((done, failed) =>
    slow.on('response', (answer) => done(answer.resume().statusCode)).on('error', failed),
  )
  slow.write(body.slice(0, 5))
  await wait(100)
  const ended = running.end('SIGTERM')
  await wait(300)
  slow.end(body.slice(5))
  assert.equal(await answered, 201)
  const late = wait(10_000, undefined, { ref: false })
  assert.equal((await Promise.race([ended, late]))?.code, 0)
})

test('faults: a connection that never ends does not keep the process alive', async (t) => {
  const running = await startPlatform({ ALLMENDE_DATA: dataFolder(t) })
  const stuck = request(`${running.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 100 },
  })
  stuck.on('error', () => undefined).write('{')
  await wait(100)
  const late = wait(12_000, 'late' as const, { ref: false })
  assert.notEqual(await Promise.race([running.end('SIGTERM'), late]), 'late')
  stuck.destroy()
})

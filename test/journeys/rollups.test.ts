/** Roll-ups: a summary made of them says what the observations themselves say, whatever was written, late, changed or removed. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rollUp } from '../../src/store/roll.ts'
import { sql } from '../../src/store/sql.ts'
import { idIn, stream, thing } from '../conformance/sensorthings/service.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

let platform: Platform
let series: number
before(async () => {
  platform = await startPlatform()
  const made = await post('/sta/v1.1/Things', thing('Pegel', { Datastreams: [stream('Wasser')] }))
  const { json } = await platform.ask(`GET /sta/v1.1/Things(${made})/Datastreams`)
  series = json.value[0]['@iot.id']
})
after(() => platform.end())

async function post(path: string, body: unknown): Promise<number> {
  const answer = await platform.ask(`POST ${path}`, { body })
  assert.equal(answer.status, 201, answer.text)
  return idIn(answer.headers['location'])
}

/** The same numbers at every run. */
let seed = 20_260
function chance(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}
const between = (low: number, high: number) => low + Math.floor(chance() * (high - low))
const at = (minute: number) => new Date(Date.UTC(2025, 2, 15) + minute * 60_000).toISOString()
const HOURS = 24 * 25
/** A million beside what they differ by: what squares of sums would lose shows here. */
const result = () => (chance() < 0.02 ? null : chance() < 0.02 ? 'gestört' : 1e6 + Math.round(chance() * 1000) / 100)

async function write(times: readonly number[]): Promise<void> {
  const body = [
    {
      Datastream: { '@iot.id': series },
      components: ['phenomenonTime', 'result'],
      dataArray: times.map((minute) => [at(minute), result()]),
    },
  ]
  const answer = await platform.ask('POST /sta/v1.1/CreateObservations', { body })
  assert.equal(answer.status, 201, answer.text)
}

async function someObservation(): Promise<number> {
  const { json } = await platform.ask(`GET /sta/v1.1/Datastreams(${series})/Observations?$top=1&$skip=${between(0, 1000)}`)
  return json.value[0]['@iot.id']
}

const STEPS: readonly (() => Promise<unknown>)[] = [
  () => write(Array.from({ length: between(1, 30) }, () => between(0, HOURS * 60))),
  async () => platform.ask(`DELETE /sta/v1.1/Observations(${await someObservation()})`),
  async () => platform.ask(`PATCH /sta/v1.1/Observations(${await someObservation()})`, { body: { result: between(0, 50) } }),
  async () =>
    platform.ask(`PATCH /sta/v1.1/Observations(${await someObservation()})`, { body: { phenomenonTime: at(between(0, HOURS * 60)) } }),
  () => rollUp(platform.database),
]

const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York']
const BUCKETS = ['hour', 'day', 'week', 'month', 'year']
const FIGURES = 'avg,min,max,sum,first,last,stddev'

function alike(rolled: unknown, raw: unknown, what: string): void {
  if (typeof rolled === 'number' && typeof raw === 'number')
    assert.ok(Math.abs(rolled - raw) <= 1e-7 * Math.max(1, Math.abs(raw)), `${what}: ${rolled} is not ${raw}`)
  else assert.equal(rolled, raw, what)
}

async function agree(query: string): Promise<void> {
  const [rolled, raw] = await Promise.all([
    platform.ask(`GET /api/v1/series/${series}/summary?${query}&figures=${FIGURES}`),
    platform.ask(`GET /api/v1/series/${series}/summary?${query}`),
  ])
  assert.equal(rolled.status, 200, rolled.text)
  assert.equal(rolled.json.items.length, raw.json.items.length, query)
  for (const [i, bucket] of raw.json.items.entries())
    for (const name of ['start', 'count', ...FIGURES.split(',')])
      alike(rolled.json.items[i][name], bucket[name], `${query}, ${bucket.start}: ${name}`)
}

test('a summary over roll-ups is the one over rows: late, changed, removed; zones of every offset, changes of the clock', async () => {
  await write(Array.from({ length: HOURS * 6 }, (_, i) => i * 10))
  await agree(`bucket=day&zone=Europe/Berlin&from=${at(-1000)}`)
  await rollUp(platform.database)
  const [{ hours } = { hours: 0 }] = await platform.database.query<{ hours: number }>(
    sql`select count(*) as hours from rollup where state = 'rolled'`,
  )
  assert.ok(hours > HOURS - 3, `${hours} hours are rolled`)
  for (let round = 0; round < 40; round++) {
    await STEPS[between(0, STEPS.length)]?.()
    const [from, until] = [between(-1000, HOURS * 60), between(0, HOURS * 60 + 1000)]
    for (const bounds of [`from=${at(from)}&until=${at(until)}`, `from=${at(-1000)}`])
      await agree(`bucket=${BUCKETS[between(0, BUCKETS.length)]}&zone=${ZONES[between(0, ZONES.length)]}&${bounds}`)
  }
})

test('live data touch nothing that is rolled; late data touch their hour alone', async () => {
  await rollUp(platform.database)
  const touched = async () =>
    (await platform.database.query<{ hour: string }>(sql`select hour from rollup where state = 'touched'`)).map(({ hour }) => hour)
  await write([HOURS * 60 + 5])
  assert.deepEqual(await touched(), [])
  await write([125, 126])
  assert.deepEqual(await touched(), ['2025-03-15T02:00:00Z'])
  await rollUp(platform.database)
  assert.deepEqual(await touched(), [])
})

test('numbers too large to be squared are left as they are', async () => {
  await platform.ask('POST /sta/v1.1/CreateObservations', {
    body: [{ Datastream: { '@iot.id': series }, components: ['phenomenonTime', 'result'], dataArray: [[at(60), 1e120]] }],
  })
  await rollUp(platform.database)
  const rows = await platform.database.query<{ hour: string }>(sql`select hour from rollup where state = 'raw'`)
  assert.deepEqual(rows, [{ hour: '2025-03-15T01:00:00Z' }])
  await agree(`bucket=day&zone=UTC&from=${at(0)}`)
})

test('figures that are none are refused with their place', async () => {
  const answer = await platform.ask(`GET /api/v1/series/${series}/summary?figures=avg,mode`)
  assert.equal(answer.status, 400)
  assert.equal(answer.json.at.parameter, 'figures')
})

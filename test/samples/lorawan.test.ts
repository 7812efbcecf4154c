/** Real uplinks: every Things Stack and ChirpStack message in the samples is understood, and stored once though delivered twice. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { iriOf, lorawan, parseMessage } from '../../src/connectors/lorawan/connector.ts'
import type { Run } from '../../src/ingest/connector.ts'
import type { Draft } from '../../src/model/draft.ts'
import type { Json } from '../../src/model/json.ts'
import { and, equals, type Filter } from '../../src/query/filter.ts'
import { ask } from '../../src/query/query.ts'
import { keeper } from '../../src/rights/principal.ts'
import { startPlatform, type Platform } from '../support/platform.ts'

const FOLDER = '../shared/samples/lorawan'
const there = existsSync(FOLDER)
const skip = there ? false : 'the samples are not here'

let platform: Platform
before(async () => there && (platform = await startPlatform()))
after(() => platform?.end())

function messages(folder: string): [string, Json][] {
  const files = readdirSync(`${FOLDER}/${folder}`).filter(
    (file) => file.endsWith('.json') && !file.endsWith('_result.json') && !/INVALID/.test(file),
  )
  return files.map((file) => [file, JSON.parse(readFileSync(`${FOLDER}/${folder}/${file}`, 'utf8')) as Json])
}

/** Counts the bytes: enough to give every uplink without content of its own a value. */
const DECODER = 'function decodeUplink(input) { return { data: { size: input.bytes.length, first: input.bytes[0] } } }'

async function draftsOf(message: Json): Promise<Draft[]> {
  const run = { row() {}, progress() {}, input: { json: () => Promise.resolve(message) } } as unknown as Run
  const read = await Array.fromAsync(lorawan.read({ decoder: DECODER }, run))
  const rejected = read.filter((one) => one.draft === 'rejected')
  assert.deepEqual(rejected, [])
  return read as Draft[]
}

for (const folder of ['ttn-v3', 'chirpstack-v4'])
  test(`${folder}: every message is understood`, { skip }, () => {
    const kinds = Map.groupBy(messages(folder), ([, message]) => parseMessage(message).event)
    assert.ok((kinds.get('uplink')?.length ?? 0) >= 10, `only ${kinds.get('uplink')?.length} uplinks`)
    const others = [...(kinds.get('other') ?? []), ...(kinds.get('status') ?? [])].map(([file]) => file)
    assert.deepEqual(
      others.filter((file) => !file.startsWith('doc_')),
      [],
    )
  })

test('each device once though everything is delivered twice', { skip }, async () => {
  const admin = keeper(1, 'test')
  const { json: card } = await platform.ask('POST /api/v1/datasets', { body: { title: 'LoRaWAN' } })
  const all = [...messages('ttn-v3'), ...messages('chirpstack-v4')]
  const count = async () => {
    const measured: Filter = { is: 'some', through: 'series', where: equals(['kind'], 'value') }
    const [things, observations] = await Promise.all([
      platform.service.find(admin, { ...ask('entity', and(equals(['role'], 'thing'), equals(['dataset'], card.id)), 0), count: true }),
      platform.service.find(admin, { ...ask('observation', and(equals(['dataset'], card.id), measured), 0), count: true }),
    ])
    return [things.total, observations.total]
  }
  const values = new Set<string>()
  for (const [, message] of all) {
    const drafts = await draftsOf(message)
    for (const one of drafts) if (one.draft === 'observation') values.add(`${one.entity} ${one.attribute} ${one.time}`)
    await platform.service.keep(admin, card.id, drafts)
  }
  const once = await count()
  const devices = new Set(all.flatMap(([, message]) => deviceOf(message)))
  assert.deepEqual(once, [devices.size, values.size])
  for (const [, message] of all) await platform.service.keep(admin, card.id, await draftsOf(message))
  assert.deepEqual(await count(), once)
})

function deviceOf(message: Json): string[] {
  const event = parseMessage(message)
  return event.event === 'other' ? [] : [iriOf(event.device.eui)]
}

test('a document that is no JSON is refused where it breaks', { skip }, () => {
  assert.throws(() => JSON.parse(readFileSync(`${FOLDER}/ttn-v3/doc_02_uplink_messages_INVALID.json`, 'utf8')), SyntaxError)
})

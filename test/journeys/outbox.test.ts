/** outbox: whoever listens hears everything once, in batches, also what is committed after what began later. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { everything } from '../../src/query/filter.ts'
import { keeper } from '../../src/rights/principal.ts'
import { changesAfter, lastMark } from '../../src/store/changes.ts'
import { note } from '../../src/store/insert.ts'
import { openService } from '../../src/service/open.ts'
import type { Service } from '../../src/service/service.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase, type Database } from '../../src/store/pool.ts'
import { throwawaySchema, type ThrowawaySchema } from '../support/database.ts'

const admin = keeper(1, 'test')
let schema: ThrowawaySchema
let database: Database
let service: Service
let dataset: number

before(async () => {
  schema = await throwawaySchema()
  database = await openDatabase(schema.url, 6)
  await migrate(database)
  service = await openService(database, [])
  dataset = await service.home(admin)
})
after(async () => {
  await database.close()
  await schema.drop()
})

/** Notes that an item was made, in a transaction that ends when it is told to. */
function changing(item: number) {
  const { promise: told, resolve: end } = Promise.withResolvers<void>()
  const { promise: noted, resolve: ready } = Promise.withResolvers<void>()
  const ended = database.transaction(async (store) => {
    await note(store, [{ noun: 'entity', verb: 'made', dataset, items: [item] }])
    ready()
    await told
  })
  return { noted, end: () => (end(), ended) }
}

async function listening(signal: AbortSignal) {
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  const items: number[] = []
  let wake = (): void => {}
  const ended = (async () => {
    for await (const changes of service.watch(admin, everything, signal, resolve)) {
      items.push(...changes.flatMap((change) => change.items))
      wake()
    }
  })()
  await begun
  return {
    items,
    ended,
    async heard(count: number) {
      while (items.length < count) await new Promise<void>((heard) => (wake = heard))
      return items
    },
  }
}

test('outbox: a change that is committed last is heard, though it began first, and holds up nobody who began later', async () => {
  const stop = new AbortController()
  const before = changing(0)
  await before.noted
  const listeners = [await listening(stop.signal), await listening(stop.signal)]
  const first = changing(1)
  await first.noted
  const second = changing(2)
  await second.noted
  await second.end()
  for (const listener of listeners) assert.deepEqual(await listener.heard(1), [2])
  const third = changing(3)
  await third.noted
  await third.end()
  for (const listener of listeners) assert.deepEqual(await listener.heard(2), [2, 3])
  await first.end()
  for (const listener of listeners) assert.deepEqual(await listener.heard(3), [2, 3, 1])
  await before.end()
  for (const listener of listeners) assert.deepEqual(await listener.heard(4), [2, 3, 1, 0])
  stop.abort()
  await Promise.all(listeners.map(({ ended }) => ended))
})

test('outbox: a new listener hears nothing of what others heard before, and a stopped one no more', async () => {
  const stop = new AbortController()
  const earlier = await listening(stop.signal)
  const one = changing(4)
  await one.noted
  await one.end()
  assert.deepEqual(await earlier.heard(1), [4])
  stop.abort()
  await earlier.ended
  const again = new AbortController()
  const later = await listening(again.signal)
  const two = changing(5)
  await two.noted
  await two.end()
  assert.deepEqual(await later.heard(1), [5])
  assert.deepEqual(await earlier.heard(1), [4])
  again.abort()
  await later.ended
})

test('outbox: what is read in steps is read whole, and what ends meanwhile after it', async () => {
  const began = await lastMark(database)
  const open = changing(10)
  await open.noted
  for (const item of [11, 12, 13, 14, 15]) {
    const one = changing(item)
    await one.noted
    await one.end()
  }
  const items: number[] = []
  let mark = began
  for (const size of [2, 2, 1]) {
    const step = await changesAfter(database, mark, 2)
    assert.equal(step.rows.length, size)
    items.push(...step.rows.flatMap((row) => row.items))
    mark = step.mark
    if (items.length === 2) await open.end()
  }
  assert.deepEqual(items, [11, 12, 13, 14, 15])
  const { rows, mark: last } = await changesAfter(database, mark, 2)
  assert.deepEqual(
    rows.flatMap((row) => row.items),
    [10],
  )
  assert.deepEqual((await changesAfter(database, last, 2)).rows, [])
})

test('outbox: a moment parts what had ended from what had not, whatever still runs', async () => {
  const began = await lastMark(database)
  const running = changing(20)
  await running.noted
  const ended = changing(21)
  await ended.noted
  await ended.end()
  const since = await service.moment()
  await running.end()
  const { rows } = await changesAfter(database, began)
  assert.deepEqual(
    rows.map(({ items, moment }) => [items[0], since(moment)]),
    [
      [20, true],
      [21, false],
    ],
  )
})

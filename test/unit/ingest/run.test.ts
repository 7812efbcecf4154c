/** One run of a connector: batches, rejects, cursor, budget, cancelling. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connector, Rejected, Run } from '../../../src/ingest/connector.ts'
import { runOnce, type Book, type Task } from '../../../src/ingest/run.ts'
import type { Outcome } from '../../../src/ingest/tally.ts'
import type { Draft } from '../../../src/model/draft.ts'
import { Problem } from '../../../src/problem.ts'
import type { Kept, Service } from '../../../src/service/service.ts'

type Read = (run: Run) => AsyncIterable<Draft | Rejected>

interface Told {
  readonly outcome: Outcome
  readonly batches: readonly (readonly Draft[])[]
  readonly rejects: readonly Rejected[]
  readonly cursors: readonly string[]
  readonly order: readonly string[]
}

const value = (n: number): Draft => ({ draft: 'observation', entity: 'urn:x', attribute: 'a', time: '2026-01-01T00:00:00Z', result: n })
const bad = (line: number): Rejected => ({ draft: 'rejected', reason: 'bad', line })

async function* rows(run: Run, count: number): AsyncIterable<Draft> {
  for (let i = 1; i <= count; i++) {
    run.row({ n: i }, i)
    yield value(i)
    run.reached(String(i))
  }
}

/** A store in memory: what is negative it refuses, what is 13 lets it fail. */
function store(batches: Draft[][], order: string[]): Pick<Service, 'keep' | 'compare'> {
  const keep = async (_who: unknown, _dataset: number, drafts: readonly Draft[]): Promise<Kept> => {
    await new Promise((done) => setImmediate(done))
    const results = drafts.map((draft) => (draft.draft === 'observation' ? Number(draft.result) : 0))
    if (results.includes(13.5)) throw new Problem('unavailable', 'The database is gone.')
    batches.push([...drafts])
    order.push(`kept ${drafts.length}`)
    const failed = results.flatMap((n, position) => (n < 0 ? [{ position, problem: new Problem('invalid-body', `no ${n}`) }] : []))
    return {
      entities: { made: 0, amended: 0 },
      series: { made: 0 },
      observations: { stored: drafts.length - failed.length, skipped: 0, replaced: 0 },
      records: [],
      failed,
    }
  }
  return { keep, compare: keep }
}

async function runIt(read: Read, task: Partial<Task> = {}, book: Partial<Book> = {}, signal = new AbortController().signal): Promise<Told> {
  const told = { batches: [] as Draft[][], rejects: [] as Rejected[], cursors: [] as string[], order: [] as string[] }
  const connector: Connector = { name: 'x', title: { de: 'x', en: 'x' }, mode: 'pull', options: {}, read: (_options, run) => read(run) }
  const nowhere = async (): Promise<never> => {
    throw new Error('not here')
  }
  const outcome = await runOnce(
    store(told.batches, told.order),
    {
      connector,
      options: {},
      who: { id: 'run:1', name: 'x', tenant: 1, admin: false, grants: [] },
      dataset: 1,
      dry: false,
      cursor: undefined,
      columns: undefined,
      before: undefined,
      input: undefined,
      rows: undefined,
      reach: { fetch: nowhere, async *files() {} },
      budget: { rows: 1_000_000, time: 60_000 },
      ...task,
    },
    {
      rejected: async (rejects) => void told.rejects.push(...rejects),
      recorded: async () => undefined,
      reached: async (cursor) => {
        told.cursors.push(cursor)
        told.order.push(`reached ${cursor}`)
      },
      progress: async () => false,
      ...book,
    },
    signal,
  )
  return { outcome, ...told }
}

test('run: everything is kept in batches of whole rows, in order, and the cursor moves behind them', async () => {
  const { outcome, batches, cursors, order } = await runIt((run) => rows(run, 11_250))
  assert.equal(outcome.state, 'succeeded')
  assert.deepEqual(batches.map((batch) => batch.length), [4999, 4999, 1252]) // prettier-ignore
  assert.deepEqual(
    batches.flat(),
    Array.from({ length: 11_250 }, (_, i) => value(i + 1)),
  )
  assert.deepEqual(cursors, ['4999', '9998', '11250'])
  assert.deepEqual(order, ['kept 4999', 'reached 4999', 'kept 4999', 'reached 9998', 'kept 1252', 'reached 11250'])
  assert.deepEqual([outcome.counts.read, outcome.counts.stored, outcome.counts.rejected], [11_250, 11_250, 0])
})

test('run: bad rows are counted and kept with their place; the rest goes in', async () => {
  const { outcome, rejects } = await runIt(async function* (run) {
    run.row({ n: 'x' }, 1, 'a.csv')
    yield { draft: 'rejected', reason: { de: 'keine Zahl', en: 'not a number' }, column: 'n' }
    run.row({ n: 2 }, 2, 'a.csv')
    yield value(2)
  })
  assert.equal(outcome.state, 'partly')
  assert.deepEqual(rejects, [
    { draft: 'rejected', reason: { de: 'keine Zahl', en: 'not a number' }, column: 'n', line: 1, file: 'a.csv', row: { n: 'x' } },
  ])
  assert.deepEqual([outcome.counts.read, outcome.counts.stored, outcome.counts.rejected], [2, 1, 1])
})

test('run: a row that the store refuses is rejected once, however many values it had', async () => {
  const { outcome, rejects } = await runIt(async function* (run) {
    run.row({ n: 1 }, 7)
    yield value(-1)
    yield value(-2)
    run.row({ n: 2 }, 8)
    yield value(3)
  })
  assert.deepEqual(rejects.map(({ line, reason, row }) => ({ line, reason, row })), [{ line: 7, reason: 'no -1', row: { n: 1 } }]) // prettier-ignore
  assert.deepEqual([outcome.state, outcome.counts.rejected], ['partly', 1])
})

test('run: of very many bad rows a thousand are kept and all are counted', async () => {
  const { outcome, rejects } = await runIt(async function* () {
    for (let i = 1; i <= 5000; i++) yield bad(i)
    yield value(1)
  })
  assert.equal(rejects.length, 1000)
  assert.equal(rejects.at(-1)?.line, 1000)
  assert.equal(outcome.counts.rejected, 5000)
  assert.equal(outcome.state, 'partly')
})

test('run: nothing but bad rows is a failure, with a reason', async () => {
  const { outcome } = await runIt(async function* () {
    yield bad(1)
  })
  assert.equal(outcome.state, 'failed')
  assert.ok(outcome.error instanceof Problem)
})

test('run: a source that dies in the middle fails with its reason; what was stored stays and is counted', async () => {
  const { outcome, batches, cursors } = await runIt(async function* (run) {
    yield* rows(run, 5100)
    throw new Problem('unavailable', { de: 'tot', en: 'dead' })
  })
  assert.equal(outcome.state, 'failed')
  assert.equal((outcome.error as Problem).message, 'dead')
  assert.equal(batches.flat().length, 4999)
  assert.equal(outcome.counts.stored, 4999)
  assert.deepEqual(cursors, ['4999'])
})

test('run: a store that fails ends the run, and the cursor stays before the batch', async () => {
  const { outcome, cursors } = await runIt(async function* (run) {
    yield* rows(run, 5000)
    run.reached('beyond')
    yield value(13.5)
    yield* rows(run, 10_000)
  })
  assert.equal(outcome.state, 'failed')
  assert.equal((outcome.error as Problem).kind, 'unavailable')
  assert.deepEqual(cursors, ['4999'])
})

test('run: a fault of our own ends the run without telling what it was', async () => {
  const { outcome } = await runIt(async function* () {
    yield value(1)
    throw new TypeError('x is undefined')
  })
  assert.equal(outcome.state, 'failed')
  assert.ok(outcome.error instanceof TypeError)
})

test('run: cancelled by whoever asks the book', async () => {
  const stop = new AbortController()
  const { outcome, batches } = await runIt(
    async function* (run) {
      yield* rows(run, 10_000)
      stop.abort()
      yield* rows(run, 1_000_000)
    },
    {},
    {},
    stop.signal,
  )
  assert.equal(outcome.state, 'cancelled')
  assert.equal(outcome.error, undefined)
  assert.equal(batches.flat().length, outcome.counts.stored)
  assert.ok(outcome.counts.stored <= 15_000)
})

test('run: beyond its budget of rows or time it ends, and says so', async () => {
  const many = await runIt((run) => rows(run, 10_000), { budget: { rows: 3000, time: 60_000 } })
  assert.deepEqual([many.outcome.state, (many.outcome.error as Problem).kind], ['failed', 'too-large'])
  assert.equal(many.batches.flat().length, many.outcome.counts.stored)
  const long = await runIt(
    async function* (run) {
      for (;;) {
        yield* rows(run, 2000)
        await new Promise((done) => setTimeout(done, 5))
      }
    },
    { budget: { rows: 1e9, time: 50 } },
  )
  assert.deepEqual([long.outcome.state, (long.outcome.error as Problem).kind], ['failed', 'too-large'])
})

test('run: nothing read is a warning, unless nothing is new', async () => {
  const nothing = await runIt(async function* () {})
  assert.equal(nothing.outcome.state, 'succeeded')
  assert.equal(nothing.outcome.warnings.length, 1)
  const unchanged = await runIt(async function* (run) {
    run.unchanged()
    yield* rows(run, 0)
  })
  assert.deepEqual(unchanged.outcome.warnings, [])
})

test('run: columns that came or went are named', async () => {
  const read: Read = async function* (run) {
    run.columns(['a', 'c'])
    yield* rows(run, 1)
  }
  const { outcome } = await runIt(read, { columns: ['a', 'b'] })
  assert.deepEqual(outcome.warnings.map((said) => (typeof said === 'string' ? said : said.en)), [ 'Columns are missing compared to the last run: “b”.', 'New columns since the last run: “c”.' ]) // prettier-ignore
  assert.deepEqual(outcome.columns, ['a', 'c'])
  assert.deepEqual((await runIt(read, { columns: ['a', 'c'] })).outcome.warnings, [])
})

test('run: a dry run compares once and moves nothing', async () => {
  const { batches, cursors, outcome } = await runIt((run) => rows(run, 5000), { dry: true })
  assert.deepEqual([batches.length, cursors.length, outcome.counts.stored], [1, 0, 5000])
})

test('run: goes on counting where an interrupted run was', async () => {
  const before = { read: 10, stored: 9, skipped: 0, replaced: 0, rejected: 1, total: null, rate: 1, made: { entities: 2 } }
  const { outcome } = await runIt((run) => rows(run, 5), { before })
  assert.deepEqual([outcome.counts.read, outcome.counts.stored, outcome.counts.rejected, outcome.state], [15, 14, 1, 'partly'])
  assert.deepEqual(outcome.counts.made, { entities: 2, amended: 0, series: 0 })
})

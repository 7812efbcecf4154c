/** push: messages that come by themselves. Kept first, then answered, then read, many together when many come. */
import { timingSafeEqual } from 'node:crypto'
import type { Ledger, RawRow, RunCounts, SourceRow } from '../govern/ledger.ts'
import type { Message } from '../govern/intake.ts'
import { digest } from '../govern/secret.ts'
import { isObject } from '../model/json.ts'
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import { mayPass } from './call-faults.ts'
import type { Connector, Run } from './connector.ts'
import { connectorOf, faultJson, rejectRow, runner, type Works } from './execute.ts'
import { unsealed } from './options.ts'
import { rawOf } from './raw.ts'
import { keepRaw, replayReach } from './reach.ts'
import { BUDGET, runOnce, type Task } from './run.ts'
import type { Outcome } from './tally.ts'

/** Largest message in bytes. */
export const LARGEST_MESSAGE = 20 * 1024 * 1024
/** Messages that are read and stored together. */
const TOGETHER = 200

export interface Inbox {
  accept(source: number, secret: string, message: Message): Promise<{ readonly id: number }>
  /** Reads what waits for a source; one call at a time per source, later ones join it. */
  drain(source: number): Promise<void>
  /** Waits for what is being read. */
  close(): Promise<void>
}

export function openInbox(works: Works): Inbox {
  const draining = new Map<number, { again: boolean; readonly done: Promise<void> }>()
  let closed = false
  const drain = (source: number): Promise<void> => {
    const under = draining.get(source)
    if (under !== undefined) {
      under.again = true
      return under.done
    }
    const state = { again: true, done: Promise.resolve() }
    const loop = async (): Promise<void> => {
      while (state.again && !closed) {
        state.again = false
        await readWaiting(works, source, () => closed)
      }
    }
    draining.set(source, state)
    state.done = loop().finally(() => draining.delete(source))
    return state.done
  }
  return {
    async accept(id, secret, message) {
      const source = await admitted(works, id, secret)
      const { name, type, headers } = message
      const about = {
        tenant: source.tenant,
        source: id,
        name,
        headers,
        waiting: true,
        days: source.retention,
        ...(type === undefined ? {} : { type }),
      }
      const raw = await keepRaw(works, message.bytes, about, LARGEST_MESSAGE)
      if (source.enabled) void drain(id).catch((error: unknown) => observe({ saw: 'crash', error }))
      return { id: raw.id }
    },
    drain,
    async close() {
      closed = true
      await Promise.allSettled([...draining.values()].map(({ done }) => done))
    },
  }
}

/** Whoever does not know the secret learns nothing, not even whether there is such a source. */
async function admitted(works: Works, id: number, secret: string): Promise<SourceRow> {
  const source = await works.ledger.sources.sourceById(id)
  const given = Buffer.from(digest(secret))
  const wanted = Buffer.from(source?.tokenHash ?? digest(''))
  const same = timingSafeEqual(given, wanted)
  if (source !== undefined && source.tokenHash !== null && same) return source
  throw new Problem('not-found', { de: 'Diese Adresse nimmt nichts an.', en: 'This address takes nothing.' })
}

async function readWaiting(works: Works, id: number, closed: () => boolean): Promise<void> {
  const { ledger } = works
  const source = await ledger.sources.sourceById(id)
  if (source === undefined || !source.enabled) return
  for (let rows = await ledger.raws.takeWaiting(id, TOGETHER); rows.length > 0; rows = await ledger.raws.takeWaiting(id, TOGETHER)) {
    const run = await ledger.runs.pushRun(id, works.node)
    const stored = await readTogether(works, source, run, rows)
    if (!stored || closed()) return
  }
}

/** Answers false when the store cannot take them now: they wait on. A message that breaks the reading is found by halving. */
async function readTogether(works: Works, source: SourceRow, run: number, rows: readonly RawRow[]): Promise<boolean> {
  const outcome = await readOnce(works, source, run, rows)
  if (outcome.error !== undefined && mayPass(outcome.error)) {
    await works.ledger.raws.giveBack(rows.map(({ id }) => id))
    await book(works.ledger, run, { ...outcome, counts: EMPTY })
    return false
  }
  const half = Math.ceil(rows.length / 2)
  if (
    outcome.error !== undefined &&
    outcome.state === 'failed' &&
    rows.length > 1 &&
    outcome.counts.stored === 0 &&
    outcome.counts.rejected === 0
  )
    return (await readTogether(works, source, run, rows.slice(0, half))) && (await readTogether(works, source, run, rows.slice(half)))
  await works.ledger.raws.settleRaws(
    rows.map(({ id }) => id),
    run,
  )
  await book(works.ledger, run, outcome)
  return true
}

const EMPTY: RunCounts = { read: 0, stored: 0, skipped: 0, replaced: 0, rejected: 0, total: null, rate: null, made: {} }

async function readOnce(works: Works, source: SourceRow, run: number, rows: readonly RawRow[]): Promise<Outcome> {
  const { ledger } = works
  try {
    const connector = connectorOf(works.connectors, source.connector)
    const task: Task = {
      connector: each(connector, rows, works),
      options: unsealed(connector, source.options, works.seal),
      who: runner({ id: run }, source),
      dataset: source.dataset,
      dry: false,
      cursor: undefined,
      columns: undefined,
      before: undefined,
      input: undefined,
      rows: undefined,
      reach: replayReach([], works.files),
      budget: works.budget ?? BUDGET,
    }
    const nobodyWaits = {
      rejected: async (rejects: Parameters<typeof rejectRow>[0][]) => ledger.rejects.insertRejects(run, rejects.map(rejectRow)),
      recorded: async () => undefined,
    }
    return await runOnce(
      works.service,
      task,
      { ...nobodyWaits, reached: async () => undefined, progress: async () => false },
      new AbortController().signal,
    )
  } catch (error) {
    return { state: 'failed', error, counts: EMPTY, warnings: [], columns: undefined }
  }
}

/** The connector over one message after the other; a message that cannot be read at all is a rejected one. */
export function each(connector: Connector, rows: readonly RawRow[], { files }: Pick<Works, 'files'>): Connector {
  return {
    ...connector,
    async *read(options, run: Run) {
      for (const [position, row] of rows.entries()) {
        const input = rawOf(row, files)
        run.progress(position + 1)
        try {
          yield* connector.read(options, { ...run, input, progress: () => undefined })
        } catch (error) {
          if (!(error instanceof Problem) || mayPass(error)) throw error
          yield { draft: 'rejected', reason: error.said, file: input.name, row: await excerpt(row) }
        }
      }
    },
  }
}

async function excerpt(row: RawRow): Promise<string | undefined> {
  return row.content === null ? undefined : Buffer.from(row.content).toString('utf8').replaceAll('\0', '').slice(0, 4000)
}

/** The counts of these messages added to the run of the day. */
async function book(ledger: Ledger, id: number, outcome: Outcome): Promise<void> {
  const run = await ledger.runs.runById(id)
  if (run === undefined) return
  const { counts } = outcome
  const made = (name: string): number =>
    [run.made, counts.made].reduce<number>((sum, one) => sum + Number((isObject(one) && one[name]) || 0), 0)
  const sum: RunCounts = {
    read: run.read + counts.read,
    stored: run.stored + counts.stored,
    skipped: run.skipped + counts.skipped,
    replaced: run.replaced + counts.replaced,
    rejected: run.rejected + counts.rejected,
    total: null,
    rate: counts.rate,
    made: { entities: made('entities'), amended: made('amended'), series: made('series') },
  }
  const told = outcome.error !== undefined && counts.rejected === 0
  const error = told ? faultJson(outcome.error) : undefined
  const { stored, rejected } = counts
  observe({ saw: 'run-ended', source: run.source, connector: run.connector, state: outcome.state, stored, rejected, ms: 0 })
  await ledger.runs.endRun(id, { state: sum.rejected > 0 ? 'partly' : 'succeeded', warnings: [], error, counts: sum })
}

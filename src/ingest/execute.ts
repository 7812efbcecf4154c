/** execute: a run from the books: taken from the queue, run once, its report written; tried again later when the fault may pass. */
import type { RecordNote } from '../model/record.ts'
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import type { Ledger, RejectRow, RunRow, SourceRow } from '../govern/ledger.ts'
import type { Seal } from '../govern/seal.ts'
import type { Principal } from '../rights/principal.ts'
import type { Service } from '../service/service.ts'
import type { Connector, Raw, Rejected } from './connector.ts'
import { mayPass, retryAfterOf } from './call-faults.ts'
import { unsealed } from './options.ts'
import { rawOf } from './raw.ts'
import { uploadOf } from './upload.ts'
import { liveReach, replayReach, type Means } from './reach.ts'
import { BUDGET, runOnce, saidOf, type Book, type Budget, type Task } from './run.ts'
import type { Outcome, Tally } from './tally.ts'

export interface Works extends Means {
  readonly service: Service
  readonly seal: Seal
  readonly connectors: readonly Connector[]
  /** This process among others. */
  readonly node: string
  readonly budget?: Budget
}

/** How often a run is tried when what went wrong may pass, and the waits between in seconds. */
const WAITS = [30, 120, 600, 1800]
const HEARTBEAT = 5000
/** Runs of a source that go on telling about each record. */
const TOLD = 10

/** Answers in how many seconds the run is to be tried again; undefined when it is over. `halt` cancels it; when the process is `closing` it goes back into the queue. */
export async function execute(
  works: Works,
  id: number,
  { closing, halt }: { readonly closing: AbortSignal; readonly halt: AbortSignal },
): Promise<number | undefined> {
  const { ledger } = works
  const run = await ledger.runs.takeRun(id, works.node)
  if (run === undefined) return undefined
  const source = await ledger.sources.sourceById(run.source)
  if (source === undefined) return undefined
  const stop = new AbortController()
  const signal = AbortSignal.any([closing, halt, stop.signal])
  const heart = new Heart(works, run, stop)
  try {
    const outcome = await prepared(works, run, source, heart, signal).catch((error: unknown) => broken(error))
    if (heart.lost) return undefined
    if (closing.aborted && !halt.aborted && outcome.state === 'cancelled') return await handBack(works, run)
    return await end(works, run, source, outcome)
  } finally {
    heart.stop()
  }
}

/** Says every few seconds that the run is alive, and listens for the wish to stop it. */
class Heart {
  lost = false
  private tally: Tally | undefined
  private readonly timer: NodeJS.Timeout
  private readonly works: Works
  private readonly run: RunRow
  private readonly halt: AbortController

  constructor(works: Works, run: RunRow, halt: AbortController) {
    this.works = works
    this.run = run
    this.halt = halt
    this.timer = setInterval(() => void this.beat().catch(() => undefined), HEARTBEAT).unref()
  }

  /** Answers whether the run shall stop. */
  async beat(tally = this.tally): Promise<boolean> {
    this.tally = tally
    const told = await this.works.ledger.runs.beat(this.run.id, this.works.node, tally?.counts() ?? this.run)
    if (told === 'go on') return false
    this.lost = told === 'lost'
    this.halt.abort()
    return true
  }

  stop(): void {
    clearInterval(this.timer)
  }
}

const NOTHING = { read: 0, stored: 0, skipped: 0, replaced: 0, rejected: 0, total: null, rate: null, made: {} }

async function prepared(works: Works, run: RunRow, source: SourceRow, heart: Heart, signal: AbortSignal): Promise<Outcome> {
  const { ledger } = works
  const resumed = run.attempt > 1 && run.cursor !== run.cursorBefore
  if (run.attempt > 1 && !resumed) await ledger.rejects.clearRejects(run.id)
  const replayed = run.replays === null ? undefined : await ledger.raws.rawsOf(run.replays)
  const connector = connectorOf(works.connectors, source.connector)
  const options = unsealed(connector, source.options, works.seal)
  const keeping = { tenant: source.tenant, source: source.id, run: run.id, days: source.retention }
  const task: Task = {
    connector,
    options,
    who: runner(run, source, connector),
    dataset: source.dataset,
    dry: run.dry,
    cursor: (replayed === undefined ? cursorOf(run, source) : await cursorBefore(ledger, run)) ?? undefined,
    columns: source.columns ?? undefined,
    before: resumed ? run : undefined,
    input: replayed === undefined ? await inputOf(works, source.tenant, options, run) : inputAmong(replayed, works),
    rows: Array.isArray(run.rows) ? run.rows : undefined,
    reach: replayed === undefined ? liveReach(works, keeping, signal) : replayReach(replayed, works.files),
    budget: works.budget ?? BUDGET,
  }
  return runOnce(works.service, task, bookOf(works, run, heart), signal)
}

export function connectorOf(connectors: readonly Connector[], name: string): Connector {
  const found = connectors.find((connector) => connector.name === name)
  if (found !== undefined) return found
  throw new Problem(
    'not-found',
    { de: `Den Konnektor „${name}“ gibt es nicht.`, en: `There is no connector “${name}”.` },
    { pointer: '/connector' },
  )
}

/** A run may fill its dataset and nothing else; of a catalogue come datasets. */
export function runner(
  run: { readonly id: number },
  source: Pick<SourceRow, 'tenant' | 'dataset' | 'name'>,
  { catalogue }: Pick<Connector, 'catalogue'> = {},
): Principal {
  return {
    id: `run:${run.id}`,
    name: source.name,
    tenant: source.tenant,
    admin: false,
    grants: [{ dataset: source.dataset, verbs: ['read', 'append', 'change'] }],
    ...(catalogue && { roles: ['architect'] }),
  }
}

/** A run that is taken up again goes on where it was; a new one where the source is. */
function cursorOf(run: RunRow, source: SourceRow): string | null {
  return run.attempt > 1 ? run.cursor : source.cursor
}

async function cursorBefore(ledger: Ledger, run: RunRow): Promise<string | null> {
  const replayed = run.replays === null ? undefined : await ledger.runs.runById(run.replays)
  return run.attempt > 1 ? run.cursor : (replayed?.cursorBefore ?? null)
}

/** The uploaded file that the options name; it belongs to the run that reads it. */
async function inputOf(works: Works, tenant: number, options: Readonly<Record<string, unknown>>, run: RunRow): Promise<Raw | undefined> {
  const { upload } = options
  if (typeof upload !== 'string') return undefined
  const row = await uploadOf(works.ledger, tenant, upload)
  if (!run.dry) await works.ledger.raws.readBy(row.id, run.id)
  return rawOf(row, works.files)
}

/** In a replay: what came without a request was an input. */
function inputAmong(rows: Parameters<typeof replayReach>[0], works: Works): Raw | undefined {
  const row = rows.find(({ request }) => request === null)
  return row && rawOf(row, works.files)
}

function bookOf(works: Works, run: RunRow, heart: Heart): Book {
  const { ledger } = works
  return {
    rejected: (rejects) => ledger.rejects.insertRejects(run.id, rejects.map(rejectRow)),
    recorded: (records) => ledger.records.insertRunRecords(run.id, records.map(recordRow)),
    reached: (cursor, counts) => ledger.runs.reachedBy(run.id, cursor, run.kind !== 'replay', counts),
    progress: (tally) => heart.beat(tally),
  }
}

function recordRow({ slug, ...record }: RecordNote): Parameters<Ledger['records']['insertRunRecords']>[1][number] {
  return { ...record, slug: slug ?? null }
}

export function rejectRow({ reason, file, line, column, value, row }: Rejected): Omit<RejectRow, 'id'> {
  return { reason, file: file ?? null, line: line ?? null, column: column ?? null, value: value ?? null, row: row ?? null }
}

function broken(error: unknown): Outcome {
  if (!(error instanceof Problem)) observe({ saw: 'crash', error })
  return { state: 'failed', error, counts: NOTHING, warnings: [], columns: undefined }
}

/** The process stops in the middle: the run waits for the next one, and goes on at its cursor. */
async function handBack(works: Works, run: RunRow): Promise<undefined> {
  await works.ledger.runs.requeue(run.id, 0, undefined)
}

async function end(works: Works, run: RunRow, source: SourceRow, outcome: Outcome): Promise<number | undefined> {
  const { ledger } = works
  const error = outcome.error === undefined ? undefined : faultJson(outcome.error)
  const wait = outcome.state === 'failed' && mayPass(outcome.error) && !run.dry ? WAITS[run.attempt - 1] : undefined
  if (wait !== undefined) {
    const seconds = Math.max(wait, retryAfterOf(outcome.error) ?? 0)
    await ledger.runs.requeue(run.id, seconds, error)
    return seconds
  }
  await ledger.runs.endRun(run.id, { state: outcome.state, warnings: outcome.warnings, error, counts: outcome.counts })
  const good = outcome.state === 'succeeded' || outcome.state === 'partly'
  if (good && !run.dry) await ledger.raws.markDone(run.id)
  if (good && !run.dry && run.kind === 'pull' && outcome.columns !== undefined) await ledger.sources.setColumns(source.id, outcome.columns)
  await ledger.records.thinRunRecords(source.id, TOLD)
  const { stored, rejected } = outcome.counts
  observe({
    saw: 'run-ended',
    source: source.id,
    connector: source.connector,
    state: outcome.state,
    stored,
    rejected,
    ms: Date.now() - Date.parse(run.started ?? run.queued),
  })
  return undefined
}

/** As it is kept in the books and shown: never more of an internal fault than that it is one. */
export function faultJson(error: unknown): { kind: string; said: unknown; at?: unknown } {
  if (!(error instanceof Problem)) return { kind: 'crash', said: saidOf(error) }
  return { kind: error.kind, said: error.said, ...(Object.keys(error.at).length > 0 ? { at: error.at } : {}) }
}

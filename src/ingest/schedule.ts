/** schedule: makes the runs that are due, takes up those that a node left behind, and clears away what has expired. */
import { hostname } from 'node:os'
import { randomBytes } from 'node:crypto'
import type { RunKind } from '../govern/ledger.ts'
import { observe } from '../observe.ts'
import { nextDue } from '../model/cron.ts'
import { execute, type Works } from './execute.ts'
import { openInlineQueue, openSharedQueue, type Queue } from './queue.ts'

export interface RunWish {
  readonly tenant: number
  readonly source: number
  readonly kind: RunKind
  readonly dry?: boolean
  readonly replays?: number
  readonly rows?: unknown
}

export interface Schedule {
  /** A run put into the books and into the queue. */
  begin(wish: RunWish): Promise<number>
  /** Stops a run of this node at once; another node hears of it with its next heartbeat. */
  halt(run: number): void
  /** From now on shared with other nodes, and looked after by the clock. */
  share(url: string, schema: string): Promise<void>
  /** What the clock does; for tests. */
  tick(): Promise<void>
  close(): Promise<void>
}

const TICK = 10_000
/** Seconds without a heartbeat after which a run counts as left behind. */
const SILENT = 30
/** A run that took its node down this often is not tried again. */
const TRIES = 5
const HOURLY = 360
const MINUTELY = 6

/** Names this process so that a later one on the same machine can tell that it is gone. */
export function nodeName(): string {
  return `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`
}

export function openSchedule(works: Works, drain: (source: number) => Promise<void>): Schedule {
  return new Scheduling(works, drain)
}

class Scheduling implements Schedule {
  private readonly works: Works
  private readonly drain: (source: number) => Promise<void>
  private readonly closing = new AbortController()
  private readonly underWay = new Map<number, AbortController>()
  private queue: Queue
  private timer: NodeJS.Timeout | undefined
  private ticking: Promise<void> | undefined
  private rolling: Promise<void> | undefined
  private ticks = 0

  constructor(works: Works, drain: (source: number) => Promise<void>) {
    this.works = works
    this.drain = drain
    this.queue = openInlineQueue((run) => this.does(run))
  }

  async begin({ tenant, source, kind, dry = false, replays, rows }: RunWish): Promise<number> {
    const run = await this.works.ledger.runs.insertRun({ tenant, source, kind, dry, replays, rows })
    await this.queue.send(run)
    return run
  }

  halt(run: number): void {
    this.underWay.get(run)?.abort()
  }

  async share(url: string, schema: string): Promise<void> {
    const alone = this.queue
    this.queue = await openSharedQueue(
      url,
      schema,
      (run) => this.does(run),
      (run) => giveUp(this.works, run),
    )
    await alone.close()
    await this.tick()
    this.timer = setInterval(() => void this.tick().catch((error: unknown) => observe({ saw: 'crash', error })), TICK).unref()
  }

  /** One at a time; a call during another joins it. */
  tick(): Promise<void> {
    this.ticking ??= this.tickOnce().finally(() => (this.ticking = undefined))
    return this.ticking
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    this.closing.abort()
    await this.ticking?.catch(() => undefined)
    await this.rolling
    await this.queue.close()
  }

  private async tickOnce(): Promise<void> {
    const { works, queue } = this
    await makeDue(works, queue)
    await takeUp(works)
    for (const run of await works.ledger.runs.waitingRuns()) if (!this.underWay.has(run)) await queue.send(run)
    for (const source of await works.ledger.raws.sourcesWithWaiting()) await this.drain(source)
    if (this.ticks % MINUTELY === 0) this.roll()
    if (this.ticks++ % HOURLY === 0) await clearAway(works)
  }

  /** Beside the clock, which it must not hold up: after an import there is much to do. Nodes take turns by locks on the series. */
  private roll(): void {
    this.rolling ??= this.works.ledger.rollups
      .rollUp(this.closing.signal)
      .catch((error: unknown) => observe({ saw: 'crash', error }))
      .finally(() => (this.rolling = undefined))
  }

  private async does(run: number): Promise<number | undefined> {
    const halt = new AbortController()
    this.underWay.set(run, halt)
    try {
      return await execute(this.works, run, { closing: this.closing.signal, halt: halt.signal })
    } finally {
      this.underWay.delete(run)
      await this.sendNext(run)
    }
  }

  /** A run that had to wait for this one of the same source. */
  private async sendNext(run: number): Promise<void> {
    const { runs } = this.works.ledger
    const done = await runs.runById(run)
    if (done === undefined || this.closing.signal.aborted) return
    const [next] = await runs.waitingRuns(done.source)
    if (next !== undefined && next !== run) await this.queue.send(next)
  }
}

/** A run for every source whose time has come, and its next time. A time that was missed is made up for once. */
async function makeDue({ ledger }: Works, queue: Queue): Promise<void> {
  for (const { id, tenant, schedule, zone } of await ledger.sources.takeDue()) {
    await ledger.sources.setDue(id, nextDue(schedule, zone))
    const waiting = await ledger.runs.waitingRuns(id)
    if (waiting.length > 0) continue
    await queue.send(await ledger.runs.insertRun({ tenant, source: id, kind: 'pull', dry: false, replays: undefined, rows: undefined }))
  }
  for (const { id, schedule, zone } of await ledger.sources.undated()) await ledger.sources.setDue(id, nextDue(schedule, zone))
}

async function takeUp(works: Works): Promise<void> {
  const { runs } = works.ledger
  const gone = (await runs.runningNodes()).filter((name) => isGone(name, works.node))
  for (const { id, attempt, kind } of await runs.orphans(SILENT, gone)) {
    if (kind === 'push') await endPush(works, id)
    else if (attempt >= TRIES) await giveUp(works, id)
  }
}

/** Its messages wait in the raw store and will be read by the next one. */
async function endPush({ ledger }: Works, id: number): Promise<void> {
  const run = await ledger.runs.runById(id)
  if (run?.state === 'queued')
    await ledger.runs.endRun(id, {
      state: run.rejected > 0 ? 'partly' : 'succeeded',
      warnings: run.warnings,
      error: undefined,
      counts: run,
    })
}

/** A process of this machine that runs no longer; or one that had our own number before us, as in a container. */
function isGone(name: string, own: string): boolean {
  const [host, pid] = name.split('/')
  if (name === own || host !== hostname()) return false
  return Number(pid) === process.pid || !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function giveUp({ ledger }: Works, id: number): Promise<void> {
  const run = await ledger.runs.runById(id)
  if (run === undefined || run.state !== 'queued') return
  const said = {
    de: 'Der Lauf wurde mehrmals durch einen Ausfall unterbrochen und wird nicht erneut versucht.',
    en: 'The run was interrupted by a failure several times and is not tried again.',
  }
  await ledger.runs.endRun(id, { state: 'failed', warnings: run.warnings, error: { kind: 'crash', said }, counts: run })
}

/** Whoever listens to changes reads them within seconds. */
const OUTBOX_DAYS = 7

async function clearAway({ ledger, files }: Works): Promise<void> {
  for (let gone = await ledger.raws.expireRaws(); gone.length > 0; gone = await ledger.raws.expireRaws())
    for (const hash of gone) await files.remove(hash)
  await files.sweep()
  await ledger.changes.trimChanges(OUTBOX_DAYS)
}

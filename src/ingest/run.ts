/** run: one connector, once. Takes what it yields in batches, keeps them in order, moves the cursor behind them and reports what happened. */
import type { Draft } from '../model/draft.ts'
import type { RecordNote } from '../model/record.ts'
import type { RunCounts } from '../govern/ledger.ts'
import { observe } from '../observe.ts'
import { Problem, type Said } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import type { Kept, Service } from '../service/service.ts'
import type { Connector, Raw, Rejected, Run } from './connector.ts'
import { Tally, type Outcome } from './tally.ts'

export interface Task {
  readonly connector: Connector
  readonly options: unknown
  /** As whom it is stored. */
  readonly who: Principal
  readonly dataset: number
  /** Only says what would change. */
  readonly dry: boolean
  readonly cursor: string | undefined
  /** The source's columns when it was last read. */
  readonly columns: readonly string[] | undefined
  /** What the run had done before it was interrupted at its cursor. */
  readonly before: RunCounts | undefined
  readonly input: Raw | undefined
  /** Rows to be read instead of the source. */
  readonly rows: readonly unknown[] | undefined
  readonly reach: Pick<Run, 'fetch' | 'files'>
  readonly budget: Budget
}

export interface Budget {
  readonly rows: number
  /** Milliseconds. */
  readonly time: number
}

export const BUDGET: Budget = { rows: 50_000_000, time: 6 * 3_600_000 }

/** Where a run writes what it has done so far. */
export interface Book {
  rejected(rejects: readonly Rejected[]): Promise<void>
  /** What became of records of another catalogue. */
  recorded(records: readonly RecordNote[]): Promise<void>
  /** Everything up to here is stored. */
  reached(cursor: string, counts: RunCounts): Promise<void>
  /** Called at most every second. Answers whether someone wants the run to stop. */
  progress(tally: Tally): Promise<boolean>
}

/** Drafts that are stored together. */
const BATCH = 5000
/** A dry run stops here: it compares all at once, since nothing of one batch is there for the next. */
const DRY = 50_000
/** Rejected rows that are kept; the others are only counted. */
const KEPT_REJECTS = 1000
const SECOND = 1000

/** Runs to the end, whatever happens: what went wrong is told in the outcome. Faults of our own are observed. */
export async function runOnce(service: Pick<Service, 'keep' | 'compare'>, task: Task, book: Book, signal: AbortSignal): Promise<Outcome> {
  const running = new Running(service, task, book, signal)
  try {
    await running.all()
  } catch (error) {
    return running.failed(error)
  }
  return running.ended()
}

interface Collected {
  readonly drafts: Draft[]
  /** Of each draft: the row it is made of. */
  readonly origins: Origin[]
  readonly rejects: Rejected[]
  /** What is before this mark is complete: rows are not torn apart, so that a run which goes on at the cursor repeats nothing. */
  mark: Mark | undefined
}

interface Mark {
  readonly cursor: string
  readonly drafts: number
  readonly rejects: number
  /** Rows read until then. */
  readonly rows: number
}

interface Origin {
  readonly row: unknown
  readonly line: number | undefined
  readonly file: string | undefined
}

const NOWHERE: Origin = { row: undefined, line: undefined, file: undefined }

class Running {
  private readonly tally: Tally
  private readonly service: Pick<Service, 'keep' | 'compare'>
  private readonly task: Task
  private readonly book: Book
  private readonly signal: AbortSignal
  private readonly halt = new AbortController()
  private readonly size: number
  private batch = collect()
  private origin = NOWHERE
  private storing: Promise<void> = Promise.resolve()
  private told = performance.now()
  private rejectsKept = 0

  constructor(service: Pick<Service, 'keep' | 'compare'>, task: Task, book: Book, signal: AbortSignal) {
    this.service = service
    this.task = task
    this.book = book
    this.signal = AbortSignal.any([signal, this.halt.signal, AbortSignal.timeout(task.budget.time)])
    this.size = task.dry ? DRY : (task.connector.batch ?? BATCH)
    this.tally = new Tally(task.columns, task.before)
  }

  async all(): Promise<void> {
    const { connector, options, rows } = this.task
    const run = this.run()
    const yielded = rows === undefined ? connector.read(options, run) : again(connector, options, rows, run)
    try {
      for await (const item of yielded) {
        this.signal.throwIfAborted()
        this.take(item)
        if (this.batch.drafts.length >= this.size || this.batch.rejects.length >= this.size) {
          if (this.task.dry) break
          await this.flush()
        }
      }
    } finally {
      await this.storing
    }
    this.signal.throwIfAborted()
    await this.flush(true)
    await this.storing
  }

  ended(): Outcome {
    return this.tally.outcome(undefined)
  }

  /** Batches that were stored stay, and are counted. */
  failed(error: unknown): Outcome {
    if (this.halt.signal.aborted) return this.tally.outcome('cancelled')
    if (this.signal.aborted) return this.tally.outcome(endOf(this.signal.reason))
    if (!(error instanceof Problem)) observe({ saw: 'crash', error })
    return this.tally.outcome(error)
  }

  private run(): Run {
    const { tally, task } = this
    return {
      dataset: task.dataset,
      cursor: task.cursor,
      signal: this.signal,
      input: task.input,
      fetch: (url, init) => task.reach.fetch(url, init),
      files: (folder, pattern) => task.reach.files(folder, pattern),
      row: (row, line, file) => {
        this.origin = { row, line, file }
        tally.rows += 1
      },
      columns: (names) => tally.sawColumns(names),
      unchanged: () => (tally.unchanged = true),
      reached: (cursor) => this.reach(cursor),
      progress: (done, total) => tally.progressed(done, total),
    }
  }

  private reach(cursor: string): void {
    const { drafts, rejects } = this.batch
    this.batch.mark = { cursor, drafts: drafts.length, rejects: rejects.length, rows: this.tally.rows }
  }

  private take(item: Draft | Rejected): void {
    if (item.draft === 'rejected') {
      this.batch.rejects.push(placed(item, this.origin))
      return
    }
    this.batch.drafts.push(item)
    this.batch.origins.push(this.origin)
  }

  /** While one batch is stored the next is read; a third waits, which holds the source back. */
  private async flush(last = false): Promise<void> {
    if (this.tally.rows > this.task.budget.rows) throw overBudget(this.task.budget.rows)
    const batch = this.batch
    this.batch = last ? collect() : beyond(batch)
    await this.storing
    this.storing = this.store(batch, last ? this.tally.rows : (batch.mark?.rows ?? this.tally.rows))
    this.storing.catch(() => undefined)
  }

  private async store(batch: Collected, rows: number): Promise<void> {
    const { task, tally } = this
    const kept =
      batch.drafts.length === 0
        ? undefined
        : await (task.dry ? this.service.compare : this.service.keep).call(this.service, task.who, task.dataset, batch.drafts)
    const refused = kept === undefined ? [] : refusalsOf(kept, batch)
    tally.settled = rows
    tally.stored(kept, batch.rejects.length + refused.length)
    await this.keepRejects([...batch.rejects, ...refused])
    await this.keepRecords(kept?.records ?? [])
    if (batch.mark !== undefined && !task.dry) await this.book.reached(batch.mark.cursor, tally.counts())
    if (performance.now() - this.told < SECOND) return
    this.told = performance.now()
    if (await this.book.progress(tally)) this.halt.abort()
  }

  /** What stayed as it was is told only where there is something to say about it. */
  private async keepRecords(records: readonly RecordNote[]): Promise<void> {
    const told = records.filter(({ became, findings }) => became !== 'same' || findings.length > 0)
    if (told.length > 0) await this.book.recorded(told)
  }

  private async keepRejects(rejects: readonly Rejected[]): Promise<void> {
    const fit = rejects.slice(0, KEPT_REJECTS - this.rejectsKept)
    this.rejectsKept += fit.length
    if (fit.length > 0) await this.book.rejected(fit)
  }
}

function collect(): Collected {
  return { drafts: [], origins: [], rejects: [], mark: undefined }
}

/** Takes what lies behind the mark out of the batch, for the next one. */
function beyond({ drafts, origins, rejects, mark }: Collected): Collected {
  if (mark === undefined || mark.drafts + mark.rejects === 0) return collect()
  return {
    drafts: drafts.splice(mark.drafts),
    origins: origins.splice(mark.drafts),
    rejects: rejects.splice(mark.rejects),
    mark: undefined,
  }
}

function again(connector: Connector, options: unknown, rows: readonly unknown[], run: Run): AsyncIterable<Draft | Rejected> {
  if (connector.again !== undefined) return connector.again(options, rows, run)
  throw new Problem('not-implemented', {
    de: 'Einzelne Zeilen dieser Quelle können nicht erneut eingelesen werden, nur der ganze Lauf.',
    en: 'Single rows of this source cannot be read again, only the whole run.',
  })
}

/** What a connector left open about a rejected row is filled in from the row it was at. */
function placed(item: Rejected, { row, line, file }: Origin): Rejected {
  return {
    ...item,
    ...(item.line === undefined && line !== undefined ? { line } : {}),
    ...(item.file === undefined && file !== undefined ? { file } : {}),
    ...(item.row === undefined && row !== undefined ? { row } : {}),
  }
}

/** Rows that could not be stored: each once, however many of its drafts failed. */
function refusalsOf(kept: Kept, batch: Collected): Rejected[] {
  const seen = new Set<Origin>()
  return kept.failed.flatMap(({ position, problem }) => {
    const origin = batch.origins[position] ?? NOWHERE
    if (origin !== NOWHERE && seen.has(origin)) return []
    seen.add(origin)
    return [
      placed({ draft: 'rejected', reason: problem.said, ...(problem.at.field === undefined ? {} : { column: problem.at.field }) }, origin),
    ]
  })
}

function overBudget(rows: number): Problem {
  return new Problem('too-large', { de: `Die Quelle hat mehr als ${rows} Zeilen.`, en: `The source has more than ${rows} rows.` })
}

function endOf(reason: unknown): Problem | 'cancelled' {
  if (!(reason instanceof DOMException && reason.name === 'TimeoutError')) return 'cancelled'
  return new Problem('too-large', {
    de: 'Der Lauf dauerte länger als erlaubt und wurde beendet. Was bis dahin gespeichert war, bleibt.',
    en: 'The run took longer than allowed and was ended. What was stored until then stays.',
  })
}

/** As said to a person who waits for the report. */
export function saidOf(error: unknown): Said {
  if (error instanceof Problem) return error.said
  return { de: 'Interner Fehler. Die Administration findet ihn im Protokoll.', en: 'Internal fault. An administrator finds it in the log.' }
}

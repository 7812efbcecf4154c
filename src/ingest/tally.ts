/** tally: what a run has done so far, and what is to be said about it at the end. */
import { Problem, type Said } from '../problem.ts'
import type { RunCounts, RunState } from '../govern/ledger.ts'
import type { Became } from '../model/record.ts'
import { isObject } from '../model/json.ts'
import type { Kept } from '../service/service.ts'

export interface Outcome {
  readonly state: RunState
  /** Why it did not reach its end: a Problem, or a fault of our own. */
  readonly error: unknown
  readonly counts: RunCounts
  readonly warnings: readonly Said[]
  /** As seen in this run. */
  readonly columns: readonly string[] | undefined
}

function nothingUsable(): Problem {
  return new Problem('invalid-body', {
    de: 'Keine einzige Zeile konnte übernommen werden. Die Gründe stehen bei den abgelehnten Zeilen.',
    en: 'Not a single row could be taken over. The reasons stand with the rejected rows.',
  })
}

export class Tally {
  rows = 0
  /** Rows whose drafts are stored. */
  settled = 0
  unchanged = false
  columns: readonly string[] | undefined
  private done = 0
  private total: number | null = null
  private kept = { stored: 0, skipped: 0, replaced: 0, entities: 0, amended: 0, series: 0 }
  private records: Partial<Record<Became, number>> = {}
  private rejected = 0
  private readonly began = performance.now()
  private readonly before: readonly string[] | undefined

  private readonly resumed: number

  /** `done`: by the same run before it was interrupted. */
  constructor(columnsBefore: readonly string[] | undefined, done: RunCounts | undefined) {
    this.before = columnsBefore
    this.resumed = done?.read ?? 0
    if (done === undefined) return
    const made = isObject(done.made) ? done.made : {}
    const { stored, skipped, replaced, rejected } = done
    this.kept = {
      stored,
      skipped,
      replaced,
      entities: Number(made['entities'] ?? 0),
      amended: Number(made['amended'] ?? 0),
      series: Number(made['series'] ?? 0),
    }
    this.records = isObject(made['records']) ? (made['records'] as typeof this.records) : {}
    this.rejected = rejected
  }

  sawColumns(names: readonly string[]): void {
    this.columns = this.columns === undefined ? names : [...new Set([...this.columns, ...names])]
  }

  progressed(done: number, total: number | undefined): void {
    this.done = done
    this.total = total ?? this.total
  }

  stored(kept: Kept | undefined, rejected: number): void {
    this.rejected += rejected
    if (kept === undefined) return
    const sum = this.kept
    this.kept = {
      stored: sum.stored + kept.observations.stored,
      skipped: sum.skipped + kept.observations.skipped,
      replaced: sum.replaced + kept.observations.replaced,
      entities: sum.entities + kept.entities.made,
      amended: sum.amended + kept.entities.amended,
      series: sum.series + kept.series.made,
    }
    for (const { became } of kept.records) this.records = { ...this.records, [became]: (this.records[became] ?? 0) + 1 }
  }

  /** `rows`: read and stored, which is less than what was read until the end is reached. */
  counts(rows = this.settled): RunCounts {
    const { stored, skipped, replaced, entities, amended, series } = this.kept
    const fresh = Math.max(rows, this.total === null && rows === this.rows ? this.done : 0)
    const read = this.resumed + fresh
    const rate = Math.round(fresh / Math.max(0.001, (performance.now() - this.began) / 1000))
    return {
      read,
      stored,
      skipped,
      replaced,
      rejected: this.rejected,
      total: this.expected(),
      rate,
      made: { entities, amended, series, ...(Object.keys(this.records).length > 0 && { records: this.records }) },
    }
  }

  /** Rows in all, as far as can be told from how much of the source was read. */
  private expected(): number | null {
    if (this.total === null || this.done === 0) return null
    return this.resumed + Math.round((this.rows * this.total) / this.done)
  }

  /** `error`: what ended the run before its end; "cancelled" when a person did. */
  outcome(error: unknown): Outcome {
    const counts = this.counts(this.rows)
    const state = error === 'cancelled' ? 'cancelled' : error !== undefined ? 'failed' : this.ended()
    return {
      state,
      error: error === 'cancelled' ? undefined : (error ?? (state === 'failed' ? nothingUsable() : undefined)),
      counts,
      warnings: this.warnings(error === undefined),
      columns: this.columns,
    }
  }

  private ended(): RunState {
    if (this.rejected === 0) return 'succeeded'
    return this.useful() ? 'partly' : 'failed'
  }

  private useful(): boolean {
    return [...Object.values(this.kept), ...Object.values(this.records)].some((count) => count > 0)
  }

  private warnings(reachedEnd: boolean): readonly Said[] {
    const warnings: Said[] = []
    if (reachedEnd && !this.unchanged && this.rejected === 0 && this.rows === 0 && this.done === 0 && !this.useful())
      warnings.push({
        de: 'Die Quelle war erreichbar, enthielt aber keine einzige Zeile.',
        en: 'The source was reached but held not a single row.',
      })
    if (reachedEnd && this.rows > 0 && this.rejected === 0 && !this.useful())
      warnings.push({ de: 'Aus den gelesenen Zeilen wurde nichts Neues.', en: 'Nothing new came of the rows that were read.' })
    return [...warnings, ...this.columnWarnings()]
  }

  private columnWarnings(): Said[] {
    const { before, columns } = this
    if (before === undefined || columns === undefined) return []
    const gone = before.filter((name) => !columns.includes(name))
    const fresh = columns.filter((name) => !before.includes(name))
    const list = (names: readonly string[], open: string, close: string): string => names.map((name) => open + name + close).join(', ')
    return [
      ...(gone.length === 0
        ? []
        : [
            {
              de: `Spalten fehlen gegenüber dem letzten Lauf: ${list(gone, '„', '“')}.`,
              en: `Columns are missing compared to the last run: ${list(gone, '“', '”')}.`,
            },
          ]),
      ...(fresh.length === 0
        ? []
        : [
            {
              de: `Neue Spalten seit dem letzten Lauf: ${list(fresh, '„', '“')}.`,
              en: `New columns since the last run: ${list(fresh, '“', '”')}.`,
            },
          ]),
    ]
  }
}

/** Connector: reads a source and yields drafts; it never writes, schedules, retries or logs. run.ts does, for all of them. */
import type { Draft } from '../model/draft.ts'
import type { Said } from '../problem.ts'

export interface Connector<Options = unknown> {
  readonly name: string
  readonly title: { readonly de: string; readonly en: string }
  /** 'pull' is run on a schedule or by hand; 'push' waits for messages at /in/{source}. */
  readonly mode: 'pull' | 'push'
  /** It reads the catalogue of others: datasets are made of what it yields, and the one it fills stands for that catalogue. */
  readonly catalogue?: true
  /** Drafts that are stored together, where it is fewer than usual. */
  readonly batch?: number
  /** JSON Schema with German and English titles: checks the options and draws their form. */
  readonly options: object
  /** Throws a Problem for options that pass the schema and cannot work all the same; `at` points into them. */
  check?(options: Options): void | Promise<void>
  /** Throws a Problem when the source as a whole cannot be read; a bad row is yielded as Rejected. */
  read(options: Options, run: Run): AsyncIterable<Draft | Rejected>
  /** Reads rows that were rejected and have been corrected, in the shape in which they were shown to `run.row`. */
  again?(options: Options, rows: readonly unknown[], run: Run): AsyncIterable<Draft | Rejected>
}

export interface Run {
  /** Where it goes; undefined while a preview has none yet. */
  readonly dataset: number | undefined
  /** What the last good run said it had reached. */
  readonly cursor: string | undefined
  readonly signal: AbortSignal
  /** The pushed message or uploaded file, when there is one. */
  readonly input: Raw | undefined
  /** A call to the outside: through the SSRF guard, with time and size limits, retries and Retry-After; kept raw before it is read. */
  fetch(
    url: string,
    init?: { readonly headers?: Readonly<Record<string, string>>; readonly method?: string; readonly body?: string },
  ): Promise<Raw>
  /** Files in a folder on the server that this source has not read yet, oldest first; `pattern` has * and ?. Kept raw before they are read. */
  files(folder: string, pattern?: string): AsyncIterable<Raw>
  /** The row that the drafts yielded next are made of: for the preview, for what is rejected when it is stored, and counted. */
  row(row: unknown, line?: number, file?: string): void
  /** The columns of the source, so that a change is noticed. */
  columns(names: readonly string[]): void
  /** There is nothing new, so that nothing read is no reason to worry. */
  unchanged(): void
  /** “Everything yielded so far may be committed up to here.” */
  reached(cursor: string): void
  /** Rows (or bytes) read and, when known, how many there are in all. */
  progress(done: number, total?: number): void
}

/** Something as it came, untouched, already in the raw store. */
export interface Raw {
  readonly name: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly type: string | undefined
  readonly size: number
  /** SHA-256 of the content, hex. */
  readonly hash: string
  bytes(): AsyncIterable<Uint8Array>
  json(): Promise<unknown>
}

/** A row that could not become a draft: counted, kept for replay and shown in the run's report, never fatal. */
export interface Rejected {
  readonly draft: 'rejected'
  readonly reason: Said
  readonly file?: string
  readonly line?: number
  readonly column?: string
  readonly value?: string
  /** The row as read, so that it can be corrected and replayed. */
  readonly row?: unknown
}

/** intake: what protocols may ask of the ingest room, which they cannot see: sources, runs, uploads, previews, pushed messages. */
import type { Place, Said } from '../problem.ts'
import type { Became, RecordNote } from '../model/record.ts'
import type { Principal } from '../rights/principal.ts'
import type { RunKind, RunState } from '../store/runs.ts'

export interface Intake {
  connectors(): readonly ConnectorCard[]
  /** Keeps a file as it comes. */
  upload(who: Principal, file: Message): Promise<Upload>
  /** What is in this file, and how it would be read. */
  detect(who: Principal, of: DetectWish): Promise<unknown>
  /** The first rows, what they would become and what is wrong with them. Nothing is stored. */
  preview(who: Principal, wish: PreviewWish): Promise<Preview>

  sources(who: Principal): Promise<readonly SourceCard[]>
  source(who: Principal, id: number): Promise<SourceCard>
  make(who: Principal, wish: SourceWish): Promise<SourceCard>
  change(who: Principal, id: number, wish: Partial<SourceWish>): Promise<SourceCard>
  remove(who: Principal, id: number): Promise<void>
  /** A new secret address for pushing; the old one ends at once. */
  rotate(who: Principal, id: number): Promise<SourceCard>

  run(who: Principal, source: number, dry: boolean): Promise<RunCard>
  runs(who: Principal, wish: RunsWish): Promise<{ readonly items: readonly RunCard[]; readonly next?: string }>
  runOf(who: Principal, id: number): Promise<RunCard>
  cancel(who: Principal, id: number): Promise<RunCard>
  rejects(
    who: Principal,
    run: number,
    after: number,
    limit: number,
  ): Promise<{ readonly items: readonly RejectCard[]; readonly next?: string }>
  /** What became of each record of another catalogue, as far as there is anything to say. */
  records(
    who: Principal,
    run: number,
    wish: { readonly after: number; readonly limit: number; readonly became?: Became },
  ): Promise<{ readonly items: readonly RecordCard[]; readonly next?: string }>
  /** Reads again what a run had read, as it came; or only these rows, corrected. The source is not asked again. */
  replay(who: Principal, run: number, rows: readonly Corrected[] | undefined): Promise<RunCard>

  /** Hosts in internal networks that may be called. */
  outgoing(who: Principal): Promise<readonly string[]>
  allowOutgoing(who: Principal, hosts: readonly string[]): Promise<readonly string[]>

  /** A message for a source that waits for them, from whoever holds its secret. It is kept before this answers. */
  push(source: number, secret: string, message: Message): Promise<{ readonly id: number }>
}

export interface ConnectorCard {
  readonly name: string
  readonly title: { readonly de: string; readonly en: string }
  readonly mode: 'pull' | 'push'
  readonly options: object
}

export interface Message {
  readonly name: string
  readonly type: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: AsyncIterable<Uint8Array>
}

export interface Upload {
  /** Names the file in options; not to be guessed. */
  readonly upload: string
  readonly name: string
  readonly size: number
  readonly hash: string
}

export interface DetectWish {
  readonly upload?: string
  readonly url?: string
  /** Choices that were made already: encoding, delimiter, header row. */
  readonly options?: Readonly<Record<string, unknown>>
}

export interface PreviewWish {
  readonly connector: string
  readonly options: Readonly<Record<string, unknown>>
  /** The source that the options belong to: its secrets are used where they are left out. */
  readonly source?: number
  /** Slug of the dataset: then it is said what would change in it. */
  readonly dataset?: string
  readonly limit?: number
}

export interface Preview {
  readonly columns: readonly string[]
  readonly rows: readonly unknown[]
  readonly drafts: readonly unknown[]
  readonly rejected: readonly Omit<RejectCard, 'id'>[]
  readonly counts: Readonly<Record<string, number>>
  readonly warnings: readonly Said[]
  /** There is more than what is shown. */
  readonly more: boolean
}

export interface SourceWish {
  readonly name: string
  readonly connector: string
  readonly options: Readonly<Record<string, unknown>>
  /** Slug. */
  readonly dataset: string
  readonly schedule?: string | null
  readonly zone?: string
  readonly enabled?: boolean
  /** Days. */
  readonly retention?: number
}

export interface SourceCard {
  readonly id: number
  readonly name: string
  readonly connector: string
  readonly options: Readonly<Record<string, unknown>>
  /** Pointers into the options to secrets that are set and not shown. */
  readonly secrets: readonly string[]
  readonly dataset: string
  readonly schedule: string | null
  readonly zone: string
  readonly enabled: boolean
  readonly retention: number
  readonly due: string | null
  /** Path below the tenant's address, with its secret, where messages are pushed to. */
  readonly door?: string
  readonly created: string
  readonly modified: string
}

export interface RunsWish {
  readonly source?: number
  readonly after?: number
  readonly limit: number
}

export interface RunCard {
  readonly id: number
  readonly source: number
  readonly kind: RunKind
  readonly state: RunState
  readonly dry: boolean
  readonly replays: number | null
  readonly attempt: number
  readonly queued: string
  /** When a queued run is tried. */
  readonly due: string
  readonly started: string | null
  readonly ended: string | null
  readonly read: number
  readonly stored: number
  readonly skipped: number
  readonly replaced: number
  readonly rejected: number
  readonly total: number | null
  /** Rows per second. */
  readonly rate: number | null
  readonly made: {
    readonly entities?: number
    readonly amended?: number
    readonly series?: number
    readonly records?: Readonly<Partial<Record<Became, number>>>
  }
  readonly warnings: readonly Said[]
  readonly error: Fault | null
  readonly cursor: string | null
}

/** Why a run did not reach its end. */
export interface Fault {
  readonly kind: string
  readonly said: Said
  readonly at?: Place
}

export interface RejectCard {
  readonly id: number
  readonly reason: Said
  readonly file?: string
  readonly line?: number
  readonly column?: string
  readonly value?: string
  readonly row?: unknown
}

export interface RecordCard extends RecordNote {
  readonly id: number
}

export interface Corrected {
  readonly id: number
  readonly row: unknown
}

/** ledger: the books of the ingest room, which runs as the platform itself: sources, runs, rejects and raw payloads. */
import type { Store } from '../store/pool.ts'
import * as changes from '../store/changes.ts'
import * as outgoing from '../store/outgoing.ts'
import * as raws from '../store/raws.ts'
import * as rejects from '../store/rejects.ts'
import * as roll from '../store/roll.ts'
import * as records from '../store/run-records.ts'
import * as runs from '../store/runs.ts'
import * as sources from '../store/sources.ts'

export { FIRST_TENANT } from '../store/outgoing.ts'
export type { NewRaw, RawRow } from '../store/raws.ts'
export type { RejectRow } from '../store/rejects.ts'
export type { RunRecordRow } from '../store/run-records.ts'
export type { RunCounts, RunKind, RunRow, RunState } from '../store/runs.ts'
export type { SourceRow } from '../store/sources.ts'

type Bound<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends (store: Store, ...rest: infer Rest) => infer Answer
    ? (...rest: Rest) => Answer
    : never
}

export interface Ledger {
  readonly changes: Bound<Pick<typeof changes, 'trimChanges'>>
  readonly outgoing: Bound<Pick<typeof outgoing, 'allowedHosts' | 'setAllowedHosts'>>
  readonly raws: Bound<typeof raws>
  readonly rejects: Bound<typeof rejects>
  readonly records: Bound<typeof records>
  readonly rollups: Bound<Pick<typeof roll, 'rollUp'>>
  readonly runs: Bound<typeof runs>
  readonly sources: Bound<typeof sources>
}

export function openLedger(store: Store): Ledger {
  return {
    changes: bind({ trimChanges: changes.trimChanges }, store),
    outgoing: bind({ allowedHosts: outgoing.allowedHosts, setAllowedHosts: outgoing.setAllowedHosts }, store),
    raws: bind(raws, store),
    rejects: bind(rejects, store),
    records: bind(records, store),
    rollups: bind({ rollUp: roll.rollUp }, store),
    runs: bind(runs, store),
    sources: bind(sources, store),
  }
}

/** Every function of a table with the store already given. */
function bind<Table extends object>(table: Table, store: Store): Bound<Table> {
  const bound = Object.entries(table).map(([name, does]) => [name, (...rest: unknown[]): unknown => does(store, ...rest)])
  return Object.fromEntries(bound) as Bound<Table>
}

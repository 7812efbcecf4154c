/** run-door: what people ask about runs: to begin one, to follow it, to stop it, to see what was rejected and to read it again. */
import type { Fault, Intake, RecordCard, RejectCard, RunCard } from '../govern/intake.ts'
import type { Ledger, RejectRow, RunRecordRow } from '../govern/ledger.ts'
import type { RunRow, Sources } from '../govern/sources.ts'
import { Problem, type Said } from '../problem.ts'
import type { Schedule } from './schedule.ts'

type RunDoor = Pick<Intake, 'run' | 'runs' | 'runOf' | 'cancel' | 'rejects' | 'records' | 'replay'>

export function runDoor({ sources, ledger }: { readonly sources: Sources; readonly ledger: Ledger }, schedule: Schedule): RunDoor {
  return {
    async run(who, source, dry) {
      const { id, tenant, tokenHash } = await sources.get(who, source)
      if (tokenHash !== null)
        throw new Problem('conflict', {
          de: 'Diese Quelle wartet auf Nachrichten; sie kann nicht von Hand gestartet werden.',
          en: 'This source waits for messages; it cannot be started by hand.',
        })
      return runCard(await sources.run(who, await schedule.begin({ tenant, source: id, kind: 'pull', dry })))
    },
    async runs(who, { source, after, limit }) {
      const rows = await sources.runs(who, {
        limit: limit + 1,
        ...(source === undefined ? {} : { source }),
        ...(after === undefined ? {} : { before: after }),
      })
      return page(rows.map(runCard), limit)
    },
    runOf: async (who, id) => runCard(await sources.run(who, id)),
    async cancel(who, id) {
      await sources.run(who, id)
      if (!(await ledger.runs.askToStop(id)))
        throw new Problem('conflict', { de: 'Dieser Lauf ist bereits zu Ende.', en: 'This run is over already.' })
      schedule.halt(id)
      return runCard(await sources.run(who, id))
    },
    async rejects(who, id, after, limit) {
      await sources.run(who, id)
      return page((await ledger.rejects.rejectsOf(id, after, limit + 1)).map(rejectCard), limit)
    },
    async records(who, id, { after, limit, became }) {
      await sources.run(who, id)
      return page((await ledger.records.runRecordsOf(id, after, limit + 1, became)).map(recordCard), limit)
    },
    async replay(who, id, rows) {
      const run = await sources.run(who, id)
      if (run.state === 'queued' || run.state === 'running')
        throw new Problem('conflict', { de: 'Dieser Lauf ist noch nicht zu Ende.', en: 'This run is not over yet.' })
      const begun = await schedule.begin({
        tenant: run.tenant,
        source: run.source,
        kind: 'replay',
        replays: originOf(run),
        rows: rows?.map(({ row }) => row),
      })
      return runCard(await sources.run(who, begun))
    },
  }
}

/** A replay of a replay reads what the first run read. */
function originOf({ id, replays }: RunRow): number {
  return replays ?? id
}

function page<Item extends { readonly id: number }>(
  items: readonly Item[],
  limit: number,
): { readonly items: readonly Item[]; readonly next?: string } {
  const last = items[limit - 1]
  return items.length > limit && last !== undefined ? { items: items.slice(0, limit), next: String(last.id) } : { items }
}

/** What the books hold as JSON was written by this room. */
export function runCard(row: RunRow): RunCard {
  const {
    tenant: _tenant,
    dataset: _dataset,
    connector: _connector,
    rows: _rows,
    node: _node,
    cancelled: _cancelled,
    cursorBefore: _before,
    ...shown
  } = row
  return {
    ...shown,
    made: row.made as RunCard['made'],
    warnings: row.warnings as readonly Said[],
    error: row.error as Fault | null,
  }
}

function recordCard({ slug, title, became, changes, findings, ...row }: RunRecordRow): RecordCard {
  return {
    ...row,
    ...(slug === null ? {} : { slug }),
    title: title as RecordCard['title'],
    became: became as RecordCard['became'],
    changes: changes as RecordCard['changes'],
    findings: findings as RecordCard['findings'],
  }
}

function rejectCard({ id, reason, file, line, column, value, row }: RejectRow): RejectCard {
  return {
    id,
    reason: reason as Said,
    ...(file === null ? {} : { file }),
    ...(line === null ? {} : { line }),
    ...(column === null ? {} : { column }),
    ...(value === null ? {} : { value }),
    ...(row === null ? {} : { row }),
  }
}

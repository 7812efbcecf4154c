/** watch: the outbox told to whoever listens, as far as they may see. Observations are polled for: NOTIFY would serialise every write. */
import type { Filter } from '../query/filter.ts'
import { and } from '../query/filter.ts'
import { matches } from '../query/matches.ts'
import { narrow } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import { changesAfter, lastChange, type ChangeRow } from '../store/changes.ts'
import { setTimeout } from 'node:timers/promises'
import type { Desk } from './append.ts'
import type { Change } from './service.ts'

/** Milliseconds between two looks into the outbox. */
const PAUSE = 200

/** `where` is about datasets: which of them to hear of. */
export async function* watch(desk: Desk, who: Principal, where: Filter, signal: AbortSignal): AsyncIterable<Change> {
  const wanted = and(where, narrow(who, 'read', 'dataset'))
  let after = await lastChange(desk.store)
  while (!signal.aborted) {
    const rows = await changesAfter(desk.store, after)
    for (const row of rows) if (await concerns(desk, wanted, row)) yield { ...row, id: String(row.id) }
    after = rows.at(-1)?.id ?? after
    if (rows.length === 0) await setTimeout(PAUSE, undefined, { signal }).catch(() => {})
  }
}

async function concerns(desk: Desk, wanted: Filter, row: ChangeRow): Promise<boolean> {
  const dataset = await desk.directory.dataset(row.dataset)
  return dataset !== undefined && matches(wanted, dataset)
}

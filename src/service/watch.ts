/** watch: the outbox told to whoever listens, as far as they may see. */
import type { Filter } from '../query/filter.ts'
import { and } from '../query/filter.ts'
import { matches } from '../query/matches.ts'
import { narrow } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import type { ChangeRow } from '../store/changes.ts'
import type { Desk } from './desk.ts'
import type { Outbox } from './outbox.ts'
import type { Change } from './service.ts'

/** `where` is about datasets: which of them to hear of. */
export async function* watch(
  desk: Desk,
  outbox: Outbox,
  who: Principal,
  where: Filter,
  signal: AbortSignal,
  begun?: () => void,
): AsyncIterable<readonly Change[]> {
  const wanted = and(where, narrow(who, 'read', 'dataset'))
  for await (const rows of outbox.follow(signal, begun)) {
    const heard: Change[] = []
    for (const row of rows) if (await concerns(desk, wanted, row)) heard.push({ ...row, id: String(row.id) })
    if (heard.length > 0) yield heard
  }
}

async function concerns(desk: Desk, wanted: Filter, row: ChangeRow): Promise<boolean> {
  const dataset = await desk.directory.dataset(row.dataset)
  return dataset !== undefined && matches(wanted, dataset)
}

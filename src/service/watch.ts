/** watch: the outbox told to whoever listens, as far as they may see. */
import type { Filter } from '../query/filter.ts'
import { and } from '../query/filter.ts'
import { matches } from '../query/matches.ts'
import { touches } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import type { ChangeRow } from '../store/changes.ts'
import type { Desk } from './desk.ts'
import type { Outbox } from './outbox.ts'
import type { Renew } from './renew.ts'
import type { Change } from './service.ts'

/** `where` is about datasets: which of them to hear of. Rights are those of each moment; when there are none any more it ends with a Problem. */
export async function* watch(
  { desk, outbox, renew }: { readonly desk: Desk; readonly outbox: Outbox; readonly renew: Renew },
  who: Principal,
  where: Filter,
  signal: AbortSignal,
  begun?: () => void,
): AsyncIterable<readonly Change[]> {
  for await (const rows of outbox.follow(signal, begun)) {
    const wanted = and(where, touches(await renew(who), 'read'))
    const heard: Change[] = []
    for (const row of rows) if (await concerns(desk, wanted, row)) heard.push({ ...row, id: String(row.id) })
    if (heard.length > 0) yield heard
  }
}

async function concerns(desk: Desk, wanted: Filter, row: ChangeRow): Promise<boolean> {
  const dataset = await desk.directory.dataset(row.dataset)
  return dataset !== undefined && matches(wanted, dataset)
}

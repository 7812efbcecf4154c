/** once: appending into a dataset that does not keep duplicates: what its series already has at the same time is skipped or replaced. */
import type { Duplicates } from '../model/dataset.ts'
import type { Observation } from '../model/observation.ts'
import { append } from './append.ts'
import { arrayOf } from './arrays.ts'
import type { Store } from './pool.ts'
import { recount } from './recount.ts'
import { sql } from './sql.ts'

export interface Once {
  readonly stored: ReadonlySet<number>
  /** Another one at the same time stands for them. */
  readonly skipped: ReadonlySet<number>
  /** How many gave way to one at the same time: some were there before, some came earlier in the batch. */
  readonly replaced: { readonly before: number; readonly within: number }
}

/** The rows of a series are locked before looking, so that two writers of the same instant take turns. */
export async function appendOnce(store: Store, observations: readonly Observation[], policy: Exclude<Duplicates, 'keep'>): Promise<Once> {
  const { wanted, skipped } = distinct(observations, policy)
  return store.transaction(async (transaction) => {
    const series = [...new Set(wanted.map((one) => one.series))]
    await transaction.query(sql`select from series_state where series = any(${series}::int[]) order by series for update`)
    const there = await findSame(transaction, wanted)
    if (policy === 'skip') {
      const fresh = wanted.filter(({ id }) => !there.has(id))
      return {
        stored: await appended(transaction, fresh),
        skipped: new Set([...skipped, ...there.keys()]),
        replaced: { before: 0, within: 0 },
      }
    }
    const old = [...new Set([...there.values()].flat())]
    if (old.length > 0)
      await transaction.query(sql`delete from observation where id = any(${old}::bigint[]) and series = any(${series}::int[])`)
    const stored = await appended(transaction, wanted)
    if (old.length > 0) await recount(transaction, [...new Set(wanted.filter(({ id }) => there.has(id)).map((one) => one.series))])
    return { stored, skipped, replaced: { before: there.size, within: skipped.size } }
  })
}

/** The ids of those that are stored. */
async function appended(store: Store, observations: readonly Observation[]): Promise<ReadonlySet<number>> {
  const gone = observations.length === 0 ? new Set() : await append(store, observations)
  return new Set(observations.flatMap(({ id, series }) => (gone.has(series) ? [] : id)))
}

/** Within one batch the first is kept when skipping, the last when replacing. */
function distinct(
  observations: readonly Observation[],
  policy: 'skip' | 'replace',
): { readonly wanted: Observation[]; readonly skipped: Set<number> } {
  const chosen = new Map<string, Observation>()
  const skipped = new Set<number>()
  for (const one of observations) {
    const key = `${one.series} ${one.time} ${one.end ?? ''}`
    const before = chosen.get(key)
    if (before !== undefined) skipped.add(policy === 'skip' ? one.id : before.id)
    if (before === undefined || policy === 'replace') chosen.set(key, one)
  }
  return { wanted: [...chosen.values()], skipped }
}

/** By the id of a new observation, the ids of those that stand at the same time already. */
async function findSame(store: Store, observations: readonly Observation[]): Promise<ReadonlyMap<number, number[]>> {
  const column = (type: string, read: (one: Observation) => unknown) => arrayOf(type, observations.map(read))
  const rows = await store.query<{ fresh: number; old: number }>(sql`
    select input.id as fresh, old.id as old
    from unnest(${column('bigint', ({ id }) => id)}::bigint[], ${column('int', (one) => one.series)}::int[],
      ${column('timestamptz', ({ time }) => time)}::timestamptz[], ${column('timestamptz', ({ end }) => end)}::timestamptz[]) as input(id, series, time, "end")
    join observation old on old.series = input.series and old.time = input.time and old."end" is not distinct from input."end"`)
  return new Map([...Map.groupBy(rows, ({ fresh }) => fresh)].map(([fresh, same]) => [fresh, same.map(({ old }) => old)]))
}

/** sources: who may look after which source. Whoever manages a dataset manages the sources that fill it. */
import { Problem } from '../problem.ts'
import { administers } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import type { Store } from '../store/pool.ts'
import { runById, runsOf, type RunRow } from '../store/runs.ts'
import { deleteSource, insertSource, sourceById, sourcesOf, updateSource, type SourceRow, type SourceWrite } from '../store/sources.ts'

export type { SourceRow, SourceWrite } from '../store/sources.ts'
export type { RunRow } from '../store/runs.ts'

export interface Sources {
  all(who: Principal): Promise<readonly SourceRow[]>
  /** Throws `not-found` for what `who` does not manage. */
  get(who: Principal, id: number): Promise<SourceRow>
  make(who: Principal, source: SourceWrite): Promise<SourceRow>
  /** `forget`: the next run reads from the beginning. */
  change(who: Principal, id: number, source: SourceWrite, forget: boolean): Promise<SourceRow>
  remove(who: Principal, id: number): Promise<void>
  runs(who: Principal, wish: { source?: number; before?: number; limit: number }): Promise<readonly RunRow[]>
  run(who: Principal, id: number): Promise<RunRow>
}

export function openSources(store: Store): Sources {
  const found = async (who: Principal, id: number): Promise<SourceRow> => {
    const row = await sourceById(store, id)
    if (row === undefined || row.tenant !== who.tenant || !manages(who, row.dataset))
      throw new Problem('not-found', { de: 'Diese Datenquelle gibt es nicht.', en: 'There is no such source.' })
    return row
  }
  return {
    all: async (who) => (bound(who)?.length === 0 ? [] : sourcesOf(store, who.tenant, bound(who))),
    get: found,
    async make(who, source) {
      mustManage(who, source.dataset)
      return found(who, await insertSource(store, who.tenant, source))
    },
    async change(who, id, source, forget) {
      await found(who, id)
      mustManage(who, source.dataset)
      await updateSource(store, id, source, forget)
      return found(who, id)
    },
    async remove(who, id) {
      await found(who, id)
      await deleteSource(store, id)
    },
    async runs(who, { source, before, limit }) {
      return runsOf(store, { tenant: who.tenant, source, before, limit, datasets: bound(who) })
    },
    async run(who, id) {
      const row = await runById(store, id)
      if (row === undefined || row.tenant !== who.tenant || !manages(who, row.dataset))
        throw new Problem('not-found', { de: 'Diesen Lauf gibt es nicht.', en: 'There is no such run.' })
      return row
    },
  }
}

/** The datasets that `who` manages; undefined: all of the tenant. */
function bound(who: Principal): readonly number[] | undefined {
  if (administers(who)) return undefined
  if (who.only?.includes('manage') === false) return []
  const managed = who.grants.filter(({ verbs, portion }) => verbs.includes('manage') && portion === undefined)
  return managed.some(({ dataset }) => dataset === undefined) ? undefined : managed.flatMap(({ dataset }) => dataset ?? [])
}

function manages(who: Principal, dataset: number): boolean {
  return bound(who)?.includes(dataset) ?? true
}

/** Throws unless `who` looks after the dataset. */
export function mustManage(who: Principal, dataset: number): void {
  if (!manages(who, dataset)) throw refusal(who)
}

/** Throws unless `who` looks after any dataset at all: only they have a reason to leave files here. */
export function mustManageAny(who: Principal): void {
  if (bound(who)?.length === 0) throw refusal(who)
}

function refusal(who: Principal): Problem {
  if (who.id === 'anonymous') return new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
  return new Problem('forbidden', {
    de: 'Datenquellen darf nur anlegen und ändern, wer den Datensatz verwaltet.',
    en: 'Only those who manage a dataset may connect sources to it.',
  })
}

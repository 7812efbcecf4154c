/** preview: the first rows of a source as a run would read them, what they would become, and what is wrong with them. Nothing is stored. */
import type { Preview, RejectCard } from '../govern/intake.ts'
import type { Draft } from '../model/draft.ts'
import type { Principal } from '../rights/principal.ts'
import type { Kept, Service } from '../service/service.ts'
import type { Connector, Raw, Rejected, Run } from './connector.ts'
import type { Reach } from './reach.ts'
import { Tally } from './tally.ts'

export interface Look {
  readonly connector: Connector
  readonly options: unknown
  readonly input: Raw | undefined
  readonly reach: Reach
  readonly limit: number
  readonly dataset: number | undefined
  readonly signal: AbortSignal
}

/** Drafts that are shown; a wide table makes many of a row. */
const SHOWN = 200
const NOTHING: Kept = {
  entities: { made: 0, amended: 0 },
  series: { made: 0 },
  observations: { stored: 0, skipped: 0, replaced: 0 },
  records: [],
  failed: [],
}

export async function look({
  connector,
  options,
  input,
  reach,
  limit,
  dataset,
  signal,
}: Look): Promise<Preview & { readonly all: readonly Draft[] }> {
  const tally = new Tally(undefined, undefined)
  const rows: unknown[] = []
  const drafts: Draft[] = []
  const rejected: Rejected[] = []
  let place: Pick<Rejected, 'line' | 'file' | 'row'> = {}
  const run: Run = {
    dataset,
    cursor: undefined,
    signal,
    input,
    fetch: (url, call) => reach.fetch(url, call),
    files: (folder, pattern) => reach.files(folder, pattern),
    row(row, line, file) {
      tally.rows += 1
      if (rows.length < limit && row !== undefined) rows.push(line === undefined ? { row } : { line, row })
      place = { ...(line === undefined ? {} : { line }), ...(file === undefined ? {} : { file }), ...(row === undefined ? {} : { row }) }
    },
    columns: (names) => tally.sawColumns(names),
    unchanged: () => (tally.unchanged = true),
    reached: () => undefined,
    progress: (done, total) => tally.progressed(done, total),
  }
  for await (const item of connector.read(options, run)) {
    signal.throwIfAborted()
    if (tally.rows > limit || drafts.length > limit * 50) break
    if (item.draft === 'rejected') rejected.push({ ...place, ...item })
    else drafts.push(item)
  }
  const count = (kind: Draft['draft']): number => drafts.filter(({ draft }) => draft === kind).length
  tally.stored({ ...NOTHING, entities: { made: drafts.length, amended: 0 } }, rejected.length)
  return {
    columns: tally.columns ?? [],
    rows,
    drafts: drafts.slice(0, SHOWN),
    all: drafts,
    rejected: rejected.slice(0, SHOWN).map(cardOf),
    counts: {
      rows: Math.min(tally.rows, limit),
      entities: count('entity'),
      series: count('series'),
      observations: count('observation'),
      records: count('card'),
      rejected: rejected.length,
    },
    warnings: tally.outcome(undefined).warnings,
    more: tally.rows > limit,
  }
}

export function cardOf({ reason, file, line, column, value, row }: Rejected): Omit<RejectCard, 'id'> {
  return {
    reason,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(value === undefined ? {} : { value }),
    ...(row === undefined ? {} : { row }),
  }
}

/** What the drafts would change in a dataset; those that could not be stored are named. */
export async function compared(
  service: Pick<Service, 'compare'>,
  who: Principal,
  dataset: number,
  seen: Preview & { readonly all: readonly Draft[] },
): Promise<Preview> {
  const { all, ...preview } = seen
  const kept = await service.compare(who, dataset, all)
  const refused = kept.failed.map(({ problem }) => ({ reason: problem.said }))
  const { entities, series, observations } = kept
  return {
    ...preview,
    rejected: [...preview.rejected, ...refused].slice(0, SHOWN),
    counts: {
      ...preview.counts,
      rejected: (preview.counts['rejected'] ?? 0) + refused.length,
      newEntities: entities.made,
      changedEntities: entities.amended,
      newSeries: series.made,
      newObservations: observations.stored,
      knownObservations: observations.skipped + observations.replaced,
    },
  }
}

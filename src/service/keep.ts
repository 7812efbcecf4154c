/**
 * keep: what a source says, found or made by natural keys, in one transaction: things by IRI, series by thing and attribute,
 * observations by the duplicate policy of the dataset. A draft that cannot be kept is answered by its position; the rest is kept.
 */
import type { Dataset } from '../model/dataset.ts'
import type { Draft, ObservationDraft } from '../model/draft.ts'
import type { Observation } from '../model/observation.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import { append } from '../store/append.ts'
import { appendOnce } from '../store/once.ts'
import { note } from '../store/insert.ts'
import { allow, mustSignIn } from './allow.ts'
import type { Batching } from './batching.ts'
import type { Desk } from './desk.ts'
import { giveFeatures } from './feature.ts'
import { allowHarvest, endSweep, keepCards } from './keep-cards.ts'
import { keepEntities } from './keep-entities.ts'
import { ensureObserved, keepSeries, keyOf } from './keep-series.ts'
import { seriesHeads } from '../store/heads.ts'
import { settingsOf } from '../store/settings.ts'
import { resultProblem } from './results.ts'
import type { Kept, Observed, ObservedProperty } from './service.ts'

type Numbered<D> = { readonly position: number; readonly draft: D }

export async function keep(desk: Desk, who: Principal, datasetId: number, drafts: readonly Draft[]): Promise<Kept> {
  const dataset = await allowKeeping(desk, who, datasetId)
  if (drafts.some(isOfCatalogue)) allowHarvest(who)
  await desk.partitions.ready(timesOf(drafts))
  const kept = await desk.store
    .transaction((store) => keepBatch({ ...desk, store }, dataset, drafts))
    .catch((error: unknown) => keepHalves(desk, who, datasetId, drafts, error))
  if (kept.series.made + kept.entities.made > 0) desk.directory.forget('series')
  if (kept.records.some(({ became }) => became !== 'same')) desk.directory.forget('dataset')
  return kept
}

export async function observed(desk: Desk, who: Principal, datasetId: number, properties: readonly ObservedProperty[]): Promise<Observed> {
  const dataset = await allowKeeping(desk, who, datasetId)
  return desk.store.transaction(async (store) => {
    const batch: Batching = {
      store,
      ids: desk.ids,
      partitions: desk.partitions,
      dataset,
      checkResults: true,
      failed: new Map(),
      things: new Map(),
      series: new Map(),
    }
    return ensureObserved(batch, properties)
  })
}

const isOfCatalogue = ({ draft }: Draft): boolean => draft === 'card' || draft === 'end'

async function allowKeeping(desk: Desk, who: Principal, dataset: number): Promise<Dataset> {
  mustSignIn(who, 'append')
  return allow(who, 'append', await desk.directory.dataset(dataset), 'dataset', dataset)
}

/** The same without keeping it: everything is done, counted and rolled back. */
export async function compare(desk: Desk, who: Principal, datasetId: number, drafts: readonly Draft[]): Promise<Kept> {
  const dataset = await allowKeeping(desk, who, datasetId)
  if (drafts.some(isOfCatalogue)) allowHarvest(who)
  await desk.partitions.ready(timesOf(drafts))
  const outcome = new Outcome()
  await desk.store
    .transaction(async (store) => {
      outcome.kept = await keepBatch({ ...desk, store }, dataset, drafts)
      throw outcome
    })
    .catch((error: unknown) => {
      if (error !== outcome) throw error
    })
  return outcome.kept
}

class Outcome extends Error {
  kept: Kept = NOTHING
}

const NOTHING: Kept = {
  entities: { made: 0, amended: 0 },
  series: { made: 0 },
  observations: { stored: 0, skipped: 0, replaced: 0 },
  records: [],
  failed: [],
}

function timesOf(drafts: readonly Draft[]): string[] {
  const times: string[] = []
  for (const draft of drafts) if (draft.draft === 'observation') times.push(draft.time)
  return times
}

/** A batch that the database refuses as a whole is halved until the drafts at fault are alone. */
async function keepHalves(desk: Desk, who: Principal, dataset: number, drafts: readonly Draft[], error: unknown): Promise<Kept> {
  if (!(error instanceof Problem) || !['invalid-body', 'conflict'].includes(error.kind)) throw error
  if (drafts.length <= 1) return { ...NOTHING, failed: drafts.map((_, position) => ({ position, problem: error })) }
  const middle = Math.ceil(drafts.length / 2)
  const first = await keep(desk, who, dataset, drafts.slice(0, middle))
  const second = await keep(desk, who, dataset, drafts.slice(middle))
  return sum(first, { ...second, failed: second.failed.map(({ position, problem }) => ({ position: position + middle, problem })) })
}

function sum(a: Kept, b: Kept): Kept {
  return {
    entities: { made: a.entities.made + b.entities.made, amended: a.entities.amended + b.entities.amended },
    series: { made: a.series.made + b.series.made },
    observations: {
      stored: a.observations.stored + b.observations.stored,
      skipped: a.observations.skipped + b.observations.skipped,
      replaced: a.observations.replaced + b.observations.replaced,
    },
    records: [...a.records, ...b.records],
    failed: [...a.failed, ...b.failed],
  }
}

async function keepBatch({ store, ids, partitions }: Desk, dataset: Dataset, drafts: readonly Draft[]): Promise<Kept> {
  const { checkResults } = await settingsOf(store, dataset.tenant)
  const batch: Batching = { checkResults, store, ids, partitions, dataset, failed: new Map(), things: new Map(), series: new Map() }
  const measured = numbered(drafts, 'observation')
  const entities = await keepEntities(batch, numbered(drafts, 'entity'))
  const series = await keepSeries(batch, numbered(drafts, 'series'), measured)
  const observations = await keepObservations(batch, measured)
  const records = [...(await keepCards(batch, numbered(drafts, 'card')))]
  for (const end of numbered(drafts, 'end')) records.push(...(await endSweep(batch, end)))
  const noted = [
    { noun: 'entity', verb: 'made', items: entities.made },
    { noun: 'entity', verb: 'changed', items: entities.amended },
    { noun: 'series', verb: 'made', items: series.made },
  ] as const
  await note(
    store,
    noted.map((one) => ({ ...one, dataset: dataset.id })),
  )
  return {
    entities: { made: entities.things, amended: entities.amended.length },
    series: { made: series.made.length },
    observations,
    records,
    failed: [...batch.failed].map(([position, problem]) => ({ position, problem })),
  }
}

function numbered<K extends Draft['draft']>(drafts: readonly Draft[], kind: K): Numbered<Extract<Draft, { draft: K }>>[] {
  const found: Numbered<Extract<Draft, { draft: K }>>[] = []
  for (const [position, draft] of drafts.entries()) if (draft.draft === kind) found.push({ position, draft: draft as Extract<Draft, { draft: K }> }) // prettier-ignore
  return found
}

async function keepObservations(batch: Batching, drafts: readonly Numbered<ObservationDraft>[]): Promise<Kept['observations']> {
  const ids = await batch.ids.forTimes(drafts.map(({ draft }) => draft.time))
  const series = drafts.map(({ draft }) => batch.series.get(keyOf(draft)))
  const heads = await seriesHeads(batch.store, [...new Set(series)].filter((id) => id !== undefined)) // prettier-ignore
  const typed = new Map(heads.map((head) => [head.id, head]))
  const observations: Observation[] = []
  for (const [i, { position, draft }] of drafts.entries()) {
    const head = typed.get(series[i] ?? 0)
    const problem = head === undefined ? unknownSeries(draft) : resultProblem(draft.result, head, batch.checkResults)
    if (problem !== undefined || head === undefined) batch.failed.set(position, problem ?? unknownSeries(draft))
    else observations.push(observationOf(draft, ids[i] ?? 0, head.id, batch.dataset.id))
  }
  if (observations.length === 0) return { stored: 0, skipped: 0, replaced: 0 }
  await giveFeatures(batch.store, batch.ids, heads)
  const { duplicates } = batch.dataset
  if (duplicates === 'keep' && !drafts.some(({ draft }) => draft.once)) {
    const gone = await append(batch.store, observations)
    return { stored: observations.filter(({ series }) => !gone.has(series)).length, skipped: 0, replaced: 0 }
  }
  const { stored, skipped, replaced } = await appendOnce(batch.store, observations, duplicates === 'keep' ? 'skip' : duplicates)
  const { before, within } = replaced
  return { stored: stored.size - before, skipped: skipped.size - within, replaced: before + within }
}

function observationOf(
  { time, end, resultTime, result, quality, parameters }: ObservationDraft,
  id: number,
  series: number,
  dataset: number,
): Observation {
  return {
    id,
    series,
    dataset,
    time,
    result,
    ...(end !== undefined && { end }),
    ...(resultTime !== undefined && { resultTime }),
    ...(quality !== undefined && { quality }),
    ...(parameters !== undefined && { parameters }),
  }
}

function unknownSeries({ entity, attribute }: ObservationDraft): Problem {
  return new Problem('invalid-body', {
    en: `Nothing is known yet of “${attribute}” at “${entity}”.`,
    de: `Zu „${attribute}“ an „${entity}“ ist noch keine Messreihe bekannt.`,
  })
}

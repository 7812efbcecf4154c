/** record, amend, remove: items kept, changed and deleted as someone: allowed, written and announced, all or nothing. */
import type { Dataset } from '../model/dataset.ts'
import type { Link } from '../model/entity.ts'
import type { Noun, Nouns } from '../model/noun.ts'
import type { Observation } from '../model/observation.ts'
import { Problem } from '../problem.ts'
import { and, type Filter } from '../query/filter.ts'
import { ask } from '../query/query.ts'
import { narrow, serves } from '../rights/policy.ts'
import type { Principal, Verb } from '../rights/principal.ts'
import { append } from '../store/append.ts'
import { insertDatasets, insertEntities, insertLinks, insertSeries, note } from '../store/insert.ts'
import { replaceLinks } from '../store/links.ts'
import { remove as removeRows } from '../store/remove.ts'
import type { Store } from '../store/pool.ts'
import { lock, update } from '../store/update.ts'
import { allow, allowsSome, mustSignIn, permit, permitWritten } from './allow.ts'
import type { Desk } from './desk.ts'
import { find, getWhole, stream } from './find.ts'
import { allowChangedReferences, allowReferences } from './references.ts'
import { checkChanged, checkResults, keptResults } from './results.ts'
import type { Batch } from './service.ts'
import { guardCard } from './turn.ts'

export async function record(desk: Desk, who: Principal, said: Batch): Promise<void> {
  mustSignIn(who, 'append')
  await allowBatch(desk, who, said)
  const batch = { ...said, observations: await keptResults(desk, said) }
  await allowReferences(desk, who, batch)
  await checkResults(desk, who, batch)
  await desk.partitions.ready(batch.observations.map(({ time }) => time))
  await desk.store.transaction(async (store) => {
    await insertDatasets(store, batch.datasets ?? [])
    await insertEntities(store, batch.entities ?? [])
    await insertLinks(store, batch.links ?? [])
    await insertSeries(store, batch.series ?? [])
    if (batch.observations.length > 0) await append(store, batch.observations)
    await permitBatch(store, who, batch)
    await note(store, notesOf(batch))
  })
  desk.directory.forget(batch.datasets?.length ? undefined : 'series')
}

/** New datasets need the right to manage the tenant; all else the right to append to its dataset. */
async function allowBatch(desk: Desk, who: Principal, batch: Batch): Promise<void> {
  const fresh = new Map((batch.datasets ?? []).map((dataset) => [dataset.id, dataset]))
  for (const dataset of fresh.values()) allowNew(who, dataset)
  for (const { kind, dataset } of batch.series ?? [])
    if (kind === 'task' && !fresh.has(dataset)) allow(who, 'change', await desk.directory.dataset(dataset), 'dataset', dataset)
  const others = [...(batch.entities ?? []), ...(batch.series ?? []), ...(batch.observations ?? [])]
  for (const id of new Set(others.map(({ dataset }) => dataset))) if (!fresh.has(id)) allowAny(who, await desk.directory.dataset(id), id)
}

/** Whether it is the right part of it is looked at when it is written. */
function allowAny(who: Principal, dataset: Dataset | undefined, id: number): void {
  if (dataset === undefined || !allowsSome(who, 'append', dataset)) allow(who, 'append', dataset, 'dataset', id)
}

/** What was written into datasets that were there before. */
async function permitBatch(store: Store, who: Principal, { datasets = [], entities = [], series = [], observations = [] }: Batch) {
  const fresh = new Set(datasets.map(({ id }) => id))
  const old = (items: readonly { readonly id: number; readonly dataset: number }[]) =>
    items.filter(({ dataset }) => !fresh.has(dataset)).map(({ id }) => id)
  await permitWritten(store, who, 'append', 'entity', old(entities))
  await permitWritten(store, who, 'append', 'series', old(series))
  await permitWritten(store, who, 'append', 'observation', old(observations))
}

function allowNew(who: Principal, dataset: Dataset): void {
  if (who.tenant === dataset.tenant && serves(who, 'datasets')) return
  const kind = who.id === 'anonymous' ? 'unauthenticated' : 'forbidden'
  throw new Problem(kind, {
    en: 'Only administrators and data architects add datasets.',
    de: 'Datensätze legen nur die Administration und die Datenarchitektur an.',
  })
}

function notesOf(batch: Batch) {
  const groups = (noun: Noun, items: readonly { readonly id: number; readonly dataset: number }[]) =>
    [...Map.groupBy(items, ({ dataset }) => dataset)].map(([dataset, of]) => ({
      noun,
      verb: 'made' as const,
      dataset,
      items: of.map(({ id }) => id),
    }))
  const datasets = (batch.datasets ?? []).map(({ id }) => ({ id, dataset: id }))
  return [...groups('dataset', datasets), ...groups('entity', batch.entities ?? []), ...groups('series', batch.series ?? [])]
}

const datasetOf = (noun: Noun, item: Nouns[Noun]): number => (noun === 'dataset' ? item.id : (item as Nouns['entity']).dataset)

/** The verb that changing a noun takes: the card of a dataset is managed, its content changed. */
const changing = (noun: Noun): Verb => (noun === 'dataset' ? 'manage' : 'change')

export async function amend<N extends Noun>(
  desk: Desk,
  who: Principal,
  noun: N,
  id: number,
  change: (old: Nouns[N]) => Nouns[N],
  links?: readonly Link[],
  names?: readonly string[],
): Promise<Nouns[N]> {
  mustSignIn(who, changing(noun))
  const changed = await desk.store.transaction(async (store) => {
    await lock(store, noun, id)
    const old = await getWhole(store, who, noun, id)
    await permit(store, who, changing(noun), await desk.directory.dataset(datasetOf(noun, old)), noun, id)
    const item = await asKept(desk, change(old))
    if (noun !== 'dataset' && datasetOf(noun, item) !== datasetOf(noun, old)) await allowChange(desk, who, noun, item)
    if (noun === 'dataset') guardCard(old as Dataset, item as Dataset)
    if (noun === 'observation') await checkChanged(desk, who, old as Observation, item as Observation)
    await allowChangedReferences(desk, who, noun, [old, item], links ?? [])
    await update(store, noun, old, item)
    if (links !== undefined) await replaceLinks(store, id, links, names)
    if (noun !== 'dataset') await permitWritten(store, who, changing(noun), noun, [id])
    await note(store, [{ noun, verb: 'changed', dataset: datasetOf(noun, item), items: [id] }])
    return item
  })
  desk.directory.forget(noun)
  return changed
}

async function asKept<N extends Noun>(desk: Desk, item: Nouns[N]): Promise<Nouns[N]> {
  if (!('result' in item)) return item
  const [observation] = await keptResults(desk, { observations: [item] })
  return (observation ?? item) as Nouns[N]
}

async function allowChange(desk: Desk, who: Principal, noun: Noun, item: Nouns[Noun]): Promise<void> {
  allow(who, changing(noun), await desk.directory.dataset(datasetOf(noun, item)), noun, item.id)
}

/** How many are looked up and removed in one transaction. */
const CHUNK = 1000

export async function remove(desk: Desk, who: Principal, noun: Noun, where: Filter): Promise<number> {
  const verb = noun === 'dataset' ? 'manage' : 'delete'
  mustSignIn(who, verb)
  await refuseHidden(desk, who, noun, where, verb)
  const allowed = and(where, narrow(who, verb, noun))
  let count = 0
  for (;;) {
    const removed = await desk.store.transaction(async (store) => {
      const { items } = await find(store, who, ask(noun, allowed, CHUNK))
      await removeRows(
        store,
        noun,
        items.map(({ id }) => id),
      )
      return items.length
    })
    count += removed
    if (removed < CHUNK) break
  }
  desk.directory.forget()
  return count
}

/** What is visible but may not be deleted is said, not passed over. */
async function refuseHidden(desk: Desk, who: Principal, noun: Noun, where: Filter, verb: Verb): Promise<void> {
  const beyond = and(where, { is: 'not', of: narrow(who, verb, noun) })
  for await (const item of stream(desk.store, who, ask(noun, beyond, 1)))
    allow(who, verb, await desk.directory.dataset(datasetOf(noun, item)), noun, item.id)
}

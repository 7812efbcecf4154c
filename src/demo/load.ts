/** load: Wiesenbrück brought into a tenant: five datasets, released, and a year of hours up to now. Done again, it adds what is new. */
import type { Release } from '../govern/release/release.ts'
import type { Dataset } from '../model/dataset.ts'
import type { Draft } from '../model/draft.ts'
import { equals } from '../query/filter.ts'
import { ask } from '../query/query.ts'
import { keeper, type Principal } from '../rights/principal.ts'
import type { Service } from '../service/service.ts'
import { hourAt } from './calendar.ts'
import { describe, LICENCE, type Thing, type Topic } from './town.ts'
import { TOPICS } from './topics.ts'

export interface Wish {
  /** The last hour, and how many of them; a year up to now when nothing is said. */
  readonly until?: Date
  readonly hours?: number
  readonly signal?: AbortSignal
  /** Told after each batch: observations stored or skipped so far, and how many there will be. */
  readonly progress?: (done: number, total: number) => void
}

const YEAR = 365 * 24
const BATCH = 4000
const MS = 3_600_000

export async function loadTown(
  service: Service,
  release: Release,
  who: Principal,
  { until = new Date(), hours = YEAR, signal, progress }: Wish = {},
): Promise<number> {
  const last = Math.floor(until.getTime() / MS)
  const total = hours * TOPICS.flatMap(({ things }) => things.flatMap(({ measures }) => measures)).length
  let done = 0
  for (const topic of TOPICS) {
    const dataset = await datasetOf(service, who, topic)
    for (const batch of batches(describeAll(topic))) await service.keep(who, dataset, batch)
    for (const batch of batches(observe(topic, last - hours + 1, last))) {
      signal?.throwIfAborted()
      await service.keep(who, dataset, batch)
      done += batch.length
      progress?.(Math.min(done, total), total)
    }
    await show(service, release, who, topic.card.slug)
  }
  progress?.(total, total)
  return done
}

async function datasetOf(service: Service, who: Principal, { card }: Topic): Promise<number> {
  const { items } = await service.find(who, ask('dataset', equals(['slug'], card.slug), 1))
  if (items[0] !== undefined) return items[0].id
  const [id = 0] = await service.ids('dataset', 1)
  const dataset: Dataset = {
    ...card,
    id,
    tenant: who.tenant,
    licence: LICENCE,
    access: 'public',
    state: 'draft',
    duplicates: 'skip',
    properties: { example: true },
    created: '',
    modified: '',
  }
  await service.record(who, { datasets: [dataset] })
  return id
}

/** The program submits what it made up, and whoever asked for the town looks at it: so it is seen whatever the tenant demands. */
async function show(service: Service, release: Release, who: Principal, slug: string): Promise<void> {
  const { tenant, state } = await service.dataset(who, slug)
  if (state !== 'draft') return
  const { id, state: reached } = await release.submit(keeper(tenant, 'demo'), slug, { reason: 'Beispiel, frei erfunden' })
  if (reached !== 'reviewing') return
  const { mine } = await release.case(who, id)
  if (mine.length > 0) await release.decide(who, id, { aspects: mine, verdict: 'approved' })
}

function* describeAll({ things }: Topic): Iterable<Draft> {
  for (const thing of things) yield* describe(thing)
}

function* observe({ things }: Topic, first: number, last: number): Iterable<Draft> {
  for (let hours = first; hours <= last; hours++) {
    const hour = hourAt(hours)
    const time = new Date(hours * MS).toISOString().replace('.000', '')
    for (const thing of things) yield* valuesOf(thing, hour, time)
  }
}

function* valuesOf({ iri, measures }: Thing, hour: ReturnType<typeof hourAt>, time: string): Iterable<Draft> {
  for (const { attribute, value } of measures) {
    const result = value(hour)
    if (result !== undefined) yield { draft: 'observation', entity: iri, attribute, time, result }
  }
}

function* batches(drafts: Iterable<Draft>): Iterable<readonly Draft[]> {
  let batch: Draft[] = []
  for (const draft of drafts) {
    batch.push(draft)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

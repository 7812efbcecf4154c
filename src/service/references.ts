/** references: what new items point to must be visible to whoever makes them, and what they attach to must be theirs to add to. */
import type { Link } from '../model/entity.ts'
import type { Noun, Nouns } from '../model/noun.ts'
import type { Observation } from '../model/observation.ts'
import type { Series } from '../model/series.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import { datasetsOfEntities } from '../store/heads.ts'
import { allows, canSee, missing, permit } from './allow.ts'
import type { Desk } from './desk.ts'
import type { Batch } from './service.ts'

interface Pointing {
  /** Entities that get something attached: a series, a link. */
  readonly attached: readonly number[]
  /** Entities that are only named. */
  readonly named: readonly number[]
}

export async function allowReferences(desk: Desk, who: Principal, batch: Batch): Promise<void> {
  const fresh = new Set(batch.entities?.map(({ id }) => id))
  await allowPointing(desk, who, pointingOf(batch.links ?? [], batch.series ?? [], batch.observations ?? []), fresh)
  await allowSeries(desk, batch)
}

/** Of one item that is changed: only what it points to anew. */
export async function allowChangedReferences<N extends Noun>(
  desk: Desk,
  who: Principal,
  noun: N,
  [old, item]: readonly [Nouns[N], Nouns[N]],
  links: readonly Link[],
): Promise<void> {
  const known = new Set<number>(noun === 'series' ? Object.values(seriesPoints(old as Series)).flat() : [])
  const series = noun === 'series' ? [item as Series] : []
  const observations = noun === 'observation' && featureOf(old) !== featureOf(item) ? [item as Observation] : []
  const own = links.filter(({ source }) => source !== item.id)
  await allowPointing(desk, who, pointingOf(own, series, observations), new Set([...known, item.id]))
  const targets = links.map(({ target }) => target)
  await allowPointing(desk, who, { attached: [], named: targets }, new Set())
  if (noun === 'observation') await allowSeries(desk, { observations: [item as Observation] })
}

/** A feature of interest that observations name. */
export async function allowNamed(desk: Desk, who: Principal, entities: readonly number[]): Promise<void> {
  await allowPointing(desk, who, { attached: [], named: entities }, new Set())
}

const featureOf = (item: object): unknown => ('feature' in item ? item.feature : undefined)
const present = (ids: readonly (number | undefined)[]): number[] => ids.filter((id) => id !== undefined)

function seriesPoints({ entity, property, sensor, feature, ultimates = [], parts = [] }: Series): Pointing {
  return { attached: [entity], named: present([property, sensor, feature, ...ultimates, ...parts.map((part) => part.property)]) }
}

function pointingOf(links: readonly Link[], series: readonly Series[], observations: readonly Observation[]): Pointing {
  const points = series.map(seriesPoints)
  return {
    attached: [...links.map(({ source }) => source), ...points.flatMap(({ attached }) => attached)],
    named: [
      ...links.map(({ target }) => target),
      ...points.flatMap(({ named }) => named),
      ...present(observations.map(({ feature }) => feature)),
    ],
  }
}

async function allowPointing(desk: Desk, who: Principal, { attached, named }: Pointing, known: ReadonlySet<number>): Promise<void> {
  const wanted = [...new Set([...attached, ...named])].filter((id) => !known.has(id))
  if (wanted.length === 0) return
  const datasets = await datasetsOfEntities(desk.store, wanted)
  const attaches = new Set(attached)
  for (const id of wanted) {
    const dataset = await desk.directory.dataset(datasets.get(id) ?? 0)
    if (attaches.has(id)) await permit(desk.store, who, 'append', dataset, 'entity', id)
    else if (dataset === undefined || !(allows(who, 'append', dataset) || (await canSee(desk.store, who, dataset, 'entity', id))))
      throw missing('entity', id)
  }
}

/** An observation belongs to the dataset of its series, whatever it says itself. */
async function allowSeries(desk: Desk, { series = [], observations = [] }: Batch): Promise<void> {
  const fresh = new Map(series.map(({ id, dataset }) => [id, dataset]))
  const heads = await desk.directory.series([...new Set(observations.map((one) => one.series))].filter((id) => !fresh.has(id)))
  for (const one of observations) {
    const dataset = fresh.get(one.series) ?? heads.get(one.series)?.dataset
    if (dataset === undefined) throw missing('series', one.series)
    if (dataset !== one.dataset) throw elsewhere()
  }
}

function elsewhere(): Problem {
  return new Problem('invalid-body', {
    en: 'An observation belongs to the dataset of its series.',
    de: 'Ein Messwert gehört zum Datensatz seiner Messreihe.',
  })
}

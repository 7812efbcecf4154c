/** append: observations into series that exist: allowed, given ids and a feature, written with whatever else arrives. Each fails alone. */
import type { Dataset } from '../model/dataset.ts'
import type { Json } from '../model/json.ts'
import type { Observation } from '../model/observation.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import type { SeriesHead } from '../store/heads.ts'
import { appendOnce } from '../store/once.ts'
import { missing, mustSignIn, permit } from './allow.ts'
import type { Desk } from './desk.ts'
import { giveFeatures, isBare } from './feature.ts'
import { allowNamed } from './references.ts'
import { kept, resultProblem } from './results.ts'
import type { NewObservation } from './service.ts'

type Answer = number | Problem

export async function append(desk: Desk, who: Principal, wanted: readonly NewObservation[]): Promise<readonly Answer[]> {
  mustSignIn(who, 'append')
  const heads = await headsOf(desk, wanted)
  const hidden = await hiddenFeatures(desk, who, wanted, heads)
  const refusals = await refusalsOf(desk, who, wanted, heads)
  const { checkResults } = await desk.directory.settings(who.tenant)
  const answers: Answer[] = []
  const good: Observation[] = []
  const ids = await desk.ids.forTimes(wanted.map(({ time }) => time))
  for (const [i, one] of wanted.entries()) {
    const head = heads.get(one.series)
    const result = head?.parts === undefined ? one.result : kept(one.result, head)
    const refused =
      refusals.get(one.series) ??
      (one.feature === undefined ? undefined : hidden.get(one.feature)) ??
      (result instanceof Problem ? result : head && unfit(one, result, head, checkResults))
    const id = one.id ?? ids[i] ?? 0
    answers.push(refused ?? id)
    if (refused === undefined && head !== undefined)
      good.push({ ...one, result: result as Json, id, dataset: head.dataset, ...featureOf(one, head) })
  }
  if (good.length === 0) return answers
  await desk.partitions.ready(good.map(({ time }) => time))
  return settled(answers, await writeAll(desk, good))
}

function unfit({ series, of, anyType = false }: NewObservation, result: Json, head: SeriesHead, strict: boolean): Problem | undefined {
  const form = head.kind === 'task' ? 'task' : head.parts === undefined ? 'whole' : 'parts'
  if (of === undefined ? form === 'task' : of !== form) return missing('series', series)
  return resultProblem(result, head, strict && !anyType)
}

/** Of a thing that has moved: its observations are about where it is now. */
function featureOf({ feature }: NewObservation, { moved }: SeriesHead): Pick<Observation, 'feature'> {
  return feature === undefined && typeof moved === 'number' ? { feature: moved } : {}
}

/** Features of interest that are named, beyond those that the series have anyway, and may not be: each with its problem. */
async function hiddenFeatures(
  desk: Desk,
  who: Principal,
  wanted: readonly NewObservation[],
  heads: ReadonlyMap<number, SeriesHead>,
): Promise<ReadonlyMap<number, Problem>> {
  const named = wanted.flatMap(({ feature, series }) => (feature === undefined || feature === heads.get(series)?.feature ? [] : feature))
  const hidden = new Map<number, Problem>()
  if (named.length === 0 || (await refusalOf(desk, who, named)) === undefined) return hidden
  for (const feature of new Set(named)) {
    const problem = await refusalOf(desk, who, [feature])
    if (problem !== undefined) hidden.set(feature, problem)
  }
  return hidden
}

async function refusalOf(desk: Desk, who: Principal, features: readonly number[]): Promise<Problem | undefined> {
  try {
    await allowNamed(desk, who, features)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

async function headsOf(desk: Desk, wanted: readonly NewObservation[]): Promise<ReadonlyMap<number, SeriesHead>> {
  const series = wanted.length === 1 ? [wanted[0]?.series ?? 0] : [...new Set(wanted.map((one) => one.series))]
  const heads = await desk.directory.series(series)
  const { directory } = desk
  const bareIn = (known: ReadonlyMap<number, SeriesHead>) =>
    series.flatMap((id) => known.get(id) ?? []).filter((head) => isBare(head) && !directory.isPlaceless(head.id))
  const bare = bareIn(heads)
  if (bare.length === 0) return heads
  // many first observations of a series come at once: one of them looks, the others wait for it
  await directory.once(
    bare.map(({ id }) => id),
    async (ids) => {
      const mine = bare.filter(({ id }) => ids.includes(id))
      if (await giveFeatures(desk.store, desk.ids, mine)) directory.forgetSeries(ids)
      const again = await directory.series(ids)
      directory.rememberPlaceless(ids.filter((id) => bareIn(again).some((head) => head.id === id)))
    },
  )
  return directory.series(series)
}

/** Decided once for each series, however many observations come for it. */
async function refusalsOf(
  desk: Desk,
  who: Principal,
  wanted: readonly NewObservation[],
  heads: ReadonlyMap<number, SeriesHead>,
): Promise<ReadonlyMap<number, Problem>> {
  const refusals = new Map<number, Problem>()
  for (const series of new Set(wanted.map((one) => one.series))) {
    const problem = await refusal(desk, who, series, heads.get(series))
    if (problem !== undefined) refusals.set(series, problem)
  }
  return refusals
}

async function refusal(desk: Desk, who: Principal, series: number, head: SeriesHead | undefined): Promise<Problem | undefined> {
  // where a thing has been is said by moving it
  if (head === undefined || head.kind === 'place') return missing('series', series)
  try {
    // to have something done is more than to tell what was measured
    await permit(desk.store, who, head.kind === 'task' ? 'change' : 'append', await desk.directory.dataset(head.dataset), 'series', series)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** What could not be stored, by its id. */
async function writeAll(desk: Desk, observations: readonly Observation[]): Promise<ReadonlyMap<number, Problem>> {
  const failed = new Map<number, Problem>()
  for (const [dataset, group] of Map.groupBy(observations, (one) => one.dataset)) {
    const duplicates = (await desk.directory.dataset(dataset))?.duplicates ?? 'keep'
    try {
      const lost = await writeGroup(desk, duplicates, group)
      for (const { id } of lost) failed.set(id, removedMeanwhile())
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      for (const { id } of group) failed.set(id, error)
    }
  }
  return failed
}

/** Answers those whose series is gone. One that is skipped for another at its time is as good as stored. */
async function writeGroup(desk: Desk, duplicates: Dataset['duplicates'], group: readonly Observation[]): Promise<readonly Observation[]> {
  if (duplicates !== 'keep') {
    const { stored, skipped } = await appendOnce(desk.store, group, duplicates)
    return group.filter(({ id }) => !stored.has(id) && !skipped.has(id))
  }
  const gone = await desk.writer.write(group)
  return gone.size === 0 ? [] : group.filter(({ series }) => gone.has(series))
}

function removedMeanwhile(): Problem {
  return new Problem('not-found', { en: 'The series was removed meanwhile.', de: 'Die Messreihe wurde inzwischen entfernt.' })
}

function settled(answers: readonly Answer[], failed: ReadonlyMap<number, Problem>): readonly Answer[] {
  return failed.size === 0 ? answers : answers.map((answer) => (typeof answer === 'number' ? (failed.get(answer) ?? answer) : answer))
}

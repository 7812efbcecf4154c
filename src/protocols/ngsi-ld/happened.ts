/**
 * happened: what changes of the outbox mean for entities: which attributes came, changed or went, and what the entity was like then. Several
 * values of one series that came together are told one after the other, each as if it were the latest.
 */
import { seriesOf } from '../../http/feature.ts'
import type { Entity } from '../../model/entity.ts'
import type { Observation } from '../../model/observation.ts'
import type { Series } from '../../model/series.ts'
import { and, type Filter } from '../../query/filter.ts'
import { ask, type Found, type Version } from '../../query/query.ts'
import { WITH_SERIES } from '../../http/feature.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Change, Service } from '../../service/service.ts'
import type { Attribute, Attributes } from './attribute.ts'
import { same } from './change.ts'
import { keptIn, stateOf, staticOf, type Details, type State } from './state.ts'
import type { AttributeChange } from './subscription.ts'
import { detailsOf, ENTITIES } from './write.ts'
import { living } from './expiry.ts'

export interface Happened {
  /** The entity as it was then; `state` is the same as NGSI-LD sees it. */
  readonly thing: Found<'entity'>
  readonly state: State
  readonly made: boolean
  readonly attributes: ReadonlyMap<string, AttributeChange>
  /** The same each time the same changes are read. */
  readonly cause: string
}

/** By series, the latest time that was told: what is older came late and does not change the present. */
export type Told = Map<number, number>

interface Touched {
  readonly made: ReadonlyMap<number, Change>
  readonly changed: ReadonlyMap<number, Change>
  /** When the last of these changes was, in milliseconds. */
  readonly last: ReadonlyMap<number, number>
  readonly freshSeries: ReadonlySet<number>
  readonly series: ReadonlyMap<number, Change>
  readonly observations: readonly number[]
}

const among = (path: string, values: readonly number[]): Filter => ({ is: 'in', path: [path], values })
/** Entities and observations that are read at a time. */
const CHUNK = 500
const VERSIONS = 100
/** Milliseconds by which the clocks of nodes and of the database may differ. */
const SKEW = 2000

/** What happened in one tenant, in order; `who` reads all of it. */
export async function* happenedIn(
  service: Service,
  who: Principal,
  changes: readonly Change[],
  told: Told,
): AsyncIterable<readonly Happened[]> {
  const touched = touchedBy(changes)
  const observations = await observationsOf(service, who, touched.observations)
  const bySeries = Map.groupBy(observations, ({ series }) => series)
  const ids = new Set([...touched.made.keys(), ...touched.changed.keys()])
  for (const entity of await entitiesOf(service, who, [...new Set([...bySeries.keys(), ...touched.series.keys()])])) ids.add(entity)
  for (const chunk of chunksOf([...ids])) {
    const { items } = await service.find(who, {
      ...ask('entity', and(among('id', chunk), ENTITIES, living()), chunk.length),
      include: [WITH_SERIES],
    })
    const known = new Map([...(await detailsOf({ service, who }, items)), ...detailsIn(observations)])
    const versions = await versionsOf(service, who, touched, chunk)
    yield items.flatMap((thing) => {
      const around = { touched, bySeries, known, ...bounding(thing.id, versions, touched) }
      return roundsOf(around.next === undefined ? thing : earlier(thing, around.next), around, told)
    })
  }
}

function touchedBy(changes: readonly Change[]): Touched {
  const made = new Map<number, Change>()
  const changed = new Map<number, Change>()
  const last = new Map<number, number>()
  const series = new Map<number, Change>()
  const freshSeries = new Set<number>()
  const observations: number[] = []
  const tables: Readonly<Record<string, Map<number, Change>>> = { 'entity made': made, 'entity changed': changed, 'series changed': series }
  for (const change of changes) {
    const { noun, verb, items } = change
    if (verb === 'removed') continue
    if (noun === 'observation' && verb === 'made') observations.push(...items)
    if (noun === 'series' && verb === 'made') for (const id of items) freshSeries.add(id)
    const into = tables[`${noun} ${verb}`]
    for (const id of items) if (into?.has(id) === false) into.set(id, change)
    if (noun === 'entity') for (const id of items) last.set(id, Math.max(Date.parse(change.at), last.get(id) ?? 0))
  }
  return { made, changed, last, series, freshSeries, observations }
}

/** In the order in which they were written. */
async function observationsOf(service: Service, who: Principal, ids: readonly number[]): Promise<readonly Observation[]> {
  const found = new Map<number, Observation>()
  for (const chunk of chunksOf(ids)) {
    const { items } = await service.find(who, ask('observation', among('id', chunk), chunk.length))
    for (const one of items) found.set(one.id, one)
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

async function entitiesOf(service: Service, who: Principal, series: readonly number[]): Promise<readonly number[]> {
  const entities: number[] = []
  for (const chunk of chunksOf(series)) {
    const { items } = await service.find(who, ask('series', among('id', chunk), chunk.length))
    for (const { kind, entity } of items) if (kind === 'value') entities.push(entity)
  }
  return entities
}

/** What those of the entities were that changed, oldest first. */
async function versionsOf(
  service: Service,
  who: Principal,
  { last }: Touched,
  chunk: readonly number[],
): Promise<ReadonlyMap<number, readonly Version[]>> {
  const ids = chunk.filter((id) => last.has(id))
  return Map.groupBy(ids.length === 0 ? [] : await service.versions(who, ids, VERSIONS), ({ entity }) => entity)
}

function bounding(id: number, versions: ReadonlyMap<number, readonly Version[]>, { changed, last }: Touched): Pick<Around, 'old' | 'next'> {
  const since = Date.parse(changed.get(id)?.at ?? '')
  const all = versions.get(id) ?? []
  return {
    old: all.find(({ until }) => Date.parse(until) >= since),
    next: all.find(({ until }) => Date.parse(until) > (last.get(id) ?? Infinity)),
  }
}

interface Around {
  readonly touched: Touched
  readonly bySeries: ReadonlyMap<number, readonly Observation[]>
  readonly known: Details
  /** What the entity was before these changes, and before the first that came after them. */
  readonly old: Version | undefined
  readonly next: Version | undefined
}

function roundsOf(thing: Found<'entity'>, around: Around, told: Told): readonly Happened[] {
  const { touched, known } = around
  const made = touched.made.get(thing.id)
  const values = seriesOf(thing)
    .filter(({ kind }) => kind === 'value')
    .map((series) => ({ series, news: newsOf(series, around, told) }))
  const rounds = Math.max(1, ...values.map(({ news }) => news.length))
  const happened: Happened[] = []
  for (let round = 0; round < rounds; round++) {
    let deleted: Change | undefined
    const attributes = new Map(round === 0 ? staticChanges(thing, around, made !== undefined) : [])
    for (const { series, news } of values) {
      if (news[round] !== undefined)
        attributes.set(series.attribute, round === 0 && touched.freshSeries.has(series.id) ? 'attributeCreated' : 'attributeUpdated') // prettier-ignore
      else if (round === 0 && wasDeleted(series, touched)) {
        attributes.set(series.attribute, 'attributeDeleted')
        deleted = touched.series.get(series.id)
      }
    }
    const isMade = round === 0 && made !== undefined
    if (attributes.size === 0 && !isMade) continue
    const then = asOf(thing, new Map(values.map(({ series, news }) => [series.id, news[round] ?? (round > 0 ? news.at(-1) : undefined)])))
    const observed = values.flatMap(({ news }) => news[round]?.id ?? [])
    happened.push({
      thing: then,
      state: stateOf(then, known),
      made: isMade,
      attributes,
      cause: causeOf(thing, touched, observed, round, deleted),
    })
  }
  return happened
}

/** Those that do not come late, in their order. */
function newsOf({ id }: Series, { bySeries }: Around, told: Told): readonly Observation[] {
  return (bySeries.get(id) ?? []).filter(({ time, end = time }) => {
    const at = Date.parse(end)
    if (at < (told.get(id) ?? -Infinity)) return false
    told.set(id, at)
    return true
  })
}

function wasDeleted({ id, properties }: Series, { series }: Touched): boolean {
  const change = series.get(id)
  const { deletedAt } = keptIn(properties)
  return change !== undefined && typeof deletedAt === 'string' && Date.parse(deletedAt) >= Date.parse(change.at) - SKEW
}

function staticChanges(thing: Found<'entity'>, { old }: Around, made: boolean): readonly (readonly [string, AttributeChange])[] {
  const now = staticOf(thing)
  if (made) return [...now.keys()].map((name) => [name, 'attributeCreated'] as const)
  return old === undefined ? [] : changesBetween(staticOf(earlier(thing, old)), now)
}

/** A geometry that was not there is not kept as one. */
function earlier(thing: Found<'entity'>, { was }: Version): Found<'entity'> {
  const { geometry: _, ...rest } = thing
  return { ...rest, ...was, about: was.about ?? {} }
}

function changesBetween(before: Attributes, now: Attributes): readonly (readonly [string, AttributeChange])[] {
  const changes: (readonly [string, AttributeChange])[] = []
  for (const [name, instances] of now) {
    const old = before.get(name)
    if (old === undefined) changes.push([name, 'attributeCreated'])
    else if (!alike(old, instances)) changes.push([name, 'attributeUpdated'])
  }
  for (const name of before.keys()) if (!now.has(name)) changes.push([name, 'attributeDeleted'])
  return changes
}

function alike(before: readonly Attribute[], now: readonly Attribute[]): boolean {
  return before.length === now.length && before.every((one, i) => now[i] !== undefined && same(one, now[i]))
}

function asOf(thing: Found<'entity'>, latest: ReadonlyMap<number, Observation | undefined>): Found<'entity'> {
  const page = thing.with?.['series']
  if (page === undefined) return thing
  const items = (page.items as readonly Series[]).map((series) => {
    const one = latest.get(series.id)
    if (one === undefined) return series
    const { id, time, end, result } = one
    return { ...series, latest: { id, time, result, ...(end !== undefined && { end }) } }
  })
  return { ...thing, with: { ...thing.with, series: { ...page, items } } }
}

function causeOf({ id }: Entity, touched: Touched, observed: readonly number[], round: number, deleted: Change | undefined): string {
  const change = round === 0 ? (touched.made.get(id) ?? touched.changed.get(id) ?? deleted) : undefined
  const first = observed.length > 0 ? [`o${Math.min(...observed)}`] : []
  return [`e${id}`, ...(change ? [`c${change.id}`] : []), ...first].join(' ')
}

function detailsIn(observations: readonly Observation[]): Details {
  return new Map(observations.map(({ id, parameters }) => [id, keptIn(parameters)]))
}

function* chunksOf(ids: readonly number[]): Iterable<readonly number[]> {
  for (let i = 0; i < ids.length; i += CHUNK) yield ids.slice(i, i + CHUNK)
}

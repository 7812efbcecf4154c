/** history: the instances of attributes over time: observations of series, places of things, and the versions of what is not observed (4.5.6). */
import { seriesOf } from '../../http/feature.ts'
import type { Entity } from '../../model/entity.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Observation } from '../../model/observation.ts'
import type { Series } from '../../model/series.ts'
import type { Instant } from '../../model/time.ts'
import { and, equals, or, type Filter } from '../../query/filter.ts'
import { ask, type Found, type Include, type Page, type Version } from '../../query/query.ts'
import type { Attribute, Attributes } from './attribute.ts'
import { same } from './change.ts'
import type { Writer } from './making.ts'
import { NULL } from './names.ts'
import { headOf, keptIn, kindOf, staticOf, subOf } from './state.ts'
import { liesIn, observedIn, type Window } from './window.ts'
import type { Known } from './write.ts'

export interface Asked {
  readonly window: Window
  readonly lastN?: number
  /** Attributes that are wanted, by kept name. */
  readonly wants: (name: string) => boolean
}

export interface History {
  readonly known: Known
  readonly attributes: Attributes
}

export interface Told {
  readonly histories: readonly History[]
  /** What of the window is told, where it is not all (6.3.10: Content-Range). */
  readonly part?: { readonly first: Instant; readonly last: Instant }
}

/** So many instances are told at once, whatever they are of; of each series no fewer than LEAST. */
const MOST = 100_000
const LEAST = 100
/** Versions of an entity that are looked through. */
const VERSIONS = 1000

export async function historiesOf(writer: Writer, known: readonly Known[], asked: Asked): Promise<Told> {
  const { window } = asked
  const observed = window.property === 'observedAt' ? await observedOf(writer, known, asked) : NOTHING
  const versions = window.property === 'observedAt' && window.asked ? [] : await writer.service.versions(writer.who, known.map(({ thing }) => thing.id), VERSIONS) // prettier-ignore
  const byEntity = Map.groupBy(versions, ({ entity }) => entity)
  const histories = known.map((one): History => {
    const all = new Map(observed.instances.get(one.thing.id))
    for (const [name, instances] of auditOf(one.thing, byEntity.get(one.thing.id) ?? [])) {
      const wanted = asked.wants(name) ? last(instances.filter((instance) => liesIn(window, instance)), asked.lastN) : [] // prettier-ignore
      if (wanted.length > 0 && !(name === 'location' && all.has(name))) all.set(name, [...(all.get(name) ?? []), ...wanted])
    }
    return { known: one, attributes: all }
  })
  return { histories, ...(observed.part && { part: observed.part }) }
}

const last = <T>(all: readonly T[], count: number | undefined): readonly T[] => (count === undefined ? all : all.slice(-count))

interface Seen {
  readonly instances: ReadonlyMap<number, Attributes>
  readonly part?: Told['part']
}
const NOTHING: Seen = { instances: new Map() }

/** One statement for all series, with as many instances of each as fit. */
async function observedOf({ service, who }: Writer, known: readonly Known[], { window, lastN, wants }: Asked): Promise<Seen> {
  const wanted = known.flatMap(({ thing }) => seriesOf(thing).filter(({ attribute }) => wants(attribute)))
  const places: Filter = and(equals(['kind'], 'place'), { is: 'in', path: ['entity'], values: known.map(({ thing }) => thing.id) })
  const values: Filter = { is: 'in', path: ['id'], values: wanted.map(({ id }) => id) }
  const count = wanted.length + (wants('location') ? known.length : 0)
  if (count === 0) return NOTHING
  const limit = Math.min(lastN ?? MOST, Math.max(LEAST, Math.floor(MOST / count)))
  const lasts = wanted.some(({ latest }) => latest?.end !== undefined)
  const observations: Include = {
    through: 'observations',
    where: observedIn(window, lasts),
    order: [{ by: { path: ['time'] }, descending: lastN !== undefined }],
    page: { limit },
    include: [],
    count: false,
  }
  const where = wants('location') ? or(values, places) : values
  const { items } = await service.find(who, { ...ask('series', where, count), include: [observations] })
  const cut = lastN !== undefined && lastN <= limit ? undefined : cutOf(items, lastN !== undefined)
  return { instances: gathered(items, window, cut, lastN !== undefined), ...(cut !== undefined && { part: cut }) }
}

const pageOf = (series: Found<'series'>): Page<'observation'> => (series.with?.['observations'] ?? { items: [] }) as Page<'observation'>
const observedAt = ({ time, end }: Observation): Instant => end ?? time

/** Where the first series ends that could not be told whole; all others end there too. */
function cutOf(all: readonly Found<'series'>[], backwards: boolean): Told['part'] {
  const bounds = all.flatMap((series) => (pageOf(series).next === undefined ? [] : (pageOf(series).items.at(-1)?.time ?? [])))
  const times = all.flatMap((series) => pageOf(series).items.map(({ time }) => time))
  if (bounds.length === 0) return undefined
  return backwards ? { first: newest(times), last: newest(bounds) } : { first: oldest(times), last: oldest(bounds) }
}

const oldest = (times: readonly Instant[]): Instant => times.reduce((a, b) => (a < b ? a : b))
const newest = (times: readonly Instant[]): Instant => times.reduce((a, b) => (a > b ? a : b))

function gathered(all: readonly Found<'series'>[], window: Window, cut: Told['part'], backwards: boolean): ReadonlyMap<number, Attributes> {
  const entities = new Map<number, Map<string, readonly Attribute[]>>()
  for (const series of all) {
    const told = pageOf(series).items.filter(({ time }) => cut === undefined || (backwards ? time >= cut.last : time <= cut.last))
    const inOrder = backwards ? told.toReversed() : told
    const instances = inOrder.flatMap((one) => instanceOf(series, one)).filter((one) => !window.asked || one.observedAt !== undefined)
    if (instances.length === 0) continue
    const attributes = entities.get(series.entity) ?? new Map<string, readonly Attribute[]>()
    attributes.set(series.attribute, [...(attributes.get(series.attribute) ?? []), ...instances])
    entities.set(series.entity, attributes)
  }
  return entities
}

export const INSTANCE = 'urn:ngsi-ld:instance:'

function instanceOf(series: Series, observation: Observation): readonly Attribute[] {
  if (observation.result === null) return []
  const detail = keptIn(observation.parameters)
  const place = series.kind === 'place'
  return [
    {
      kind: place ? 'GeoProperty' : kindOf(series, observation.result),
      value: observation.result,
      ...(series.instance !== '' && { datasetId: series.instance }),
      ...(detail['timeless'] !== true && { observedAt: observedAt(observation) }),
      ...(place ? {} : headOf(series)),
      instanceId: `${INSTANCE}${observation.id}`,
      sub: new Map([...(place ? [] : subOf(series, detail)), ...besides(observation)]),
    },
  ]
}

/** What SensorThings knows of an observation, where it says anything. */
function besides({ time, end, resultTime, quality, valid, parameters }: Observation): readonly (readonly [string, readonly Attribute[]])[] {
  const { locations: _locations, ...own } = withoutKept(parameters)
  const said: Readonly<Record<string, Json | undefined>> = {
    phenomenonStart: end === undefined ? undefined : time,
    resultTime: resultTime === (end ?? time) ? undefined : resultTime,
    resultQuality: quality,
    validFrom: valid?.start,
    validTo: valid?.end,
    parameters: Object.keys(own).length === 0 ? undefined : own,
  }
  return Object.entries(said).flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : [[name, [{ kind: isObject(value) ? 'JsonProperty' : 'Property', value, sub: new Map() } satisfies Attribute]] as const],
  )
}

function withoutKept(parameters: JsonObject | undefined): JsonObject {
  return Object.fromEntries(Object.entries(parameters ?? {}).filter(([key]) => !key.startsWith('@')))
}

/** What is not observed, as it was from version to version; what was taken away leaves a tombstone. */
function auditOf(thing: Found<'entity'>, versions: readonly Version[]): Attributes {
  const observed = new Set(seriesOf(thing).map(({ attribute, instance }) => `${attribute}\n${instance}`))
  const all = new Map<string, Attribute[]>()
  let before = new Map<string, Attribute>()
  const take = (entity: Entity, since: Instant | undefined) => {
    const now = flat(staticOf(entity))
    for (const [key, old] of before)
      if (!now.has(key) && !observed.has(key) && since !== undefined)
        push(all, key, { ...old, value: NULL, sub: new Map(), deletedAt: since })
    for (const [key, one] of now) {
      const old = before.get(key)
      if (old === undefined || !same(old, one)) push(all, key, one)
    }
    before = now
  }
  let since: Instant | undefined
  for (const { until, was } of versions) {
    const { geometry: _, ...rest } = thing
    take({ ...rest, ...was }, since)
    since = until
  }
  take(thing, since)
  return all
}

function push(all: Map<string, Attribute[]>, key: string, one: Attribute): void {
  const name = key.slice(0, key.indexOf('\n'))
  all.set(name, [...(all.get(name) ?? []), one])
}

function flat(attributes: Attributes): Map<string, Attribute> {
  return new Map([...attributes].flatMap(([name, instances]) => instances.map((one) => [`${name}\n${one.datasetId ?? ''}`, one] as const)))
}

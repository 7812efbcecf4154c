/** write: states made true: new entities in one batch, changed ones each for itself, what is only observed in the commit that others share. */
import { WITH_SERIES } from '../../http/feature.ts'
import type { Entity } from '../../model/entity.ts'
import type { JsonObject } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { and, equals, everything, or, type Filter } from '../../query/filter.ts'
import { ask, type Found } from '../../query/query.ts'
import { seriesOf } from '../../http/feature.ts'
import { deltaOf, withStatic, type Delta, type Value } from './delta.ts'
import { bareEntity, Making, observationOf, placeSeriesOf, type First, type Placed, type Writer } from './making.ts'
import { detailed, keptIn, stateOf, type Details, type State } from './state.ts'
import { living } from './expiry.ts'

const named = (role: string, how: 'ends' | 'contains', part: string): Filter =>
  and(equals(['role'], role), { is: 'not', of: { is: 'text', left: { path: ['iri'] }, how, part: { value: part } } })

/**
 * What are entities to NGSI-LD: locations and features of interest are parts of them. The sensor that nobody named, and properties that were made for attributes (keep-series.ts), are for
 * the other standards only.
 */
export const ENTITIES: Filter = or(
  equals(['role'], 'thing'),
  named('sensor', 'ends', '%3Aunspecified'),
  named('property', 'contains', '%3A'),
)

/** An entity as it was found, with what is said of its latest values. */
export interface Known {
  readonly thing: Found<'entity'>
  readonly state: State
}

export async function findByIri(
  { service, who }: Writer,
  iris: readonly string[],
  within: Filter = everything,
): Promise<ReadonlyMap<string, Known>> {
  if (iris.length === 0) return new Map()
  const [iri = ''] = iris
  const one: Filter = iris.length === 1 ? equals(['iri'], iri) : { is: 'in', path: ['iri'], values: iris }
  const { items } = await service.find(who, { ...ask('entity', and(one, ENTITIES, living(), within), iris.length), include: [WITH_SERIES] })
  const known = await statesOf({ service, who }, items)
  return new Map(known.map((entity) => [entity.thing.iri, entity]))
}

export async function statesOf(writer: Writer, things: readonly Found<'entity'>[]): Promise<readonly Known[]> {
  const details = await detailsOf(writer, things)
  return things.map((thing) => ({ thing, state: stateOf(thing, details) }))
}

/** One statement for all, and none where nothing has more to say. */
export async function detailsOf({ service, who }: Writer, things: readonly Found<'entity'>[]): Promise<Details> {
  const ids = things.flatMap((thing) => detailed(seriesOf(thing)))
  if (ids.length === 0) return new Map()
  const { items } = await service.find(who, ask('observation', { is: 'in', path: ['id'], values: ids }, ids.length))
  return new Map(items.map(({ id, parameters }): [number, JsonObject] => [id, keptIn(parameters)]))
}

/** New entities in one transaction; all or none. */
export async function createAll(writer: Writer, dataset: number, states: readonly State[]): Promise<void> {
  const ids = await writer.service.ids('entity', states.length)
  const making = new Making(writer, dataset)
  const deltas = states.map((state, i): [Entity, Delta] => {
    const fresh = bareEntity({ id: ids[i] ?? 0, dataset, iri: state.id, types: state.types })
    const delta = deltaOf(fresh, { ...state, attributes: new Map() }, state)
    return [delta.entity ?? withStatic(fresh, state, delta.values), delta]
  })
  making.entities.push(...deltas.map(([entity]) => entity))
  await making.place(deltas.flatMap(([entity, delta]) => placedBy(entity, delta)))
  making.linkPlaces()
  await making.measure(deltas.flatMap(([entity, delta]) => firstsOf(entity, delta)))
  await writer.service.record(writer.who, making)
}

function placedBy(entity: Entity, { place }: Delta): Placed[] {
  return place === undefined || place.geometry === null ? [] : [{ entity, geometry: place.geometry, time: place.time }]
}

function firstsOf(entity: Entity, { values }: Delta): First[] {
  return values.flatMap(({ series, name, attribute }) => (series === undefined ? [{ entity, name, attribute }] : []))
}

/** Makes an entity that is there what `after` says. What only has new values takes one statement, shared with others. */
export async function change(writer: Writer, known: Known, after: State): Promise<void> {
  const delta = deltaOf(known.thing, known.state, after)
  const fresh = firstsOf(known.thing, delta)
  if (delta.entity === undefined && delta.heads.length === 0 && fresh.length === 0) return appendValues(writer, delta.values)
  await writer.service.together((service) => changeWhole({ ...writer, service }, known, delta, fresh))
}

async function changeWhole(writer: Writer, { thing }: Known, delta: Delta, fresh: readonly First[]): Promise<void> {
  const { service, who } = writer
  const placed = placedBy(thing, delta)
  if (fresh.length > 0 || placed.length > 0) {
    const making = new Making(writer, thing.dataset)
    await making.place(placed, placed.length > 0 ? await placeSeriesOf(writer, [thing.id]) : undefined)
    await making.measure(fresh)
    await service.record(who, making)
    const target = making.locationOf(thing.id)
    if (delta.entity) await amendEntity(writer, thing, delta.entity, target)
  } else if (delta.entity) await amendEntity(writer, thing, delta.entity, undefined, delta.place?.geometry === null)
  for (const head of delta.heads)
    await service.amend(who, 'series', head.id, (old) => ({ ...old, properties: head.properties, unit: head.unit }))
  await appendValues(writer, delta.values)
}

/** The row as it was read is what was changed: one that has changed meanwhile is asked again. */
async function amendEntity({ service, who }: Writer, thing: Entity, entity: Entity, place?: number, nowhere = false): Promise<void> {
  const links = place === undefined ? (nowhere ? [] : undefined) : [{ source: thing.id, name: 'location', target: place }]
  await service.amend(
    who,
    'entity',
    thing.id,
    (old) => {
      if (old.modified !== thing.modified) throw new Meanwhile()
      const { with: _, ...row } = entity as Found<'entity'>
      return { ...row, created: old.created, modified: old.modified }
    },
    links,
    links && ['location'],
  )
}

/** Someone else was quicker; whoever catches it begins anew. */
export class Meanwhile extends Problem {
  constructor() {
    super('conflict', { en: 'It was changed by someone else at the same time.', de: 'Es wurde gleichzeitig von jemand anderem geändert.' })
  }
}

/** Works on what is there, and once more on what is there then. */
export async function insistently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS; ; left--)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Meanwhile) || left === 0) throw error
    }
}

const ATTEMPTS = 20

export async function appendValues({ service, who }: Writer, values: readonly Value[]): Promise<void> {
  const fresh = values.flatMap(({ series, attribute, known }) =>
    series === undefined || known ? [] : [{ ...observationOf(series, attribute), anyType: true }],
  )
  if (fresh.length === 0) return
  const problem = (await service.append(who, fresh)).find((answer) => typeof answer !== 'number')
  if (problem !== undefined) throw problem
}

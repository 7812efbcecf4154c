/** keep-places: where things of a source are from now on. A move is kept as a placement, after the place where the thing was until then. */
import type { Entity } from '../model/entity.ts'
import type { Geometry } from '../model/geometry.ts'
import type { JsonObject } from '../model/json.ts'
import type { Observation } from '../model/observation.ts'
import type { Series } from '../model/series.ts'
import { isLater, microsOf, now, type Instant, type Interval } from '../model/time.ts'
import { everything } from '../query/filter.ts'
import { ask } from '../query/query.ts'
import { placesOf, seriesOf } from '../store/heads.ts'
import { insertEntities, insertLinks, insertSeries } from '../store/insert.ts'
import { read } from '../store/read.ts'
import { appendOnce } from '../store/once.ts'
import { update } from '../store/update.ts'
import type { Batching } from './batching.ts'

/** Where a thing was, and when; now, where the source does not say. */
export interface Place {
  readonly geometry: Geometry
  readonly at?: Instant
}

/** A thing before and after, and all places where it was said to be, in the order of time. */
export interface Move {
  readonly old: Entity
  readonly item: Entity
  readonly places: readonly Place[]
  /** What had been heard of it by then. */
  readonly heard?: Interval
}

export const inOrder = (places: readonly Place[]): readonly Place[] =>
  places.toSorted((a, b) =>
    a.at === undefined || b.at === undefined ? Number(a.at === undefined) - Number(b.at === undefined) : microsOf(a.at) - microsOf(b.at),
  )

/** Where it is now: the last place, unless something newer has been heard of it already. */
export function placeNow(places: readonly Place[], heard: Interval | undefined): Geometry | undefined {
  const last = inOrder(places).at(-1)
  return last === undefined || isLate(last, heard) ? undefined : last.geometry
}

const isLate = ({ at }: Place, heard: Interval | undefined): boolean => at !== undefined && heard !== undefined && isLater(heard.end, at)

export const sameShape = (a: Geometry | undefined, b: Geometry | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

export async function keepPlaces(batch: Batching, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  const locations = await moveLocations(batch, moves)
  const { known, fresh } = await placeSeries(batch, moves)
  const at = now()
  const placements = moves.flatMap((move): Placement[] => {
    const { old, item } = move
    const series = known.get(item.id) ?? fresh.get(item.id)
    if (series === undefined) return []
    const there = { series, dataset: item.dataset, parameters: { locations: [locations.get(item.id) ?? 0] } }
    const before = fresh.has(item.id) && old.geometry !== undefined ? [{ geometry: old.geometry, at: sinceOf(move) }] : []
    return [...before, ...newPlaces(move)].map((place) => ({
      ...there,
      time: place.at ?? at,
      result: place.geometry as unknown as JsonObject,
    }))
  })
  await write(batch, placements)
}

/** Since when it was where it was: since it is known, or since the first that was heard of it. */
function sinceOf({ old, heard }: Move): Instant {
  return heard !== undefined && isLater(old.created, heard.start) ? heard.start : old.created
}

/** Each place that is another one than the place before; a late one, than where it is. */
function newPlaces({ old, places, heard }: Move): readonly Place[] {
  let last = old.geometry
  return inOrder(places).filter((place) => {
    if (sameShape(place.geometry, isLate(place, heard) ? old.geometry : last)) return false
    if (!isLate(place, heard)) last = place.geometry
    return true
  })
}

type Placement = Omit<Observation, 'id'>

async function write({ store, ids, partitions }: Batching, placements: readonly Placement[]): Promise<void> {
  const times = placements.map(({ time }): Instant => time)
  await partitions.within(store).ready(times)
  const taken = await ids.forTimes(times)
  const observations = placements.map((one, i): Observation => ({ ...one, id: taken[i] ?? 0 }))
  // a message that comes again says again where the thing was
  if (observations.length > 0) await appendOnce(store, observations, 'skip')
}

/** Their locations go along; a thing that had none gets one. Answers the location of each. */
async function moveLocations(batch: Batching, moves: readonly Move[]): Promise<ReadonlyMap<number, number>> {
  const { store } = batch
  const things = new Map(moves.map(({ item }) => [item.id, item]))
  const places = new Map((await placesOf(store, [...things.keys()])).map(({ thing, location }) => [location, thing]))
  const where = { is: 'in', path: ['id'], values: [...places.keys()] } as const
  const { items } = places.size === 0 ? { items: [] } : await read(store, ask('entity', where, places.size), () => everything)
  for (const old of items) {
    const geometry = things.get(places.get(old.id) ?? 0)?.geometry
    if (geometry !== undefined && !sameShape(geometry, old.geometry)) await update(store, 'entity', old, { ...old, geometry })
  }
  const found = new Map([...places].map(([location, thing]) => [thing, location]))
  return new Map([
    ...found,
    ...(await makeLocations(
      batch,
      [...things.values()].filter(({ id }) => !found.has(id)),
    )),
  ])
}

async function makeLocations({ store, ids }: Batching, things: readonly Entity[]): Promise<ReadonlyMap<number, number>> {
  const taken = await ids.take('entity', things.length)
  const made = new Map(things.map(({ id }, i) => [id, taken[i] ?? 0]))
  await insertEntities(
    store,
    things.map((thing) => locationOf(thing, made.get(thing.id) ?? 0)),
  )
  await insertLinks(
    store,
    [...made].map(([source, target]) => ({ source, name: 'location', target })),
  )
  return made
}

/** The location of a thing that has a geometry. */
export function locationOf(thing: Entity, id: number): Entity {
  return {
    ...thing,
    id,
    role: 'location',
    iri: `urn:ngsi-ld:Location:${id}`,
    types: ['Location'],
    attributes: {},
    about: { encodingType: 'application/geo+json' },
  }
}

/** Where placements are kept, by thing: known ones and those made now. A thing that measures something called “location” has none. */
async function placeSeries({ store, ids }: Batching, moves: readonly Move[]) {
  const things = moves.map(({ item }) => item)
  const heads = await seriesOf(
    store,
    things.map(({ id }) => id),
    things.map(() => 'location'),
  )
  const taken = new Set(heads.map(({ entity }) => entity))
  const known = new Map(heads.flatMap(({ id, entity, kind }) => (kind === 'place' ? [[entity, id] as const] : [])))
  const without = things.filter(({ id }) => !taken.has(id))
  const made = await ids.take('series', without.length)
  await insertSeries(
    store,
    without.map((thing, i) => seriesOfPlaces(thing, made[i] ?? 0)),
  )
  return { known, fresh: new Map(without.map(({ id }, i) => [id, made[i] ?? 0])) }
}

function seriesOfPlaces({ id: entity, dataset }: Entity, id: number): Series {
  return {
    id,
    dataset,
    entity,
    attribute: 'location',
    instance: '',
    kind: 'place',
    name: 'Location',
    description: '',
    observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Observation',
    unit: { name: null, symbol: null, definition: null },
    properties: {},
    count: 0,
    created: '',
    modified: '',
  }
}

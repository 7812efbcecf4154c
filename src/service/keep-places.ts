/** keep-places: where things of a source are from now on. A move is kept as a placement, after the place where the thing was until then. */
import type { Entity } from '../model/entity.ts'
import type { JsonObject } from '../model/json.ts'
import type { Observation } from '../model/observation.ts'
import type { Series } from '../model/series.ts'
import { now, type Instant } from '../model/time.ts'
import { everything } from '../query/filter.ts'
import { ask } from '../query/query.ts'
import { append } from '../store/append.ts'
import { placesOf, seriesOf } from '../store/heads.ts'
import { insertEntities, insertLinks, insertSeries } from '../store/insert.ts'
import { read } from '../store/read.ts'
import { update } from '../store/update.ts'
import type { Batching } from './batching.ts'

/** A thing before and after. */
type Move = readonly [old: Entity, item: Entity]

export async function keepPlaces(batch: Batching, moves: readonly Move[]): Promise<void> {
  const placed = moves.filter(([, { geometry }]) => geometry !== undefined)
  if (placed.length === 0) return
  const locations = await moveLocations(batch, placed)
  const { known, fresh } = await placeSeries(batch, placed)
  const at = now()
  const placements = placed.flatMap(([old, item]): Placement[] => {
    const series = known.get(item.id) ?? fresh.get(item.id)
    if (series === undefined) return []
    const there = { series, dataset: item.dataset, parameters: { locations: [locations.get(item.id) ?? 0] } }
    const before = fresh.has(item.id) && old.geometry !== undefined ? [{ ...there, time: old.created, result: old.geometry }] : []
    return [...before, { ...there, time: at, result: item.geometry as unknown as JsonObject }] as Placement[]
  })
  await write(batch, placements)
}

type Placement = Omit<Observation, 'id'>

async function write({ store, ids, partitions }: Batching, placements: readonly Placement[]): Promise<void> {
  const times = placements.map(({ time }): Instant => time)
  await partitions.within(store).ready(times)
  const taken = await ids.forTimes(times)
  const observations = placements.map((one, i): Observation => ({ ...one, id: taken[i] ?? 0 }))
  if (observations.length > 0) await append(store, observations)
}

/** Their locations go along; a thing that had none gets one. Answers the location of each. */
async function moveLocations(batch: Batching, moves: readonly Move[]): Promise<ReadonlyMap<number, number>> {
  const { store } = batch
  const things = new Map(moves.map(([, item]) => [item.id, item]))
  const places = new Map((await placesOf(store, [...things.keys()])).map(({ thing, location }) => [location, thing]))
  const where = { is: 'in', path: ['id'], values: [...places.keys()] } as const
  const { items } = places.size === 0 ? { items: [] } : await read(store, ask('entity', where, places.size), () => everything)
  for (const old of items) {
    const geometry = things.get(places.get(old.id) ?? 0)?.geometry
    if (geometry !== undefined) await update(store, 'entity', old, { ...old, geometry })
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
  const things = moves.map(([, item]) => item)
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

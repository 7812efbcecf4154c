/** keep-entities: things of a source: made with their location, or amended where they differ. */
import type { EntityDraft } from '../model/draft.ts'
import type { Entity, Link } from '../model/entity.ts'
import type { Geometry } from '../model/geometry.ts'
import type { JsonObject } from '../model/json.ts'
import type { Interval } from '../model/time.ts'
import { Problem } from '../problem.ts'
import { entitiesByIri, heardOf } from '../store/heads.ts'
import { insertEntities, insertLinks } from '../store/insert.ts'
import { update } from '../store/update.ts'
import type { Batching } from './batching.ts'
import { inOrder, keepPlaces, locationOf, placeNow, sameShape, type Move, type Place } from './keep-places.ts'

interface Numbered {
  readonly position: number
  readonly draft: EntityDraft
}

interface KeptEntities {
  readonly made: readonly number[]
  readonly amended: readonly number[]
  /** How many of those made are things: their locations are not counted. */
  readonly things: number
}

export async function keepEntities(batch: Batching, drafts: readonly Numbered[]): Promise<KeptEntities> {
  const wanted = merged(drafts)
  const known = await entitiesByIri(batch.store, batch.dataset.tenant, [...wanted.keys()])
  const taken = new Set(known.map(({ iri }) => iri))
  const moves = await movesOf(
    batch,
    known.filter((old) => isOurs(batch, old, wanted)),
    wanted,
  )
  const made = await make(
    batch,
    [...wanted.values()].filter(({ draft: { iri } }) => !taken.has(iri)),
  )
  const amended = moves.filter(({ old, item }) => !sameState(old, item))
  for (const { old, item } of amended) await update(batch.store, 'entity', old, item)
  await keepPlaces(
    batch,
    [...moves, ...made.moves].filter(({ old, places }) => places.some(({ geometry }) => !sameShape(geometry, old.geometry))),
  )
  return { made: made.ids, amended: amended.map(({ old }) => old.id), things: made.things }
}

/** What all rows of a batch say of one thing. */
interface Wanted {
  readonly draft: EntityDraft
  readonly positions: readonly number[]
  readonly places: readonly Place[]
}

/** Several rows about one thing are one thing: later words win, and each place has its time. */
function merged(drafts: readonly Numbered[]): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>()
  for (const { position, draft } of drafts) {
    const before = wanted.get(draft.iri)
    const attributes = { ...before?.draft.attributes, ...draft.attributes }
    wanted.set(draft.iri, {
      draft: { ...before?.draft, ...draft, attributes },
      positions: [...(before?.positions ?? []), position],
      places: placesWith(before?.places ?? [], draft),
    })
  }
  return wanted
}

/** Of places without a time only the last is known to be one. */
function placesWith(places: readonly Place[], { geometry, at }: EntityDraft): readonly Place[] {
  if (geometry === undefined) return places
  return at === undefined ? [...places.filter((one) => one.at !== undefined), { geometry }] : [...places, { geometry, at }]
}

/** Of another dataset: refused, row by row. */
function isOurs(batch: Batching, old: Entity, wanted: ReadonlyMap<string, Wanted>): boolean {
  if (old.dataset !== batch.dataset.id) {
    for (const position of wanted.get(old.iri)?.positions ?? []) batch.failed.set(position, elsewhere(old.iri))
    return false
  }
  batch.things.set(old.iri, old.id)
  return true
}

async function movesOf({ store }: Batching, known: readonly Entity[], wanted: ReadonlyMap<string, Wanted>): Promise<readonly Move[]> {
  const saidOf = (old: Entity): Wanted => wanted.get(old.iri) as Wanted
  const timed = known.filter((old) => saidOf(old).places.some(({ geometry, at }) => at !== undefined && !sameShape(geometry, old.geometry)))
  const heard = timed.length === 0 ? new Map<number, Interval>() : await heardOf(store, timed.map(({ id }) => id)) // prettier-ignore
  return known.map((old): Move => {
    const { draft, places } = saidOf(old)
    const by = heard.get(old.id)
    return { old, item: amendedBy(old, draft, placeNow(places, by)), places, ...(by && { heard: by }) }
  })
}

function elsewhere(iri: string): Problem {
  return new Problem('conflict', {
    en: `“${iri}” belongs to another dataset already.`,
    de: `„${iri}“ gehört bereits zu einem anderen Datensatz.`,
  })
}

function amendedBy(old: Entity, { name, description, attributes, type }: EntityDraft, geometry: Geometry | undefined): Entity {
  return {
    ...old,
    types: old.types.includes(type) ? old.types : [...old.types, type],
    name: name ?? old.name,
    description: description ?? old.description,
    ...(geometry !== undefined && { geometry }),
    attributes: { ...old.attributes, ...attributes },
  }
}

function sameState(a: Entity, b: Entity): boolean {
  const state = ({ types, name, description, geometry, attributes }: Entity) =>
    JSON.stringify([types, name, description, geometry, sorted(attributes)])
  return state(a) === state(b)
}

function sorted(object: JsonObject): [string, unknown][] {
  return Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

interface Made {
  /** Of the things and of their locations. */
  readonly ids: readonly number[]
  readonly things: number
  /** Of those that were in several places within the batch. */
  readonly moves: readonly Move[]
}

async function make(batch: Batching, wanted: readonly Wanted[]): Promise<Made> {
  const ids = await batch.ids.take('entity', wanted.length * 2)
  const entities: Entity[] = []
  const links: Link[] = []
  const moves: Move[] = []
  for (const [i, { draft, places }] of wanted.entries()) {
    const [id = 0, place = 0] = [ids[2 * i], ids[2 * i + 1]]
    const thing = thingOf(draft, placeNow(places, undefined), id, batch.dataset.id)
    batch.things.set(draft.iri, id)
    entities.push(thing)
    if (thing.geometry === undefined) continue
    entities.push(locationOf(thing, place))
    links.push({ source: id, name: 'location', target: place })
    const first = inOrder(places)[0]
    if (first?.at !== undefined) moves.push({ old: { ...thing, geometry: first.geometry, created: first.at }, item: thing, places })
  }
  await insertEntities(batch.store, entities)
  await insertLinks(batch.store, links)
  return { ids: entities.map(({ id }) => id), things: wanted.length, moves }
}

function thingOf(
  { iri, type, name, description, attributes }: EntityDraft,
  geometry: Geometry | undefined,
  id: number,
  dataset: number,
): Entity {
  return {
    id,
    dataset,
    role: 'thing',
    iri,
    types: [type],
    name: name ?? iri.split(':').at(-1) ?? iri,
    description: description ?? '',
    ...(geometry !== undefined && { geometry }),
    attributes: attributes ?? {},
    about: {},
    scopes: [],
    created: '',
    modified: '',
  }
}

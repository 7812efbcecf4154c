/** keep-entities: things of a source: made with their location, or amended where they differ. */
import type { EntityDraft } from '../model/draft.ts'
import type { Entity, Link } from '../model/entity.ts'
import type { JsonObject } from '../model/json.ts'
import { Problem } from '../problem.ts'
import { entitiesByIri } from '../store/heads.ts'
import { insertEntities, insertLinks } from '../store/insert.ts'
import { update } from '../store/update.ts'
import type { Batching } from './batching.ts'
import { keepPlaces, locationOf } from './keep-places.ts'

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
  const known = new Map((await entitiesByIri(batch.store, batch.dataset.tenant, [...wanted.keys()])).map((one) => [one.iri, one]))
  const fresh: EntityDraft[] = []
  const amended: [Entity, Entity][] = []
  for (const [iri, { draft, positions }] of wanted) {
    const old = known.get(iri)
    if (old === undefined) fresh.push(draft)
    else if (old.dataset !== batch.dataset.id) for (const position of positions) batch.failed.set(position, elsewhere(iri))
    else {
      batch.things.set(iri, old.id)
      const item = amendedBy(old, draft)
      if (item !== undefined) amended.push([old, item])
    }
  }
  const made = await make(batch, fresh)
  for (const [old, item] of amended) await update(batch.store, 'entity', old, item)
  await keepPlaces(
    batch,
    amended.filter(([old, item]) => JSON.stringify(old.geometry) !== JSON.stringify(item.geometry)),
  )
  return { made, amended: amended.map(([old]) => old.id), things: fresh.length }
}

/** Several rows about one thing are one thing: later words win. */
function merged(drafts: readonly Numbered[]): Map<string, { draft: EntityDraft; positions: number[] }> {
  const wanted = new Map<string, { draft: EntityDraft; positions: number[] }>()
  for (const { position, draft } of drafts) {
    const before = wanted.get(draft.iri)
    const attributes = { ...before?.draft.attributes, ...draft.attributes }
    wanted.set(draft.iri, { draft: { ...before?.draft, ...draft, attributes }, positions: [...(before?.positions ?? []), position] })
  }
  return wanted
}

function elsewhere(iri: string): Problem {
  return new Problem('conflict', {
    en: `“${iri}” belongs to another dataset already.`,
    de: `„${iri}“ gehört bereits zu einem anderen Datensatz.`,
  })
}

function amendedBy(old: Entity, { name, description, geometry, attributes, type }: EntityDraft): Entity | undefined {
  const item: Entity = {
    ...old,
    types: old.types.includes(type) ? old.types : [...old.types, type],
    name: name ?? old.name,
    description: description ?? old.description,
    ...(geometry !== undefined && { geometry }),
    attributes: { ...old.attributes, ...attributes },
  }
  return sameState(old, item) ? undefined : item
}

function sameState(a: Entity, b: Entity): boolean {
  const state = ({ types, name, description, geometry, attributes }: Entity) =>
    JSON.stringify([types, name, description, geometry, sorted(attributes)])
  return state(a) === state(b)
}

function sorted(object: JsonObject): [string, unknown][] {
  return Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

async function make(batch: Batching, drafts: readonly EntityDraft[]): Promise<readonly number[]> {
  const ids = await batch.ids.take('entity', drafts.length * 2)
  const entities: Entity[] = []
  const links: Link[] = []
  for (const [i, draft] of drafts.entries()) {
    const [id = 0, place = 0] = [ids[2 * i], ids[2 * i + 1]]
    const thing = thingOf(draft, id, batch.dataset.id)
    batch.things.set(draft.iri, id)
    entities.push(thing)
    if (draft.geometry === undefined) continue
    entities.push(locationOf(thing, place))
    links.push({ source: id, name: 'location', target: place })
  }
  await insertEntities(batch.store, entities)
  await insertLinks(batch.store, links)
  return entities.map(({ id }) => id)
}

function thingOf({ iri, type, name, description, geometry, attributes }: EntityDraft, id: number, dataset: number): Entity {
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

/** change: PATCH, PUT, JSON Patch and DELETE of one entity (18-088 req/create-update-delete/update-*, delete-entity). */
import type { Entity } from '../../model/entity.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { Nouns, Noun } from '../../model/noun.ts'
import type { Observation } from '../../model/observation.ts'
import type { Series } from '../../model/series.ts'
import { and, equals, type Filter } from '../../query/filter.ts'
import { ask, type Found } from '../../query/query.ts'
import { isDraft, parseDraft, parsePart, refused, type Draft, type Target } from './body.ts'
import { create } from './create.ts'
import { overEntity, overObservation, overSeries } from './items.ts'
import { move } from './move.ts'
import { overParts } from './multi-datastream.ts'
import type { Step } from './path.ts'
import { Problem } from '../../problem.ts'
import { applyPatch } from './json-patch.ts'
import { V1 } from './v1/names.ts'
import { isTie, tie } from './ties.ts'
import type { EntityType, Navigation } from './version.ts'
import { findReferences, type References, type Writer } from './references.ts'

/** What is said replaces what was; the rest stays. */
export async function patch(writer: Writer, type: EntityType, item: Found, body: Json): Promise<void> {
  await apply(writer, item, type.version.plain(parsePart(type, body), item))
}

/** All is said anew: what is left out goes. */
export async function put(writer: Writer, type: EntityType, item: Found, body: Json): Promise<void> {
  const draft = parseDraft(type, body)
  await apply(writer, item, type.version.plain({ ...draft, fields: { ...type.blank, ...draft.fields } }, item))
}

/** RFC 6902, on the properties as a client sees them. */
export async function patchJson(writer: Writer, type: EntityType, item: Found, operations: Json): Promise<void> {
  await put(writer, type, item, applyPatch(propertiesOf(type, item), operations))
}

export function propertiesOf(type: EntityType, item: Found): JsonObject {
  const entries = Object.entries(type.readers).map(([name, read]) => [name, read(item)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as JsonObject
}

async function apply(writer: Writer, item: Found, draft: Draft): Promise<void> {
  const { type } = draft
  refuseNew(draft)
  const references = await findReferences(writer, [draft])
  const noun: Noun = type.noun
  await writer.service.amend(writer.who, noun, item.id, (old) => over(type, old, draft, references))
  await relink(writer, type, item, draft, references)
  if (type.set === 'Locations' && draft.fields['location'] !== undefined) await carry(writer, item.id)
}

/** Things go where their Location goes; only the first of several says where a Thing is. */
async function carry(writer: Writer, location: number): Promise<void> {
  const { service, who } = writer
  const { geometry } = await service.get(who, 'entity', location)
  const there: Filter = { is: 'some', through: 'locations', where: equals(['id'], location) }
  const { items } = await service.find(who, ask('entity', and(equals(['role'], 'thing'), there), 1000))
  for (const { id } of items) await service.amend(who, 'entity', id, (old) => (geometry === undefined ? old : { ...old, geometry }))
}

function refuseNew(draft: Draft): void {
  for (const target of Object.values(draft.links).flat())
    if (isDraft(target))
      throw refused(target.pointer, { en: 'A change links entities that are there; it makes none.', de: 'Eine Änderung verknüpft Vorhandenes, sie legt nichts an.' }) // prettier-ignore
}

function over<N extends Noun>(type: EntityType, old: Nouns[N], draft: Draft, references: References): Nouns[N]
function over(type: EntityType, old: object, draft: Draft, references: References): object {
  const linked = (name: string): number | undefined => {
    const [target] = draft.links[name] ?? []
    const to = type.navigation[name]?.to
    return target === undefined || isDraft(target) || to === undefined ? undefined : references.itemOf(to, target)?.id
  }
  if (type.noun === 'entity') return overEntity(old as Entity, draft)
  if (type.noun === 'series') {
    const series = { ...overSeries(old as Series, draft), ...keysOf(type, linked) }
    return type.set === 'MultiDatastreams' ? overParts(series, draft, addedTo(draft, references)) : series
  }
  return { ...overObservation(old as Observation, draft), ...keysOf(type, linked) }
}

/** Observed properties that a MultiDatastream gets behind those it has. */
function addedTo({ links }: Draft, references: References): readonly number[] {
  return (links['ObservedProperties'] ?? []).flatMap((target) =>
    isDraft(target) ? [] : (references.itemOf('ObservedProperties', target)?.id ?? []),
  )
}

/** Links that are fields of the item itself. A feature of interest is one too, though its series may name it instead. */
function keysOf(type: EntityType, linked: (name: string) => number | undefined): Readonly<Record<string, number>> {
  const fields = Object.values(type.navigation).flatMap(({ name, key = name === 'FeatureOfInterest' ? 'feature' : undefined }) => {
    const id = key === undefined ? undefined : linked(name)
    return key === undefined || id === undefined ? [] : [[key, id] as const]
  })
  return Object.fromEntries(fields)
}

/** Links that are fields of the related items, and the places of Things. */
async function relink(writer: Writer, type: EntityType, item: Found, draft: Draft, references: References): Promise<void> {
  for (const [name, targets] of Object.entries(draft.links)) {
    const by = type.navigation[name]
    if (by === undefined || !by.many || by.through === 'observed') continue
    if (isTie(by)) {
      await tie(writer, { by, of: item.id, ids: idsOf(by, targets, references) })
      continue
    }
    if (targets.length === 0) continue
    if (by.back === 'observed')
      throw refused(`/${name}`, { en: 'A MultiDatastream is extended by a change of its own.', de: 'Ein MultiDatastream wird durch eine eigene Änderung erweitert.' }) // prettier-ignore
    const ids = idsOf(by, targets, references)
    const to = by.type
    if (to.noun === 'entity') await place(writer, type, item.id, ids)
    else if (to.set === 'HistoricalLocations')
      throw refused(`/${name}`, { en: 'History is not relinked.', de: 'Die Geschichte wird nicht umgehängt.' })
    else for (const id of ids) await writer.service.amend(writer.who, to.noun as 'series', id, (old) => ({ ...old, [by.back]: item.id }))
  }
}

function idsOf(by: Navigation, targets: readonly Target[], references: References): readonly number[] {
  return targets.flatMap((target) => (isDraft(target) ? [] : [references.itemOf(by.to, target)?.id ?? 0]))
}

/** Locations of a Thing, or the Things at a Location: each Thing is there from now on, and its history says so. */
async function place(writer: Writer, type: EntityType, id: number, others: readonly number[]): Promise<void> {
  const one = (thing: number, locations: readonly number[]): Draft => ({
    type: V1.types.HistoricalLocations,
    pointer: '',
    fields: { time: new Date().toISOString() },
    links: { Thing: [{ key: thing, pointer: '/Things' }], Locations: locations.map((key) => ({ key, pointer: '/Locations' })) },
  })
  if (type.set === 'Things') await create(writer, one(id, others))
  else for (const thing of others) await create(writer, one(thing, [id]))
}

/** Takes a Thing and a Location apart; other links are mandatory and can only be replaced. */
export async function unlink(writer: Writer, { type, by }: Step, parent: Found, item: Found): Promise<void> {
  const [thing, location] = type.set === 'Locations' && by?.back === 'things' ? [parent.id, item.id] : [item.id, parent.id]
  if (by?.back !== 'things' && by?.back !== 'locations')
    throw new Problem('invalid-query', { en: `A ${type.one} cannot be without this link.`, de: `Ohne diese Verknüpfung kann es ${type.one} nicht geben.` }) // prettier-ignore
  const where: Filter = { is: 'some', through: 'things', where: equals(['id'], thing) }
  const { items } = await writer.service.find(writer.who, ask('entity', and(equals(['role'], 'location'), where), 1000))
  const left = items.filter(({ id }) => id !== location)
  if (left.length === items.length) throw new Problem('not-found', { en: 'They are not linked.', de: 'Sie sind nicht verknüpft.' })
  await move(writer, { thing, locations: left.map(({ id }) => id), geometry: left[0]?.geometry })
}

/** Deletes it with what the standard says goes along. */
export async function remove({ service, who }: Writer, type: EntityType, item: Found): Promise<void> {
  await service.remove(who, type.noun, equals(['id'], item.id))
}

/**
 * body: the JSON of a request read into drafts: the properties of each entity, checked, and what it is linked to, made along with it or
 * there already. Every refusal names the place by a JSON pointer.
 */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { Problem, type Said } from '../../problem.ts'
import type { Key } from './path.ts'
import { iriOf, navigationOf, propertyOf, type EntityType } from './version.ts'

/** An entity that is to be made. */
export interface Draft {
  readonly type: EntityType
  readonly pointer: string
  readonly fields: JsonObject
  /** The id that the body gives it; kept where the tenant lets its clients give ids, else passed over. */
  readonly given?: Json
  /** By name of the navigation property. */
  readonly links: Readonly<Record<string, readonly Target[]>>
}

/** An entity that is there. */
export interface Reference {
  readonly key: Key
  readonly pointer: string
}

export type Target = Draft | Reference

export const isDraft = (target: Target): target is Draft => 'fields' in target

export function refused(pointer: string, said: Said): Problem {
  return new Problem('invalid-body', said, { pointer })
}

/** A whole entity, with what it is made along with. */
export function parseDraft(type: EntityType, body: Json, pointer = ''): Draft {
  const draft = parsePart(type, body, pointer)
  for (const name of type.required)
    if (draft.fields[name] === undefined) throw refused(pointer, { en: `${type.one} lacks “${name}”.`, de: `${type.one} fehlt „${name}“.` })
  refuseBoth(draft)
  return draft
}

function refuseBoth({ links, pointer }: Draft): void {
  if (links['Datastream'] === undefined || links['MultiDatastream'] === undefined) return
  throw refused(`${pointer}/MultiDatastream`, {
    en: 'An Observation belongs to a Datastream or to a MultiDatastream, not to both.',
    de: 'Eine Observation gehört zu einem Datastream oder zu einem MultiDatastream, nicht zu beiden.',
  })
}

/** Any of its properties and links: what PATCH brings. */
export function parsePart(type: EntityType, body: Json, pointer = ''): Draft {
  if (!isObject(body)) throw refused(pointer, { en: `A ${type.one} is a JSON object.`, de: `${type.one} ist ein JSON-Objekt.` })
  const fields: Record<string, Json> = {}
  const links: Record<string, readonly Target[]> = {}
  for (const [name, value] of Object.entries(body)) {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const link = navigationOf(type, name)
    if (link !== undefined) links[name] = link.many ? listOf(link.type, value, at) : [targetOf(link.type, value, at)]
    else if (name === 'id' || name.includes('@')) continue
    else if (propertyOf(type, name) === undefined)
      throw refused(at, { en: `${type.one} has no “${name}”.`, de: `${type.one} hat kein „${name}“.` })
    else fields[name] = type.version.check(type, name, value, at)
  }
  const given = Object.hasOwn(body, '@iot.id') ? body['@iot.id'] : body['id']
  return { type, pointer, fields, links, ...(given !== undefined && { given }) }
}

function listOf(type: EntityType, value: Json, pointer: string): readonly Target[] {
  if (!Array.isArray(value)) throw refused(pointer, { en: 'A list is expected here.', de: 'Hier wird eine Liste erwartet.' })
  return value.map((one: Json, i) => targetOf(type, one, `${pointer}/${i}`))
}

function targetOf(type: EntityType, value: Json, pointer: string): Target {
  const key = isObject(value) ? type.version.linkIn(value, type, pointer) : undefined
  return key === undefined ? parseDraft(type, value, pointer) : { key, pointer }
}

export function keyOf(id: Json, type: EntityType, pointer: string): Key {
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return id
  if (typeof id === 'string' && id !== '') return /^\d{1,16}$/.test(id) ? Number(id) : iriOf(type, id)
  throw refused(pointer, { en: 'This is not an id.', de: 'Das ist keine Kennung.' })
}

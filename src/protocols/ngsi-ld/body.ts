/** body: entities and fragments as callers write them, normalized, concise or simplified (4.5.1 to 4.5.5), expanded by their context. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Instant } from '../../model/time.ts'
import { isGeometry } from '../../model/wkb.ts'
import { Problem, type Said as Sentence } from '../../problem.ts'
import type { Attribute, Attributes } from './attribute.ts'
import type { Context } from './context.ts'
import { momentOf, scopesOf, shown, typesOf } from './members.ts'
import { isUri, KINDS, NULL, VALUE, type Kind } from './names.ts'

/** What a caller says of an entity; null is "take it away". */
export interface Said {
  readonly id?: string
  /** Kept names. */
  readonly types?: readonly string[]
  readonly scopes?: readonly string[] | null
  readonly expiresAt?: Instant | null
  readonly attributes: Attributes
}

/** How a body is read: by whose context, and whether NGSI-LD Null may stand in it. */
export interface Reading {
  readonly context: Context
  readonly nulls: boolean
  /** Whether an attribute may have several instances with the same datasetId: those of its history. */
  readonly repeats?: boolean
}

/** Known to the standard, found out by the platform; whoever sends them is not heard (4.8). */
const SYSTEM = new Set(['createdAt', 'modifiedAt', 'deletedAt', 'instanceId', '@context'])
/** Only ever said to callers (4.5.2.3). */
const OURS = new Set([
  'entity', 'entityList', 'previousValue', 'previousObject', 'previousLanguageMap', 'previousVocab', 'previousJson', 'previousValueList', 'previousObjectList',
]) // prettier-ignore

export function parseEntity(
  body: Json | undefined,
  reading: Reading,
  pointer = '',
): Said & { readonly id: string; readonly types: readonly string[] } {
  const { id, types, ...rest } = parseFragment(body, reading, pointer)
  if (id === undefined) throw missing('id', pointer)
  if (types === undefined) throw missing('type', pointer)
  return { id, types, ...rest }
}

/** Any part of an entity. */
export function parseFragment(body: Json | undefined, reading: Reading, pointer = ''): Said {
  if (!isObject(body)) throw refused(pointer, { en: 'An entity is a JSON object.', de: 'Eine Entität ist ein JSON-Objekt.' })
  return { ...membersOf(body, reading, pointer), attributes: parseAttributes(body, reading, pointer) }
}

function parseAttributes(body: JsonObject, reading: Reading, pointer: string): Attributes {
  const attributes = new Map<string, readonly Attribute[]>()
  for (const [name, value] of Object.entries(body)) {
    if (OWN.has(name) || SYSTEM.has(name)) continue
    const at = `${pointer}/${escaped(name)}`
    const key = named(name, reading.context, at)
    if (attributes.has(key)) throw refused(at, { en: `“${name}” is said twice.`, de: `„${name}“ steht zweimal da.` })
    attributes.set(key, parseAttribute(value, reading, at))
  }
  return attributes
}

function membersOf(body: JsonObject, { context, nulls }: Reading, pointer: string): Omit<Said, 'attributes'> {
  const { id = body['@id'], type = body['@type'], scope, expiresAt } = body
  const isGone = (value: Json) => value === NULL && nulls
  return {
    ...(id !== undefined && { id: idOf(id, `${pointer}/id`) }),
    ...(type !== undefined && { types: typesOf(type, context, `${pointer}/type`) }),
    ...(scope !== undefined && { scopes: isGone(scope) ? null : scopesOf(scope, `${pointer}/scope`) }),
    ...(expiresAt !== undefined && { expiresAt: isGone(expiresAt) ? null : momentOf(expiresAt, `${pointer}/expiresAt`) }),
  }
}

const OWN = new Set(['id', '@id', 'type', '@type', 'scope', 'expiresAt'])

export function idOf(id: Json, pointer: string): string {
  if (typeof id === 'string' && isUri(id)) return id
  throw refused(pointer, { en: `“${shown(id)}” is no URI.`, de: `„${shown(id)}“ ist keine URI.` })
}

/** One attribute: a single instance, or a list of them told apart by datasetId. */
export function parseAttribute(value: Json, reading: Reading, pointer: string): readonly Attribute[] {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isInstance)) return [parseInstance(value, reading, pointer)]
  const instances = value.map((one: Json, i) => parseInstance(one, reading, `${pointer}/${i}`))
  const ids = instances.map(({ datasetId }) => datasetId ?? '@none')
  const twice = ids.findIndex((id, i) => ids.indexOf(id) !== i)
  if (twice !== -1 && reading.repeats !== true)
    throw refused(`${pointer}/${twice}/datasetId`, {
      en: `datasetId “${ids[twice]}” is there twice.`,
      de: `Die datasetId „${ids[twice]}“ kommt zweimal vor.`,
    })
  return instances
}

/** Whether an element of a list is an instance of an attribute rather than part of a plain value. */
function isInstance(value: Json): boolean {
  return isObject(value) && (KINDS.some((kind) => kind === value['type']) || valueMemberOf(value) !== undefined || 'datasetId' in value)
}

const MEMBER_KINDS = new Map<string, Kind>([
  ['value', 'Property'],
  ['object', 'Relationship'],
  ['languageMap', 'LanguageProperty'],
  ['vocab', 'VocabProperty'],
  ['json', 'JsonProperty'],
  ['valueList', 'ListProperty'],
  ['objectList', 'ListRelationship'],
])

function valueMemberOf(of: JsonObject): string | undefined {
  return [...MEMBER_KINDS.keys()].find((member) => member in of)
}

export function parseInstance(value: Json, reading: Reading, pointer: string): Attribute {
  if (value === null) throw nothing(pointer)
  if (value === NULL) return gone(reading, pointer, {})
  if (!isObject(value)) return plain('Property', value)
  if (isGeometry(value)) return plain('GeoProperty', value)
  const { type } = value
  const member = valueMemberOf(value)
  const kind = KINDS.find((one) => one === type)
  if (kind === undefined && type !== undefined && member !== undefined)
    throw refused(`${pointer}/type`, {
      en: `“${shown(type)}” is no kind of attribute.`,
      de: `„${shown(type)}“ ist keine Art von Attribut.`,
    })
  if (kind === undefined && member === undefined) return plain('Property', value)
  const found = kind ?? conciseKind(value, member)
  return { ...instanceOf(value, found, reading, pointer) }
}

/** Without a type, the member that holds the value says it; a shape is one (4.5.5). */
function conciseKind(of: JsonObject, member: string | undefined): Kind {
  if (member === 'value' && isGeometry(of['value'])) return 'GeoProperty'
  return MEMBER_KINDS.get(member ?? 'value') ?? 'Property'
}

const plain = (kind: Kind, value: Json): Attribute => ({ kind, value, sub: new Map() })

function instanceOf(of: JsonObject, kind: Kind, reading: Reading, pointer: string): Attribute {
  const member = VALUE[kind]
  const raw = of[member]
  const rest = parseRest(of, kind, reading, pointer)
  if (raw === undefined) throw missing(member, pointer)
  if (isNull(raw, kind)) return { ...gone(reading, pointer, rest), kind }
  return { kind, value: parseValue(raw, kind, reading, `${pointer}/${member}`), ...rest }
}

/** All but the value; for a part of an attribute there may be none (5.6.4). */
export function parseRest(of: JsonObject, kind: Kind, reading: Reading, pointer: string): Omit<Attribute, 'kind' | 'value'> {
  refuseMembers(of, kind, pointer)
  const { context } = reading
  const said: Record<string, Json> = {}
  const sub = new Map<string, readonly Attribute[]>()
  for (const [name, value] of Object.entries(of)) {
    const at = `${pointer}/${escaped(name)}`
    const read = Object.hasOwn(READ, name) ? READ[name] : undefined
    if (read !== undefined) {
      if (value !== NULL && !(name === 'datasetId' && value === '@none')) said[name] = read(value, context, at)
    } else if (!MEMBERS.has(name) && name !== VALUE[kind]) sub.set(named(name, context, at), parseAttribute(value, reading, at))
  }
  return { ...(said as Partial<Attribute>), sub }
}

/** The members that every instance may have beside its value. */
const READ: Readonly<Record<string, (value: Json, context: Context, pointer: string) => Json>> = {
  datasetId: (value, _, pointer) => idOf(value, pointer),
  observedAt: (value, _, pointer) => momentOf(value, pointer),
  expiresAt: (value, _, pointer) => momentOf(value, pointer),
  unitCode: (value, _, pointer) => textOf(value, pointer),
  valueType: (value, context, pointer) => context.nameOf(textOf(value, pointer)),
  objectType: (value, context, pointer) => namesOf(value, context, pointer),
  ngsildproof: (value) => value,
}

const MEMBERS = new Set(['type', ...SYSTEM])
const RELATIONSHIPS: readonly Kind[] = ['Relationship', 'ListRelationship']

function refuseMembers(of: JsonObject, kind: Kind, pointer: string): void {
  for (const member of Object.keys(of)) {
    const foreign = MEMBER_KINDS.has(member) && member !== VALUE[kind]
    const unit = member === 'unitCode' && kind !== 'Property' && kind !== 'ListProperty'
    const objectType = member === 'objectType' && !RELATIONSHIPS.includes(kind)
    if (foreign || unit || objectType || OURS.has(member))
      throw refused(`${pointer}/${escaped(member)}`, { en: `A ${kind} has no “${member}”.`, de: `${kind} hat kein „${member}“.` })
  }
}

/** NGSI-LD Null in the form of each kind (4.5.7). */
function isNull(value: Json, kind: Kind): boolean {
  if (kind === 'LanguageProperty') return value === NULL || (isObject(value) && value['@none'] === NULL)
  if (kind === 'ListProperty' || kind === 'ListRelationship')
    return (
      value === NULL ||
      (Array.isArray(value) &&
        value.length === 1 &&
        (value[0] === NULL || (isObject(value[0] as Json) && (value[0] as JsonObject)['object'] === NULL)))
    )
  return value === NULL
}

function gone({ nulls }: Reading, pointer: string, rest: Partial<Attribute>): Attribute {
  if (!nulls) throw refused(pointer, { en: `“${NULL}” has no place in what is new.`, de: `„${NULL}“ hat in etwas Neuem keinen Platz.` })
  return { kind: 'Property', sub: new Map(), ...rest, value: null }
}

type Parse = (value: Json, reading: Reading, pointer: string) => Json

const PARSE: Readonly<Record<Kind, Parse>> = {
  Property: (value) => value,
  JsonProperty: (value) => value,
  Relationship: (value, _, pointer) => (Array.isArray(value) ? nonEmpty(value, pointer).map((one: Json, i) => idOf(one, `${pointer}/${i}`)) : idOf(value, pointer)),
  GeoProperty: (value, _, pointer) => shapeOf(value, pointer),
  LanguageProperty: (value, _, pointer) => languagesOf(value, pointer),
  VocabProperty: (value, { context }, pointer) => namesOf(value, context, pointer),
  ListProperty: (value, _, pointer) => listOf(value, pointer),
  ListRelationship: (value, _, pointer) =>
    listOf(value, pointer).map((one, i) => idOf(isObject(one) ? (one['object'] ?? null) : one, `${pointer}/${i}`)),
} // prettier-ignore

export function parseValue(value: Json, kind: Kind, reading: Reading, pointer: string): Json {
  if (value === null) throw nothing(pointer)
  return PARSE[kind](value, reading, pointer)
}

function shapeOf(value: Json, pointer: string): Json {
  const shape = typeof value === 'string' ? parsed(value) : value
  if (isGeometry(shape)) return shape as unknown as Json
  throw refused(pointer, { en: 'This is no GeoJSON geometry.', de: 'Das ist keine GeoJSON-Geometrie.' })
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function languagesOf(value: Json, pointer: string): Json {
  const isTexts = (one: Json): boolean => typeof one === 'string' || (Array.isArray(one) && one.every((text) => typeof text === 'string'))
  if (isObject(value) && Object.values(value).every(isTexts)) return value
  throw refused(pointer, { en: 'A languageMap has texts by language.', de: 'Eine languageMap enthält Texte nach Sprache.' })
}

function namesOf(value: Json, context: Context, pointer: string): Json {
  if (Array.isArray(value)) return nonEmpty(value, pointer).map((one: Json, i) => context.nameOf(textOf(one, `${pointer}/${i}`)))
  return context.nameOf(textOf(value, pointer))
}

function listOf(value: Json, pointer: string): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[]
  throw refused(pointer, { en: 'This must be a list.', de: 'Hier gehört eine Liste hin.' })
}

function nonEmpty(value: readonly Json[], pointer: string): readonly Json[] {
  if (value.length > 0) return value
  throw refused(pointer, { en: 'The list is empty.', de: 'Die Liste ist leer.' })
}

function textOf(value: Json, pointer: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw refused(pointer, { en: 'This must be a text.', de: 'Hier gehört ein Text hin.' })
}

/** What must not stand in a name (4.6.2, 4.6.3). Hyphens are let through: names of the Smart Data Models have them. */
const RESTRICTED = /[<>"'=;()\s[\]{}|,?&]/

export function named(term: string, context: Context, pointer: string): string {
  if (term === '' || RESTRICTED.test(term) || term.startsWith('@'))
    throw refused(pointer, { en: `“${term}” cannot be a name.`, de: `„${term}“ kann kein Name sein.` })
  return context.nameOf(term)
}

function missing(member: string, pointer: string): Problem {
  return refused(`${pointer}/${member}`, { en: `“${member}” is missing.`, de: `„${member}“ fehlt.` })
}

function nothing(pointer: string): Problem {
  return refused(pointer, {
    en: 'null is no value; “urn:ngsi-ld:null” takes something away.',
    de: 'null ist kein Wert; „urn:ngsi-ld:null“ nimmt etwas weg.',
  })
}

export function refused(pointer: string, said: Sentence): Problem {
  return new Problem('invalid-body', said, { pointer: pointer === '' ? '/' : pointer })
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

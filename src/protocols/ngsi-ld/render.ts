/** render: a state as NGSI-LD writes it: normalized, concise or simplified (4.5), by the reader's context. Pure, and never throws. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Attribute, Attributes } from './attribute.ts'
import type { Context } from './context.ts'
import { languageIn } from './language.ts'
import { VALUE } from './names.ts'
import type { State } from './state.ts'

export type Format = 'normalized' | 'concise' | 'simplified'

/** What of an entity is shown, and how. */
export interface Shape {
  readonly format: Format
  readonly sysAttrs: boolean
  /** Members to show, by kept name, 'id', 'type' and 'scope' among them; undefined: all. */
  readonly pick?: ReadonlySet<string>
  readonly omit?: ReadonlySet<string>
  /** Instances to show; '@none' is the default one. */
  readonly datasetIds?: ReadonlySet<string>
  /** Wanted languages (RFC 3282). */
  readonly lang?: string
}

export function shows({ pick, omit }: Shape, member: string): boolean {
  return (pick === undefined || pick.has(member)) && omit?.has(member) !== true
}

export function renderEntity(state: State, context: Context, shape: Shape): JsonObject {
  const entity: Record<string, Json> = {}
  if (shows(shape, 'id')) entity['id'] = state.id
  if (shows(shape, 'type')) entity['type'] = oneOrAll(state.types.map((type) => context.termOf(type)))
  if (shows(shape, 'scope') && state.scopes.length > 0) entity['scope'] = oneOrAll(state.scopes)
  if (shape.sysAttrs) {
    entity['createdAt'] = state.createdAt
    entity['modifiedAt'] = state.modifiedAt
    if (state.expiresAt !== undefined) entity['expiresAt'] = state.expiresAt
  }
  for (const [name, instances] of state.attributes) {
    if (!shows(shape, name)) continue
    const shown = shape.datasetIds ? instances.filter(({ datasetId }) => shape.datasetIds?.has(datasetId ?? '@none')) : instances
    if (shown.length > 0) entity[context.termOf(name)] = renderAttribute(shown, context, shape)
  }
  return entity
}

export const oneOrAll = (all: readonly string[]): Json => (all.length === 1 ? (all[0] ?? '') : all)

export function renderAttribute(instances: readonly Attribute[], context: Context, shape: Shape): Json {
  const [only] = instances
  if (shape.format === 'simplified' && (instances.length > 1 || only?.datasetId !== undefined)) return datasetsOf(instances, context, shape)
  const rendered = instances.map((one) => renderInstance(one, context, shape))
  return rendered.length === 1 ? (rendered[0] ?? null) : rendered
}

/** Several instances in the simplified representation, by their datasetId (4.5.4). */
function datasetsOf(instances: readonly Attribute[], context: Context, shape: Shape): Json {
  return { dataset: Object.fromEntries(instances.map((one) => [one.datasetId ?? '@none', renderInstance(one, context, shape)])) }
}

export function renderInstance(of: Attribute, context: Context, shape: Shape): Json {
  const attribute = shape.lang === undefined ? of : inLanguage(of, shape.lang)
  const value = valueIn(attribute, context)
  const member = VALUE[attribute.kind]
  if (shape.format === 'simplified') return isBare(attribute) || attribute.kind === 'Relationship' ? value : { [member]: value }
  const rest = restOf(attribute, context, shape)
  if (shape.format === 'normalized') return { type: attribute.kind, [member]: value, ...rest }
  return isBare(attribute) && Object.keys(rest).length === 0 && !ambiguous(attribute) ? value : { [member]: value, ...rest }
}

/** Kinds whose value may stand for them alone. */
const isBare = ({ kind }: Attribute): boolean => kind === 'Property' || kind === 'GeoProperty'

/** A plain value that would be read as something else: an object could be an attribute. */
function ambiguous({ kind, value }: Attribute): boolean {
  return kind === 'Property' && (isObject(value) || (Array.isArray(value) && value.some((one) => isObject(one as Json))))
}

/** A value as the reader's context says it. */
export function valueIn({ kind, value }: Attribute, context: Context): Json {
  if (kind === 'VocabProperty') return termsIn(value, context)
  if (kind === 'ListRelationship' && Array.isArray(value)) return value.map((object: Json) => ({ object }))
  return value
}

function termsIn(value: Json, context: Context): Json {
  if (Array.isArray(value)) return value.map((one) => context.termOf(String(one)))
  return typeof value === 'string' ? context.termOf(value) : value
}

function restOf(attribute: Attribute, context: Context, shape: Shape): JsonObject {
  const { datasetId, observedAt, unitCode, valueType, objectType, ngsildproof, instanceId, sub } = attribute
  return {
    ...(observedAt !== undefined && { observedAt }),
    ...(unitCode !== undefined && { unitCode }),
    ...(datasetId !== undefined && { datasetId }),
    ...(valueType !== undefined && { valueType: context.termOf(valueType) }),
    ...(objectType !== undefined && { objectType: termsIn(objectType, context) }),
    ...(ngsildproof !== undefined && { ngsildproof }),
    ...(instanceId !== undefined && { instanceId }),
    ...(shape.sysAttrs && systemOf(attribute)),
    ...renderSub(sub, context, shape),
  }
}

function systemOf({ createdAt, modifiedAt, expiresAt, deletedAt }: Attribute): JsonObject {
  return {
    ...(createdAt !== undefined && { createdAt }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(deletedAt !== undefined && { deletedAt }),
  }
}

function renderSub(sub: Attributes, context: Context, shape: Shape): JsonObject {
  if (sub.size === 0) return {}
  return Object.fromEntries([...sub].map(([name, instances]) => [context.termOf(name), renderAttribute(instances, context, shape)]))
}

/** A text in several languages as a Property in the one that is wanted (4.15). */
function inLanguage(attribute: Attribute, wanted: string): Attribute {
  if (attribute.kind !== 'LanguageProperty' || !isObject(attribute.value)) return attribute
  const language = languageIn(Object.keys(attribute.value), wanted)
  if (language === undefined) return attribute
  const lang: Attribute = { kind: 'Property', value: language, sub: new Map() }
  return { ...attribute, kind: 'Property', value: attribute.value[language] ?? null, sub: new Map([...attribute.sub, ['lang', [lang]]]) }
}

/** An entity as a GeoJSON feature (4.5.16): its geometry is that of one of its attributes. */
export function renderFeature(state: State, context: Context, shape: Shape, geometryProperty: string): JsonObject {
  const { id = state.id, ...properties } = renderEntity(state, context, shape)
  const place = state.attributes.get(geometryProperty)?.find(({ kind }) => kind === 'GeoProperty')
  return { id, type: 'Feature', geometry: place?.value ?? null, properties }
}

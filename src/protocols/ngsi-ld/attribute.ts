/**
 * attribute: an attribute instance of an entity, with names as they are kept (names.ts), and its form in the store.
 *
 * Where things are (decision 19): the value of a static attribute is `entity.attributes[name]`, as the other standards show it; `name`,
 * `description` and `location` are the entity's own columns. What else NGSI-LD says of it is `entity.about['@ngsi-ld'].attributes[name]`:
 * kind, times, `sub` attributes, and under `more` the instances that have a datasetId. An attribute with observedAt is a series
 * (attribute = name, instance = datasetId or '') whose latest observation is its value; kind and unitCode stand in
 * `series.properties['@ngsi-ld']`, sub-attributes of one value in `observation.parameters['@ngsi-ld'].sub`.
 */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Instant } from '../../model/time.ts'
import { KINDS, type Kind } from './names.ts'

export interface Attribute {
  readonly kind: Kind
  /** The value, object, languageMap, vocab, json or list; null: it is gone. Vocabulary terms as kept names. */
  readonly value: Json
  readonly datasetId?: string
  readonly observedAt?: Instant
  readonly unitCode?: string
  /** Kept names. */
  readonly valueType?: string
  readonly objectType?: Json
  readonly expiresAt?: Instant
  readonly createdAt?: Instant
  readonly modifiedAt?: Instant
  readonly deletedAt?: Instant
  readonly instanceId?: string
  readonly ngsildproof?: Json
  readonly sub: Attributes
}

/** By kept name; an attribute may have several instances, told apart by their datasetId. */
export type Attributes = ReadonlyMap<string, readonly Attribute[]>

export const NONE: Attributes = new Map()

const MEMBERS = ['datasetId', 'observedAt', 'unitCode', 'valueType', 'objectType', 'expiresAt', 'createdAt', 'modifiedAt', 'deletedAt', 'ngsildproof'] as const // prettier-ignore

/** All but the value, as JSON to be kept beside it. */
export function aboutOf(attribute: Attribute): JsonObject {
  const about: Record<string, Json> = {}
  if (attribute.kind !== 'Property') about['kind'] = attribute.kind
  for (const member of MEMBERS) {
    const value = attribute[member]
    if (value !== undefined) about[member] = value
  }
  if (attribute.sub.size > 0) about['sub'] = keptAll(attribute.sub)
  return about
}

export const kept = (attribute: Attribute): JsonObject => ({ value: attribute.value, ...aboutOf(attribute) })

/** One instance as itself, several as a list. */
export function keptAll(attributes: Attributes): JsonObject {
  return Object.fromEntries(
    [...attributes].map(([name, instances]) => [name, instances.length === 1 && instances[0] ? kept(instances[0]) : instances.map(kept)]),
  )
}

/** The reverse of aboutOf: what is kept beside a value, with it. */
export function attributeOf(value: Json, about: Json | undefined): Attribute {
  if (!isObject(about)) return { kind: guessed(value), value, sub: NONE }
  const { kind, sub, value: _value, more: _more, ...rest } = about
  return {
    kind: KINDS.find((one) => one === kind) ?? 'Property',
    value,
    ...(rest as Partial<Attribute>),
    sub: isObject(sub) ? attributesOf(sub) : NONE,
  }
}

/** What came by another standard says nothing of its kind: a shape is one. */
function guessed(value: Json): Kind {
  return isObject(value) && typeof value['type'] === 'string' && ('coordinates' in value || 'geometries' in value)
    ? 'GeoProperty'
    : 'Property'
}

export function attributesOf(of: JsonObject): Attributes {
  return new Map(
    Object.entries(of).map(([name, one]): [string, readonly Attribute[]] => [
      name,
      (Array.isArray(one) ? one : [one]).map((instance: Json) =>
        attributeOf(isObject(instance) ? (instance['value'] ?? null) : null, instance),
      ),
    ]),
  )
}

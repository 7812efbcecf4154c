/** state: an entity with its series, as it is now, read as NGSI-LD sees it; written by whichever standard. */
import { seriesOf } from '../../http/feature.ts'
import type { Entity } from '../../model/entity.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Series } from '../../model/series.ts'
import type { Instant } from '../../model/time.ts'
import { unitOf } from '../../model/units.ts'
import type { Found } from '../../query/query.ts'
import { attributeOf, attributesOf, NONE, type Attribute, type Attributes } from './attribute.ts'
import { KEPT, KINDS } from './names.ts'

export interface State {
  readonly id: string
  /** Kept names. */
  readonly types: readonly string[]
  readonly scopes: readonly string[]
  readonly expiresAt?: Instant
  readonly createdAt: Instant
  readonly modifiedAt: Instant
  readonly attributes: Attributes
}

/** Sub-attributes of the latest value of series, by the id of the observation. */
export type Details = ReadonlyMap<number, JsonObject>

/** `thing` was found with WITH_SERIES. */
export function stateOf(thing: Found<'entity'>, details: Details = new Map()): State {
  const series = seriesOf(thing)
  const attributes = new Map(staticOf(thing))
  for (const one of series) {
    const found = observedOf(one, details)
    if (found !== undefined) attributes.set(one.attribute, [...(attributes.get(one.attribute) ?? []), found].toSorted(defaultFirst))
  }
  const { iri: id, types, scopes, created: createdAt } = thing
  const expiresAt = keptIn(thing.about)['expiresAt']
  const modifiedAt = series.reduce((latest, one) => later(latest, modifiedOf(one)), thing.modified)
  return { id, types, scopes, createdAt, modifiedAt, attributes, ...(typeof expiresAt === 'string' && { expiresAt }) }
}

const defaultFirst = (a: Attribute, b: Attribute): number => Number(a.datasetId !== undefined) - Number(b.datasetId !== undefined)

/** What is kept for NGSI-LD beside an item. */
export function keptIn(bag: JsonObject | undefined): JsonObject {
  const found = bag?.[KEPT]
  return isObject(found) ? found : {}
}

/** An entity that NGSI-LD made, or changed: `name` and `description` are attributes of it only where they are said to be. */
export const isOurs = ({ about }: Entity): boolean => isObject(about[KEPT])

/** What an entity has beside its attributes; another standard may have properties of that name. */
const OWN: ReadonlySet<string> = new Set(['id', 'type', 'scope', '@context'])

/** Properties that another standard has under names that mean something else here: they stay where they are, and are no attributes. */
export function apartOf(entity: Entity): readonly string[] {
  const { apart } = keptIn(entity.about)
  const names = Object.keys(entity.attributes)
  if (isOurs(entity)) return names.filter((name) => OWN.has(name) || (Array.isArray(apart) && apart.includes(name)))
  return names.filter((name) => OWN.has(name) || ((name === 'name' || name === 'description') && entity[name] !== ''))
}

/** The attributes that are not observed. */
export function staticOf(entity: Entity): Attributes {
  const about = aboutAttributes(entity)
  const apart = apartOf(entity)
  const attributes = new Map<string, readonly Attribute[]>()
  const add = (name: string, value: Json): void => void attributes.set(name, [timed(attributeOf(value, about[name]), entity)])
  for (const [name, value] of Object.entries(columnsOf(entity, about))) if (value !== undefined) add(name, value)
  for (const [name, value] of Object.entries(entity.attributes)) if (value !== null && !apart.includes(name)) add(name, value)
  for (const [name, one] of Object.entries(about)) {
    const more = isObject(one) && isObject(one['more']) ? one['more'] : undefined
    if (more === undefined) continue
    const others = [...attributesOf(more).values()].flat().map((attribute) => timed(attribute, entity))
    attributes.set(name, [...(attributes.get(name) ?? []), ...others])
  }
  return attributes
}

export function aboutAttributes({ about }: Entity): JsonObject {
  const found = keptIn(about)['attributes']
  return isObject(found) ? found : {}
}

/** What an entity has as columns of its own. */
function columnsOf(entity: Entity, about: JsonObject): Readonly<Record<string, Json | undefined>> {
  const said = (name: 'name' | 'description') => (isOurs(entity) ? name in about : entity[name] !== '')
  return {
    name: said('name') ? entity.name : undefined,
    description: said('description') ? entity.description : undefined,
    location: entity.geometry as Json | undefined,
    ...roleOf(entity),
  }
}

/** What sensors and observed properties have in other standards. */
function roleOf({ role, about }: Entity): Readonly<Record<string, Json | undefined>> {
  if (role === 'property') return { definition: about['definition'] }
  return role === 'sensor' ? { encodingType: about['encodingType'], metadata: about['metadata'] } : {}
}

/** An attribute that says nothing of its age is as old as its entity. */
function timed(attribute: Attribute, { created }: Entity): Attribute {
  const createdAt = attribute.createdAt ?? created
  return { ...attribute, createdAt, modifiedAt: attribute.modifiedAt ?? createdAt }
}

/** What a series says now; undefined without an observation, and when the attribute was deleted. */
export function observedOf(series: Series, details: Details): Attribute | undefined {
  const { latest, instance, properties, created } = series
  const kept = keptIn(properties)
  if (latest === undefined || latest.result === null || typeof kept['deletedAt'] === 'string') return undefined
  const detail = details.get(latest.id) ?? {}
  return {
    kind: kindOf(series, latest.result),
    value: latest.result,
    ...(instance !== '' && { datasetId: instance }),
    ...(detail['timeless'] !== true && { observedAt: latest.end ?? latest.time }),
    ...headOf(series),
    createdAt: created,
    modifiedAt: modifiedOf(series),
    sub: subOf(series, detail),
  }
}

/** A result of several parts is a list; what other standards say of no kind is told from the value. */
export function kindOf({ properties, parts }: Series, result: Json): Attribute['kind'] {
  if (parts !== undefined) return 'ListProperty'
  return KINDS.find((kind) => kind === keptIn(properties)['kind']) ?? attributeOf(result, undefined).kind
}

/** What every value of a series has in common. */
export function headOf({ properties, unit }: Series): Partial<Attribute> {
  const { valueType, objectType, unitCode } = keptIn(properties)
  const code = typeof unitCode === 'string' ? unitCode : unitCodeOf(unit)
  return {
    ...(code !== undefined && { unitCode: code }),
    ...(typeof valueType === 'string' && { valueType }),
    ...(objectType !== undefined && { objectType }),
  }
}

function unitCodeOf({ code, symbol, definition, name }: Series['unit']): string | undefined {
  for (const text of [code, symbol, definition?.split('#').at(-1), name]) {
    const found = text ? unitOf(text)?.uncefact : undefined
    if (found) return found
  }
  return undefined
}

/** A unit that has no code in UN/CEFACT is told as it was delivered. */
export function subOf(series: Series, detail: JsonObject): Attributes {
  const own = isObject(detail['sub']) ? attributesOf(detail['sub']) : NONE
  const { name, symbol, definition } = series.unit
  if ((name ?? symbol ?? definition) === null || headOf(series).unitCode !== undefined) return own
  return new Map([...own, ['unitOfMeasurement', [{ kind: 'JsonProperty', value: { name, symbol, definition }, sub: NONE }]]])
}

function modifiedOf({ latest, modified }: Series): Instant {
  return latest === undefined ? modified : later(modified, latest.end ?? latest.time)
}

/** Instants are spelled alike, down to the second at least. */
export function later(a: Instant, b: Instant): Instant {
  return Date.parse(a) >= Date.parse(b) ? a : b
}

/** Series whose latest value has more to say than the series knows. */
export function detailed(series: readonly Series[]): readonly number[] {
  return series.flatMap(({ latest, properties }) => (latest !== undefined && keptIn(properties)['detailed'] === true ? [latest.id] : []))
}

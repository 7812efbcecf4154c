/** delta: from a state to what must be written: the entity's own row, heads of series, values that were observed. Pure. */
import { seriesOf } from '../../http/feature.ts'
import type { Entity } from '../../model/entity.ts'
import type { Geometry } from '../../model/geometry.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Series, Unit } from '../../model/series.ts'
import { now, type Instant } from '../../model/time.ts'
import { unitOf } from '../../model/units.ts'
import type { Found } from '../../query/query.ts'
import { aboutOf, keptAll, type Attribute } from './attribute.ts'
import { canonical } from './canonical.ts'
import { same } from './change.ts'
import { KEPT, lastPart } from './names.ts'
import { aboutAttributes, apartOf, headOf, keptIn, type State } from './state.ts'

/** A value of an attribute with a history. */
export interface Value {
  readonly name: string
  readonly attribute: Attribute
  /** Absent: there is no series for it yet. */
  readonly series?: Series
  /** Nothing new is said by it. */
  readonly known: boolean
}

export interface Delta {
  /** The row as it shall be, where it differs. */
  readonly entity?: Entity
  /** Where it is from now on; null: nowhere. */
  readonly place?: { readonly geometry: Geometry | null; readonly time: Instant }
  readonly values: readonly Value[]
  /** Series whose head says something else from now on. */
  readonly heads: readonly Series[]
}

/** `thing` was found with WITH_SERIES, or is fresh; `before` is its state. */
export function deltaOf(thing: Found<'entity'>, before: State, after: State): Delta {
  const series = seriesOf(thing)
  const values = valuesOf(series, before, after)
  const entity = withStatic(thing, after, values)
  const geometry = entity.geometry ?? null
  const moved = canonical(thing.geometry ?? null) !== canonical(geometry)
  return {
    ...(differs(thing, entity) && { entity }),
    ...(moved && { place: { geometry, time: placeOf(after)?.observedAt ?? now() } }),
    values,
    heads: [...series.flatMap((one) => headAfter(one, values)), ...goneFrom(series, before, after)],
  }
}

const placeOf = ({ attributes }: State): Attribute | undefined =>
  attributes.get('location')?.find(({ datasetId }) => datasetId === undefined)

/** What has a time, and what had one before: once there is a history, all goes into it. */
function valuesOf(series: readonly Series[], before: State, after: State): readonly Value[] {
  const values: Value[] = []
  for (const [name, instances] of after.attributes)
    for (const attribute of instances) {
      const found = series.find((one) => one.attribute === name && one.instance === (attribute.datasetId ?? ''))
      if (found === undefined && (attribute.observedAt === undefined || name === 'location')) continue
      const old = before.attributes.get(name)?.find(({ datasetId }) => datasetId === attribute.datasetId)
      const known = found !== undefined && old !== undefined && same(old, attribute)
      values.push({ name, attribute, known, ...(found && { series: found }) })
    }
  return values
}

function goneFrom(series: readonly Series[], before: State, after: State): readonly Series[] {
  return series.flatMap((one) => {
    const has = ({ attributes }: State) => attributes.get(one.attribute)?.some(({ datasetId }) => (datasetId ?? '') === one.instance)
    return has(before) && !has(after) ? [withKept(one, { ...keptIn(one.properties), deletedAt: now() })] : []
  })
}

function withKept(series: Series, kept: JsonObject): Series {
  const { [KEPT]: _, ...rest } = series.properties
  return { ...series, properties: Object.keys(kept).length === 0 ? rest : { ...rest, [KEPT]: kept } }
}

/** The head of a series with a new value, where it says something else than before. */
function headAfter(series: Series, values: readonly Value[]): readonly Series[] {
  const value = values.find((one) => one.series?.id === series.id)
  if (value === undefined || value.known) return []
  const next = headFor(series, value.attribute)
  return canonical([next.properties, next.unit]) === canonical([series.properties, series.unit]) ? [] : [next]
}

/** Kind, unit and types of the values to come. A unit that is said in the code of UN/CEFACT is kept in the registry's. */
export function headFor(series: Series, attribute: Attribute): Series {
  const { deletedAt: _d, kind: _k, valueType: _v, objectType: _o, unitCode: _u, ...rest } = keptIn(series.properties)
  const { kind, unitCode, valueType, objectType } = attribute
  const said = headOf(series).unitCode
  const entry = unitCode === undefined ? undefined : unitOf(unitCode)
  const exact = entry?.uncefact === unitCode
  const kept = {
    ...rest,
    ...(kind !== 'Property' && kind !== 'GeoProperty' && { kind }),
    ...(unitCode !== undefined && !exact && { unitCode }),
    ...(valueType !== undefined && { valueType }),
    ...(objectType !== undefined && { objectType }),
    ...(isDetailed(attribute) && { detailed: true }),
  }
  const unit = unitCode === undefined || unitCode === said ? series.unit : unitFor(unitCode)
  return { ...withKept(series, kept), unit }
}

function unitFor(unitCode: string): Unit {
  const entry = unitOf(unitCode)
  if (entry?.uncefact !== unitCode) return { name: unitCode, symbol: unitCode, definition: null }
  return {
    name: entry.name.de,
    symbol: entry.symbol,
    definition: `https://ucum.org/ucum#${encodeURIComponent(entry.ucum)}`,
    code: entry.ucum,
  }
}

const ownSub = ({ sub }: Attribute) => new Map([...sub].filter(([name]) => name !== 'unitOfMeasurement'))
const isDetailed = (attribute: Attribute): boolean =>
  ownSub(attribute).size > 0 || attribute.observedAt === undefined || attribute.expiresAt !== undefined

/** What one observation says beyond its result; undefined when that is nothing. */
export function detailOf(attribute: Attribute): JsonObject | undefined {
  if (!isDetailed(attribute)) return undefined
  const sub = ownSub(attribute)
  return {
    [KEPT]: {
      ...(sub.size > 0 && { sub: keptAll(sub) }),
      ...(attribute.observedAt === undefined && { timeless: true }),
      ...(attribute.expiresAt !== undefined && { expiresAt: attribute.expiresAt }),
    },
  }
}

/** The entity's row with everything that is not observed. */
export function withStatic(old: Entity, state: State, values: readonly Value[]): Entity {
  const observed = (name: string, { datasetId }: Attribute) =>
    values.some((one) => one.name === name && one.attribute.datasetId === datasetId)
  const row = new Row(old, state)
  for (const [name, instances] of state.attributes) row.add(name, instances.filter((one) => !observed(name, one))) // prettier-ignore
  return row.entity()
}

const COLUMNS: readonly string[] = ['name', 'description']

class Row {
  private readonly attributes: Record<string, Json> = {}
  private readonly about: Record<string, Json> = {}
  private readonly own: Record<string, Json> = {}
  private readonly role: Record<string, Json> = {}
  private geometry: Geometry | undefined
  private readonly old: Entity
  private readonly state: State

  constructor(old: Entity, state: State) {
    this.old = old
    this.state = state
  }

  add(name: string, instances: readonly Attribute[]): void {
    const main = instances.find(({ datasetId }) => datasetId === undefined)
    const more = instances.filter((one) => one !== main).map((one) => this.timed(one))
    const said = main && aboutOf(this.timed(main))
    if (main !== undefined) this.put(name, main)
    const others = more.length === 0 ? {} : { more: keptAll(new Map(more.map((one) => [one.datasetId ?? '', [one]]))) }
    if ((said && Object.keys(said).length > 0) || more.length > 0 || (main && name in this.own)) this.about[name] = { ...said, ...others }
  }

  private put(name: string, { kind, value }: Attribute): void {
    if (COLUMNS.includes(name) && kind === 'Property' && typeof value === 'string') this.own[name] = value
    else if (name === 'location' && kind === 'GeoProperty') this.geometry = value as unknown as Geometry
    else if (isOfRole(this.old, name) && typeof value === 'string') this.role[name] = value
    else this.attributes[name] = value
  }

  /** An attribute as old as its entity need not say so. */
  private timed(attribute: Attribute): Attribute {
    const { createdAt, modifiedAt, ...rest } = attribute
    return {
      ...rest,
      ...(createdAt !== undefined && createdAt !== this.state.createdAt && { createdAt }),
      ...(modifiedAt !== undefined && modifiedAt !== createdAt && { modifiedAt }),
    }
  }

  entity(): Entity {
    const { geometry: _, ...rest } = this.old
    const { types, scopes, expiresAt } = this.state
    const apart = apartOf(this.old).filter((name) => !(name in this.attributes))
    const others = Object.fromEntries(apart.map((name) => [name, this.old.attributes[name] ?? null]))
    const kept = { attributes: this.about, ...(expiresAt !== undefined && { expiresAt }), ...(apart.length > 0 && { apart }) }
    return {
      ...rest,
      types,
      scopes,
      name: this.name(),
      description: textOf(this.own['description']) ?? '',
      attributes: { ...others, ...this.attributes },
      about: { ...this.old.about, ...this.role, [KEPT]: kept },
      ...(this.geometry && { geometry: this.geometry }),
    }
  }

  /** Other standards ask for a name: what is nearest to one, else the end of the IRI. */
  private name(): string {
    const other = this.attributes['name'] ?? this.attributes['title'] ?? this.attributes['https://smartdatamodels.org/name']
    return textOf(this.own['name']) ?? textOf(other) ?? lastPart(this.old.iri)
  }
}

/** A text, or one of the texts by language. */
function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value
  const found = isObject(value) ? (value['de'] ?? value['en'] ?? Object.values(value)[0]) : undefined
  return typeof found === 'string' ? found : undefined
}

function isOfRole({ role }: Entity, name: string): boolean {
  if (role === 'property') return name === 'definition'
  return role === 'sensor' && (name === 'encodingType' || name === 'metadata')
}

function differs(a: Entity, b: Entity): boolean {
  const parts = (one: Entity) => [one.types, one.scopes, one.name, one.description, one.geometry ?? null, one.attributes, about(one)]
  return canonical(parts(a)) !== canonical(parts(b))
}

/** That NGSI-LD has looked at it is no difference; what it says of it is. */
function about(of: Entity): Json {
  const attributes = Object.entries(aboutAttributes(of)).filter(([, one]) => isObject(one) && Object.keys(one).length > 0)
  return [
    Object.fromEntries(attributes),
    keptIn(of.about)['expiresAt'] ?? null,
    of.about['definition'] ?? null,
    of.about['metadata'] ?? null,
  ]
}

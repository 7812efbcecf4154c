/** items: the properties of a draft laid over an item: a fresh one when it is made, the stored one when it is changed. */
import type { Entity } from '../../model/entity.ts'
import type { Geometry } from '../../model/geometry.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Observation } from '../../model/observation.ts'
import type { Series, Unit } from '../../model/series.ts'
import { parseInstant, parseTime } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import type { Draft } from './body.ts'
import { shapeOf } from './checks.ts'
import { GEOJSON } from './v1/values.ts'

const OBSERVATION = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Observation'

export function freshEntity({ type, fields }: Draft, id: number, dataset: number): Entity {
  const own = isObject(fields['properties']) ? fields['properties']['type'] : undefined
  return {
    id,
    dataset,
    role: type.role ?? 'thing',
    iri: `urn:ngsi-ld:${type.one}:${id}`,
    types: [typeof own === 'string' && own !== '' && type.set === 'Things' ? own : type.one],
    name: '',
    description: '',
    attributes: {},
    about: {},
    scopes: [],
    created: '',
    modified: '',
  }
}

export function freshSeries(id: number, dataset: number, entity: number): Series {
  return {
    id,
    dataset,
    entity,
    attribute: '',
    instance: '',
    kind: 'value',
    name: '',
    description: '',
    observationType: OBSERVATION,
    unit: { name: null, symbol: null, definition: null },
    properties: {},
    count: 0,
    created: '',
    modified: '',
  }
}

/** Where a thing was: the series behind its HistoricalLocations. */
export function placeSeries(id: number, dataset: number, entity: number): Series {
  return { ...freshSeries(id, dataset, entity), kind: 'place', attribute: 'location', name: 'Location' }
}

const ABOUT = ['encodingType', 'metadata', 'definition'] as const

export function overEntity(old: Entity, { fields, pointer }: Draft): Entity {
  const about: Record<string, Json> = { ...old.about }
  for (const name of ABOUT) if (fields[name] !== undefined) about[name] = fields[name]
  const shape = fields['location'] ?? fields['feature']
  const { geometry: before, ...rest } = old
  const placed =
    shape === undefined
      ? { about, geometry: before }
      : place(shape, about, `${pointer}/${fields['location'] === undefined ? 'feature' : 'location'}`)
  const properties = fields['properties']
  return {
    ...rest,
    name: textOf(fields['name']) ?? old.name,
    description: textOf(fields['description']) ?? old.description,
    attributes: properties === undefined ? old.attributes : objectOf(properties),
    about: placed.about,
    ...(placed.geometry && { geometry: placed.geometry }),
  }
}

/** A plain geometry is kept as one; a Feature beside it, whole; what is not GeoJSON instead of it. */
function place(shape: Json, old: JsonObject, pointer: string): { readonly about: JsonObject; readonly geometry: Geometry | undefined } {
  const about = Object.fromEntries(Object.entries(old).filter(([name]) => name !== 'location'))
  const encoding = about['encodingType'] ?? GEOJSON
  const geometry = shapeOf(shape, encoding, pointer) as Geometry | undefined
  return { about: geometry === shape ? about : { ...about, location: shape }, geometry }
}

export function overSeries(old: Series, { fields }: Draft): Series {
  const unit = fields['unitOfMeasurement']
  return {
    ...old,
    name: textOf(fields['name']) ?? old.name,
    description: textOf(fields['description']) ?? old.description,
    observationType: textOf(fields['observationType']) ?? old.observationType,
    unit: isObject(unit) ? unitOf(unit) : old.unit,
    ...schemaIn(fields['taskingParameters'] ?? fields['schema']),
    properties: fields['properties'] === undefined ? old.properties : objectOf(fields['properties']),
  }
}

export function unitOf(unit: JsonObject): Unit {
  const read = (name: string): string | null => textOf(unit[name]) ?? null
  const code = textOf(unit['code'])
  return { name: read('name'), symbol: read('symbol'), definition: read('definition'), ...(code !== undefined && { code }) }
}

function schemaIn(schema: Json | undefined): Pick<Series, 'schema'> {
  return isObject(schema) ? { schema } : {}
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** What is null goes; what is not said stays. */
export function overObservation(old: Observation, { fields, pointer }: Draft): Observation {
  const phenomenon = textOf(fields['phenomenonTime'] ?? fields['time'])
  const { time, end } = phenomenon === undefined ? old : at(`${pointer}/phenomenonTime`, () => parseTime(phenomenon))
  const { resultTime, quality, parameters, valid, end: _, ...rest } = old
  const result = fields['result'] === undefined ? fields['taskingParameters'] : fields['result']
  const next: Writable<Observation> = { ...rest, time, result: result === undefined ? old.result : result }
  if (end !== undefined) next.end = end
  put(
    next,
    'resultTime',
    said(fields, 'resultTime', resultTime, (value) => parseInstant(textOf(value) ?? '')),
  )
  put(
    next,
    'quality',
    said(fields, 'resultQuality', quality, (value) => value),
  )
  put(next, 'parameters', said(fields, 'parameters', parameters, objectOf))
  put(
    next,
    'valid',
    said(fields, 'validTime', valid, (value) => at(`${pointer}/validTime`, () => intervalOf(textOf(value) ?? ''))),
  )
  return next
}

function put<K extends keyof Observation>(into: Writable<Observation>, name: K, value: Observation[K] | undefined): void {
  if (value !== undefined) into[name] = value
}

function said<T>(fields: JsonObject, name: string, old: T | undefined, read: (value: Json) => T): T | undefined {
  const value = fields[name]
  if (value === undefined) return old
  return value === null ? undefined : read(value)
}

function intervalOf(text: string) {
  const { time, end } = parseTime(text)
  return { start: time, end: end ?? time }
}

/** What is wrong with a time inside a body is said with its place there. */
function at<T>(pointer: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Problem) throw new Problem('invalid-body', error.said, { pointer })
    throw error
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {}
}

/** feature: a thing as a GeoJSON feature, with its static attributes and the latest value of each of its series as properties. */
import type { Entity } from '../model/entity.ts'
import type { Geometry } from '../model/geometry.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { Series } from '../model/series.ts'
import { everything } from '../query/filter.ts'
import type { Found, Include } from '../query/query.ts'

export interface Feature {
  readonly type: 'Feature'
  readonly id: number
  readonly geometry: Geometry | null
  readonly properties: JsonObject
}

/** The series of a page of things: one statement for all of them. */
export const WITH_SERIES: Include = {
  through: 'series',
  where: everything,
  order: [],
  page: { limit: 1000 },
  include: [],
  count: false,
}

/** `thing` was found with WITH_SERIES. Properties that every feature has win over attributes of the same name. */
export function featureOf(thing: Found<'entity'>): Feature {
  const { id, iri, types, name, description, geometry, attributes } = thing
  const properties = { ...attributes, ...latestOf(seriesOf(thing)), iri, types, name, ...(description !== '' && { description }) }
  return { type: 'Feature', id, geometry: geometry ?? null, properties }
}

export function seriesOf(thing: Found<'entity'>): readonly Series[] {
  return (thing.with?.['series']?.items ?? []) as readonly Series[]
}

/** "pm10": 12, "pm10_unit": "µg/m³", "pm10_time": "2026-…". */
function latestOf(series: readonly Series[]): JsonObject {
  return Object.fromEntries(series.flatMap((one) => valuesOf(one)))
}

function valuesOf(series: Series): [string, Json][] {
  if (series.kind !== 'value') return []
  const property = propertyOf(series)
  const unit = series.unit.symbol ?? series.unit.name
  const { latest } = series
  return [
    [property, latest?.result ?? null],
    ...(unit === null ? [] : [[`${property}_unit`, unit] satisfies [string, Json]]),
    ...(latest === undefined ? [] : [[`${property}_time`, latest.time] satisfies [string, Json]]),
  ]
}

/** What a series is called among the properties of its thing. */
export function propertyOf({ attribute, instance }: Pick<Series, 'attribute' | 'instance'>): string {
  return instance === '' ? attribute : `${attribute}:${instance}`
}

/** The names that every feature has. */
export const OWN_PROPERTIES = ['iri', 'types', 'name', 'description'] as const satisfies readonly (keyof Entity)[]

/**
 * geo: the geo-query (4.10), parsed into a Filter.
 *
 *   georel      = "near" ";" ( "maxDistance" / "minDistance" ) "==" metres
 *               / "within" / "contains" / "overlaps" / "intersects" / "equals" / "disjoint"
 *   geometry    = "Point" / "MultiPoint" / "LineString" / "MultiLineString" / "Polygon" / "MultiPolygon"
 *   coordinates = a JSON array, as in GeoJSON
 *   geoproperty = name                             "location" where nothing is said
 *
 * An entity without the geometry never matches. Only `location` is asked: it is what an entity has an index for.
 */
import type { Geometry } from '../../model/geometry.ts'
import { isGeometry } from '../../model/wkb.ts'
import { Problem } from '../../problem.ts'
import type { Filter, SpatialRelation } from '../../query/filter.ts'

export interface GeoQuery {
  readonly georel: string | null
  readonly geometry: string | null
  /** As text, or as it stands in a body. */
  readonly coordinates: unknown
  readonly geoproperty: string | null
}

const RELATIONS: readonly SpatialRelation[] = ['within', 'contains', 'overlaps', 'intersects', 'equals', 'disjoint']
const SHAPES = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']
const PATH = ['geometry'] as const

/** Undefined when nothing of a geo-query is said. */
export function parseGeo({ georel, geometry, coordinates, geoproperty }: GeoQuery, nameOf: (term: string) => string): Filter | undefined {
  const said = { georel, geometry, coordinates }
  if (Object.values(said).every((value) => value === null || value === undefined)) {
    if (geoproperty === null) return undefined
    throw wrong('geoproperty', 'it goes with georel, geometry and coordinates', 'es gehört zu georel, geometry und coordinates')
  }
  for (const [parameter, value] of Object.entries(said))
    if (value === null || value === undefined) throw wrong(parameter, 'georel, geometry and coordinates go together', 'georel, geometry und coordinates gehören zusammen') // prettier-ignore
  if (geoproperty !== null && nameOf(geoproperty) !== 'location')
    throw new Problem('not-implemented', { en: 'Geo-queries are about “location” only.', de: 'Geo-Anfragen gibt es nur zu „location“.' }, { parameter: 'geoproperty' }) // prettier-ignore
  return relation(georel ?? '', shapeOf(geometry ?? '', coordinates))
}

function relation(georel: string, geometry: Geometry): Filter {
  const found = RELATIONS.find((one) => one === georel)
  if (found !== undefined) return { is: 'spatial', path: PATH, relation: found, geometry }
  const [, which, metres] = /^near;(maxDistance|minDistance)==(\d+(?:\.\d+)?)$/.exec(georel) ?? []
  if (which === undefined || !(Number(metres) > 0))
    throw wrong(
      'georel',
      'it is near;maxDistance==metres, near;minDistance==metres, within, contains, overlaps, intersects, equals or disjoint',
      'erwartet wird near;maxDistance==Meter, near;minDistance==Meter, within, contains, overlaps, intersects, equals oder disjoint',
    )
  return { is: 'near', path: PATH, geometry, by: which === 'maxDistance' ? '<=' : '>=', metres: Number(metres) }
}

function shapeOf(type: string, coordinates: unknown): Geometry {
  if (!SHAPES.includes(type)) throw wrong('geometry', `it is one of ${SHAPES.join(', ')}`, `erwartet wird eines von ${SHAPES.join(', ')}`)
  const shape: unknown = { type, coordinates: typeof coordinates === 'string' ? jsonOf(coordinates) : coordinates }
  if (isGeometry(shape)) return shape
  throw wrong('coordinates', `they are none of a ${type}`, `sie passen zu keinem ${type}`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wrong('coordinates', 'they are no JSON array', 'sie sind keine JSON-Liste')
  }
}

const wrong = (parameter: string, en: string, de: string): Problem =>
  new Problem('invalid-query', { en: `${parameter}: ${en}.`, de: `${parameter}: ${de}.` }, { parameter })

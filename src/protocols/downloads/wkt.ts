/** wkt: a geometry as well-known text (OGC 06-103r4), so that it fits into a cell. */
import type { Geometry, Position } from '../../model/geometry.ts'

export function wkt(geometry: Geometry): string {
  const name = geometry.type.toUpperCase()
  if (geometry.type === 'GeometryCollection') return `${name} ${listed(geometry.geometries.map(wkt))}`
  const tag = hasHeight(geometry.coordinates) ? `${name} Z` : name
  if (geometry.type === 'Point') return geometry.coordinates.length === 0 ? `${name} EMPTY` : `${tag} (${geometry.coordinates.join(' ')})`
  return `${tag} ${nested(geometry.coordinates)}`
}

type Nested = Position | readonly Nested[]

function nested(of: Nested): string {
  return listed(of.map((part) => (typeof part === 'number' ? '' : typeof part[0] === 'number' ? part.join(' ') : nested(part))))
}

const listed = (parts: readonly string[]): string => (parts.length === 0 ? 'EMPTY' : `(${parts.join(', ')})`)

function hasHeight(of: Nested): boolean {
  const [first] = of
  return typeof first === 'number' ? of.length > 2 : first !== undefined && hasHeight(first)
}

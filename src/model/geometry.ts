/** Geometry: GeoJSON shapes and boxes in WGS 84, longitude first. Other systems are turned at the edge. */
export type Position = readonly number[]

export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString' | 'MultiPoint'; readonly coordinates: readonly Position[] }
  | { readonly type: 'Polygon' | 'MultiLineString'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] }

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number]

/** Every position of a geometry, in order. */
export function* positionsOf(geometry: Geometry): Iterable<Position> {
  if (geometry.type === 'GeometryCollection') for (const part of geometry.geometries) yield* positionsOf(part)
  else yield* flat(geometry.coordinates)
}

type Nested = Position | readonly Nested[]

function* flat(of: Nested): Iterable<Position> {
  if (typeof of[0] === 'number') yield of as Position
  else for (const part of of as readonly Nested[]) yield* flat(part)
}

/** The smallest box around a geometry; undefined for an empty one. */
export function boxOf(geometry: Geometry): Box | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x = NaN, y = NaN] of positionsOf(geometry)) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return west <= east && south <= north ? [west, south, east, north] : undefined
}

/** Of its lines, in the unit of its positions; points and areas have none. */
export function lengthOf(geometry: Geometry): number {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.reduce((sum, one) => sum + lengthOf(one), 0)
  if (geometry.type === 'LineString') return lineLength(geometry.coordinates)
  return geometry.type === 'MultiLineString' ? geometry.coordinates.reduce((sum, line) => sum + lineLength(line), 0) : 0
}

function lineLength(line: readonly Position[]): number {
  let length = 0
  for (const [i, [x = 0, y = 0]] of line.entries()) {
    const [beforeX = x, beforeY = y] = line[i - 1] ?? []
    length += Math.hypot(x - beforeX, y - beforeY)
  }
  return length
}

export function polygonOf([west, south, east, north]: Box): Geometry {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  }
}

/** Mean radius of the earth in metres (IUGG); SQL and memory use the same, so that they agree. */
export const EARTH = 6_371_008.8

/** Metres along the great circle between two positions (haversine). */
export function metresBetween(from: Position, to: Position): number {
  const [x1 = 0, y1 = 0] = from
  const [x2 = 0, y2 = 0] = to
  const half = (degrees: number) => Math.sin((degrees * Math.PI) / 360) ** 2
  const h = half(y2 - y1) + Math.cos((y1 * Math.PI) / 180) * Math.cos((y2 * Math.PI) / 180) * half(x2 - x1)
  return 2 * EARTH * Math.asin(Math.sqrt(Math.min(1, h)))
}

/**
 * wkt: well-known text read into GeoJSON.
 *
 *   geometry = [ "SRID=4326;" ] type [ "Z" | "M" | "ZM" ] ( "EMPTY" | "(" content ")" )
 *   type     = "POINT" | "LINESTRING" | "POLYGON" | "MULTIPOINT" | "MULTILINESTRING" | "MULTIPOLYGON" | "GEOMETRYCOLLECTION"
 *   position = number number [ number [ number ] ]           longitude, latitude, altitude, measure
 */
import type { Geometry, Position } from '../model/geometry.ts'
import { wkbOf } from '../model/wkb.ts'
import { Scanner } from './scanner.ts'

const DEEPEST = 8

/** Throws `invalid-query` with the column inside the text for what is no geometry, or an empty one. */
export function parseWkt(text: string, parameter = '$filter'): Geometry {
  const scanner = new Scanner(text, `${parameter} (WKT)`)
  scanner.take(/\s*(?:SRID\s*=\s*4326\s*;)?/iy)
  const geometry = geometryAt(scanner)
  scanner.take(/\s*/y)
  scanner.end()
  return geometry
}

/** A geometry within a longer text, from where the scanner stands. */
export function geometryAt(scanner: Scanner): Geometry {
  const geometry = geometryOf(scanner, 0)
  wkbOf(geometry)
  return geometry
}

function geometryOf(scanner: Scanner, depth: number): Geometry {
  if (depth > DEEPEST) scanner.fail('nested too deeply')
  const type =
    scanner
      .take(/\s*[A-Z]+/iy)
      ?.trim()
      .toUpperCase() ?? ''
  scanner.take(/\s*(?:ZM|Z|M)(?=[\s(])/iy)
  switch (type.replace(/(?<=T|N|G)(?:ZM|Z|M)$/, '')) {
    case 'POINT':
      return { type: 'Point', coordinates: inside(scanner, () => position(scanner)) }
    case 'LINESTRING':
      return { type: 'LineString', coordinates: positions(scanner) }
    case 'POLYGON':
      return { type: 'Polygon', coordinates: list(scanner, () => positions(scanner)) }
    case 'MULTIPOINT':
      return { type: 'MultiPoint', coordinates: list(scanner, () => loosePoint(scanner)) }
    case 'MULTILINESTRING':
      return { type: 'MultiLineString', coordinates: list(scanner, () => positions(scanner)) }
    case 'MULTIPOLYGON':
      return { type: 'MultiPolygon', coordinates: list(scanner, () => list(scanner, () => positions(scanner))) }
    case 'GEOMETRYCOLLECTION':
      return { type: 'GeometryCollection', geometries: list(scanner, () => geometryOf(scanner, depth + 1)) }
    default:
      return scanner.fail(`“${type}” is no geometry`)
  }
}

function inside<T>(scanner: Scanner, read: () => T): T {
  symbol(scanner, '(')
  const value = read()
  symbol(scanner, ')')
  return value
}

function list<T>(scanner: Scanner, read: () => T): readonly T[] {
  return inside(scanner, () => {
    const of = [read()]
    while (scanner.take(/\s*,/y) !== undefined) of.push(read())
    return of
  })
}

function positions(scanner: Scanner): readonly Position[] {
  return list(scanner, () => position(scanner))
}

/** MULTIPOINT is written with and without brackets around each point. */
function loosePoint(scanner: Scanner): Position {
  return scanner.take(/\s*(?=\()/y) === undefined ? position(scanner) : inside(scanner, () => position(scanner))
}

const NUMBER = /\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy

function position(scanner: Scanner): Position {
  const numbers: number[] = []
  for (let next = scanner.take(NUMBER); next !== undefined && numbers.length < 4; next = scanner.take(NUMBER)) numbers.push(Number(next))
  if (numbers.length < 2) scanner.fail('expected a longitude and a latitude')
  return numbers.slice(0, 3)
}

function symbol(scanner: Scanner, wanted: string): void {
  scanner.take(/\s*/y)
  scanner.expect(wanted)
}

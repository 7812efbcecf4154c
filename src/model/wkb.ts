/** wkb: GeoJSON written as well-known binary (little endian, two dimensions), refused where it is no geometry. */
import { Problem, type Kind } from '../problem.ts'
import type { Geometry, Position } from './geometry.ts'
import { isObject } from './json.ts'

const CODES = { Point: 1, LineString: 2, Polygon: 3, MultiPoint: 4, MultiLineString: 5, MultiPolygon: 6, GeometryCollection: 7 } as const

/** Collections may lie in collections; deeper than this is an attack, not a map. */
const DEPTH = 16

/** Where a position is put: as it is, or projected. */
export type Place = (x: number, y: number) => readonly [number, number]

/**
 * The bytes of a geometry; altitude is left out. Throws `kind` for what is no GeoJSON geometry, has no position at all,
 * an open ring or a coordinate that is no number: JSON from outside may say anything, whatever its declared type.
 */
export function wkbOf(geometry: Geometry, kind: Kind = 'invalid-query', place?: Place): Uint8Array {
  const writer = new Writer(kind, place)
  writer.geometry(geometry, 0)
  if (writer.positions === 0) writer.fail('it is empty')
  return writer.bytes()
}

/** The two numbers of a good point, without building anything: nearly all that a town has are points. */
export function pointOf(geometry: Geometry): readonly [number, number] | undefined {
  if (geometry.type !== 'Point' || !Array.isArray(geometry.coordinates)) return undefined
  const [x, y] = geometry.coordinates
  return Number.isFinite(x) && Number.isFinite(y) ? [x as number, y as number] : undefined
}

/** True for anything that `wkbOf` takes. */
export function isGeometry(value: unknown): value is Geometry {
  if (!isObject(value)) return false
  try {
    if (pointOf(value as unknown as Geometry)) return true
    wkbOf(value as Geometry)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

class Writer {
  positions = 0
  private at = 0
  private view = new DataView(new ArrayBuffer(128))
  private readonly kind: Kind
  private readonly place: Place | undefined

  constructor(kind: Kind, place: Place | undefined) {
    this.kind = kind
    this.place = place
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.view.buffer, 0, this.at)
  }

  fail(reason: string): never {
    throw new Problem(this.kind, { en: `This is not a usable geometry: ${reason}.`, de: `Das ist keine brauchbare Geometrie (${reason}).` })
  }

  geometry(geometry: Geometry, depth: number): void {
    if (depth > DEPTH) this.fail('it is nested too deeply')
    const type: unknown = (geometry as Partial<Geometry> | null)?.type
    if (typeof type !== 'string' || !Object.hasOwn(CODES, type)) this.fail('its type is unknown')
    this.head(CODES[geometry.type])
    if (geometry.type === 'GeometryCollection') this.each(geometry.geometries, (part) => this.geometry(part, depth + 1))
    else this.coordinates(geometry)
  }

  private coordinates(geometry: Exclude<Geometry, { type: 'GeometryCollection' }>): void {
    if (geometry.type === 'Point') this.position(geometry.coordinates)
    else if (geometry.type === 'LineString') this.line(geometry.coordinates)
    else if (geometry.type === 'Polygon') this.rings(geometry.coordinates)
    else if (geometry.type === 'MultiPoint') this.parts(geometry.coordinates, CODES.Point, (part) => this.position(part))
    else if (geometry.type === 'MultiLineString') this.parts(geometry.coordinates, CODES.LineString, (part) => this.line(part))
    else if (geometry.type === 'MultiPolygon') this.parts(geometry.coordinates, CODES.Polygon, (part) => this.rings(part))
  }

  private parts<T>(of: readonly T[], code: number, write: (part: T) => void): void {
    this.each(of, (part) => {
      this.head(code)
      write(part)
    })
  }

  private each<T>(of: readonly T[], write: (part: T) => void): void {
    if (!Array.isArray(of)) this.fail('an array is missing')
    this.count(of.length)
    of.forEach(write)
  }

  private rings(rings: readonly (readonly Position[])[]): void {
    this.each(rings, (ring) => this.ring(ring))
  }

  private ring(ring: readonly Position[]): void {
    this.line(ring, 4)
    const [first, last] = [ring[0], ring.at(-1)]
    if (ring.length > 0 && ring.length < 4) this.fail('a ring has fewer than four positions')
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) this.fail('a ring is not closed')
  }

  /** Positions said twice in a row are written once: GEOS stumbles over them in collections. */
  private line(line: readonly Position[], least = 2): void {
    if (!Array.isArray(line)) this.fail('an array is missing')
    if (line.length === 1) this.fail('a line has one position only')
    const once = line.filter((position, i) => i === 0 || !this.same(position, line[i - 1]))
    this.each(once.length < least ? line : once, (position) => this.position(position))
  }

  private same(a: Position, b: Position | undefined): boolean {
    return a?.[0] === b?.[0] && a?.[1] === b?.[1]
  }

  private position(position: Position): void {
    const [x, y]: readonly unknown[] = Array.isArray(position) ? position : []
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) this.fail('a coordinate is no number')
    const [east, north] = this.place?.(x, y) ?? [x, y]
    this.room(16)
    this.view.setFloat64(this.at, east, true)
    this.view.setFloat64(this.at + 8, north, true)
    this.at += 16
    this.positions += 1
  }

  private head(code: number): void {
    this.room(5)
    this.view.setUint8(this.at, 1)
    this.view.setUint32(this.at + 1, code, true)
    this.at += 5
  }

  private count(length: number): void {
    this.room(4)
    this.view.setUint32(this.at, length, true)
    this.at += 4
  }

  private room(bytes: number): void {
    if (this.at + bytes <= this.view.byteLength) return
    const wider = new Uint8Array(2 * this.view.byteLength)
    wider.set(this.bytes())
    this.view = new DataView(wider.buffer)
  }
}

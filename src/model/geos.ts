/** geos: how two shapes lie to each other, decided by GEOS (WebAssembly), the engine of PostGIS and QGIS. Loaded with this module; every call is synchronous. */
import initGeos from 'geos-wasm'
import { Problem } from '../problem.ts'
import { boxOf, EARTH, metresBetween, type Geometry } from './geometry.ts'
import { pointOf, wkbOf, type Place } from './wkb.ts'

export type Relation = 'intersects' | 'within' | 'contains' | 'disjoint' | 'overlaps' | 'equals' | 'touches' | 'crosses'
/** An address in the memory of GEOS. */
type Pointer = number

let fault = ''
/** A handler that throws would unwind through GEOS and leak; so what it says is kept, and the result tells that it failed. */
const geos = await initGeos({ errorHandler: (message) => void (fault = message), noticeHandler: () => undefined })
const reader: Pointer = geos.GEOSWKBReader_create()
const distance: Pointer = geos.Module._malloc(8)
let scratch = { at: 0, size: 0 }

interface Prepared {
  readonly shape: Pointer
  readonly prepared: Pointer
}

/** So many query shapes stay prepared; the one not asked for the longest goes. Subscriptions share this with queries. */
const KEPT = 256
const inDegrees = new Map<Geometry, Prepared>()
const inMetres = new Map<Geometry, Prepared & { readonly place: Place }>()

/**
 * True when `a` is to `b` what the relation says: a within b. `b` is the side of the query: it is prepared once and recognised
 * by identity, so hold on to the object. `a` may be the WKB that `wkbOf` made. A self-crossing polygon means what GEOS makes of
 * it (`MakeValid`). Throws `invalid-query` for what is no geometry, or empty.
 */
export function relate(relation: Relation, a: Geometry | Uint8Array, b: Geometry): boolean {
  const query = kept(inDegrees, b, () => prepare(load(wkbOf(b))))
  if (relation === 'equals') return using(a, (shape) => geos.GEOSEquals(shape, query.shape)) === 1
  return relation === 'disjoint' ? !ask('intersects', a, query) : ask(relation, a, query)
}

/** Asked of the prepared side, so within and contains change places. */
const PREPARED = {
  intersects: (query: Pointer, shape: Pointer) => geos.GEOSPreparedIntersects(query, shape),
  within: (query: Pointer, shape: Pointer) => geos.GEOSPreparedContains(query, shape),
  contains: (query: Pointer, shape: Pointer) => geos.GEOSPreparedWithin(query, shape),
  overlaps: (query: Pointer, shape: Pointer) => geos.GEOSPreparedOverlaps(query, shape),
  touches: (query: Pointer, shape: Pointer) => geos.GEOSPreparedTouches(query, shape),
  crosses: (query: Pointer, shape: Pointer) => geos.GEOSPreparedCrosses(query, shape),
}

const POINT: Partial<Record<keyof typeof PREPARED, (query: Pointer, x: number, y: number) => number>> = {
  intersects: (query, x, y) => geos.GEOSPreparedIntersectsXY(query, x, y),
  within: (query, x, y) => geos.GEOSPreparedContainsXY(query, x, y),
}

/** Points go in by their coordinates: nothing to build, and many times as fast. */
function ask(relation: keyof typeof PREPARED, a: Geometry | Uint8Array, { prepared }: Prepared): boolean {
  const point = a instanceof Uint8Array ? pointIn(a) : pointOf(a)
  const byPoint = POINT[relation]
  const answer = point && byPoint ? sure(byPoint(prepared, ...point)) : using(a, (shape) => PREPARED[relation](prepared, shape))
  return answer === 1
}

/** Whether the nine letters of DE-9IM (`0 1 2 T F *`) say how `a` lies to `b`. Throws `invalid-query` for a pattern that is none. */
export function relatesBy(pattern: string, a: Geometry | Uint8Array, b: Geometry): boolean {
  if (!/^[012TF*]{9}$/i.test(pattern)) throw new Problem('invalid-query', `“${pattern}” is no pattern of nine of 0, 1, 2, T, F and *.`)
  const query = kept(inDegrees, b, () => prepare(load(wkbOf(b))))
  return using(a, (shape) => asText(pattern.toUpperCase(), (text) => geos.GEOSRelatePattern(shape, query.shape, text))) === 1
}

function asText(text: string, question: (at: Pointer) => number): number {
  const at = geos.Module._malloc(text.length + 1)
  try {
    geos.Module.HEAPU8.set([...Buffer.from(text, 'latin1'), 0], at)
    return question(at)
  } finally {
    geos.Module._free(at)
  }
}

/** Degrees between two shapes, as on a plane, 0 where they meet. */
export function degreesApart(a: Geometry | Uint8Array, b: Geometry): number {
  const [from, to] = [a instanceof Uint8Array ? pointIn(a) : pointOf(a), pointOf(b)]
  if (from && to) return Math.hypot(from[0] - to[0], from[1] - to[1])
  const query = kept(inDegrees, b, () => prepare(load(wkbOf(b))))
  if (using(a, (shape) => geos.GEOSPreparedDistance(query.prepared, shape, distance)) === 0) fail()
  return geos.Module.getValue(distance, 'double')
}

/**
 * Metres between two shapes, 0 where they meet. Two points: along the great circle. Otherwise on the plane that touches the
 * earth at the middle of `b`, which is right to a thousandth within a few hundred kilometres.
 */
export function metresApart(a: Geometry, b: Geometry): number {
  const [from, to] = [pointOf(a), pointOf(b)]
  if (from && to) return metresBetween(from, to)
  const query = kept(inMetres, b, () => {
    const place = planeAt(b)
    return { ...prepare(load(wkbOf(b, 'invalid-query', place))), place }
  })
  const told = using(wkbOf(a, 'invalid-query', query.place), (shape) => geos.GEOSPreparedDistance(query.prepared, shape, distance))
  if (told === 0) fail()
  return geos.Module.getValue(distance, 'double')
}

function planeAt(geometry: Geometry): Place {
  wkbOf(geometry)
  const [west, south, east, north] = boxOf(geometry) ?? [0, 0, 0, 0]
  const degree = (EARTH * Math.PI) / 180
  const [longitude, latitude] = [(west + east) / 2, (south + north) / 2]
  const narrowing = Math.cos((latitude * Math.PI) / 180)
  return (x, y) => [(x - longitude) * degree * narrowing, (y - latitude) * degree]
}

function pointIn(wkb: Uint8Array): readonly [number, number] | undefined {
  if (wkb.length !== 21 || wkb[0] !== 1 || wkb[1] !== 1) return undefined
  const view = new DataView(wkb.buffer, wkb.byteOffset, wkb.length)
  return [view.getFloat64(5, true), view.getFloat64(13, true)]
}

/** Asks about a shape that lives only so long. */
function using(a: Geometry | Uint8Array, question: (shape: Pointer) => number): number {
  const shape = load(a instanceof Uint8Array ? a : wkbOf(a))
  try {
    return sure(question(shape))
  } finally {
    geos.GEOSGeom_destroy(shape)
  }
}

/** GEOS answers 2 for a predicate that failed. */
function sure(answer: number): number {
  if (answer === 2) fail()
  return answer
}

function fail(): never {
  throw new Problem('invalid-query', `The geometry cannot be used: ${fault}`)
}

function load(wkb: Uint8Array): Pointer {
  if (wkb.length > scratch.size) {
    geos.Module._free(scratch.at)
    scratch = { at: geos.Module._malloc(2 * wkb.length), size: 2 * wkb.length }
  }
  geos.Module.HEAPU8.set(wkb, scratch.at)
  const shape = geos.GEOSWKBReader_read(reader, scratch.at, wkb.length)
  if (shape === 0) fail()
  return geos.GEOSisValid(shape) === 1 ? shape : mended(shape)
}

/** A ring that collapses to nothing is at least where its positions are. */
function mended(shape: Pointer): Pointer {
  const valid = geos.GEOSMakeValid(shape)
  const usable = valid !== 0 && geos.GEOSisEmpty(valid) === 0
  const result = usable ? valid : geos.GEOSConvexHull(shape)
  if (valid !== 0 && !usable) geos.GEOSGeom_destroy(valid)
  geos.GEOSGeom_destroy(shape)
  return result === 0 ? fail() : result
}

function prepare(shape: Pointer): Prepared {
  return { shape, prepared: geos.GEOSPrepare(shape) }
}

function kept<T extends Prepared>(cache: Map<Geometry, T>, geometry: Geometry, make: () => T): T {
  const entry = cache.get(geometry) ?? make()
  cache.delete(geometry)
  cache.set(geometry, entry)
  if (cache.size > KEPT) drop(cache)
  return entry
}

function drop<T extends Prepared>(cache: Map<Geometry, T>): void {
  for (const [oldest, { shape, prepared }] of cache) {
    geos.GEOSPreparedGeom_destroy(prepared)
    geos.GEOSGeom_destroy(shape)
    cache.delete(oldest)
    return
  }
}

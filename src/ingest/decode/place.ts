/** place: cells to a geometry in WGS 84: two columns, WKT or GeoJSON, turned from its reference system and held against a box. */
import { type Turn, crsOf, isGeographic, toWgs84, turned } from '../../model/crs.ts'
import { type Box, type Geometry, type Position, positionsOf } from '../../model/geometry.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { isGeometry } from '../../model/wkb.ts'
import type { PlaceRule } from '../mapping.ts'
import { readNumber, shorten } from './number.ts'
import type { Cells, Fault } from './row.ts'
import { readWkt } from './wkt.ts'

/** Germany with its islands and a little around it. */
export const GERMANY: Box = [5.5, 47.0, 15.5, 55.2]

/** A geometry, nothing where the cells are empty, or what is wrong with them. */
export type PlaceReader = (cells: Cells) => Geometry | Fault | undefined

/** Throws a Problem for a reference system that is not known. */
export function placeReader(rule: PlaceRule): PlaceReader {
  const code = crsOf(rule.crs ?? 'EPSG:4326')
  const turn = isGeographic(code) ? undefined : toWgs84(code)
  const box = rule.within === 'anywhere' ? undefined : (rule.within ?? GERMANY)
  const read = rule.column === undefined ? columns(rule.x ?? '', rule.y ?? '') : cell(rule.column)
  return (cells) => {
    const found = read(cells)
    if (found === undefined || !('type' in found)) return found
    return placed(found, turn, box)
  }
}

/** A geometry turned and held against a box. */
export function placed(geometry: Geometry, turn: Turn | undefined, box: Box | undefined): Geometry | Fault {
  const there = turn === undefined ? geometry : turned(geometry, turn)
  for (const at of positionsOf(there)) {
    if (!isInside(at, WORLD) || (box !== undefined && !isInside(at, box))) return outside(geometry, at, turn, box)
  }
  return there
}

const WORLD: Box = [-180, -90, 180, 90]

function isInside([x = NaN, y = NaN]: Position, [west, south, east, north]: Box): boolean {
  return x >= west && x <= east && y >= south && y <= north
}

function columns(x: string, y: string): PlaceReader {
  return (cells) => {
    const [east, north] = [coordinate(cells[x]), coordinate(cells[y])]
    if (east === undefined && north === undefined) return undefined
    if (typeof east === 'number' && typeof north === 'number')
      return east === 0 && north === 0 ? undefined : { type: 'Point', coordinates: [east, north] }
    if (typeof east === 'object') return east
    if (typeof north === 'object') return north
    return { de: 'Von den beiden Koordinaten fehlt eine.', en: 'One of the two coordinates is missing.' }
  }
}

const EMPTY = /^\s*(n\/?a|null|none|nan|-+|k\.\s?a\.)?\s*$/i

/** A coordinate by its own look: a single comma is decimal, since none has thousands. */
function coordinate(value: Json | undefined): number | Fault | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || EMPTY.test(value)) return undefined
  const comma = value.includes(',') && !value.includes('.')
  return readNumber(value, comma || /,\d*$/.test(value) ? ',' : '.')
}

function cell(column: string): PlaceReader {
  return (cells) => {
    const value = cells[column]
    if (value === null || value === undefined) return undefined
    if (isObject(value)) return isGeometry(value) ? value : isVoid(value) ? undefined : notPlace(JSON.stringify(value))
    if (Array.isArray(value)) return pair(value.map(Number), JSON.stringify(value))
    if (typeof value !== 'string') return notPlace(JSON.stringify(value))
    const text = value.trim()
    if (EMPTY.test(text) || /\bEMPTY$/i.test(text)) return undefined
    if (text.startsWith('{')) return geoJson(text)
    const both = /^\(?\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*\)?$/.exec(text)
    // A pair without a name is written latitude first, as people and portals do.
    if (both) return pair([Number(both[2]), Number(both[1])], text)
    return readWkt(text) ?? notPlace(text)
  }
}

/** A shape without a position: exports write it for “not drawn yet”. */
function isVoid({ type, coordinates }: JsonObject): boolean {
  return typeof type === 'string' && Array.isArray(coordinates) && JSON.stringify(coordinates).replace(/[[\],]/g, '') === ''
}

function pair([x, y]: readonly number[], text: string): Geometry | Fault {
  if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return notPlace(text)
  return { type: 'Point', coordinates: [x, y] }
}

function geoJson(text: string): Geometry | Fault {
  try {
    const value: unknown = JSON.parse(text)
    const geometry = isObject(value) && value['type'] === 'Feature' ? value['geometry'] : value
    return isGeometry(geometry) ? geometry : notPlace(text)
  } catch {
    return notPlace(text)
  }
}

function notPlace(text: string): Fault {
  return {
    de: `„${shorten(text)}“ ist kein Ort. Lesbar sind WKT wie POINT (9.2 48.5), GeoJSON und „Breite, Länge“.`,
    en: `“${shorten(text)}” is no place. WKT such as POINT (9.2 48.5), GeoJSON and “latitude, longitude” can be read.`,
  }
}

function outside(geometry: Geometry, [x = NaN, y = NaN]: Position, turn: Turn | undefined, box: Box | undefined): Fault {
  const [given = []] = positionsOf(geometry)
  const shown = given
    .slice(0, 2)
    .map((n) => Number(n.toFixed(6)))
    .join(' ')
  const hint = hintFor(given, [x, y], turn, box ?? WORLD)
  const where = box === undefined ? { de: 'auf der Erde', en: 'on earth' } : { de: 'im erwarteten Gebiet', en: 'in the expected area' }
  return {
    de: `Der Ort ${shown} liegt nicht ${where.de}.${hint ? ` ${hint.de}` : ''}`,
    en: `The place ${shown} is not ${where.en}.${hint ? ` ${hint.en}` : ''}`,
  }
}

const CANDIDATES = [25832, 25833, 31466, 31467, 31468, 31469, 4647, 5650, 3857] as const

function hintFor([x = NaN, y = NaN]: Position, there: Position, turn: Turn | undefined, box: Box): Fault | undefined {
  const swapped = turn === undefined ? [y, x] : turn(y, x)
  if (isInside(swapped, box)) return { de: 'Sind Länge und Breite vertauscht?', en: 'Are longitude and latitude swapped?' }
  const system = CANDIDATES.find((code) => isInside(toWgs84(code)(x, y), box))
  if (system !== undefined && Math.abs(x) > 180)
    return { de: `Ist das Koordinatensystem EPSG:${system}?`, en: `Is the reference system EPSG:${system}?` }
  if (turn !== undefined && isInside([x, y], box))
    return { de: 'Sind es schon Grad (EPSG:4326)?', en: 'Are these degrees already (EPSG:4326)?' }
  return Number.isNaN(there[0]) ? { de: 'Das Koordinatensystem passt nicht.', en: 'The reference system does not fit.' } : undefined
}

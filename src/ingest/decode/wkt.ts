/** wkt: geometries as well-known text, with SRID prefix, altitude and measures as they are found in exports. */
import type { Geometry, Position } from '../../model/geometry.ts'
import { isGeometry } from '../../model/wkb.ts'

/*
 * wkt        = ["SRID=" digits ";"] geometry
 * geometry   = name ["Z" | "M" | "ZM"] ("EMPTY" | nested)
 * nested     = "(" (position | nested) *("," (position | nested)) ")"
 * position   = number number [number [number]]
 * collection = "GEOMETRYCOLLECTION" "(" geometry *("," geometry) ")"
 */
const NAMES: Readonly<Record<string, Exclude<Geometry['type'], 'GeometryCollection'>>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
}
const DEPTH = 5
const TOKENS = /\s*([(),]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[A-Za-z]+)/y

type Nested = number[] | Nested[]

/** The geometry, or undefined for what is no WKT. */
export function readWkt(text: string): Geometry | undefined {
  const tokens = tokensOf(text.replace(/^\s*SRID=\d+;/i, ''))
  if (tokens === undefined) return undefined
  const reader = { tokens, at: 0 }
  const geometry = geometryIn(reader, 0)
  return geometry !== undefined && reader.at === tokens.length && isGeometry(geometry) ? geometry : undefined
}

interface Reader {
  readonly tokens: readonly string[]
  at: number
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = []
  TOKENS.lastIndex = 0
  while (TOKENS.lastIndex < text.length) {
    const from = TOKENS.lastIndex
    const found = TOKENS.exec(text)
    if (!found) return text.slice(from).trim() === '' ? tokens : undefined
    tokens.push(found[1] ?? '')
  }
  return tokens
}

function geometryIn(reader: Reader, depth: number): Geometry | undefined {
  const name = (reader.tokens[reader.at++] ?? '').toUpperCase()
  if (/^(Z|M|ZM)$/i.test(reader.tokens[reader.at] ?? '')) reader.at++
  const bare = name.replace(/(?<=POINT|STRING|POLYGON|COLLECTION)(ZM|Z|M)$/, '')
  if (bare === 'GEOMETRYCOLLECTION' && depth < DEPTH) return collectionIn(reader, depth)
  const type = NAMES[bare]
  const coordinates = type === undefined ? undefined : nestedIn(reader, 0)
  if (type === undefined || coordinates === undefined) return undefined
  return { type, coordinates: shaped(type, coordinates) } as unknown as Geometry
}

/** A point is a list of one position in WKT; multipoints may leave out the inner brackets. */
function shaped(type: Geometry['type'], coordinates: Nested): Nested | Position | undefined {
  if (type === 'Point') return (coordinates as Nested[])[0]
  if (type === 'MultiPoint') return (coordinates as Nested[]).map((part) => (Array.isArray(part[0]) ? part[0] : part)) as Nested
  return coordinates
}

function collectionIn(reader: Reader, depth: number): Geometry | undefined {
  const geometries: Geometry[] = []
  if (reader.tokens[reader.at++] !== '(') return undefined
  do {
    const part = geometryIn(reader, depth + 1)
    if (part === undefined) return undefined
    geometries.push(part)
  } while (reader.tokens[reader.at++] === ',')
  return reader.tokens[reader.at - 1] === ')' ? { type: 'GeometryCollection', geometries } : undefined
}

function nestedIn(reader: Reader, depth: number): Nested | undefined {
  if (reader.tokens[reader.at] !== '(' || depth > DEPTH) return undefined
  const parts: Nested[] = []
  do {
    reader.at++
    const part = reader.tokens[reader.at] === '(' ? nestedIn(reader, depth + 1) : positionIn(reader)
    if (part === undefined) return undefined
    parts.push(part)
  } while (reader.tokens[reader.at] === ',')
  return reader.tokens[reader.at++] === ')' ? parts : undefined
}

function positionIn(reader: Reader): number[] | undefined {
  const position: number[] = []
  for (
    let n = Number(reader.tokens[reader.at]);
    reader.at < reader.tokens.length && !Number.isNaN(n);
    n = Number(reader.tokens[reader.at])
  ) {
    position.push(n)
    reader.at++
  }
  return position.length >= 2 && position.length <= 4 ? position.slice(0, 3) : undefined
}

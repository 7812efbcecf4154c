/** cql2-json: a filter in the JSON form of CQL2 (OGC 21-065r2, Annex A), checked and read into its tree. */
import { isObject, type Json } from '../../model/json.ts'
import { polygonOf, type Geometry } from '../../model/geometry.ts'
import { parseInstant } from '../../model/time.ts'
import { wkbOf } from '../../model/wkb.ts'
import { Problem } from '../../problem.ts'
import type { Comparator } from '../../query/filter.ts'
import { SPATIAL, type Cql, type Placed, type Scalar } from './cql2.ts'

const COMPARATORS = new Set<string>(['=', '<>', '<', '<=', '>', '>='])
const DEEPEST = 100

/** Throws `invalid-query` with a pointer into the filter. */
export function parseCql2Json(json: Json, pointer = '', depth = 0): Cql {
  if (typeof json === 'boolean') return { is: 'literal', value: json }
  if (depth > DEEPEST) throw refused(pointer, `is nested more than ${DEEPEST} levels deep`, `ist tiefer als ${DEEPEST} Ebenen geschachtelt`)
  const { op, args } = operationOf(json, pointer)
  const inner = (i: number): Cql => parseCql2Json(args[i] ?? null, `${pointer}/args/${i}`, depth + 1)
  if (op === 'and' || op === 'or') return { is: op, of: args.map((_, i) => inner(i)) }
  if (op === 'not') return { is: 'not', of: inner(0) }
  return predicateOf(op, args, pointer)
}

/** How many arguments each takes, and what it makes of them. */
const PREDICATES: Readonly<Record<string, readonly [number, (args: readonly Json[], pointer: string) => Cql]>> = {
  isNull: [1, (args, at) => ({ is: 'null', of: scalarOf(args[0], `${at}/0`) })],
  like: [2, (args, at) => ({ is: 'like', of: scalarOf(args[0], `${at}/0`), pattern: scalarOf(args[1], `${at}/1`) })],
  in: [2, (args, at) => ({ is: 'in', of: scalarOf(args[0], `${at}/0`), values: valuesOf(args[1], `${at}/1`) })],
  between: [
    3,
    (args, at) => ({
      is: 'between',
      of: scalarOf(args[0], `${at}/0`),
      low: scalarOf(args[1], `${at}/1`),
      high: scalarOf(args[2], `${at}/2`),
    }),
  ],
}

function predicateOf(op: string, args: readonly Json[], pointer: string): Cql {
  const at = `${pointer}/args`
  const [count, read] = Object.hasOwn(PREDICATES, op) ? (PREDICATES[op] ?? []) : [2, undefined]
  const relation = Object.hasOwn(SPATIAL, op) ? SPATIAL[op]?.[0] : undefined
  if (read === undefined && relation === undefined && !COMPARATORS.has(op))
    throw refused(`${pointer}/op`, `“${op}” is not supported`, `„${op}“ wird nicht unterstützt`, 'not-implemented')
  if (args.length !== count) throw refused(at, `must have ${count} members`, `muss ${count} Einträge haben`)
  if (read !== undefined) return read(args, at)
  if (relation !== undefined) return { is: 'spatial', relation, left: placedOf(args[0], `${at}/0`), right: placedOf(args[1], `${at}/1`) }
  return { is: 'compare', left: scalarOf(args[0], `${at}/0`), by: op as Comparator, right: scalarOf(args[1], `${at}/1`) }
}

function operationOf(json: Json, pointer: string): { readonly op: string; readonly args: readonly Json[] } {
  const { op, args } = isObject(json) ? json : {}
  if (typeof op === 'string' && Array.isArray(args)) return { op, args }
  throw refused(pointer, 'must be an object with op and args', 'muss ein Objekt mit op und args sein')
}

function valuesOf(json: Json | undefined, pointer: string): readonly Scalar[] {
  if (Array.isArray(json)) return json.map((one, i) => scalarOf(one, `${pointer}/${i}`))
  throw refused(pointer, 'must be a list', 'muss eine Liste sein')
}

function scalarOf(json: Json | undefined, pointer: string): Scalar {
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') return { is: 'value', value: json }
  if (json !== undefined && isObject(json)) {
    const { property, date, timestamp, op, args } = json
    if (typeof property === 'string') return { is: 'property', name: property }
    if (typeof date === 'string') return { is: 'instant', instant: parseInstant(`${date}T00:00:00Z`, 'filter') }
    if (typeof timestamp === 'string') return { is: 'instant', instant: parseInstant(timestamp, 'filter') }
    if (op === 'casei' && Array.isArray(args)) return { is: 'casei', of: scalarOf(args[0], `${pointer}/args/0`) }
  }
  throw refused(pointer, 'is no property and no value', 'ist kein Merkmal und kein Wert')
}

function placedOf(json: Json | undefined, pointer: string): Placed {
  if (json !== undefined && isObject(json)) {
    if (typeof json['property'] === 'string') return { is: 'property', name: json['property'] }
    if (Array.isArray(json['bbox'])) return { is: 'geometry', geometry: polygonOf(boxOf(json['bbox'], `${pointer}/bbox`)) }
    if (typeof json['type'] === 'string') return { is: 'geometry', geometry: checked(json as unknown as Geometry) }
  }
  throw refused(pointer, 'is no geometry', 'ist keine Geometrie')
}

function checked(geometry: Geometry): Geometry {
  wkbOf(geometry)
  return geometry
}

function boxOf(numbers: readonly Json[], pointer: string): readonly [number, number, number, number] {
  const [west, south, east, north] = numbers.length === 6 ? [0, 1, 3, 4].map((i) => numbers[i]) : numbers
  if (typeof west === 'number' && typeof south === 'number' && typeof east === 'number' && typeof north === 'number')
    return [west, south, east, north]
  throw refused(pointer, 'must be four or six numbers', 'muss aus vier oder sechs Zahlen bestehen')
}

function refused(pointer: string, en: string, de: string, kind: 'invalid-query' | 'not-implemented' = 'invalid-query'): Problem {
  const place = pointer === '' ? '/' : pointer
  return new Problem(kind, { en: `${place} of the filter ${en}.`, de: `${place} des Filters ${de}.` }, { parameter: 'filter', pointer })
}

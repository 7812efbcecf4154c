/** cql2: what a filter in CQL2 (OGC 21-065r2) says, whichever of its two forms it came in, and what it asks of our features. */
import { toWgs84, turned } from '../../model/crs.ts'
import type { Geometry } from '../../model/geometry.ts'
import type { Instant } from '../../model/time.ts'
import { Problem, type Said } from '../../problem.ts'
import { and, nothing, not, or, type Comparator, type Filter, type Operand, type SpatialRelation } from '../../query/filter.ts'
import { CRS84, type ReferenceSystem } from './names.ts'
import { propertyFulfils, type Asking } from './property.ts'

export type Scalar =
  | { readonly is: 'property'; readonly name: string }
  | { readonly is: 'value'; readonly value: string | number | boolean }
  | { readonly is: 'instant'; readonly instant: Instant }
  /** Upper and lower case are the same. */
  | { readonly is: 'casei'; readonly of: Scalar }

export type Cql =
  | { readonly is: 'and' | 'or'; readonly of: readonly Cql[] }
  | { readonly is: 'not'; readonly of: Cql }
  | { readonly is: 'literal'; readonly value: boolean }
  | { readonly is: 'compare'; readonly left: Scalar; readonly by: Comparator; readonly right: Scalar }
  | { readonly is: 'null'; readonly of: Scalar }
  | { readonly is: 'like'; readonly of: Scalar; readonly pattern: Scalar }
  | { readonly is: 'between'; readonly of: Scalar; readonly low: Scalar; readonly high: Scalar }
  | { readonly is: 'in'; readonly of: Scalar; readonly values: readonly Scalar[] }
  | { readonly is: 'spatial'; readonly relation: SpatialRelation; readonly left: Placed; readonly right: Placed }

export type Placed = { readonly is: 'property'; readonly name: string } | { readonly is: 'geometry'; readonly geometry: Geometry }

/** By the name of the function, in lower case, and what it is the other way round. */
export const SPATIAL: Readonly<Record<string, readonly [SpatialRelation, SpatialRelation]>> = {
  s_intersects: ['intersects', 'intersects'],
  s_equals: ['equals', 'equals'],
  s_disjoint: ['disjoint', 'disjoint'],
  s_touches: ['touches', 'touches'],
  s_within: ['within', 'contains'],
  s_contains: ['contains', 'within'],
  s_overlaps: ['overlaps', 'overlaps'],
  s_crosses: ['crosses', 'crosses'],
}

const GEOMETRY = 'geometry'

export interface Meant {
  readonly filter: Filter
  /** Names of properties that it asks for. */
  readonly names: readonly string[]
}

/** `system` is that of the geometries in the filter. Throws `invalid-query`. */
export function meaningOf(cql: Cql, system: ReferenceSystem): Meant {
  const names = new Set<string>()
  return { filter: mean(cql, { system, names }), names: [...names] }
}

interface Around {
  readonly system: ReferenceSystem
  readonly names: Set<string>
}

function mean(cql: Cql, around: Around): Filter {
  switch (cql.is) {
    case 'and':
      return and(...cql.of.map((part) => mean(part, around)))
    case 'or':
      return or(...cql.of.map((part) => mean(part, around)))
    case 'not':
      return not(mean(cql.of, around))
    case 'literal':
      return cql.value ? { is: 'everything' } : nothing
    case 'null':
      return not(asking(cql.of, { how: 'there' }, around))
    case 'compare':
      return compared(cql, around)
    case 'like':
      return asking(cql.of, like(cql.pattern, isCasei(cql.of)), around)
    case 'between':
      return and(
        compared({ left: cql.of, by: '>=', right: cql.low }, around),
        compared({ left: cql.of, by: '<=', right: cql.high }, around),
      )
    case 'in':
      return or(...cql.values.map((right) => compared({ left: cql.of, by: '=', right }, around)))
    case 'spatial':
      return placed(cql, around)
  }
}

const FLIPPED: Readonly<Record<Comparator, Comparator>> = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

interface Comparison {
  readonly left: Scalar
  readonly by: Comparator
  readonly right: Scalar
}

function compared({ left, by, right }: Comparison, around: Around): Filter {
  if (propertyIn(left) === undefined) {
    if (propertyIn(right) === undefined)
      throw unfit('One side of a comparison must be a property.', 'Eine Seite eines Vergleichs muss ein Merkmal sein.')
    return compared({ left: right, by: FLIPPED[by], right: left }, around)
  }
  if (propertyIn(right) !== undefined)
    throw missing('Two properties cannot be compared with each other.', 'Zwei Merkmale können nicht miteinander verglichen werden.')
  const folded = isCasei(left) || isCasei(right)
  return asking(left, { how: 'compare', by, with: valueOf(right, folded), folded }, around)
}

/** The value on the other side; in lower case where case does not count. */
function valueOf(scalar: Scalar, folded: boolean): Operand {
  if (scalar.is === 'casei') return valueOf(scalar.of, true)
  if (scalar.is === 'instant') return { instant: scalar.instant }
  if (scalar.is === 'property') throw unfit('A value is expected here.', 'Hier wird ein Wert erwartet.')
  return { value: folded && typeof scalar.value === 'string' ? scalar.value.toLowerCase() : scalar.value }
}

function asking(of: Scalar, how: Asking, { names }: Around): Filter {
  const name = propertyIn(of)
  if (name === undefined) throw unfit('A property is expected here.', 'Hier wird ein Merkmal erwartet.')
  if (name === GEOMETRY && how.how !== 'there')
    throw unfit('A geometry is asked by S_INTERSECTS and the like.', 'Nach einer Geometrie fragt man mit S_INTERSECTS und Ähnlichem.')
  if (name === GEOMETRY) return { is: 'exists', path: ['geometry'] }
  names.add(name)
  return propertyFulfils(name, how)
}

function propertyIn(scalar: Scalar): string | undefined {
  if (scalar.is === 'casei') return propertyIn(scalar.of)
  return scalar.is === 'property' ? scalar.name : undefined
}

const isCasei = (scalar: Scalar): boolean => scalar.is === 'casei'

/** "%" is any text, "_" one character, and a backslash takes the meaning from what follows. */
function like(pattern: Scalar, folded: boolean): Asking {
  const value = pattern.is === 'casei' ? pattern.of : pattern
  if (value.is !== 'value' || typeof value.value !== 'string') throw unfit('LIKE takes a text.', 'LIKE braucht einen Text.')
  const both = folded || isCasei(pattern)
  const signs = value.value.match(/\\[^]|[^]/gu) ?? []
  const source = signs.map((sign) =>
    sign === '%' ? '.*' : sign === '_' ? '.' : quoted(sign.length > 1 ? sign.replace(/^\\/, '') : sign, both),
  )
  return { how: 'like', pattern: `^${source.join('')}$` }
}

/** A character as itself; of either case where case does not count. */
function quoted(character: string, folded: boolean): string {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()]
  if (folded && lower !== upper && lower.length === 1 && upper.length === 1) return `[${lower}${upper}]`
  return /[\p{L}\p{N}\s]/u.test(character) ? character : `\\${character}`
}

function placed({ relation, left, right }: Cql & { is: 'spatial' }, { system }: Around): Filter {
  if (left.is === right.is)
    throw unfit(
      'One side must be the geometry of the feature, the other one a geometry.',
      'Eine Seite muss die Geometrie des Objekts sein, die andere eine Geometrie.',
    )
  const property = left.is === 'property' ? left.name : right.is === 'property' ? right.name : ''
  if (property !== GEOMETRY) throw unfit(`“${property}” is no geometry.`, `„${property}“ ist keine Geometrie.`)
  const geometry = left.is === 'geometry' ? left.geometry : right.is === 'geometry' ? right.geometry : undefined
  const other = SPATIAL[`s_${relation}`]?.[1] ?? relation
  return {
    is: 'spatial',
    path: [GEOMETRY],
    relation: left.is === 'property' ? relation : other,
    geometry: inWgs84(geometry as Geometry, system),
  }
}

function inWgs84(geometry: Geometry, { code, flipped }: ReferenceSystem): Geometry {
  if (code === CRS84.code) return geometry
  return flipped ? turned(geometry, (x, y) => [y, x]) : turned(geometry, toWgs84(code))
}

function unfit(en: string, de: string): Problem {
  return refused('invalid-query', { en, de })
}

function missing(en: string, de: string): Problem {
  return refused('not-implemented', { en, de })
}

function refused(kind: 'invalid-query' | 'not-implemented', said: Said): Problem {
  return new Problem(kind, said, { parameter: 'filter' })
}

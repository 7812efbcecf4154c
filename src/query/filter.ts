/**
 * Filter: the one language in which anything that narrows data is said. OData, NGSI-LD q and geoQ, CQL2 and
 * CKAN filters are parsed into it; rights are said in it; subscriptions are matched by it.
 * store/compile.ts gives it meaning in SQL, matches.ts the same meaning in memory; test/agree.test.ts holds them together.
 *
 * Meaning. Two values only: what is unknown does not hold, so its `not` does. What a value is missing from, JSON null and
 * a function of something missing or of the wrong type are all one: missing.
 * - Comparison is true to type: text, number, boolean, time, JSON (objects and arrays, by `=` and `<>` only). When a side is
 *   missing or the types differ, every comparator is false, `<>` too; so `a <> b` says more than `not (a = b)`.
 *   With a literal null `=` asks whether the other side is missing and `<>` whether it is not; the others are false.
 * - Text is ordered by code point, false before true. Lists (types, scopes, keywords) and geometries compare with null only.
 * - A path goes by keys of objects, and positions from 0 in arrays; `exists` is true for JSON null, a comparison is not.
 * - A result compares only with its like: 7 with numbers, "7" with texts.
 * - A spatial filter is about a geometry field; where there is no geometry it is false, `disjoint` and "at least so far" too.
 */
import type { Sought } from './sought.ts'
import type { Geometry } from '../model/geometry.ts'
import type { Relation } from '../model/geos.ts'
import type { Noun } from '../model/noun.ts'
import type { Instant } from '../model/time.ts'

export type Value = string | number | boolean | null
/** A field of the noun asked for, then keys (or array positions) inside it: ['attributes', 'address', 'street']. */
export type Path = readonly [string, ...string[]]

/** A name of RELATIONS, or a reference of somebody's own: where in an item's JSON the id of another one stands. */
export type Through = string | Reference
export interface Reference {
  readonly at: Path
  readonly to: Noun
}

/** What a way is called: what is brought along by it is kept under that name. */
export function wayName(through: Through): string {
  return typeof through === 'string' ? through : through.at.join('/')
}

export type Operand =
  | { readonly path: Path }
  | { readonly value: Value }
  | { readonly instant: Instant }
  | { readonly call: FunctionName; readonly args: readonly Operand[] }
  /** How well a dataset fits words that a person typed: a number, for ordering. */
  | { readonly relevance: string; readonly sought?: readonly Sought[] }
  /** What the one related item has, as far as it fulfils `where`; missing without it. To-one relations only. */
  | { readonly through: Through; readonly of: Operand; readonly where?: Filter }

/** Functions of operands; FUNCTIONS in functions.ts says what each takes and gives. */
export type FunctionName =
  | 'lower'
  | 'upper'
  | 'trim'
  | 'length'
  | 'concat'
  | 'indexof'
  | 'substring'
  | 'year'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'fraction'
  | 'date'
  | 'clock'
  | 'round'
  | 'floor'
  | 'ceiling'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'mod'
  | 'shift'
  | 'local'
  | 'apart'
  | 'tonumber'
  | 'totime'

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>='
export type SpatialRelation = Relation

export type Filter =
  | { readonly is: 'everything' }
  | { readonly is: 'nothing' }
  | { readonly is: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly is: 'not'; readonly of: Filter }
  | { readonly is: 'compare'; readonly left: Operand; readonly by: Comparator; readonly right: Operand }
  | { readonly is: 'in'; readonly path: Path; readonly values: readonly (string | number)[] }
  /** `text` holds `part`: anywhere, at its start, at its end. Case counts. */
  | { readonly is: 'text'; readonly left: Operand; readonly how: 'contains' | 'starts' | 'ends'; readonly part: Operand }
  /** The text, or some text of the list (types, scopes, keywords, a JSON array), holds a match of the pattern (pattern.ts). */
  | { readonly is: 'like'; readonly path: Path; readonly pattern: string }
  /** A list (types, scopes, keywords, a JSON array) has this member. */
  | { readonly is: 'has'; readonly path: Path; readonly value: Value }
  /** The field is there, whatever its value; null counts as there. */
  | { readonly is: 'exists'; readonly path: Path }
  | { readonly is: 'spatial'; readonly path: Path; readonly relation: SpatialRelation; readonly geometry: Geometry }
  /** Distance from the geometry in metres: at most, or at least. */
  | { readonly is: 'near'; readonly path: Path; readonly geometry: Geometry; readonly by: '<=' | '>='; readonly metres: number }
  /** The nine letters of DE-9IM that say how the field lies to the geometry. */
  | { readonly is: 'relates'; readonly path: Path; readonly pattern: string; readonly geometry: Geometry }
  /** In degrees on the plane: how far from a geometry, or how long its lines are. */
  | { readonly is: 'measured'; readonly path: Path; readonly from?: Geometry; readonly by: Comparator; readonly degrees: number }
  /** Words anywhere in a title or description, as a person types them. Dataset and entity only. `sought`: what they mean in the catalogue. */
  | { readonly is: 'search'; readonly words: string; readonly sought?: readonly Sought[] }
  /** Some related item fulfils the filter: Datastreams/any(d: …), a navigation path, a q on a linked entity. */
  | { readonly is: 'some'; readonly through: Through; readonly where: Filter }

export const everything: Filter = { is: 'everything' }
export const nothing: Filter = { is: 'nothing' }

export function equals(path: Path, value: Value): Filter {
  return { is: 'compare', left: { path }, by: '=', right: { value } }
}

/** Whether a filter asks for just that: a field to be equal, to anything or to this. */
export function isEqual(where: Filter, field: string, value?: Value): boolean {
  if (where.is !== 'compare' || where.by !== '=' || !('path' in where.left) || !('value' in where.right)) return false
  return where.left.path.length === 1 && where.left.path[0] === field && (value === undefined || where.right.value === value)
}

/** Joins filters so that trivial parts vanish: and(everything, f) is f. */
export function and(...parts: readonly Filter[]): Filter {
  if (parts.some((part) => part.is === 'nothing')) return nothing
  return join(
    'and',
    parts.filter((part) => part.is !== 'everything'),
    everything,
  )
}

export function or(...parts: readonly Filter[]): Filter {
  if (parts.some((part) => part.is === 'everything')) return everything
  return join(
    'or',
    parts.filter((part) => part.is !== 'nothing'),
    nothing,
  )
}

export function not(of: Filter): Filter {
  return of.is === 'not' ? of.of : { is: 'not', of }
}

function join(is: 'and' | 'or', of: readonly Filter[], none: Filter): Filter {
  const [first, ...rest] = of
  if (first === undefined) return none
  return rest.length === 0 ? first : { is, of }
}

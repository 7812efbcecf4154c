/** matches: what a Filter means in memory; filter.ts says it in words, store/compile.ts in SQL. */
import type { Json } from '../model/json.ts'
import { degreesApart, metresApart, relate, relatesBy } from '../model/geos.ts'
import { lengthOf, type Geometry } from '../model/geometry.ts'
import { isGeometry } from '../model/wkb.ts'
import { compareNumbers, compareValues, sameValue, valueOf, type Relative } from './evaluate.ts'
import { wayName, type Filter, type Operand, type Path, type Through } from './filter.ts'
import { lookUp, SILENT, type Item } from './look-up.ts'
import { patternOf } from './pattern.ts'

/** What hangs on an item under a name of RELATIONS; `some` is asked of it. */
export type Related = (item: Item, through: Through) => Iterable<Item>

/** True when the item fulfils the filter. `some` needs `related`; the caller has resolved the fields' names (query/fields.ts). */
export function matches(filter: Filter, item: Item, related?: Related): boolean {
  switch (filter.is) {
    case 'everything':
      return true
    case 'nothing':
      return false
    case 'and':
      return filter.of.every((part) => matches(part, item, related))
    case 'or':
      return filter.of.some((part) => matches(part, item, related))
    case 'not':
      return !matches(filter.of, item, related)
    case 'compare':
      return compares(filter, item, related)
    case 'in':
      return isAmong(filter, item)
    case 'text':
      return textual(filter, item, related)
    case 'has':
      return has(lookUp(item, filter.path), filter.value)
    case 'like':
      return like(filter.path, filter.pattern, item)
    case 'exists':
      return lookUp(item, filter.path) !== undefined
    case 'search':
      return searched(filter.words, item)
    case 'some':
      return some(filter, item, related)
    default:
      return lies(item, filter.path, (shape) => fits(shape, filter))
  }
}

/** Lists that are asked again and again, as rights are. */
const members = new WeakMap<readonly (string | number)[], ReadonlySet<string | number>>()
/** Shorter ones are looked through as fast. */
const SHORT = 8

function isAmong({ path, values }: Filter & { is: 'in' }, item: Item): boolean {
  const found = valueOf({ path }, item)
  if (found === undefined) return false
  if (values.length <= SHORT) return values.some((value) => sameValue(found, value))
  if (found.type !== 'text' && found.type !== 'number') return false
  const known = members.get(values) ?? new Set(values)
  members.set(values, known)
  return known.has(found.value)
}

function fits(shape: Geometry, filter: Filter & { is: 'spatial' | 'near' | 'relates' | 'measured' }): boolean {
  switch (filter.is) {
    case 'spatial':
      return relate(filter.relation, shape, filter.geometry)
    case 'near':
      return isNear(metresApart(shape, filter.geometry), filter.by, filter.metres)
    case 'relates':
      return relatesBy(filter.pattern, shape, filter.geometry)
    case 'measured':
      return compareNumbers(measureOf(shape, filter.from), filter.by, filter.degrees)
  }
}

function measureOf(shape: Geometry, from: Geometry | undefined): number {
  return from === undefined ? lengthOf(shape) : degreesApart(shape, from)
}

function compares({ left, by, right }: Filter & { is: 'compare' }, item: Item, related?: Related): boolean {
  if (isNull(left) || isNull(right)) {
    const missing = valueOf(isNull(left) ? right : left, item, relativeBy(related)) === undefined
    return by === '=' ? missing : by === '<>' && !missing
  }
  return compareValues(valueOf(left, item, relativeBy(related)), by, valueOf(right, item, relativeBy(related)))
}

export function relativeBy(related: Related | undefined): Relative | undefined {
  return (
    related &&
    ((item, through, where) => {
      for (const one of related(item, through)) return matches(where, one, related) ? one : undefined
      return undefined
    })
  )
}

function isNull(operand: Operand): boolean {
  return 'value' in operand && operand.value === null
}

function textual({ left, how, part }: Filter & { is: 'text' }, item: Item, related?: Related): boolean {
  const [whole, piece] = [valueOf(left, item, relativeBy(related)), valueOf(part, item, relativeBy(related))]
  if (whole?.type !== 'text' || piece?.type !== 'text') return false
  if (how === 'contains') return whole.value.includes(piece.value)
  return how === 'starts' ? whole.value.startsWith(piece.value) : whole.value.endsWith(piece.value)
}

function has(list: Json | undefined, value: string | number | boolean | null): boolean {
  return Array.isArray(list) && list.includes(value)
}

function like(path: Path, source: string, item: Item): boolean {
  const pattern = patternOf(source)
  // times are no texts, though they come as such
  if (path.length === 1 && SILENT.get(path[0]) === 'time') return false
  const value = lookUp(item, path)
  const holds = (one: Json): boolean => typeof one === 'string' && pattern.test(one)
  return Array.isArray(value) ? (value as readonly Json[]).some(holds) : value !== undefined && holds(value)
}

function lies(item: Item, path: Path, holds: (shape: Geometry) => boolean): boolean {
  const shape: unknown = lookUp(item, path)
  return path.length === 1 && isGeometry(shape) && holds(shape)
}

function isNear(apart: number, by: '<=' | '>=', metres: number): boolean {
  return by === '<=' ? apart <= metres : apart >= metres
}

/** Every word somewhere in what people read, whatever its case. For datasets coarser than the dictionaries of SQL. */
function searched(words: string, item: Item): boolean {
  const text = ['title', 'name', 'description', 'keywords']
    .flatMap((field) => wordsOf(lookUp(item, [field])))
    .join(' ')
    .toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function wordsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(wordsOf) : []
}

function some({ through, where }: Filter & { is: 'some' }, item: Item, related?: Related): boolean {
  if (related === undefined) throw new Error(`matches was not told what is related through “${wayName(through)}”`)
  for (const one of related(item, through)) if (matches(where, one, related)) return true
  return false
}

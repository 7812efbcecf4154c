/** evaluate: what an operand of a Filter is worth for an item, with its type, and how two such values compare. */
import { isObject, type Json } from '../model/json.ts'
import { isInstant, microsOf, parseInstant } from '../model/time.ts'
import { isRegion } from '../model/zone.ts'
import { everything, type Comparator, type Filter, type Operand, type Path, type Through, wayName } from './filter.ts'
import { functionOf, type ArgumentType } from './functions.ts'
import { instantIn, numberIn } from './spelled.ts'
import { lookUp, SILENT, type Item } from './look-up.ts'

/** A value that is there. 'other' is there too, but compares with nothing: a list of types, a shape. */
export type Valued =
  | { readonly type: 'text' | 'time'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'other' }

/** The one item that is related under this name, if it fulfils the filter. */
export type Relative = (item: Item, through: Through, where: Filter) => Item | undefined

/** Undefined: missing, null, or a function of something missing or of the wrong type. */
export function valueOf(operand: Operand, item: Item, relative?: Relative): Valued | undefined {
  if ('path' in operand) return atPath(operand.path, item)
  if ('instant' in operand) return { type: 'time', value: operand.instant }
  if ('value' in operand) return valued(operand.value)
  if ('relevance' in operand) return valued(0)
  if ('through' in operand) return valueThrough(operand, item, relative)
  const { takes, gives, run } = functionOf(operand.call, operand.args.length)
  const args = operand.args.map((arg, i) => argument(arg, takes[i], item, relative))
  const value = args.every((arg) => arg !== undefined) ? run(...args) : null
  return gives === 'time' && typeof value === 'string' ? { type: 'time', value } : valued(value)
}

function atPath(path: Path, item: Item): Valued | undefined {
  const value = lookUp(item, path)
  const silent = path.length === 1 ? SILENT.get(path[0]) : undefined
  if (silent === undefined || value === undefined || value === null) return valued(value)
  return silent === 'time' && typeof value === 'string' ? { type: 'time', value } : { type: 'other' }
}

function valueThrough(
  { through, of, where = everything }: Extract<Operand, { readonly through: unknown }>,
  item: Item,
  relative?: Relative,
): Valued | undefined {
  if (relative === undefined) throw new Error(`nothing was told of what is related through “${wayName(through)}”`)
  const one = relative(item, through, where)
  return one && valueOf(of, one, relative)
}

function valued(value: Json | undefined): Valued | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return { type: 'text', value }
  if (typeof value === 'number') return { type: 'number', value }
  return typeof value === 'boolean' ? { type: 'boolean', value } : { type: 'json', value }
}

/** A written text that spells a time serves where a time is wanted; one that is stored does not. */
function argument(operand: Operand, wanted: ArgumentType | undefined, item: Item, relative?: Relative): string | number | undefined {
  if (wanted === 'time' && 'value' in operand && typeof operand.value === 'string' && isInstant(operand.value))
    return parseInstant(operand.value)
  if (wanted === 'zone') return zoneIn(operand)
  return argumentIn(valueOf(operand, item, relative), wanted)
}

function argumentIn(found: Valued | undefined, wanted: ArgumentType | undefined): string | number | undefined {
  if (found === undefined || found.type === 'boolean' || found.type === 'json' || found.type === 'other') return undefined
  if (found.type === wanted || `spelled-${found.type}` === wanted) return found.value
  if (found.type !== 'text') return undefined
  return wanted === 'spelled-number' ? numberIn(found.value) : wanted === 'spelled-time' ? instantIn(found.value) : undefined
}

/** The region that is written out; one that is stored is none. */
export function zoneIn(operand: Operand): string | undefined {
  return 'value' in operand && typeof operand.value === 'string' && isRegion(operand.value) ? operand.value : undefined
}

export function sameValue(found: Valued | undefined, value: string | number): boolean {
  return (found?.type === 'text' || found?.type === 'number') && found.value === value
}

/** False whenever one is missing or their types differ, for `<>` as well. */
export function compareValues(a: Valued | undefined, by: Comparator, b: Valued | undefined): boolean {
  if (a === undefined || b === undefined) return false
  if (a.type === 'json' && b.type === 'json') return equally(by, sameJson(a.value, b.value))
  const order = orderOf(a, b)
  return order !== undefined && HOLDS[by](order)
}

export function compareNumbers(a: number, by: Comparator, b: number): boolean {
  return HOLDS[by](byNumber(a, b))
}

const HOLDS: Readonly<Record<Comparator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** Arrays and objects are the same or not; there is no order between them. */
function equally(by: Comparator, same: boolean): boolean {
  return by === '=' ? same : by === '<>' && !same
}

function orderOf(a: Valued, b: Valued): number | undefined {
  if (a.type === 'text' && b.type === 'text') return byCodePoint(a.value, b.value)
  if (a.type === 'time' && b.type === 'time') return byNumber(microsOf(a.value), microsOf(b.value))
  if (a.type === 'number' && b.type === 'number') return byNumber(a.value, b.value)
  return a.type === 'boolean' && b.type === 'boolean' ? byNumber(Number(a.value), Number(b.value)) : undefined
}

function byNumber(a: number, b: number): number {
  return a < b ? -1 : Number(a > b)
}

/** The order of COLLATE "C": UTF-8 bytes, which is that of code points. JavaScript's own puts U+FFFD behind an emoji. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return weight(x) - weight(y)
  }
  return a.length - b.length
}

/** Surrogates stand for what lies beyond U+FFFF, so they go behind it. */
function weight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2800 : unit
}

/** Equal as jsonb has it: whatever the order of keys. */
function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((part, i) => sameJson(part as Json, b[i] as Json))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}

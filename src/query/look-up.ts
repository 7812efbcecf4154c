/** look-up: the value of a field in an item, and of a path into its JSON. Undefined: it is not there; null: JSON says null. */
import { polygonOf } from '../model/geometry.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { Noun, Nouns } from '../model/noun.ts'
import { FIELDS, type FieldType } from './fields.ts'
import type { Path, Reference } from './filter.ts'

/** An item, or the part of one that is known so far. */
export type Item = Partial<Nouns[Noun]>

/** Fields that are parts of an item's inner objects. */
const INNER: Readonly<Record<string, (item: JsonObject) => Json | undefined>> = {
  periodStart: ({ period }) => inside(period, 'start'),
  periodEnd: ({ period }) => inside(period, 'end'),
  resultStart: ({ resultPeriod }) => inside(resultPeriod, 'start'),
  resultEnd: ({ resultPeriod }) => inside(resultPeriod, 'end'),
  latestTime: ({ latest }) => inside(latest, 'time'),
  latestResult: ({ latest }) => inside(latest, 'result'),
  validStart: ({ valid }) => inside(valid, 'start'),
  validEnd: ({ valid }) => inside(valid, 'end'),
}

export function lookUp(of: Item, [field, ...keys]: Path): Json | undefined {
  const item = of as unknown as JsonObject
  let value = fieldOf(item, field)
  for (const key of keys) value = inside(value, key)
  return value
}

/** The id that a reference names; undefined where there is none. */
export function idAt(of: Item, { at }: Reference): number | undefined {
  const id = lookUp(of, at)
  return Number.isSafeInteger(id) && Number(id) >= 0 ? Number(id) : undefined
}

function fieldOf(item: JsonObject, field: string): Json | undefined {
  if (field === 'observedArea') return areaOf(item['observedArea'])
  const inner = Object.hasOwn(INNER, field) ? INNER[field] : undefined
  if (inner !== undefined) return inner(item)
  return Object.hasOwn(item, field) ? item[field] : undefined
}

function areaOf(box: Json | undefined): Json | undefined {
  if (!Array.isArray(box)) return undefined
  const [west = 0, south = 0, east = 0, north = 0] = box.map(Number)
  return polygonOf([west, south, east, north]) as unknown as JsonObject
}

/** Positions count from 0 and are written plainly: "01", "+1" and "-1" lead nowhere in an array. */
const POSITION = /^(?:0|[1-9]\d*)$/

function inside(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return POSITION.test(key) ? (value as readonly Json[])[Number(key)] : undefined
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The type of a field whose values do not tell it themselves: an instant is text in JSON, and lists and shapes compare with nothing. */
export const SILENT: ReadonlyMap<string, FieldType> = new Map(
  Object.values(FIELDS)
    .flatMap((fields) => Object.entries(fields))
    .filter(([, type]) => type === 'time' || type === 'list' || type === 'geometry'),
)

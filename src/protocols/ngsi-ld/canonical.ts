/** canonical: JSON as text in one order of keys, so that equal values are equal texts: the store keeps no order. */
import { isObject, type Json } from '../../model/json.ts'

export function canonical(value: unknown): string {
  return JSON.stringify(ordered(value as Json))
}

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(byKey)
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}

const byKey = ([a]: readonly [string, Json], [b]: readonly [string, Json]): number => (a < b ? -1 : Number(a > b))

/** values: what is measured in a decoded payload: numbers and truths at any depth, texts with a unit, and {value, unit} pairs. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { unitOf } from '../../model/units.ts'

export interface Value {
  /** Names on the way, joined by a dot: "air.temperature". */
  readonly path: string
  readonly value: number | boolean
  readonly unit?: string
  readonly name?: string
}

/** Deeper and more than any sensor: a decoder that runs wild is cut off. */
const DEEPEST = 6
const MOST = 200

export function valuesOf(decoded: JsonObject): readonly Value[] {
  return [...walk(decoded, [])].slice(0, MOST)
}

function* walk(json: Json, path: readonly string[]): Iterable<Value> {
  const found = read(json, path.join('.'))
  if (found !== undefined) yield found
  else if (isObject(json) && path.length < DEEPEST) for (const [key, inner] of Object.entries(json)) yield* walk(inner, [...path, key])
}

function read(json: Json, path: string): Value | undefined {
  if (path === '') return undefined
  if (typeof json === 'number') return Number.isFinite(json) ? { path, value: json } : undefined
  if (typeof json === 'boolean') return { path, value: json }
  if (typeof json === 'string') return withUnit(json, path)
  return isObject(json) ? pair(json, path) : undefined
}

/** "3.384 V" */
function withUnit(text: string, path: string): Value | undefined {
  const [, number, unit = ''] = /^\s*(-?\d+(?:\.\d+)?)\s*(\S{0,12})\s*$/.exec(text) ?? []
  if (number === undefined) return undefined
  if (unit === '') return { path, value: Number(number) }
  return unitOf(unit) === undefined ? undefined : { path, value: Number(number), unit }
}

/** {displayName: "Volumetric water content", value: 0.2, unit: "%"} */
function pair(object: JsonObject, path: string): Value | undefined {
  const { value, unit, displayName } = object
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined
  return { path, value, ...(typeof unit === 'string' && { unit }), ...(typeof displayName === 'string' && { name: displayName }) }
}

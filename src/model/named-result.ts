/** named-result: results in parts that are said by name, as records of SWE Common are unless they are to be lists. They are kept as lists, in the order of the parts. */
import { isObject, type Json, type JsonObject } from './json.ts'
import type { Fault } from './result.ts'
import type { Series } from './series.ts'

type Typed = Pick<Series, 'parts' | 'schema'>

export function isNamed({ parts, schema }: Typed): boolean {
  if (parts === undefined || !isObject(schema?.['resultType']) || schema['resultType']['type'] !== 'DataRecord') return false
  const encoding = schema['resultEncoding']
  return !(isObject(encoding) && encoding['recordsAsArrays'] === true)
}

/** What is a list already stays one. */
export function listOf(result: Json, typed: Typed): { readonly list: Json } | { readonly fault: Fault } {
  if (!isObject(result) || !isNamed(typed)) return { list: result }
  const names = (typed.parts ?? []).map(({ name = '' }) => name)
  const other = Object.keys(result).find((name) => !names.includes(name))
  if (other !== undefined)
    return { fault: { position: other, en: `The record has no “${other}”.`, de: `Der Datensatz hat kein „${other}“.` } }
  const missing = names.find((name) => result[name] === undefined)
  if (missing !== undefined) return { fault: { en: `The record lacks “${missing}”.`, de: `Dem Datensatz fehlt „${missing}“.` } }
  return { list: names.map((name) => result[name] ?? null) }
}

export function recordOf(list: readonly Json[], names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name, i) => [name, list[i] ?? null]))
}

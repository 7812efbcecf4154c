/** fields: members of a server's message, read with their place in it. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { isInstant, parseInstant, type Instant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'

export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : {}
}

export function listAt(object: JsonObject, key: string): readonly JsonObject[] {
  const value = object[key]
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function textAt(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** proto3 JSON leaves out what is 0: a missing counter or port means 0. */
export function numberAt(object: JsonObject, key: string): number {
  return finite(object[key]) ?? 0
}

export function finite(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export function bytesAt(object: JsonObject, key: string, pointer: string): Uint8Array {
  const text = textAt(object, key) ?? ''
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return Buffer.from(text, 'base64')
  throw wrong(`${pointer}/${key}`, 'is not base64', 'ist kein Base64')
}

export function euiOf(text: string | undefined, pointer: string): string {
  if (text !== undefined && /^[0-9a-f]{16}$/i.test(text)) return text.toLowerCase()
  throw wrong(pointer, 'is not a DevEUI of 16 hex digits', 'ist keine DevEUI aus 16 Hexadezimalziffern')
}

/** A device's tags; their values are texts. */
export function tagsOf(object: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectAt(object, 'tags')).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )
}

/** The first of these that is a time. */
export function firstTime(candidates: readonly (string | undefined)[]): Instant | undefined {
  const found = candidates.find((text) => text !== undefined && isInstant(text))
  return found === undefined ? undefined : parseInstant(found)
}

export function wrong(pointer: string, en: string, de: string): Problem {
  return new Problem('invalid-body', { en: `${pointer} ${en}.`, de: `${pointer} ${de}.` }, { pointer })
}

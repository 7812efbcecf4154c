/** flatten: a JSON object as one row: nested objects become dotted names, lists and geometries stay what they are. */
import { type Json, type JsonObject, isObject } from '../../model/json.ts'
import type { Cells } from './row.ts'

/** The depth was bounded when the text was scanned. */
export function flatten(value: JsonObject): Cells {
  const cells: Record<string, Json> = {}
  put(cells, '', value)
  return cells
}

function put(cells: Record<string, Json>, prefix: string, value: JsonObject): void {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix === '' ? key : `${prefix}.${key}`
    if (isObject(inner) && !isShape(inner) && Object.keys(inner).length > 0) put(cells, name, inner)
    else cells[name] = inner
  }
}

function isShape(value: JsonObject): boolean {
  return typeof value['type'] === 'string' && (Array.isArray(value['coordinates']) || Array.isArray(value['geometries']))
}

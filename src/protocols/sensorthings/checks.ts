/** checks: what a property of a body can be asked to be, whatever the version. */
import { isObject, type Json } from '../../model/json.ts'
import { isInstant } from '../../model/time.ts'
import { isGeometry } from '../../model/wkb.ts'
import { Problem, type Said } from '../../problem.ts'

/** The only observation type of results in parts. */
export const COMPLEX = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation'

export interface Check {
  readonly holds: (value: Json) => boolean
  readonly said: Said
}

export const text: Check = { holds: (value) => typeof value === 'string', said: { en: 'a text', de: 'ein Text' } }
export const object: Check = { holds: (value) => value === null || isObject(value), said: { en: 'a JSON object', de: 'ein JSON-Objekt' } }
export const anything: Check = { holds: () => true, said: '' }
export const there: Check = { holds: (value) => value !== null, said: { en: 'a value', de: 'ein Wert' } }
export const surely: Check = { holds: isTime, said: { en: 'an ISO 8601 time', de: 'eine Zeit nach ISO 8601' } }
export const time: Check = orNull(surely)

export function orNull(check: Check): Check {
  return { ...check, holds: (value) => value === null || check.holds(value) }
}

/** The value, if it may be. Throws `invalid-body` with the pointer. */
export function hold(check: Check, name: string, value: Json, pointer: string): Json {
  if (check.holds(value)) return value
  const [en, de] = typeof check.said === 'string' ? [check.said, check.said] : [check.said.en, check.said.de]
  throw new Problem('invalid-body', { en: `“${name}” must be ${en}.`, de: `„${name}“ muss ${de} sein.` }, { pointer })
}

export function isTime(value: Json): boolean {
  return typeof value === 'string' && isInstant(value)
}

const GEOJSON = /^application\/(?:vnd\.)?geo\+json/i

/** The geometry that a location or feature says, if its encoding is GeoJSON. Throws `invalid-body` for what only claims to be. */
export function shapeOf(value: Json, encoding: Json | undefined, pointer: string): unknown {
  if (typeof encoding === 'string' && !GEOJSON.test(encoding)) return undefined
  const geometry = isObject(value) && value['type'] === 'Feature' ? value['geometry'] : value
  if (isGeometry(geometry)) return geometry
  throw new Problem('invalid-body', { en: 'This is no GeoJSON geometry or Feature.', de: 'Das ist keine GeoJSON-Geometrie und kein Feature.' }, { pointer }) // prettier-ignore
}

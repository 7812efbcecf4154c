/** checks: what each property of a body of 2.0 must be, as a table, and what every entity must have. */
import { isObject, type Json } from '../../../model/json.ts'
import { anything, hold, isTime, object, orNull, surely, text, there, time, type Check } from '../checks.ts'
import type { EntityType } from '../version.ts'

export const REQUIRED = {
  Things: ['name'],
  Locations: ['name', 'encodingType', 'location'],
  HistoricalLocations: ['time'],
  Datastreams: ['name', 'resultType'],
  Sensors: ['name'],
  ObservedProperties: ['name', 'definition'],
  Observations: ['result'],
  Features: ['name', 'encodingType', 'feature'],
  FeatureTypes: ['name'],
} satisfies Readonly<Record<string, readonly string[]>>

/** TM_Object, an instant without an end; TM_Period, which always has one. */
const moment: Check = {
  holds: (value) => isPeriod(value, false),
  said: { en: 'an object with start and, of an interval, end', de: 'ein Objekt mit start und, bei einem Zeitraum, end' },
}
const period: Check = {
  holds: (value) => isPeriod(value, true),
  said: { en: 'an object with start and end', de: 'ein Objekt mit start und end' },
}

const CHECKS: Readonly<Record<string, Check>> = {
  name: text,
  description: orNull(text),
  definition: orNull(text),
  encodingType: orNull(text),
  properties: object,
  resultType: { holds: isObject, said: object.said },
  resultEncoding: object,
  metadata: anything,
  location: there,
  feature: there,
  time: surely,
  phenomenonTime: moment,
  resultTime: time,
  validTime: orNull(period),
  result: anything,
}

const DERIVED: readonly string[] = ['phenomenonTime', 'resultTime', 'observedArea']

/** The value, if it may be. Throws `invalid-body` with the pointer. */
export function checkProperty({ set }: EntityType, name: string, value: Json, pointer: string): Json {
  if (set === 'Datastreams' && DERIVED.includes(name)) return value
  const mandatory =
    (set === 'ObservedProperties' && name === 'definition') || ((set === 'Locations' || set === 'Features') && name === 'encodingType')
  return hold(mandatory ? text : (CHECKS[name] ?? anything), name, value, pointer)
}

function isPeriod(value: Json, ended: boolean): boolean {
  if (!isObject(value)) return false
  const { start = null, end = null, ...others } = value
  return isTime(start) && (isTime(end) || (!ended && end === null)) && Object.keys(others).length === 0
}

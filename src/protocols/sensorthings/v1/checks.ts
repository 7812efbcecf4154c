/** checks: what each property of a body of 1.1 must be, as a table, and what every entity must have. */
import { isObject, type Json, type JsonObject } from '../../../model/json.ts'
import { descriptionFault } from '../../../model/swe.ts'
import { isInstant } from '../../../model/time.ts'
import { Problem } from '../../../problem.ts'
import { anything, COMPLEX, hold, object, surely, text, there, time, type Check } from '../checks.ts'
import type { EntityType, SetName } from '../version.ts'

export const REQUIRED: Readonly<Record<Exclude<SetName, 'Features' | 'FeatureTypes'>, readonly string[]>> = {
  Things: ['name', 'description'],
  Locations: ['name', 'description', 'encodingType', 'location'],
  HistoricalLocations: ['time'],
  Datastreams: ['name', 'description', 'unitOfMeasurement', 'observationType'],
  MultiDatastreams: ['name', 'description', 'unitOfMeasurements', 'multiObservationDataTypes'],
  Sensors: ['name', 'description', 'encodingType', 'metadata'],
  ObservedProperties: ['name', 'definition', 'description'],
  Observations: ['result'],
  FeaturesOfInterest: ['name', 'description', 'encodingType', 'feature'],
  TaskingCapabilities: ['name', 'description', 'taskingParameters'],
  Actuators: ['name', 'description', 'encodingType', 'metadata'],
  Tasks: ['taskingParameters'],
}

const period: Check = { holds: (value) => value === null || isPeriod(value), said: { en: 'an ISO 8601 time or interval', de: 'eine Zeit oder ein Zeitraum nach ISO 8601' } } // prettier-ignore
const unit: Check = {
  holds: isUnit,
  said: { en: 'an object of name, symbol and definition', de: 'ein Objekt aus name, symbol und definition' },
}

const units: Check = {
  holds: (value) => Array.isArray(value) && value.every(isUnit),
  said: { en: 'a list of objects of name, symbol and definition', de: 'eine Liste von Objekten aus name, symbol und definition' },
}
const texts: Check = {
  holds: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  said: { en: 'a list of texts', de: 'eine Liste von Texten' },
}
const complex: Check = { holds: (value) => value === COMPLEX, said: { en: COMPLEX, de: COMPLEX } }

const CHECKS: Readonly<Record<string, Check>> = {
  name: text,
  description: text,
  definition: text,
  encodingType: text,
  observationType: text,
  properties: object,
  parameters: object,
  taskingParameters: { holds: isObject, said: object.said },
  unitOfMeasurement: unit,
  unitOfMeasurements: units,
  multiObservationDataTypes: texts,
  metadata: there,
  location: there,
  feature: there,
  time: surely,
  phenomenonTime: period,
  resultTime: time,
  validTime: period,
  result: anything,
  resultQuality: anything,
}

/** Times that Datastreams gain from their Observations; what a client says of them is passed over. */
const EXTENTS: readonly string[] = ['phenomenonTime', 'resultTime', 'observedArea']
const DERIVED: Readonly<Partial<Record<SetName, readonly string[]>>> = {
  Datastreams: EXTENTS,
  MultiDatastreams: EXTENTS,
  Tasks: ['creationTime'],
}

/** The value, if it may be. Throws `invalid-body` with the pointer. */
export function checkProperty({ set }: EntityType, name: string, value: Json, pointer: string): Json {
  if (DERIVED[set]?.includes(name)) return value
  const check = set === 'MultiDatastreams' && name === 'observationType' ? complex : (CHECKS[name] ?? anything)
  hold(check, name, value, pointer)
  return set === 'TaskingCapabilities' && name === 'taskingParameters' ? described(value as JsonObject, pointer) : value
}

/** Parameters described in SWE Common, so that Tasks can be checked against them. */
function described(value: JsonObject, pointer: string): JsonObject {
  const fault = descriptionFault(value)
  if (fault === undefined) return value
  throw new Problem('invalid-body', { en: fault.en, de: fault.de }, { pointer: pointer + fault.pointer })
}

function isPeriod(value: Json): boolean {
  if (typeof value !== 'string') return false
  const [start = '', end, ...more] = value.split('/')
  if (!isInstant(start) || more.length > 0) return false
  return end === undefined || isInstant(end)
}

function isUnit(value: Json): boolean {
  if (!isObject(value)) return false
  return ['name', 'symbol', 'definition'].every(
    (name) => value[name] === undefined || value[name] === null || typeof value[name] === 'string',
  )
}

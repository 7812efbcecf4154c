/**
 * result-type: the structure of the results of a Datastream in SWE Common (23-019 clause 8, Datastream), read and written. A record of
 * plain components is a series whose results have parts. What 1.1 can say too is read from the series; the rest is kept as it was given.
 */
import { isObject, type Json, type JsonObject } from '../../../model/json.ts'
import type { Series, Unit } from '../../../model/series.ts'
import { structureFault } from '../../../model/swe.ts'
import { Problem } from '../../../problem.ts'
import { refused } from '../body.ts'

const OM = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_'

const STRUCTURED = `${OM}ComplexObservation`

/** The first of a type is what an observation type is called where nothing else was said. */
const OBSERVATION: Readonly<Record<string, string>> = {
  Quantity: `${OM}Measurement`,
  Count: `${OM}CountObservation`,
  Boolean: `${OM}TruthObservation`,
  Category: `${OM}CategoryObservation`,
  Text: `${OM}Observation`,
  Time: `${OM}Observation`,
  ...Object.fromEntries(
    ['DataArray', 'Vector', 'DataChoice', 'CategoryRange', 'CountRange', 'QuantityRange', 'TimeRange'].map((type) => [type, STRUCTURED]),
  ),
}
const COMPONENT: Readonly<Record<string, string>> = {
  [`${OM}Measurement`]: 'Quantity',
  [`${OM}CountObservation`]: 'Count',
  [`${OM}TruthObservation`]: 'Boolean',
  [`${OM}CategoryObservation`]: 'Category',
}

/** One value of a result: what it is, in which unit, of which observed property. */
export interface Component {
  readonly name: string
  readonly observationType: string
  readonly unit: JsonObject
  readonly definition: string
  readonly pointer: string
}

/** The parts of a record, or the one component that is not in one. Throws `not-implemented` for other structures. */
export function componentsOf(
  resultType: JsonObject,
  pointer: string,
): { readonly record: boolean; readonly components: readonly Component[] } {
  if (resultType['type'] !== 'DataRecord') return { record: false, components: [componentOf(resultType, pointer)] }
  const { fields } = resultType
  if (!Array.isArray(fields) || fields.length === 0)
    throw refused(`${pointer}/fields`, { en: 'A DataRecord has a list of fields.', de: 'Ein DataRecord hat eine Liste fields.' })
  const components = (fields as readonly Json[]).map((field, i) => componentOf(field, `${pointer}/fields/${i}`))
  for (const [i, { name }] of components.entries())
    if (name === '' || components.findIndex((one) => one.name === name) < i)
      throw refused(`${pointer}/fields/${i}/name`, { en: 'Each field has a name of its own.', de: 'Jedes Feld hat einen eigenen Namen.' })
  return { record: true, components }
}

function componentOf(component: Json, pointer: string): Component {
  if (!isObject(component)) throw refused(pointer, { en: 'A component is an object.', de: 'Eine Komponente ist ein Objekt.' })
  const { type, definition, uom, name } = component
  const observationType = typeof type === 'string' && Object.hasOwn(OBSERVATION, type) ? OBSERVATION[type] : undefined
  if (observationType === undefined)
    throw unsupported(
      `${pointer}/type`,
      `${JSON.stringify(type ?? null)} as a result type`,
      `${JSON.stringify(type ?? null)} als resultType`,
    )
  const fault = observationType === STRUCTURED ? structureFault(component) : undefined
  if (fault !== undefined) throw refused(pointer + fault.pointer, fault)
  if (typeof definition !== 'string')
    throw refused(`${pointer}/definition`, {
      en: 'The definition names an ObservedProperty.',
      de: 'definition nennt eine ObservedProperty.',
    })
  return { name: typeof name === 'string' ? name : '', observationType, unit: unitIn(uom), definition, pointer: `${pointer}/definition` }
}

/** In the words of 1.1. */
function unitIn(uom: Json | undefined): JsonObject {
  if (!isObject(uom)) return { name: null, symbol: null, definition: null }
  const { label = null, symbol = null, href = null, code } = uom
  return { name: label, symbol, definition: href, ...(typeof code === 'string' && { code }) }
}

export function unsupported(pointer: string, en: string, de: string): Problem {
  return new Problem('not-implemented', { en: `Not supported: ${en}.`, de: `Nicht unterstützt: ${de}.` }, { pointer })
}

/** As it is now: a record where results have parts. */
export function resultTypeOf({ parts, schema, observationType, unit, property, name }: Series): JsonObject {
  const given = isObject(schema?.['resultType']) ? schema['resultType'] : {}
  if (parts === undefined) return written({ observationType, unit, property }, given, name)
  const fields = (Array.isArray(given['fields']) ? given['fields'] : []) as readonly Json[]
  return {
    ...given,
    type: 'DataRecord',
    fields: parts.map((part, i) => {
      const called = part.name ?? `part${i + 1}`
      const before = fields.find((field) => isObject(field) && field['name'] === called)
      return { name: called, ...written(part, isObject(before) ? before : {}, called) }
    }),
  }
}

const UNITED: readonly string[] = ['Quantity', 'QuantityRange']

type Said = { readonly observationType: string; readonly unit: Unit; readonly property: number | undefined }

function written({ observationType, unit, property }: Said, given: JsonObject, label: string): JsonObject {
  const before = typeof given['type'] === 'string' ? given['type'] : ''
  const type = OBSERVATION[before] === observationType ? before : (COMPONENT[observationType] ?? (hasUnit(unit) ? 'Quantity' : 'Text'))
  const { uom: _, ...rest } = given
  return {
    ...rest,
    type,
    label: given['label'] ?? label,
    ...(property !== undefined && { definition: `ObservedProperties(${property})` }),
    ...(UNITED.includes(type) && { uom: uomOf(unit) }),
  }
}

/** What may be anything in 1.1 is a number where it has a unit. */
const hasUnit = ({ name, symbol, definition }: Unit): boolean => [name, symbol, definition].some((said) => said !== null && said !== '')

function uomOf({ name, symbol, definition, code }: Unit): JsonObject {
  const said = { code, label: name, symbol, href: definition }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null)) as JsonObject
}

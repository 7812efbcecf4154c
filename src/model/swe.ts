/**
 * swe: descriptions of parameters in the JSON of SWE Common (OGC 17-011r2), and whether values are what they say.
 *
 * A DataRecord has fields, a Vector coordinates, a DataArray an elementType, a DataChoice items; the rest are single values, bounded by
 * AllowedTokens, AllowedValues or AllowedTimes. Both the older names in the singular (field, value) and the newer ones are read.
 */
import { runInNewContext } from 'node:vm'
import { isObject, type Json, type JsonObject } from './json.ts'
import { isInstant, microsOf, parseInstant } from './time.ts'

export interface SweFault {
  readonly en: string
  readonly de: string
  /** A JSON pointer to where it is wrong, from the value or the description. */
  readonly pointer: string
}

interface Kind {
  readonly holds: (value: Json) => boolean
  readonly en: string
  readonly de: string
}

const isText = (value: Json): value is string => typeof value === 'string'
const isNumber = (value: Json): value is number => typeof value === 'number'
const isPair = (of: (value: Json) => boolean) => (value: Json) => Array.isArray(value) && value.length === 2 && (value as Json[]).every(of)
const isTime = (value: Json) => isText(value) && isInstant(value)

const KINDS: Readonly<Record<string, Kind>> = {
  Boolean: { holds: (value) => typeof value === 'boolean', en: 'true or false', de: 'true oder false' },
  Text: { holds: isText, en: 'a text', de: 'ein Text' },
  Category: { holds: isText, en: 'a text', de: 'ein Text' },
  Count: { holds: (value) => Number.isInteger(value), en: 'a whole number', de: 'eine ganze Zahl' },
  Quantity: { holds: isNumber, en: 'a number', de: 'eine Zahl' },
  Time: { holds: isTime, en: 'a time', de: 'eine Zeit' },
  CategoryRange: { holds: isPair(isText), en: 'a pair of texts', de: 'ein Paar von Texten' },
  CountRange: { holds: isPair((value) => Number.isInteger(value)), en: 'a pair of whole numbers', de: 'ein Paar ganzer Zahlen' },
  QuantityRange: { holds: isPair(isNumber), en: 'a pair of numbers', de: 'ein Paar von Zahlen' },
  TimeRange: { holds: isPair(isTime), en: 'a pair of times', de: 'ein Paar von Zeiten' },
}

/** The members of a component that hold other components, by its type. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  DataRecord: ['fields', 'field'],
  Vector: ['coordinates', 'coordinate'],
  DataChoice: ['items', 'item'],
}
const DEEPEST = 10
const MOST = 200

/** What is wrong with a description; undefined when it can be used. The outermost is a DataRecord. */
export function descriptionFault(description: JsonObject): SweFault | undefined {
  if (description['type'] !== 'DataRecord') return fault('/type', 'The parameters are a DataRecord.', 'Die Parameter sind ein DataRecord.')
  return componentFault(description, '', 0)
}

/** The same of any component. */
export function structureFault(component: JsonObject): SweFault | undefined {
  return componentFault(component, '', 0)
}

function componentFault(component: Json, at: string, depth: number): SweFault | undefined {
  if (!isObject(component)) return fault(at, 'A component is an object.', 'Eine Komponente ist ein Objekt.')
  if (depth > DEEPEST) return fault(at, 'Components are nested too deeply.', 'Komponenten sind zu tief verschachtelt.')
  const type = textIn(component, 'type')
  if (type === 'DataArray') return componentFault(component['elementType'] ?? null, `${at}/elementType`, depth + 1)
  if (Object.hasOwn(PARTS, type)) return partsFault(component, type, at, depth)
  if (!Object.hasOwn(KINDS, type))
    return fault(`${at}/type`, `There is no component “${type}”.`, `Eine Komponente „${type}“ gibt es nicht.`)
  const pattern = constraintOf(component)['pattern']
  if (pattern === undefined || (isText(pattern) && isPattern(pattern))) return undefined
  return fault(`${at}/constraint/pattern`, 'This is no pattern.', 'Das ist kein Muster.')
}

function partsFault(component: JsonObject, type: string, at: string, depth: number): SweFault | undefined {
  const name = PARTS[type]?.find((one) => component[one] !== undefined) ?? PARTS[type]?.[0] ?? ''
  const parts = component[name]
  if (!Array.isArray(parts) || parts.length > MOST)
    return fault(`${at}/${name}`, `A ${type} has a list of ${name}.`, `${type} hat eine Liste ${name}.`)
  const names = new Set<string>()
  for (const [i, part] of (parts as readonly Json[]).entries()) {
    const called = isObject(part) ? part['name'] : undefined
    if (typeof called !== 'string' || called === '' || names.has(called))
      return fault(`${at}/${name}/${i}/name`, 'Each has a name of its own.', 'Jede hat einen eigenen Namen.')
    names.add(called)
    const inner = componentFault(part, `${at}/${name}/${i}`, depth + 1)
    if (inner !== undefined) return inner
  }
  return undefined
}

/** What is wrong with a value; undefined when it is what the description says. */
export function valueFault(value: Json, description: JsonObject, at = ''): SweFault | undefined {
  const type = textIn(description, 'type')
  if (type === 'DataRecord' || type === 'Vector') return recordFault(value, partsOf(description), at)
  if (type === 'DataChoice') return choiceFault(value, partsOf(description), at)
  if (type === 'DataArray') return arrayFault(value, description, at)
  const kind = KINDS[type]
  if (kind !== undefined && !kind.holds(value)) return fault(at, `This is ${kind.en}.`, `Das ist ${kind.de}.`)
  return boundFault(value, constraintOf(description), at)
}

function partsOf(description: JsonObject): readonly JsonObject[] {
  const name = PARTS[textIn(description, 'type')]?.find((one) => description[one] !== undefined) ?? ''
  return (description[name] ?? []) as readonly JsonObject[]
}

function recordFault(value: Json, fields: readonly JsonObject[], at: string): SweFault | undefined {
  if (!isObject(value)) return fault(at, 'This is an object.', 'Das ist ein Objekt.')
  const unknown = Object.keys(value).find((key) => !fields.some(({ name }) => name === key))
  if (unknown !== undefined)
    return fault(`${at}/${keyIn(unknown)}`, `There is no parameter “${unknown}”.`, `Einen Parameter „${unknown}“ gibt es nicht.`)
  for (const field of fields) {
    const name = textIn(field, 'name')
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    if (given === undefined && field['optional'] === true) continue
    if (given === undefined) return fault(at, `The parameter “${name}” is missing.`, `Der Parameter „${name}“ fehlt.`)
    const inner = valueFault(given, field, `${at}/${keyIn(name)}`)
    if (inner !== undefined) return inner
  }
  return undefined
}

function choiceFault(value: Json, items: readonly JsonObject[], at: string): SweFault | undefined {
  const names = isObject(value) ? Object.keys(value) : []
  const item = items.find(({ name }) => name === names[0])
  if (names.length !== 1 || item === undefined || !isObject(value))
    return fault(at, `This is an object with one of ${listOf(items)}.`, `Das ist ein Objekt mit einem von ${listOf(items)}.`)
  return valueFault(value[names[0] ?? ''] ?? null, item, `${at}/${keyIn(names[0] ?? '')}`)
}

function arrayFault(value: Json, { elementType }: JsonObject, at: string): SweFault | undefined {
  if (!Array.isArray(value)) return fault(at, 'This is a list.', 'Das ist eine Liste.')
  for (const [i, one] of (value as readonly Json[]).entries()) {
    const inner = valueFault(one, elementType as JsonObject, `${at}/${i}`)
    if (inner !== undefined) return inner
  }
  return undefined
}

function constraintOf({ constraint }: JsonObject): JsonObject {
  return isObject(constraint) ? constraint : {}
}

/** One of the values, or within one of the intervals, or of the pattern, as far as these are said. */
function boundFault(value: Json, constraint: JsonObject, at: string): SweFault | undefined {
  const values = constraint['values'] ?? constraint['value']
  const intervals = constraint['intervals'] ?? constraint['interval']
  const pattern = textIn(constraint, 'pattern')
  if (!Array.isArray(values) && !Array.isArray(intervals) && pattern === '') return undefined
  const listed = Array.isArray(values) && (values as readonly Json[]).includes(value)
  const within = Array.isArray(intervals) && pairsIn(intervals as readonly Json[]).some((pair) => liesIn(value, pair))
  if (listed || within || (pattern !== '' && isText(value) && fits(value, pattern))) return undefined
  const allowed = JSON.stringify(constraint).slice(0, 200)
  return fault(at, `This is not allowed: ${allowed}.`, `Das ist nicht erlaubt: ${allowed}.`)
}

/** One interval is a list of two, several are a list of lists. */
function pairsIn(intervals: readonly Json[]): readonly Json[] {
  return intervals.some((one) => Array.isArray(one)) ? intervals : [intervals]
}

function liesIn(value: Json, pair: Json): boolean {
  const [low, high] = Array.isArray(pair) ? (pair as readonly Json[]).map(placeOf) : []
  const place = placeOf(value)
  return place >= (low ?? NaN) && place <= (high ?? NaN)
}

function placeOf(value: Json): number {
  if (value === '-Infinity' || value === 'Infinity') return Number(value)
  return isText(value) && isInstant(value) ? microsOf(parseInstant(value)) : Number(value)
}

function isPattern(pattern: string): boolean {
  try {
    return pattern.length <= 1000 && new RegExp(pattern, 'u').source !== ''
  } catch {
    return false
  }
}

/** Patterns come from outside, and one that never ends must not hold up others. */
function fits(value: string, pattern: string): boolean {
  try {
    return runInNewContext('new RegExp(pattern, "u").test(value)', { pattern, value }, { timeout: 50 }) === true
  } catch {
    return false
  }
}

function textIn(object: JsonObject, name: string): string {
  const value = object[name]
  return typeof value === 'string' ? value : ''
}

const keyIn = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
const listOf = (items: readonly JsonObject[]): string => items.map((item) => textIn(item, 'name')).join(', ')

function fault(pointer: string, en: string, de: string): SweFault {
  return { pointer, en, de }
}

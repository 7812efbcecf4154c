/** query-body: a Query sent as a body (5.2.23), read into the parameters that say the same in an address. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { refused } from './body.ts'
import type { Call } from './call.ts'

/** Members whose texts, numbers and lists are a parameter of the same name. */
const SAME = [
  'attrs', 'pick', 'omit', 'q', 'csf', 'scopeQ', 'lang', 'datasetId', 'join', 'joinLevel', 'containedBy', 'expandValues', 'jsonKeys', 'orderBy', 'format',
] as const // prettier-ignore
const INNER: Readonly<Record<string, readonly string[]>> = {
  geoQ: ['geometry', 'coordinates', 'georel', 'geoproperty'],
  temporalQ: ['timerel', 'timeAt', 'endTimeAt', 'timeproperty', 'lastN'],
  aggrParams: ['aggrMethods', 'aggrPeriodDuration'],
  ordering: ['orderBy', 'collation'],
}
const SELECTOR = ['id', 'type', 'idPattern'] as const

export function queryOf(call: Call): Call {
  const { body } = call
  if (!isObject(body) || body['type'] !== 'Query')
    throw refused('/type', { en: 'The body is an object with the type “Query”.', de: 'Der Inhalt ist ein Objekt mit dem Typ „Query“.' })
  const parameters = new URLSearchParams(call.parameters)
  take(parameters, body, SAME, '')
  for (const [member, names] of Object.entries(INNER)) {
    const inner = body[member]
    if (inner === undefined) continue
    if (!isObject(inner)) throw refused(`/${member}`, { en: 'This must be an object.', de: 'Hier gehört ein Objekt hin.' })
    take(parameters, inner, names, `/${member}`)
  }
  const selectors = selectorsOf(body['entities'])
  return { ...call, parameters, ...(selectors && { selectors }) }
}

function selectorsOf(entities: Json | undefined): readonly URLSearchParams[] | undefined {
  if (entities === undefined) return undefined
  if (!Array.isArray(entities) || entities.length === 0)
    throw refused('/entities', { en: 'entities is a list with something in it.', de: 'entities ist eine Liste, in der etwas steht.' })
  return entities.map((one: Json, i) => {
    const pointer = `/entities/${i}`
    if (!isObject(one) || one['type'] === undefined) throw refused(`${pointer}/type`, { en: '“type” is missing.', de: '„type“ fehlt.' })
    const parameters = new URLSearchParams()
    take(parameters, one, SELECTOR, pointer)
    return parameters
  })
}

function take(into: URLSearchParams, from: JsonObject, names: readonly string[], pointer: string): void {
  for (const name of names) {
    const value = from[name]
    if (value !== undefined) into.set(name, textOf(name, value, `${pointer}/${name}`))
  }
}

function textOf(name: string, value: Json, pointer: string): string {
  if (name === 'coordinates' && typeof value !== 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return value.map((one: Json) => textOf('', one, pointer)).join(',')
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw refused(pointer, { en: 'This must be a text.', de: 'Hier gehört ein Text hin.' })
}

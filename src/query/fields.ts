/** fields: which fields each noun has, and of what type: every name a protocol parses is resolved here or refused. */
import type { Noun } from '../model/noun.ts'
import { Problem } from '../problem.ts'
import type { Path } from './filter.ts'

/** 'any' is a result: a number, a text, a boolean or JSON, each compared only with its like. 'list' is a list of texts. */
export type FieldType = 'text' | 'number' | 'time' | 'geometry' | 'json' | 'list' | 'any'

export const FIELDS: Readonly<Record<Noun, Readonly<Record<string, FieldType>>>> = {
  dataset: {
    id: 'number', tenant: 'number', slug: 'text', title: 'json', description: 'json', keywords: 'list', themes: 'list',
    licence: 'text', publisher: 'json', contact: 'json', access: 'text', state: 'text', duplicates: 'text',
    properties: 'json', origin: 'text', created: 'time', modified: 'time',
  },
  entity: {
    id: 'number', dataset: 'number', role: 'text', iri: 'text', types: 'list', name: 'text', description: 'text',
    geometry: 'geometry', attributes: 'json', about: 'json', scopes: 'list', created: 'time', modified: 'time',
  },
  series: {
    id: 'number', dataset: 'number', entity: 'number', property: 'number', sensor: 'number', feature: 'number',
    attribute: 'text', instance: 'text', kind: 'text', name: 'text', description: 'text', observationType: 'text',
    unit: 'json', parts: 'json', schema: 'json', properties: 'json', count: 'number', periodStart: 'time', periodEnd: 'time',
    resultStart: 'time', resultEnd: 'time', latestTime: 'time', latestResult: 'any', observedArea: 'geometry',
    created: 'time', modified: 'time',
  },
  observation: {
    id: 'number', series: 'number', dataset: 'number', time: 'time', end: 'time', resultTime: 'time', result: 'any',
    quality: 'json', validStart: 'time', validEnd: 'time', parameters: 'json', feature: 'number',
  },
} // prettier-ignore

/** The type of what a path leads to; a path into a field leads to JSON. Throws `invalid-query` for an unknown field. */
export function typeOf(noun: Noun, [field, ...keys]: Path): FieldType {
  const type = Object.hasOwn(FIELDS[noun], field) ? FIELDS[noun][field] : undefined
  if (type === undefined) throw new Problem('invalid-query', `${noun} has no field “${field}”.`)
  if (keys.length === 0) return type
  if (type === 'json' || type === 'any' || (type === 'geometry' && noun === 'entity')) return 'json'
  throw new Problem('invalid-query', `“${field}” of ${noun} has no inner fields.`)
}

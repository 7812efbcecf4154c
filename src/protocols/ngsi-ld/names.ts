/** names: what NGSI-LD calls things, as tables; and how the IRIs of its names are kept: short where they are ours or the standard's own. */
import { CORE_TERMS, DEFAULT_VOCABULARY } from './core-terms.ts'

export const BASE = '/ngsi-ld/v1'

export const MEDIA = {
  json: 'application/json',
  jsonld: 'application/ld+json',
  geojson: 'application/geo+json',
  merge: 'application/merge-patch+json',
} as const

/** What stands for "gone" in a patch (4.5.7). */
export const NULL = 'urn:ngsi-ld:null'

export const KINDS = [
  'Property',
  'Relationship',
  'GeoProperty',
  'LanguageProperty',
  'VocabProperty',
  'JsonProperty',
  'ListProperty',
  'ListRelationship',
] as const
export type Kind = (typeof KINDS)[number]

/** The member that holds the value of each kind of attribute (4.5). */
export const VALUE = {
  Property: 'value',
  Relationship: 'object',
  GeoProperty: 'value',
  LanguageProperty: 'languageMap',
  VocabProperty: 'vocab',
  JsonProperty: 'json',
  ListProperty: 'valueList',
  ListRelationship: 'objectList',
} as const satisfies Readonly<Record<Kind, string>>

/** Where an entity keeps what NGSI-LD says of it beyond the four nouns: in `about` of an entity, `properties` of a series, `parameters` of an observation. */
export const KEPT = '@ngsi-ld'

const TERM_OF_CORE: ReadonlyMap<string, string> = new Map([...CORE_TERMS].map(([term, iri]) => [iri, term]))
const IRI = /^[a-z][a-z0-9+.-]*:/i

/** Under which name an attribute or a type is kept: "pm10" for the default vocabulary, "location" for the standard's own, else the IRI. */
export function nameOf(iri: string): string {
  const core = TERM_OF_CORE.get(iri)
  if (core !== undefined) return core
  if (!iri.startsWith(DEFAULT_VOCABULARY)) return iri
  const term = iri.slice(DEFAULT_VOCABULARY.length)
  return CORE_TERMS.has(term) || IRI.test(term) || term === '' ? iri : term
}

/** The IRI of a name that is kept; nameOf undoes it. */
export function iriOf(name: string): string {
  return CORE_TERMS.get(name) ?? (IRI.test(name) ? name : `${DEFAULT_VOCABULARY}${name}`)
}

/** The last part of a name, for people: "pm10" of ".../dataModel.Environment/pm10". */
export function lastPart(name: string): string {
  if (!IRI.test(name)) return name
  return name.split(/[/#:]/).findLast((part) => part !== '') ?? name
}

export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text)
}
/** The member that holds the list of values in the simplified temporal representation (4.5.8). */
export const VALUES = {
  Property: 'values',
  Relationship: 'objects',
  GeoProperty: 'values',
  LanguageProperty: 'languageMaps',
  VocabProperty: 'vocabs',
  JsonProperty: 'jsons',
  ListProperty: 'valueLists',
  ListRelationship: 'objectLists',
} as const satisfies Readonly<Record<Kind, string>>

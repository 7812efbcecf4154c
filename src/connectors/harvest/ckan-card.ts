/** ckan-card: one package of CKAN or DKAN as a card. What no field takes is kept beside, so that nothing is lost. */
import type { Agent } from '../../model/dataset.ts'
import { defined } from '../../model/defined.ts'
import { fileTypeOf } from '../../model/file-types.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { CardDraft } from '../../model/record.ts'
import type { Text } from '../../model/text.ts'
import { commonLicence, type Sweep } from './dcat-card.ts'
import { DraftCard } from './draft-card.ts'
import { boxIn, rhythmIn } from './repairs.ts'
import type { Rules } from './rules.ts'

/** Extras that are fields of their own; the rest is kept. */
const READ = new Set([
  'uri', 'identifier', 'guid', 'issued', 'modified', 'language', 'frequency', 'theme', 'spatial', 'temporal_start', 'temporal_end', 'publisher_name',
  'publisher_url', 'publisher_email', 'contact_name', 'contact_email', 'conforms_to', 'contributorID', 'politicalGeocodingURI',
]) // prettier-ignore

type Said = (name: string) => string | undefined

export function ckanCard(given: JsonObject, site: string, rules: Rules, sweep: Sweep): CardDraft {
  const extras = extrasIn(given)
  const said: Said = (name) => textIn(given, name) ?? extras.get(name)
  const page = pageOf(given, site)
  const card = new DraftCard(rules)
  const origin = addressIn(said('uri')) ?? page('id')
  card.title = wordsIn(given, 'title')
  card.description = wordsIn(given, 'notes', 'description')
  card.keywords = objectsIn(given['tags']).flatMap((tag) => textIn(tag, 'display_name') ?? textIn(tag, 'name') ?? [])
  card.setThemes(themesIn(given, said('theme')))
  card.languages(listIn(said('language')))
  card.publisher = publisherIn(given, said, rules)
  card.contact = agentOf(
    first(said, 'contact_name', 'maintainer', 'author'),
    first(said, 'contact_email', 'maintainer_email', 'author_email'),
  )
  const modified = times(card, said)
  card.set('landingPage', addressIn(said('url')) ?? page('name'))
  beside(card, said, extras)
  const licence = first(said, 'license_url', 'license_id', 'license_title', 'license')
  const distributions = objectsIn(given['resources']).map((resource) => distributionOf(resource, site, licence, card))
  card.set('distributions', distributions)
  const common = commonLicence(distributions) ?? (distributions.length === 0 ? card.licence('licence', licence) : undefined)
  return { draft: 'card', origin, ...(modified !== undefined && { modified }), card: card.wording(origin, common), remarks: card.remarks, ...sweep } // prettier-ignore
}

const first = (said: Said, ...names: readonly string[]): string | undefined =>
  names.map((name) => said(name)).find((text) => text !== undefined)

/** Where the portal shows it: by its identifier, which stays, or by its name, which people read. */
function pageOf(given: JsonObject, site: string): (by: 'id' | 'name') => string {
  const [id, name] = [textIn(given, 'id'), textIn(given, 'name')]
  return (by) => `${site}/dataset/${encodeURIComponent((by === 'id' ? (id ?? name) : (name ?? id)) ?? '')}`
}

/** Answers when it was changed. */
function times(card: DraftCard, said: Said): string | undefined {
  const modified = card.moment('modified', first(said, 'modified', 'metadata_modified', 'aktualisiert'))
  card.set('modified', modified)
  card.set('issued', card.moment('issued', first(said, 'issued', 'metadata_created', 'created')))
  const [start, end] = [card.moment('temporal', said('temporal_start')), card.moment('temporal', said('temporal_end'))]
  if (start !== undefined || end !== undefined) card.set('temporal', defined({ start, end }))
  return modified
}

function beside(card: DraftCard, said: Said, extras: ReadonlyMap<string, string>): void {
  card.set('version', said('version'))
  card.set('conformsTo', said('conforms_to'))
  card.set('contributorID', single(listIn(said('contributorID'))))
  card.set('geocoding', single(listIn(said('politicalGeocodingURI'))))
  const rhythm = said('frequency')
  if (rhythm !== undefined) card.set('frequency', rhythmIn(rhythm))
  places(card, said('spatial'))
  card.set('more', more(extras))
}

function distributionOf(resource: JsonObject, site: string, licence: string | undefined, card: DraftCard): JsonObject {
  const said = (name: string): string | undefined => textIn(resource, name)
  const url = addressIn(said('file_url') ?? said('url'), site)
  if (url === undefined) card.remark('distributions', 'missing', ['Eine Datei hat keine Adresse.', 'A file has no address.'], said('name') ?? said('id')) // prettier-ignore
  const format = card.format(said('format') ?? said('mimetype') ?? said('mime_type'))
  const text = said('license') ?? licence
  const known = card.licence('licence', text)
  return defined({
    url: url ?? '',
    title: wordsIn(resource, 'name', 'title') as JsonObject,
    description: wordsOrNone(resource, 'description'),
    format: format === undefined ? undefined : (fileTypeOf(format) ?? format),
    mediaType: said('mimetype') ?? said('mime_type'),
    licence: known,
    rights: known === undefined ? text : undefined,
    attribution: said('licenseAttributionByText'),
    modified: card.moment('modified', said('last_modified') ?? said('modified')),
    bytes: bytesIn(resource['size'] ?? resource['file_size']),
    id: said('id'),
  })
}

/** A list of pairs in CKAN, an object at times. */
function extrasIn({ extras }: JsonObject): ReadonlyMap<string, string> {
  const pairs = Array.isArray(extras)
    ? objectsIn(extras as Json).map(({ key, value }): readonly [Json | undefined, Json | undefined] => [key, value])
    : Object.entries(isObject(extras) ? extras : {})
  return new Map(pairs.flatMap(([key, value]) => (typeof key === 'string' && typeof value === 'string' && value.trim() !== '' ? [[key, value.trim()] as const] : []))) // prettier-ignore
}

function more(extras: ReadonlyMap<string, string>): JsonObject | undefined {
  const rest = [...extras].filter(([key]) => !READ.has(key))
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

/** Groups are what portals sort by; those that follow the themes of the EU say so by their names. */
function themesIn(given: JsonObject, theme: string | undefined): readonly string[] {
  const said = listIn(theme)
  return said.length > 0 ? said : objectsIn(given['groups']).flatMap((group) => textIn(group, 'name') ?? textIn(group, 'title') ?? [])
}

function publisherIn(given: JsonObject, said: Said, rules: Rules): Agent | undefined {
  const organisation = isObject(given['organization']) ? textIn(given['organization'], 'title') : undefined
  const name = said('publisher_name') ?? organisation ?? said('publisher') ?? said('author')
  const agent = agentOf(name, said('publisher_email'))
  const url = addressIn(said('publisher_url'))
  return agent && { ...agent, name: rules.apply('publisher', agent.name), ...(url !== undefined && { url }) }
}

function agentOf(name: string | undefined, email: string | undefined): Agent | undefined {
  const mail = email?.replace(/^(mailto:)+/i, '').trim()
  const called = name ?? mail
  return called === undefined ? undefined : { name: called, ...(mail !== undefined && mail !== '' && { email: mail }) }
}

function places(card: DraftCard, spatial: string | undefined): void {
  if (spatial === undefined) return
  const box = boxIn(spatial)
  if (box === undefined) card.remark('spatial', 'kept', ['Die Fläche ist nicht lesbar.', 'The area cannot be read.'], spatial)
  else card.set('bbox', box)
}

const single = (texts: readonly string[]): Json | undefined => (texts.length > 1 ? [...texts] : texts[0])

/** One value, several behind commas, or a list written as JSON, as extensions of CKAN keep it. */
function listIn(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  try {
    const list = JSON.parse(text) as Json
    if (Array.isArray(list)) return (list as readonly Json[]).filter((one) => typeof one === 'string')
  } catch {
    // it is what it says
  }
  return text.split(',').map((one) => one.trim()).filter((one) => one !== '') // prettier-ignore
}

/** In several languages where the portal has them. */
function wordsIn(given: JsonObject, ...names: readonly string[]): Text {
  for (const name of names) {
    const many = given[`${name}_translated`] ?? given[name]
    if (isObject(many)) {
      const words = Object.entries(many).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
      )
      if (words.length > 0) return Object.fromEntries(words.map(([language, text]) => [language.slice(0, 2).toLowerCase(), text.trim()]))
    }
    const one = textIn(given, name)
    if (one !== undefined) return { de: one }
  }
  return {}
}

function wordsOrNone(given: JsonObject, name: string): JsonObject | undefined {
  const words = wordsIn(given, name)
  return Object.keys(words).length === 0 ? undefined : (words as JsonObject)
}

function textIn(given: JsonObject, name: string): string | undefined {
  const value = given[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function objectsIn(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter((one) => isObject(one)) : []
}

/** Of a portal that says "/files/x.csv", the whole address. */
function addressIn(text: string | undefined, site?: string): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text, site)
  return url !== null && /^(https?|ftps?):$/.test(url.protocol) ? (/^[a-z]+:/i.test(text) ? text : url.href) : undefined
}

const UNITS: Readonly<Record<string, number>> = { B: 1, BYTES: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }

/** A number, a number as text, or "206.66 KB". */
function bytesIn(size: Json | undefined): number | undefined {
  if (typeof size === 'number') return size > 0 ? size : undefined
  const [, number = '', unit = 'B'] = typeof size === 'string' ? (/^\s*([\d.]+)\s*([a-z]+)?\s*$/i.exec(size) ?? []) : []
  const bytes = Math.round(Number(number) * (UNITS[unit.toUpperCase()] ?? NaN))
  return bytes > 0 ? bytes : undefined
}

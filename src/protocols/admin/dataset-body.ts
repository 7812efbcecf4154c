/** dataset-body: a card as it is sent, checked field by field. */
import type { Agent, Dataset } from '../../model/dataset.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import { slugOf } from '../../model/slug.ts'
import type { Text } from '../../model/text.ts'
import { Problem } from '../../problem.ts'

export const ACCESS = ['public', 'internal', 'restricted'] as const
const DUPLICATES = ['keep', 'replace', 'skip'] as const

/** A new card: a title at least; the slug is made from it when none is given. Draft and internal unless said otherwise. */
export function newDataset(body: unknown, id: number, tenant: number): Dataset {
  const given = objectOf(body)
  const title = textOf(given, 'title')
  if (title === undefined) throw wrong('title', 'A title is needed.', 'Ein Titel wird gebraucht.')
  const slug = typeof given['slug'] === 'string' ? given['slug'] : slugOf(Object.values(title)[0] ?? '')
  const empty: Dataset = {
    id,
    tenant,
    slug,
    title,
    description: {},
    keywords: [],
    themes: [],
    access: 'internal',
    state: 'draft',
    duplicates: 'keep',
    properties: {},
    created: '',
    modified: '',
  }
  return patchDataset({ ...given, slug }, empty)
}

/** The card with the fields that were sent; `null` takes an optional one away. State is changed by release and withdraw only. */
export function patchDataset(body: unknown, old: Dataset): Dataset {
  const given = objectOf(body)
  for (const key of Object.keys(given))
    if (!KNOWN.has(key)) throw wrong(key, `There is no field “${key}”.`, `Ein Feld „${key}“ gibt es nicht.`)
  const { licence, publisher, contact, ...rest } = old
  return {
    ...rest,
    slug: slugIn(given, old.slug),
    title: textOf(given, 'title') ?? old.title,
    description: textOf(given, 'description') ?? old.description,
    keywords: listOf(given, 'keywords') ?? old.keywords,
    themes: listOf(given, 'themes') ?? old.themes,
    access: wordOf(given, 'access', ACCESS) ?? old.access,
    duplicates: wordOf(given, 'duplicates', DUPLICATES) ?? old.duplicates,
    properties: isObject(given['properties']) ? given['properties'] : old.properties,
    ...optional('licence', licenceOf(given, licence)),
    ...optional('publisher', agentOf(given, 'publisher', publisher)),
    ...optional('contact', agentOf(given, 'contact', contact)),
  }
}

/** What a card may be sent with; the rest is found out by the platform, and sent back harmlessly by a form that got it. */
const KNOWN = new Set([
  'slug', 'title', 'description', 'keywords', 'themes', 'licence', 'publisher', 'contact', 'access', 'duplicates', 'properties',
  'id', 'tenant', 'state', 'created', 'modified', 'extent', 'period', 'distributions', 'counts', 'latest',
]) // prettier-ignore

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

function slugIn(given: JsonObject, old: string): string {
  const slug = given['slug'] ?? old
  if (typeof slug === 'string' && SLUG.test(slug) && slug.length <= 100) return slug
  throw wrong(
    'slug',
    'A slug has lower-case letters, digits and single hyphens.',
    'Die Kurzadresse besteht aus Kleinbuchstaben, Ziffern und einzelnen Bindestrichen.',
  )
}

function objectOf(body: unknown): JsonObject {
  if (isObject(body)) return body
  throw new Problem('invalid-body', { en: 'A dataset is a JSON object.', de: 'Ein Datensatz ist ein JSON-Objekt.' }, { pointer: '' })
}

/** Words by language; a plain text is German. */
function textOf(given: JsonObject, field: string): Text | undefined {
  const value = given[field]
  if (value === undefined) return undefined
  if (typeof value === 'string') return { de: value }
  if (
    isObject(value) &&
    Object.entries(value).every(([language, text]) => /^[a-z]{2,3}(-[A-Za-z]+)?$/.test(language) && typeof text === 'string')
  )
    return value as Text
  throw wrong(field, 'It is a text, or texts by language.', 'Erwartet wird ein Text oder Texte je Sprache.')
}

function listOf(given: JsonObject, field: string): readonly string[] | undefined {
  const value = given[field]
  if (value === undefined) return undefined
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value as string[]
  throw wrong(field, 'It is a list of texts.', 'Erwartet wird eine Liste von Texten.')
}

function wordOf<W extends string>(given: JsonObject, field: string, words: readonly W[]): W | undefined {
  const value = given[field]
  const found = words.find((word) => word === value)
  if (value === undefined || found !== undefined) return found
  throw wrong(field, `It is one of ${words.join(', ')}.`, `Erwartet wird eines von ${words.join(', ')}.`)
}

function licenceOf(given: JsonObject, old: string | undefined): string | undefined {
  const value = given['licence']
  if (value === undefined) return old
  if (value === null || value === '') return undefined
  if (typeof value === 'string' && URL.canParse(value)) return value
  throw wrong('licence', 'A licence is named by its address (IRI).', 'Die Lizenz wird mit ihrer Adresse (IRI) angegeben.')
}

function agentOf(given: JsonObject, field: string, old: Agent | undefined): Agent | undefined {
  const value = given[field]
  if (value === undefined) return old
  if (value === null) return undefined
  if (!isObject(value) || typeof value['name'] !== 'string')
    throw wrong(field, 'It has a name, and perhaps email and url.', 'Erwartet werden name und gegebenenfalls email und url.')
  const { name, email, url } = value
  return { name, ...(typeof email === 'string' && email && { email }), ...(typeof url === 'string' && url && { url }) }
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
}

function wrong(field: string, en: string, de: string): Problem {
  return new Problem('invalid-body', { en, de }, { pointer: `/${field}`, field })
}

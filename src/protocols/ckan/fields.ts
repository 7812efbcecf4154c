/** fields: what the fields of CKAN's search index ask of our datasets. */
import { licenceOf, LICENCES } from '../../model/licences.ts'
import { themeOf } from '../../model/themes.ts'
import { isInstant, parseInstant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { and, equals, everything, nothing, not, or, type Filter, type Operand, type Path } from '../../query/filter.ts'
import { datasetIn, nameId } from './identity.ts'
import { nameOf } from './names.ts'
import type { Meaning, Value } from './solr.ts'

/** What a name can only be compared with once it is known what there is. */
export interface Known {
  readonly root: string
  /** As they call themselves. */
  readonly publishers: readonly string[]
  readonly formats: readonly string[]
  readonly now: number
}

const TITLE: readonly Path[] = [
  ['title', 'de'],
  ['title', 'en'],
]
const DESCRIPTION: readonly Path[] = [
  ['description', 'de'],
  ['description', 'en'],
]

/** `parameter` is where the query stands, for what is refused. */
export function meaningOf(known: Known, parameter: string): Meaning {
  return {
    words: (value) => words(value),
    field(name, value) {
      const field = name.startsWith('extras_') ? extra(name.slice('extras_'.length)) : FIELDS[name]
      if (field !== undefined && (name.startsWith('extras_') || Object.hasOwn(FIELDS, name))) return field(value, known, parameter)
      throw new Problem(
        'invalid-query',
        { en: `There is no field “${name}” to search in.`, de: `Das Suchfeld „${name}“ gibt es nicht.` },
        { parameter, field: name },
      )
    },
  }
}

type Field = (value: Value, known: Known, parameter: string) => Filter

const always: Field = () => everything
const only =
  (word: string): Field =>
  (value) =>
    textIn(value) === word || value.is === 'any' ? everything : nothing

const FIELDS: Readonly<Record<string, Field>> = {
  id: (value, { root }) => equals(['id'], datasetIn(root, textIn(value) ?? '') ?? -1),
  name: (value) => exactly(['slug'], value),
  title: (value) => or(...TITLE.map((path) => inside(path, value))),
  title_string: (value) => or(...TITLE.map((path) => exactly(path, value))),
  notes: (value) => or(...DESCRIPTION.map((path) => inside(path, value))),
  text: (value) => words(value),
  tags: (value) => member('keywords', value),
  groups: (value) => theme(value),
  theme: (value) => theme(value),
  organization: (value, { publishers }) =>
    publisher(
      value,
      publishers.filter((name) => nameOf(name) === textIn(value)),
    ),
  owner_org: (value, { publishers, root }) =>
    publisher(
      value,
      publishers.filter((name) => nameId(root, 'organization', nameOf(name)) === textIn(value)),
    ),
  author: (value) => inside(['publisher', 'name'], value),
  maintainer: (value) => inside(['contact', 'name'], value),
  license_id: (value) => licence(value),
  license: (value) => licence(value),
  isopen: (value) => open(textIn(value) === 'true'),
  res_format: (value, { formats }) =>
    value.is === 'any' || formats.some((format) => format.toLowerCase() === textIn(value)?.toLowerCase()) ? everything : nothing,
  metadata_modified: (value, known, parameter) => time(['modified'], value, known, parameter),
  metadata_created: (value, known, parameter) => time(['created'], value, known, parameter),
  private: (value) => (textIn(value) === 'true' ? not(equals(['access'], 'public')) : equals(['access'], 'public')),
  capacity: (value) => (textIn(value) === 'private' ? not(equals(['access'], 'public')) : equals(['access'], 'public')),
  state: only('active'),
  type: only('dataset'),
  dataset_type: only('dataset'),
  entity_type: only('package'),
  site_id: always,
}

const extra =
  (key: string): Field =>
  (value) =>
    exactly(['properties', key], value)

/** What a value says as a text; a range says none. */
function textIn(value: Value): string | undefined {
  return 'text' in value ? value.text : undefined
}

/** As a person types it: stemmed where it is a word, in a row where it is a phrase. */
function words(value: Value): Filter {
  if (value.is === 'any') return everything
  if (value.is === 'start') return or(...[...TITLE, ...DESCRIPTION].map((path) => inside(path, value)))
  if (value.is === 'range') return nothing
  return { is: 'search', words: value.is === 'phrase' ? `"${value.text.replaceAll('"', ' ')}"` : value.text }
}

const there = (path: Path): Filter => ({ is: 'exists', path })

function exactly(path: Path, value: Value): Filter {
  if (value.is === 'any') return there(path)
  if (value.is === 'start') return { is: 'text', left: { path }, how: 'starts', part: { value: value.text } }
  return value.is === 'range' ? nothing : equals(path, value.text)
}

function inside(path: Path, value: Value): Filter {
  if (value.is === 'any') return there(path)
  if (value.is === 'range') return nothing
  const left: Operand = { call: 'lower', args: [{ path }] }
  return { is: 'text', left, how: 'contains', part: { value: value.text.toLowerCase() } }
}

function member(field: 'keywords' | 'themes', value: Value): Filter {
  if (value.is === 'any' || value.is === 'range') return value.is === 'any' ? everything : nothing
  if (value.is === 'start') return { is: 'like', path: [field], pattern: `^${value.text.replace(/[^\p{L}\p{N}]/gu, '\\$&')}` }
  return { is: 'has', path: [field], value: value.text }
}

function theme(value: Value): Filter {
  if (value.is === 'any') return everything
  const text = textIn(value) ?? ''
  const code = themeOf(text)
  return member('themes', { is: 'word', text: code ?? text })
}

function publisher(value: Value, names: readonly string[]): Filter {
  return value.is === 'any' ? there(['publisher']) : { is: 'in', path: ['publisher', 'name'], values: names }
}

/** A card may name its licence by its IRI in the list, or by its page. */
function licence(value: Value): Filter {
  if (value.is === 'any') return there(['licence'])
  const found = licenceOf(textIn(value) ?? '')
  return { is: 'in', path: ['licence'], values: found === undefined ? [textIn(value) ?? ''] : spellings(found.iri, found.page) }
}

const spellings = (...addresses: readonly string[]): readonly string[] =>
  addresses.flatMap((address) => [address, address.replace(/\/$/, ''), address.replace('https:', 'http:')])

function open(wanted: boolean): Filter {
  const all = LICENCES.filter((one) => one.open).flatMap(({ iri, page }) => spellings(iri, page))
  const isOpen: Filter = { is: 'in', path: ['licence'], values: all }
  return wanted ? isOpen : not(isOpen)
}

function time(path: Path, value: Value, { now }: Known, parameter: string): Filter {
  if (value.is === 'any') return everything
  if (value.is !== 'range') return equalTime(path, instantIn(textIn(value) ?? '', now, parameter))
  const { from, to, withFrom, withTo } = value
  const bound = (text: string | undefined, by: '>' | '>=' | '<' | '<='): Filter =>
    text === undefined ? everything : { is: 'compare', left: { path }, by, right: { instant: instantIn(text, now, parameter) } }
  return and(bound(from, withFrom ? '>=' : '>'), bound(to, withTo ? '<=' : '<'))
}

function equalTime(path: Path, instant: string): Filter {
  return { is: 'compare', left: { path }, by: '=', right: { instant } }
}

const MINUTE = 60_000
const UNITS: Readonly<Record<string, number>> = {
  MINUTE,
  HOUR: 60 * MINUTE,
  DAY: 24 * 60 * MINUTE,
  MONTH: 30 * 24 * 60 * MINUTE,
  YEAR: 365 * 24 * 60 * MINUTE,
}

/** An instant; a date; or NOW with days taken away, as Solr reckons. */
function instantIn(text: string, now: number, parameter: string): string {
  const [, sign = '+', count = '0', unit = 'DAY'] = /^NOW(?:([+-])(\d{1,6})(MINUTE|HOUR|DAY|MONTH|YEAR)S?)?(?:\/\w+)?$/.exec(text) ?? []
  if (text.startsWith('NOW')) return new Date(now + (sign === '-' ? -1 : 1) * Number(count) * (UNITS[unit] ?? 0)).toISOString()
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text
  // Python writes its times without a zone, and means UTC
  return parseInstant(isInstant(`${whole}Z`) ? `${whole}Z` : whole, parameter)
}

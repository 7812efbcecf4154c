/**
 * options: the query options of a request, and of each $expand inside it (18-088 req/request-data).
 *
 *   expand  = item { "," item }
 *   link    = name | property "/" key "." name
 *   item    = link { "/" link } [ "(" option { ";" option } ")" ]
 *   option  = "$filter=" … | "$select=" … | "$orderby=" … | "$skip=" … | "$top=" … | "$count=" … | "$expand=" …
 *
 * An option ends at a semicolon or bracket that is not inside quotes or brackets of its own. Options that the standard does not
 * know are refused with 501, as it says; other parameters are left alone.
 */
import { Problem } from '../../problem.ts'
import { everything, type Filter, type Operand } from '../../query/filter.ts'
import type { Order } from '../../query/query.ts'
import { Scanner } from '../../query/scanner.ts'
import { operandsOfPath, parseFilter, parseOrderBy } from './filter.ts'
import { ownLinkIn } from './own-links.ts'
import { navigationOf, propertyOf, type EntityType, type Navigation } from './version.ts'

export interface Options {
  readonly where: Filter
  readonly order: readonly Order[]
  readonly top: number | undefined
  readonly skip: number
  /** Where the page before ended. */
  readonly after: string | undefined
  readonly count: boolean
  readonly select: readonly (readonly string[])[] | undefined
  /** Each combination of what is selected once. */
  readonly distinct: readonly Operand[] | undefined
  readonly expand: readonly Expand[]
  readonly format: 'json' | 'dataArray' | 'csv' | 'geojson'
  /** How much is said about entities beside what they are. */
  readonly metadata: Metadata
  /** As they came, for the address of the next page. */
  readonly said: Readonly<Record<string, string>>
}

/** 'minimal' leaves links out but those to next pages, 'off' those too, 'none' ids as well. */
export type Metadata = 'full' | 'minimal' | 'off' | 'none'

export interface Expand {
  readonly by: Navigation
  readonly options: Options
}

const KNOWN = ['$filter', '$select', '$orderby', '$skip', '$top', '$count', '$expand']
const OUTER = [...KNOWN, '$resultFormat', '$format', '$resultMetadata', '$skiptoken']
const DEEPEST = 8
const MOST = 60

/** `said` are the decoded parameters, `$` first. Throws `invalid-query` with the place, or `not-implemented`. */
export function parseOptions(said: Readonly<Record<string, unknown>>, type: EntityType): Options {
  const texts: Record<string, string> = {}
  for (const [name, text] of Object.entries(said)) {
    if (!name.startsWith('$')) continue
    if (!OUTER.includes(name)) throw new Problem('not-implemented', `The query option “${name}” is not supported.`, { parameter: name })
    if (typeof text !== 'string') throw new Problem('invalid-query', `${name} is given more than once.`, { parameter: name })
    texts[name] = text
  }
  return read(texts, type, { depth: 0, left: MOST })
}

interface Bounds {
  readonly depth: number
  left: number
}

function read(said: Readonly<Record<string, string>>, type: EntityType, bounds: Bounds): Options {
  const within = bounds.depth === 0 ? '' : ' in $expand'
  const text = (name: string) => said[name]
  const [filter, order, select, expand] = [text('$filter'), text('$orderby'), text('$select'), text('$expand')]
  return {
    where: filter === undefined ? everything : parseFilter(filter, type, `$filter${within}`),
    order: order === undefined ? [] : parseOrderBy(order, type, `$orderby${within}`),
    top: wholeOf('$top', text('$top')),
    skip: wholeOf('$skip', text('$skip')) ?? 0,
    after: text('$skiptoken'),
    count: truthOf('$count', text('$count')),
    select: select === undefined ? undefined : selectOf(select, type, `$select${within}`),
    distinct: select !== undefined && DISTINCT.test(select) ? distinctOf(select, type, expand, bounds) : undefined,
    expand: expand === undefined ? [] : expandOf(expand, type, bounds),
    ...(type.version.quiet
      ? mediaOf(text('$format'), text('$resultFormat') ?? text('$resultMetadata'), type)
      : { format: formatOf(text('$resultFormat') ?? text('$format'), type), metadata: metadataOf(text('$resultMetadata')) }),
    said,
  }
}

function wholeOf(parameter: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\s*\d{1,15}\s*$/.test(text)) return Number(text)
  throw new Problem('invalid-query', { en: `${parameter} is “${text}”, not a whole number from 0 up.`, de: `${parameter} ist „${text}“, keine ganze Zahl ab 0.` }, { parameter }) // prettier-ignore
}

function truthOf(parameter: string, text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false
  if (text === 'true') return true
  throw new Problem('invalid-query', { en: `${parameter} is “${text}”, not true or false.`, de: `${parameter} ist „${text}“, nicht true oder false.` }, { parameter }) // prettier-ignore
}

function formatOf(text: string | undefined, type: EntityType): Options['format'] {
  if (text === undefined || text.toLowerCase() === 'json') return 'json'
  const lower = text.toLowerCase()
  if (lower === 'csv' || lower === 'geojson') return lower
  if (text === 'dataArray' && type.set === 'Observations') return 'dataArray'
  if (text === 'dataArray') throw new Problem('invalid-query', 'dataArray is a form of Observations only.', { parameter: '$resultFormat' })
  throw new Problem('not-implemented', `The result format “${text}” is not supported.`, { parameter: '$resultFormat' })
}

/** $format of 2.0: a media type or its short name, with how much is said about entities. */
function mediaOf(text: string | undefined, other: string | undefined, { set }: EntityType): Pick<Options, 'format' | 'metadata'> {
  if (other !== undefined) throw new Problem('not-implemented', 'In 2.0 the form is said by $format.', { parameter: '$format' })
  const [type = '', ...parameters] = (text ?? 'json').split(';').map((part) => part.trim().toLowerCase())
  const format = type === 'dataarray' && set === 'Observations' ? 'dataArray' : Object.hasOwn(MEDIA, type) ? MEDIA[type] : undefined
  if (format === undefined) throw new Problem('not-implemented', `The format “${text}” is not supported.`, { parameter: '$format' })
  const [, level = 'full'] = /^(?:odata\.)?metadata=(full|minimal|none)$/.exec(parameters[0] ?? 'metadata=full') ?? [undefined, '']
  if ((level !== 'full' && level !== 'minimal' && level !== 'none') || parameters.length > 1)
    throw new Problem('invalid-query', `“${parameters.join(';')}” is none of metadata=full, minimal and none.`, { parameter: '$format' })
  return { format, metadata: level }
}

const MEDIA: Readonly<Record<string, Options['format']>> = {
  json: 'json',
  'application/json': 'json',
  csv: 'csv',
  'text/csv': 'csv',
  geojson: 'geojson',
  'application/geo+json': 'geojson',
}

function metadataOf(text: string | undefined): Metadata {
  if (text === undefined) return 'full'
  const lower = text.toLowerCase()
  if (lower === 'full' || lower === 'minimal' || lower === 'off' || lower === 'none') return lower
  throw new Problem('invalid-query', { en: `$resultMetadata is “${text}”, not full, minimal, off or none.`, de: `$resultMetadata ist „${text}“, nicht full, minimal, off oder none.` }, { parameter: '$resultMetadata' }) // prettier-ignore
}

function selectOf(text: string, type: EntityType, parameter = '$select'): readonly (readonly string[])[] {
  let column = 1 + (DISTINCT.exec(text)?.[0].length ?? 0)
  return text
    .slice(column - 1)
    .split(',')
    .map((part) => {
      const path = part.trim().split('/')
      const [name = '', ...keys] = path
      const here = column + part.length - part.trimStart().length
      column += part.length + 1
      if (
        propertyOf(type, name) !== undefined ||
        (keys.length === 0 && navigationOf(type, name) !== undefined) ||
        name === type.version.self
      )
        return path
      throw new Problem('invalid-query', { en: `${type.one} has no “${part.trim()}” to select (column ${here}).`, de: `${type.one} hat kein „${part.trim()}“ zum Auswählen (Spalte ${here}).` }, { parameter, column: here }) // prettier-ignore
    })
}

const DISTINCT = /^\s*distinct:/

function distinctOf(text: string, type: EntityType, expand: string | undefined, { depth }: Bounds): readonly Operand[] {
  if (depth > 0 || expand !== undefined)
    throw new Problem('not-implemented', '$select=distinct is not supported in $expand, or beside it.', { parameter: '$select' })
  return selectOf(text, type).flatMap((path) => operandsOfPath(path, type))
}

/** Items that begin alike are one: Datastreams/Sensor,Datastreams/ObservedProperty. */
function expandOf(text: string, type: EntityType, bounds: Bounds): readonly Expand[] {
  if (bounds.depth >= DEEPEST) throw new Problem('invalid-query', `$expand goes deeper than ${DEEPEST} steps.`, { parameter: '$expand' })
  const scanner = new Scanner(text, '$expand')
  const items: Expand[] = []
  do {
    const item = itemOf(scanner, type, bounds)
    const at = items.findIndex(({ by }) => by.name === item.by.name)
    const before = items[at]
    if (before === undefined) items.push(item)
    else items[at] = joined(before, item)
  } while (scanner.accept(','))
  scanner.end()
  return items
}

function joined(a: Expand, b: Expand): Expand {
  const plain = (one: Expand) => Object.keys(one.options.said).every((name) => name === '$expand')
  const [kept, more] = plain(b) ? [a, b] : [b, a]
  const expand = [...kept.options.expand]
  for (const item of more.options.expand) {
    const at = expand.findIndex(({ by }) => by.name === item.by.name)
    const before = expand[at]
    if (before === undefined) expand.push(item)
    else expand[at] = joined(before, item)
  }
  return { by: kept.by, options: { ...kept.options, expand, said: { ...kept.options.said, ...expandSaid(a, b) } } }
}

function expandSaid(a: Expand, b: Expand): Readonly<Record<string, string>> {
  const both = [a.options.said['$expand'], b.options.said['$expand']].filter((text) => text !== undefined)
  return both.length === 0 ? {} : { $expand: both.join(',') }
}

function itemOf(scanner: Scanner, type: EntityType, bounds: Bounds): Expand {
  if (--bounds.left < 0) throw new Problem('invalid-query', `$expand asks for more than ${MOST} things.`, { parameter: '$expand' })
  scanner.take(/\s*/y)
  const by = wayOut(scanner, type)
  const to = by.type
  const inner: Bounds = { depth: bounds.depth + 1, left: bounds.left }
  const options = scanner.accept('/') ? deeper(scanner, to, inner) : optionsOf(scanner, to, inner)
  bounds.left = inner.left
  scanner.take(/\s*/y)
  return { by, options }
}

/** A name, or a link of one's own: `properties/parent.Thing`. */
function wayOut(scanner: Scanner, type: EntityType): Navigation {
  const name = scanner.take(/[A-Za-z]+/y) ?? scanner.fail('expected a name')
  const by = navigationOf(type, name)
  if (by !== undefined) return by
  if (propertyOf(type, name)?.is !== 'json') return scanner.fail(`${type.one} has no “${name}” to expand`)
  scanner.expect('/')
  const key = scanner.take(/[^/,;()\s]+/y) ?? scanner.fail('expected a link')
  return ownLinkIn([name, key], type)?.by ?? scanner.fail(`“${key}” is no link such as “parent.Thing”`)
}

function deeper(scanner: Scanner, type: EntityType, bounds: Bounds): Options {
  if (bounds.depth >= DEEPEST) scanner.fail(`deeper than ${DEEPEST} steps`)
  const item = itemOf(scanner, type, bounds)
  return { ...read({}, type, bounds), expand: [item], said: { $expand: said(item) } }
}

/** An item as it can be said again. */
function said({ by, options }: Expand): string {
  const inner = Object.entries(options.said).map(([name, text]) => `${name}=${text}`)
  return inner.length === 0 ? by.name : `${by.name}(${inner.join(';')})`
}

/** One option up to the semicolon or bracket that ends it. */
const OPTION = /(?:'(?:[^']|'')*'|[^'();])+/y

function optionsOf(scanner: Scanner, type: EntityType, bounds: Bounds): Options {
  const texts: Record<string, string> = {}
  if (!scanner.accept('(')) return read(texts, type, bounds)
  do {
    const name = scanner.take(/\s*\$?[A-Za-z]+(?==)/y)?.trim() ?? scanner.fail('expected an option')
    const full = name.startsWith('$') ? name : `$${name}`
    if (!KNOWN.includes(full))
      throw new Problem('not-implemented', `The option “${full}” is not supported in $expand.`, { parameter: '$expand' })
    if (full in texts) scanner.fail(`${full} is given twice`)
    scanner.expect('=')
    texts[full] = upTo(scanner)
  } while (scanner.accept(';'))
  scanner.expect(')')
  return read(texts, type, bounds)
}

function upTo(scanner: Scanner): string {
  let text = ''
  let open = 0
  for (;;) {
    const part = scanner.take(OPTION) ?? (open > 0 ? scanner.take(/[();]/y) : scanner.take(/\(/y))
    if (part === undefined) return open > 0 ? scanner.fail('a bracket is not closed') : text
    if (part === '(') open++
    if (part === ')') open--
    text += part
  }
}

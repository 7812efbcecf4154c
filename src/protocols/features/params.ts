/** params: the parameters of a page of features read into a Query; each other name is a property that shall have the value. */
import { jsonOf } from '../../http/body.ts'
import { WITH_SERIES } from '../../http/feature.ts'
import { parametersOf, parseCount } from '../../http/page.ts'
import type { Json } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { and, equals, everything, type Filter } from '../../query/filter.ts'
import { ask, type Query } from '../../query/query.ts'
import { parseBbox, parseSystem } from './area.ts'
import { parseCql2Json } from './cql2-json.ts'
import { parseCql2Text } from './cql2-text.ts'
import { meaningOf, type Meant } from './cql2.ts'
import { parseDatetime } from './datetime.ts'
import { FORMATS, type ReferenceSystem } from './names.ts'
import { hasProperty, propertyIs } from './property.ts'
import { parseSortby } from './sortby.ts'

export const LIMIT = { least: 1, most: 10_000, otherwise: 100 }
const OFFSET = { least: 0, most: 100_000_000, otherwise: 0 }

const OWN = new Set([
  'f',
  'limit',
  'offset',
  'after',
  'bbox',
  'bbox-crs',
  'crs',
  'datetime',
  'filter',
  'filter-lang',
  'filter-crs',
  'sortby',
])
/** Known to other parts of the standard, not kept here: refused, never ignored. */
const ELSEWHERE = new Set(['properties', 'q', 'ids', 'skipGeometry', 'zoom-level'])

export interface Asked {
  readonly query: Query<'entity'>
  readonly system: ReferenceSystem
  readonly limit: number
  readonly offset: number
  /** Properties whose name no feature has are unknown parameters: to be looked for before the query is asked. */
  readonly unproven: readonly string[]
}

export const things = (dataset: number): Filter => and(equals(['dataset'], dataset), equals(['role'], 'thing'))

export function parseItems(parameters: URLSearchParams, dataset: number): Asked {
  refuseElsewhere(parameters)
  const limit = parseCount(parameters, 'limit', LIMIT)
  const offset = parseCount(parameters, 'offset', OFFSET)
  const after = parameters.get('after')
  const wanted = [...parameters].filter(([name]) => !OWN.has(name))
  const filter = parseFilter(parameters)
  const where = and(things(dataset), ...narrowing(parameters), ...wanted.map(([name, value]) => propertyIs(name, value)), filter.filter)
  const page = after === null ? { limit, offset } : { limit, after }
  const query = { ...ask('entity', where), page, order: parseSortby(parameters.get('sortby')), include: [WITH_SERIES], count: true }
  const unproven = [...new Set([...wanted.map(([name]) => name), ...filter.names])]
  return { query, system: parseSystem(parameters, 'crs'), limit, offset, unproven }
}

function narrowing(parameters: URLSearchParams): readonly Filter[] {
  const bbox = parameters.get('bbox')
  const system = parseSystem(parameters, 'bbox-crs')
  const datetime = parameters.get('datetime')
  return [...(bbox === null ? [] : [parseBbox(bbox, system)]), ...(datetime === null ? [] : [parseDatetime(datetime)])]
}

/** In either form of CQL2; what is not said is the text. */
function parseFilter(parameters: URLSearchParams): Meant {
  const text = parameters.get('filter')
  const language = parameters.get('filter-lang') ?? 'cql2-text'
  const system = parseSystem(parameters, 'filter-crs')
  if (language !== 'cql2-text' && language !== 'cql2-json')
    throw new Problem(
      'invalid-query',
      {
        de: `filter-lang ist cql2-text oder cql2-json, nicht „${language}“.`,
        en: `filter-lang is cql2-text or cql2-json, not “${language}”.`,
      },
      { parameter: 'filter-lang' },
    )
  if (text === null) return { filter: everything, names: [] }
  return meaningOf(language === 'cql2-text' ? parseCql2Text(text) : parseCql2Json(jsonIn(text)), system)
}

function jsonIn(text: string): Json {
  try {
    return jsonOf(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem('invalid-query', error.said, { parameter: 'filter' }, { cause: error })
  }
}

/** Whether any feature of the dataset has the property at all. */
export const anyWith = (name: string, dataset: number): Query<'entity'> => ask('entity', and(things(dataset), hasProperty(name)), 1)

/** For resources that take nothing but these. Throws `invalid-query` for any other name (7.15.5: query-param-unknown). */
export function allowOnly(request: { readonly url: string }, ...names: readonly string[]): URLSearchParams {
  const parameters = parametersOf(request)
  for (const name of parameters.keys()) if (!names.includes(name)) throw unknown(name)
  return parameters
}

export function unknown(parameter: string): Problem {
  return new Problem(
    'invalid-query',
    { de: `Den Parameter „${parameter}“ gibt es hier nicht.`, en: `There is no parameter “${parameter}” here.` },
    { parameter },
  )
}

function refuseElsewhere(parameters: URLSearchParams): void {
  const parameter = [...parameters.keys()].find((name) => ELSEWHERE.has(name))
  if (parameter === undefined) return
  const said = { de: `„${parameter}“ wird noch nicht unterstützt.`, en: `“${parameter}” is not supported yet.` }
  throw new Problem('not-implemented', said, { parameter })
}

/** json or html; what f= says wins over Accept. */
export function formatIn(parameters: URLSearchParams): 'json' | 'html' | undefined {
  const asked = parameters.get('f')
  if (asked === null) return undefined
  const format = FORMATS[asked]
  if (format !== undefined) return format
  const said = { de: `f ist json oder html, nicht „${asked}“.`, en: `f is json or html, not “${asked}”.` }
  throw new Problem('invalid-query', said, { parameter: 'f' })
}

/** selection: the parameters that say which entities are meant (6.4.3.2), parsed into one Filter. */
import { Problem } from '../../problem.ts'
import { and, everything, or, type Filter } from '../../query/filter.ts'
import { patternOf } from '../../query/pattern.ts'
import type { Order } from '../../query/query.ts'
import { present } from './attribute-filter.ts'
import type { Call } from './call.ts'
import { parseGeo } from './geo.ts'
import { orderIn } from './order-by.ts'
import { isTrue, listIn, namesIn, urisIn, wrong, type Parameters } from './params.ts'
import { parseQ } from './q.ts'
import { parseScopeQ } from './scope-q.ts'
import { parseTypes } from './type-selection.ts'

export interface Selection {
  readonly where: Filter
  /** What `type` alone asks for. */
  readonly type: Filter
  readonly order?: readonly Order[]
}

/** `only`: the parameters that count; else all, of which at least one must narrow enough (5.7.2.4). */
export function selectionIn(call: Call, only?: readonly string[]): Selection {
  const { parameters, context } = call
  const type = typeIn(call, parameters)
  if (only !== undefined) return { where: type, type }
  const nameOf = (term: string) => context.nameOf(term)
  const selectors = call.selectors ?? [parameters]
  const attrs = namesIn(parameters, 'attrs', context)
  const [q, geo] = [qIn(parameters, nameOf), geoIn(parameters, nameOf)]
  const narrow = q ?? geo ?? attrs
  if (!selectors.some((one) => one.has('type')) && narrow === undefined && !isTrue(parameters, 'local')) throw tooWide()
  const scope = parameters.get('scopeQ')
  const where = and(
    or(...selectors.map((one) => and(typeIn(call, one), idIn(one)))),
    attrs === undefined ? everything : or(...attrs.map(hasAttribute)),
    q ?? everything,
    geo ?? everything,
    scope === null ? everything : parseScopeQ(scope),
  )
  const order = orderIn(parameters)
  return { where, type, ...(order && { order }) }
}

function qIn(parameters: Parameters, nameOf: (term: string) => string): Filter | undefined {
  const expanded = new Set(listIn(parameters, 'expandValues')?.map(nameOf))
  const q = parameters.get('q')
  return q === null ? undefined : parseQ(q, nameOf, expanded)
}

function geoIn(parameters: Parameters, nameOf: (term: string) => string): Filter | undefined {
  const [georel, geometry, coordinates, geoproperty] = ['georel', 'geometry', 'coordinates', 'geoproperty'].map((name) =>
    parameters.get(name),
  )
  return parseGeo({ georel: georel ?? null, geometry: geometry ?? null, coordinates, geoproperty: geoproperty ?? null }, nameOf)
}

/** A list of ids wins over a pattern. */
function idIn(parameters: Parameters): Filter {
  const ids = urisIn(parameters, 'id')
  if (ids !== undefined) return { is: 'in', path: ['iri'], values: ids }
  const pattern = parameters.get('idPattern')
  if (pattern === null) return everything
  patternIn(pattern)
  return { is: 'like', path: ['iri'], pattern }
}

function patternIn(pattern: string): void {
  try {
    patternOf(pattern)
  } catch (error) {
    throw error instanceof Problem ? new Problem(error.kind, error.said, { parameter: 'idPattern' }, { cause: error }) : error
  }
}

function tooWide(): Problem {
  return wrong('type', {
    en: 'The query is too wide: say type, attrs, q, georel, or local=true.',
    de: 'Die Anfrage ist zu weit: Nennen Sie type, attrs, q, georel oder local=true.',
  })
}

function typeIn({ context }: Call, parameters: Parameters): Filter {
  const text = parameters.get('type')
  return text === null || text === '*' ? everything : parseTypes(text, (term) => context.nameOf(term))
}

/** Any instance of it. */
export function hasAttribute(name: string): Filter {
  return present({ name, sub: [], keys: [] })
}

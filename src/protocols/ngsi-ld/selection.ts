/** selection: the parameters that say which entities are meant (6.4.3.2), parsed into one Filter. */
import { Problem } from '../../problem.ts'
import { and, everything, or, type Filter } from '../../query/filter.ts'
import type { Order } from '../../query/query.ts'
import type { Call } from './call.ts'
import { isTrue, listIn, namesIn, refuseUnsupported, urisIn, wrong, type Parameters } from './params.ts'

export interface Selection {
  readonly where: Filter
  /** What `type` alone asks for. */
  readonly type: Filter
  readonly order?: readonly Order[]
}

/** Parameters whose grammars are not joined yet. */
const LATER = ['q', 'georel', 'geometry', 'coordinates', 'geoproperty', 'scopeQ', 'idPattern', 'orderBy', 'expandValues'] as const

/** `only`: the parameters that count; else all, of which at least one must narrow enough (5.7.2.4). */
export function selectionIn(call: Call, only?: readonly string[]): Selection {
  const { parameters } = call
  const type = typeIn(call, parameters)
  if (only !== undefined) return { where: type, type }
  refuseUnsupported(parameters, LATER)
  const selectors = call.selectors ?? [parameters]
  const attrs = namesIn(parameters, 'attrs', call.context)
  if (!selectors.some((one) => one.has('type')) && attrs === undefined && !isTrue(parameters, 'local')) throw tooWide()
  const selected = or(...selectors.map((one) => and(typeIn(call, one), idIn(one))))
  return { where: and(selected, attrs === undefined ? everything : or(...attrs.map(hasAttribute))), type }
}

function idIn(parameters: Parameters): Filter {
  const ids = urisIn(parameters, 'id')
  return ids === undefined ? everything : { is: 'in', path: ['iri'], values: ids }
}

function tooWide(): Problem {
  return wrong('type', {
    en: 'The query is too wide: say type, attrs, q, georel, or local=true.',
    de: 'Die Anfrage ist zu weit: Nennen Sie type, attrs, q, georel oder local=true.',
  })
}

/** Any of the types (4.17, as far as commas and bars). */
function typeIn({ context }: Call, parameters: Parameters): Filter {
  const text = parameters.get('type')
  if (text === null || text === '*') return everything
  if (/[;()]/.test(text)) throw new Problem('not-implemented', { en: 'Types are chosen by commas or bars.', de: 'Typen werden mit Komma oder Strich ausgewählt.' }, { parameter: 'type' }) // prettier-ignore
  const types = listIn(new URLSearchParams({ type: text.replaceAll('|', ',') }), 'type') ?? []
  return or(...types.map((one): Filter => ({ is: 'has', path: ['types'], value: context.nameOf(one) })))
}

/** In the document, or observed. */
export function hasAttribute(name: string): Filter {
  const column: Filter[] = name === 'location' ? [{ is: 'exists', path: ['geometry'] }] : []
  return or(
    { is: 'exists', path: ['attributes', name] },
    { is: 'some', through: 'series', where: { is: 'compare', left: { path: ['attribute'] }, by: '=', right: { value: name } } },
    ...column,
  )
}

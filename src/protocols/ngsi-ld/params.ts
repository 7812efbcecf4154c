/** params: the parameters of a request (6.3, 6.4.3): how entities are shown, and which page of them. What the standard knows and we do not is refused. */
import { parametersOf } from '../../http/page.ts'
import { Problem, type Said } from '../../problem.ts'
import type { Context } from './context.ts'
import { isUri } from './names.ts'
import type { Format, Shape } from './render.ts'

export type Parameters = URLSearchParams

export { parametersOf }

const FORMATS: Readonly<Record<string, Format>> = {
  normalized: 'normalized',
  concise: 'concise',
  simplified: 'simplified',
  keyValues: 'simplified',
}

/** Known to the standard, not supported here. */
const REFUSED = ['join', 'joinLevel', 'containedBy', 'csf', 'entityMap', 'entityMapLifetime', 'splitEntities', 'collation', 'orderFrom', 'orderGeometry', 'jsonKeys'] as const // prettier-ignore

export function refuseUnsupported(parameters: Parameters, also: readonly string[] = []): void {
  const parameter = [...REFUSED, ...also].find((name) => parameters.has(name) && !(name === 'join' && parameters.get(name) === '@none'))
  if (parameter === undefined) return
  throw new Problem(
    'not-implemented',
    { de: `„${parameter}“ wird noch nicht unterstützt.`, en: `“${parameter}” is not supported yet.` },
    { parameter },
  )
}

export const wrong = (parameter: string, said: Said): Problem => new Problem('invalid-query', said, { parameter })

/** How entities are to be shown. `words` are the options that go with the operation beyond those of representation. */
export function shapeIn(parameters: Parameters, context: Context, words: readonly string[] = []): Shape {
  const options = optionsIn(parameters, [...Object.keys(FORMATS), 'sysAttrs', ...words])
  const lang = parameters.get('lang')
  const datasetIds = listIn(parameters, 'datasetId')
  return {
    format: formatIn(parameters, options),
    sysAttrs: options.includes('sysAttrs') || isTrue(parameters, 'sysAttrs'),
    ...projectionIn(parameters, context),
    ...(datasetIds && { datasetIds: new Set(datasetIds) }),
    ...(lang !== null && { lang }),
  }
}

/** Words of `options`; one that is not among them is an InvalidRequest. */
export function optionsIn(parameters: Parameters, known: readonly string[]): readonly string[] {
  const options = listIn(parameters, 'options') ?? []
  const unknown = options.find((word) => !known.includes(word))
  if (unknown === undefined) return options
  throw new Problem('invalid-query', { de: `„${unknown}“ gibt es unter options hier nicht.`, en: `“${unknown}” is no option here.` }, { parameter: 'options', field: 'request' }) // prettier-ignore
}

/** `format` wins over the words of `options`. */
function formatIn(parameters: Parameters, options: readonly string[]): Format {
  const asked = parameters.get('format')
  if (asked === null) return options.map((word) => FORMATS[word]).find((format) => format !== undefined) ?? 'normalized'
  const format = Object.hasOwn(FORMATS, asked) ? FORMATS[asked] : undefined
  if (format !== undefined) return format
  throw new Problem('invalid-query', { de: `„${asked}“ ist hier kein Format.`, en: `“${asked}” is no format here.` }, { parameter: 'format', field: 'request' }) // prettier-ignore
}

/** `pick`, `omit`, and the older `attrs`. */
function projectionIn(parameters: Parameters, context: Context): Pick<Shape, 'pick' | 'omit'> {
  const attrs = namesIn(parameters, 'attrs', context)
  const pick = membersIn(parameters, 'pick', context)
  const omit = membersIn(parameters, 'omit', context)
  const shown = pick ?? (attrs && ['id', 'type', 'scope', ...attrs])
  return { ...(shown && { pick: new Set(shown) }), ...(omit && { omit: new Set(omit) }) }
}

const OWN = new Set(['id', 'type', 'scope'])

/** Members, told apart by commas or bars (4.21). */
function membersIn(parameters: Parameters, parameter: string, context: Context): readonly string[] | undefined {
  const text = parameters.get(parameter)
  if (text === null) return undefined
  if (text.includes('{')) throw new Problem('not-implemented', { de: `Verschachteltes „${parameter}“ wird noch nicht unterstützt.`, en: `Nested “${parameter}” is not supported yet.` }, { parameter }) // prettier-ignore
  const members = text.split(/[,|]/).map((member) => member.trim())
  if (members.some((member) => member === ''))
    throw wrong(parameter, {
      de: `„${parameter}“ nennt Namen, durch Kommas getrennt.`,
      en: `“${parameter}” names members, with commas between.`,
    })
  return members.map((member) => (OWN.has(member) ? member : context.nameOf(member)))
}

export function namesIn(parameters: Parameters, parameter: string, context: Context): readonly string[] | undefined {
  return listIn(parameters, parameter)?.map((term) => {
    if (/[<>"'=;()\s]/.test(term)) throw wrong(parameter, { de: `„${term}“ kann kein Name sein.`, en: `“${term}” cannot be a name.` })
    return context.nameOf(term)
  })
}

/** A list with commas between; empty parts are refused. */
export function listIn(parameters: Parameters, parameter: string): readonly string[] | undefined {
  const text = parameters.get(parameter)
  if (text === null) return undefined
  const parts = text.split(',').map((part) => part.trim())
  if (parts.some((part) => part === ''))
    throw wrong(parameter, { de: `„${parameter}“ hat eine leere Stelle.`, en: `“${parameter}” has an empty part.` })
  return parts
}

export function urisIn(parameters: Parameters, parameter: string): readonly string[] | undefined {
  const uris = listIn(parameters, parameter)
  const odd = uris?.find((uri) => !isUri(uri))
  if (odd === undefined) return uris
  throw wrong(parameter, { de: `„${odd}“ ist keine URI.`, en: `“${odd}” is no URI.` })
}

/** True and false in any case. */
export function isTrue(parameters: Parameters, parameter: string): boolean {
  const text = parameters.get(parameter)?.toLowerCase()
  if (text === undefined || text === 'false') return false
  if (text === 'true') return true
  throw wrong(parameter, { de: `„${parameter}“ ist true oder false.`, en: `“${parameter}” is true or false.` })
}

export interface Page {
  readonly limit: number
  readonly offset: number
  readonly count: boolean
  /** Where a page goes on that we have handed out ourselves. */
  readonly after?: string
}

export const LIMITS = { otherwise: 20, most: 1000 }

export function pageIn(parameters: Parameters): Page {
  const count = isTrue(parameters, 'count') || (parameters.get('options')?.split(',').includes('count') ?? false)
  const limit = countIn(parameters, 'limit', LIMITS.otherwise)
  const offset = countIn(parameters, 'offset', 0)
  const after = parameters.get('after')
  if (limit === 0 && !count)
    throw wrong('limit', { de: 'limit=0 gibt es nur zusammen mit count=true.', en: 'limit=0 goes with count=true only.' })
  if (limit > LIMITS.most)
    throw wrong('limit', { de: `Mehr als ${LIMITS.most} auf einmal gibt es nicht.`, en: `There are no more than ${LIMITS.most} at once.` })
  return { limit, offset, count, ...(after !== null && { after }) }
}

function countIn(parameters: Parameters, parameter: string, otherwise: number): number {
  const text = parameters.get(parameter)
  if (text === null) return otherwise
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw wrong(parameter, {
    de: `„${parameter}“ ist eine Zahl ab 0, nicht „${text}“.`,
    en: `“${parameter}” is a number from 0, not “${text}”.`,
  })
}

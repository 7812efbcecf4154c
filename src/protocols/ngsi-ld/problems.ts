/** problems: errors as clause 5.5.2 and 6.3.2 name them. */
import type { Kind, Problem } from '../../problem.ts'

const ROOT = 'https://uri.etsi.org/ngsi-ld/errors/'

interface Meaning {
  readonly name: string
  readonly status: number
  readonly de: string
  readonly en: string
}

const of = (name: string, status: number, de: string, en: string): Meaning => ({ name, status, de, en })

const MEANINGS: Readonly<Record<Kind, Meaning>> = {
  'invalid-body': of('BadRequestData', 400, 'Der Inhalt ist nicht verständlich', 'The request includes input data which does not meet the requirements of the operation'),
  'invalid-query': of('BadRequestData', 400, 'Die Anfrage ist nicht verständlich', 'The request is not understood'),
  unauthenticated: of('Unauthenticated', 401, 'Anmeldung nötig', 'Not signed in'),
  forbidden: of('Forbidden', 403, 'Dazu fehlt das Recht', 'Not allowed'),
  'not-found': of('ResourceNotFound', 404, 'Nicht gefunden', 'The referred resource has not been found'),
  'not-acceptable': of('NotAcceptable', 406, 'In diesem Format nicht vorhanden', 'Not available in this format'),
  conflict: of('AlreadyExists', 409, 'Das gibt es bereits', 'The referred element already exists'),
  gone: of('ResourceNotFound', 404, 'Nicht mehr da', 'Gone'),
  'too-large': of('TooManyResults', 413, 'Zu groß', 'Too large'),
  'unsupported-type': of('UnsupportedMediaType', 415, 'Dieses Format wird hier nicht gelesen', 'This format is not read here'),
  busy: of('Busy', 429, 'Gerade ausgelastet', 'Busy'),
  'not-implemented': of('OperationNotSupported', 501, 'Wird nicht unterstützt', 'The operation is not supported'),
  unavailable: of('InternalError', 503, 'Gerade nicht verfügbar', 'Not available'),
} // prettier-ignore

const NOT_JSON = of('InvalidRequest', 400, 'Der Inhalt ist kein JSON', 'The request is not valid JSON')
const NO_CONTEXT = of('LdContextNotAvailable', 504, 'Der @context war nicht zu bekommen', 'A remote @context could not be retrieved')
const NO_TENANT = of('NonexistentTenant', 404, 'Den Mandanten gibt es nicht', 'The addressed tenant does not exist')
const IMPOSSIBLE = of('OperationNotSupported', 422, 'Das ist hier nicht möglich', 'The operation is not supported')

/** What is said of a word of an option that is not known (6.3.2): InvalidRequest, not BadRequestData. */
function meaningOf({ kind, at, message }: Problem): Meaning {
  if (at.parameter === '@context' && kind !== 'invalid-body' && kind !== 'invalid-query') return NO_CONTEXT
  if (at.field === 'impossible') return IMPOSSIBLE
  if (kind === 'invalid-body' && /^The (body is not JSON|JSON is nested)/.test(message)) return NOT_JSON
  if (kind === 'invalid-query' && at.field === 'request') return NOT_JSON
  if (kind === 'not-found' && message.startsWith('There is no tenant')) return NO_TENANT
  return MEANINGS[kind]
}

export interface ProblemDetails {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly at?: Problem['at']
}

export function problemDetails(of: Problem, language: 'de' | 'en'): ProblemDetails {
  const { name, status, ...titles } = meaningOf(of)
  const { field: _, ...at } = of.at
  return {
    type: `${ROOT}${name}`,
    title: titles[language],
    status,
    detail: of.in(language),
    ...(Object.keys(at).length > 0 && { at }),
  }
}

/** 411 and 415 have no body (6.3.4). */
export function problem(of: Problem, language: 'de' | 'en') {
  const body = problemDetails(of, language)
  return { status: body.status, type: 'application/json', body: of.kind === 'unsupported-type' ? undefined : body }
}

/** problems: CKAN's envelope around what went wrong, with the types and states that its clients look at. */
import type { Kind, Problem } from '../../problem.ts'

interface Meaning {
  readonly type: string
  readonly status: number
}

const MEANINGS: Readonly<Partial<Record<Kind, Meaning>>> = {
  'not-found': { type: 'Not Found Error', status: 404 },
  forbidden: { type: 'Authorization Error', status: 403 },
  unauthenticated: { type: 'Authorization Error', status: 401 },
  conflict: { type: 'Validation Error', status: 409 },
}

/** A fault in a search is one of the query, any other one of a parameter. */
function meaningOf({ kind, status, at }: Problem): Meaning {
  const known = MEANINGS[kind]
  if (known !== undefined) return known
  if (kind !== 'invalid-query') return { type: 'Error', status }
  return ['q', 'fq', 'fq_list', 'sort'].includes(at.parameter ?? '')
    ? { type: 'Search Query Error', status: 400 }
    : { type: 'Validation Error', status: 409 }
}

export function problem(of: Problem, language: 'de' | 'en') {
  const { type, status } = meaningOf(of)
  const message = of.in(language)
  const field = type === 'Validation Error' && of.at.parameter !== undefined ? { [of.at.parameter]: [message] } : {}
  return {
    status,
    type: 'application/json; charset=utf-8',
    body: { success: false, error: { __type: type, message, ...field } },
  }
}

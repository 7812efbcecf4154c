/** period: the parameters from and until: observations at or after, and before. */
import { parseInstant } from '../../model/time.ts'
import { and, type Comparator, type Filter } from '../../query/filter.ts'

export function parsePeriod(parameters: URLSearchParams): Filter {
  return and(...side(parameters, 'from', '>='), ...side(parameters, 'until', '<'))
}

function side(parameters: URLSearchParams, parameter: 'from' | 'until', by: Comparator): readonly Filter[] {
  const text = parameters.get(parameter)
  if (text === null) return []
  return [{ is: 'compare', left: { path: ['time'] }, by, right: { instant: parseInstant(text, parameter) } }]
}

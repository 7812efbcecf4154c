/** problems: errors as SensorThings clients know them; 18-088 leaves the body open, FROST's shape is what they read. */
import type { Place, Problem } from '../../problem.ts'

export interface ErrorBody {
  readonly code: number
  readonly type: 'error'
  readonly message: string
  readonly at?: Place
}

export function problem(of: Problem, language: 'de' | 'en'): { readonly type: string; readonly body: ErrorBody } {
  const at = Object.keys(of.at).length > 0 && { at: of.at }
  return { type: 'application/json', body: { code: of.status, type: 'error', message: of.in(language), ...at } }
}

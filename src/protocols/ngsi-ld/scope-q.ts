/**
 * scope-q: the query over scopes (4.19), parsed into a Filter.
 *
 *   ScopeQ = Or
 *   Or     = And *( ( "|" / "," ) And )
 *   And    = Part *( ";" Part )
 *   Part   = "(" Or ")" / Scope
 *   Scope  = 1*( "/" ( level / "+" ) ) [ "/#" ] / "/#"      "+" is any one level; "/#" whatever is below, and the scope itself
 */
import type { Filter } from '../../query/filter.ts'
import { readBoolean } from './boolean.ts'

const SCOPE = /^(?:(?:\/(?:\+|[\p{L}][\p{L}\p{N}_-]*))+(?:\/#)?|\/#)/u

/** Throws `invalid-query` with the column. */
export function parseScopeQ(text: string): Filter {
  return readBoolean(text, 'scopeQ', SCOPE, scopeFilter)
}

function scopeFilter(scope: string): Filter {
  if (scope === '/#') return { is: 'like', path: ['scopes'], pattern: '^/' }
  if (!/[+#]/.test(scope)) return { is: 'has', path: ['scopes'], value: scope }
  const levels = scope.split('/').slice(1)
  const below = levels.at(-1) === '#'
  const pattern = (below ? levels.slice(0, -1) : levels).map((level) => (level === '+' ? '/[^/]+' : `/${level}`)).join('')
  return { is: 'like', path: ['scopes'], pattern: `^${pattern}${below ? '(/|$)' : '$'}` }
}

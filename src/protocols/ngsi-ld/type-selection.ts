/**
 * type-selection: which types entities have (4.17), parsed into a Filter.
 *
 *   Types = All *( ( "|" / "," ) All )
 *   All   = One *( ";" One )
 *   One   = "(" Types ")" / name                 a term of the context, or an IRI
 */
import type { Filter } from '../../query/filter.ts'
import { readBoolean } from './boolean.ts'

const NAME = /^[^\s()|,;]+/

/** Throws `invalid-query` with the column. */
export function parseTypes(text: string, nameOf: (term: string) => string): Filter {
  return readBoolean(text, 'type', NAME, (name): Filter => ({ is: 'has', path: ['types'], value: nameOf(name) }))
}

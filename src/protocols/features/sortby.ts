/** sortby: by what features are put in order (OGC API Features, Part 8): properties of their own, with a sign for the direction. */
import { Problem } from '../../problem.ts'
import type { Order } from '../../query/query.ts'

/** What every feature has beside its attributes. */
export const OWN = ['iri', 'name', 'description'] as const

/** "-height,name": descending and ascending. */
export function parseSortby(text: string | null): readonly Order[] {
  if (text === null) return []
  return text.split(',').map((part) => {
    const [, sign = '', name = ''] = /^\s*([+-]?)([\p{L}_][^\s,]*)\s*$/u.exec(part) ?? []
    if (name === '')
      throw new Problem(
        'invalid-query',
        { en: `“${part}” in sortby is no property.`, de: `„${part}“ in sortby ist kein Merkmal.` },
        { parameter: 'sortby' },
      )
    const path = (OWN as readonly string[]).includes(name) ? ([name] as const) : (['attributes', name] as const)
    return { by: { path }, descending: sign === '-' }
  })
}

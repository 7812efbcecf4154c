/** boolean: leaves joined by and, or and brackets: what the languages over scopes and types have in common. */
import { Problem } from '../../problem.ts'
import { and, or, type Filter } from '../../query/filter.ts'

const DEEPEST = 50

/** `leaf` is what stands alone, read from where it is tried. Throws `invalid-query` with the column. */
export function readBoolean(text: string, parameter: string, leaf: RegExp, filterOf: (leaf: string) => Filter): Filter {
  let at = 0
  const take = (signs: string): boolean => {
    const found = text[at] !== undefined && signs.includes(text[at] ?? '')
    if (found) at++
    return found
  }
  const fault = (en: string, de: string): Problem =>
    new Problem('invalid-query', { en: `${parameter}, column ${at + 1}: ${en}.`, de: `${parameter}, Spalte ${at + 1}: ${de}.` }, { parameter, column: at + 1 }) // prettier-ignore
  const any = (depth: number): Filter => {
    if (depth > DEEPEST) throw fault('it is nested too deep', 'es ist zu tief geschachtelt')
    const parts = [all(depth)]
    while (take('|,')) parts.push(all(depth))
    return or(...parts)
  }
  const all = (depth: number): Filter => {
    const parts = [one(depth)]
    while (take(';')) parts.push(one(depth))
    return and(...parts)
  }
  const one = (depth: number): Filter => {
    if (take('(')) {
      const inner = any(depth + 1)
      if (!take(')')) throw fault('“)” is missing', '„)“ fehlt')
      return inner
    }
    const [found = ''] = leaf.exec(text.slice(at)) ?? []
    if (found === '') throw fault(`“${text.slice(at, at + 20)}” is not expected`, `„${text.slice(at, at + 20)}“ wird nicht erwartet`)
    at += found.length
    return filterOf(found)
  }
  const filter = any(0)
  if (at < text.length) throw fault(`“${text[at]}” is not expected`, `„${text[at]}“ wird nicht erwartet`)
  return filter
}

/** params: query parameters of our own API, read or refused. */
import { parseInstant, type Instant } from '../../model/time.ts'
import { Problem } from '../../problem.ts'

export type Params = Readonly<Record<string, string | string[] | undefined>>

/** The parameter as text; the first when it is given twice; undefined when it is not there or empty. */
export function textOf(params: Params, name: string): string | undefined {
  const value = params[name]
  const text = Array.isArray(value) ? value[0] : value
  return text === '' ? undefined : text
}

export function limitOf(params: Params, usual: number, most: number): number {
  const text = textOf(params, 'limit')
  if (text === undefined) return usual
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 0) throw notANumber('limit', text)
  return Math.min(limit, most)
}

export function instantOf(params: Params, name: string, usual: Instant): Instant {
  const text = textOf(params, name)
  return text === undefined ? usual : parseInstant(text, name)
}

/** One of the words; the first when nothing is said. */
export function oneOf<W extends string>(params: Params, name: string, words: readonly [W, ...W[]]): W {
  const text = textOf(params, name)
  const found = text === undefined ? words[0] : words.find((word) => word === text)
  if (found !== undefined) return found
  const list = words.join(', ')
  throw new Problem('invalid-query', { en: `“${text}” is none of ${list}.`, de: `„${text}“ ist keines von ${list}.` }, { parameter: name })
}

/** An id in a path. */
export function idOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw notANumber('id', text)
}

function notANumber(parameter: string, text: string): Problem {
  return new Problem('invalid-query', { en: `“${text}” is not a whole number.`, de: `„${text}“ ist keine ganze Zahl.` }, { parameter })
}

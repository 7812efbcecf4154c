/** page: limit and offset read from a request, and the links to the pages around. */
import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'

/** The parameters as they were sent, repeated ones kept. */
export function parametersOf({ url }: Pick<FastifyRequest, 'url'>): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at === -1 ? '' : url.slice(at + 1))
}

/** A whole number not below `least`; above `most` it is cut to it. Throws `invalid-query`. */
export function parseCount(parameters: URLSearchParams, parameter: string, range: Range): number {
  const text = parameters.get(parameter)
  if (text === null) return range.otherwise
  const count = /^\d{1,15}$/.test(text) ? Number(text) : NaN
  if (count >= range.least) return Math.min(count, range.most)
  throw new Problem(
    'invalid-query',
    {
      de: `„${parameter}“ muss eine ganze Zahl ab ${range.least} sein, nicht „${text}“.`,
      en: `“${parameter}” must be a whole number from ${range.least}, not “${text}”.`,
    },
    { parameter },
  )
}

export interface Range {
  readonly least: number
  readonly most: number
  readonly otherwise: number
}

/** An address with some of its parameters set anew; null takes one away. */
export function addressWith(
  address: string,
  parameters: URLSearchParams,
  changes: Readonly<Record<string, string | number | null>>,
): string {
  const next = new URLSearchParams(parameters)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name)
    else next.set(name, String(value))
  }
  const query = next.toString()
  return query === '' ? address : `${address}?${query}`
}

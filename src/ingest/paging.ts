/** paging: where the next page of an answer is: in a header, in the body, or one further on. */
import { isObject } from '../model/json.ts'
import { Problem } from '../problem.ts'
import type { Raw } from './connector.ts'

export interface Paging {
  readonly kind: 'none' | 'link' | 'body' | 'page' | 'offset'
  /** body: JSON pointer to the next address, or to the token of the next page. */
  readonly pointer?: string
  /** body: parameter that takes the token; page, offset: parameter that counts. */
  readonly parameter?: string
  /** page: number of the first page. */
  readonly first?: number
  /** Rows of a full page. */
  readonly size?: number
  readonly sizeParameter?: string
}

export const PAGING = {
  type: 'object',
  title: { de: 'Seiten', en: 'Pages' },
  additionalProperties: false,
  properties: {
    kind: {
      type: 'string',
      enum: ['none', 'link', 'body', 'page', 'offset'],
      default: 'none',
      title: { de: 'Wie es weitergeht', en: 'How it goes on' },
      description: {
        de: 'none: nur eine Seite; link: Kopfzeile Link; body: Adresse oder Marke in der Antwort; page: Seitenzahl; offset: Zahl der übersprungenen Zeilen.',
        en: 'none: one page only; link: header Link; body: address or token in the answer; page: page number; offset: rows skipped.',
      },
    },
    pointer: {
      type: 'string',
      pattern: '^(/.*)?$',
      maxLength: 400,
      title: { de: 'Wo sie in der Antwort steht (JSON-Zeiger)', en: 'Where it stands in the answer (JSON pointer)' },
    },
    parameter: { type: 'string', maxLength: 100, title: { de: 'Parameter der Adresse', en: 'Parameter of the address' } },
    first: { type: 'integer', minimum: 0, title: { de: 'Erste Seite', en: 'First page' } },
    size: { type: 'integer', minimum: 1, maximum: 100_000, title: { de: 'Zeilen je Seite', en: 'Rows per page' } },
    sizeParameter: {
      type: 'string',
      maxLength: 100,
      title: { de: 'Parameter für die Zeilen je Seite', en: 'Parameter for the rows per page' },
    },
  },
} as const

export interface Turned {
  readonly url: string
  /** Counted from 1. */
  readonly page: number
  readonly count: number
  readonly raw: Raw
}

/** The address of the page after this one; undefined after the last. */
export async function nextPage(paging: Paging | undefined, at: Turned): Promise<string | undefined> {
  switch (paging?.kind) {
    case undefined:
    case 'none':
      return undefined
    case 'link':
      return linkNext(at)
    case 'body':
      return bodyNext(paging, at)
    case 'page':
      return isLast(paging, at) ? undefined : withParameter(at.url, paging.parameter ?? 'page', String((paging.first ?? 1) + at.page))
    case 'offset':
      return isLast(paging, at)
        ? undefined
        : withParameter(at.url, paging.parameter ?? 'offset', String(offsetIn(at.url, paging.parameter ?? 'offset') + at.count))
  }
}

function isLast({ size }: Paging, { count }: Turned): boolean {
  return count === 0 || (size !== undefined && count < size)
}

function offsetIn(url: string, parameter: string): number {
  return Number(URL.parse(url)?.searchParams.get(parameter) ?? 0) || 0
}

function withParameter(url: string, name: string, value: string): string | undefined {
  const parsed = URL.parse(url)
  parsed?.searchParams.set(name, value)
  return parsed?.href
}

/** RFC 8288: `<…>; rel="next"`. */
function linkNext({ raw, url }: Turned): string | undefined {
  for (const [, target = '', parameters = ''] of (raw.headers['link'] ?? '').matchAll(/<([^>]*)>([^<]*)/g))
    if (/;\s*rel="?[^";]*\bnext\b/i.test(parameters)) return URL.parse(target, url)?.href
  return undefined
}

async function bodyNext({ pointer = '/next', parameter }: Paging, { raw, url }: Turned): Promise<string | undefined> {
  const found = valueAt(await raw.json(), pointer)
  if (found === undefined || found === null || found === '' || found === false) return undefined
  if (typeof found !== 'string' && typeof found !== 'number')
    throw new Problem(
      'invalid-body',
      { de: `Unter „${pointer}“ steht keine Adresse der nächsten Seite.`, en: `There is no address of the next page at “${pointer}”.` },
      { pointer: '/options/paging/pointer' },
    )
  return parameter === undefined ? URL.parse(String(found), url)?.href : withParameter(url, parameter, String(found))
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (inner, name) => (Array.isArray(inner) ? (inner as unknown[])[Number(name)] : isObject(inner) ? inner[name] : undefined),
      value,
    )
}

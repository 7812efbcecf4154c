/** params: what an action is told: by the query of a GET, by JSON or a form of a POST; clients send the same value as text or as itself. */
import type { FastifyRequest } from 'fastify'
import { parametersOf } from '../../http/page.ts'
import { isObject, type Json } from '../../model/json.ts'
import { Problem } from '../../problem.ts'

export class Params {
  private readonly values: Readonly<Record<string, readonly Json[]>>

  constructor(values: Readonly<Record<string, readonly Json[]>>) {
    this.values = values
  }

  /** Undefined when it is not there or empty. */
  text(name: string): string | undefined {
    const [value] = this.values[name] ?? []
    return value === undefined || value === null || value === '' ? undefined : typeof value === 'string' ? value : JSON.stringify(value)
  }

  needed(name: string): string {
    const text = this.text(name)
    if (text !== undefined) return text
    throw new Problem('invalid-query', { en: `Missing value: ${name}`, de: `Es fehlt: ${name}` }, { parameter: name })
  }

  flag(name: string): boolean {
    return ['true', '1', 'yes', 'on', 't'].includes(this.text(name)?.toLowerCase() ?? '')
  }

  /** Above `most` it is cut to it. Throws `invalid-query` for what is no whole number from 0. */
  count(name: string, otherwise: number, most: number): number {
    const text = this.text(name)
    if (text === undefined) return otherwise
    if (/^\d{1,15}$/.test(text)) return Math.min(Number(text), most)
    throw new Problem(
      'invalid-query',
      { en: `${name} must be a whole number, not “${text}”.`, de: `${name} muss eine ganze Zahl sein, nicht „${text}“.` },
      { parameter: name },
    )
  }

  /** Repeated, a list, or a list written as JSON in one text. */
  list(name: string): readonly string[] {
    return (this.values[name] ?? []).flatMap((value) => listOf(value).map((one) => (typeof one === 'string' ? one : JSON.stringify(one))))
  }
}

function listOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string' || !value.startsWith('[')) return value === null || value === '' ? [] : [value]
  try {
    const list = JSON.parse(value) as Json
    return Array.isArray(list) ? list : [value]
  } catch {
    return [value]
  }
}

export function paramsOf(request: FastifyRequest): Params {
  const values: Record<string, Json[]> = Object.create(null) as Record<string, Json[]>
  for (const [name, value] of parametersOf(request)) (values[name] ??= []).push(value)
  for (const [name, value] of Object.entries(bodyOf(request.body))) values[name] = Array.isArray(value) ? [...value] : [value]
  return new Params(values)
}

function bodyOf(body: unknown): Readonly<Record<string, Json>> {
  if (body === undefined || body === null) return {}
  if (body instanceof URLSearchParams) return Object.fromEntries([...new Set(body.keys())].map((name) => [name, body.getAll(name)]))
  if (isObject(body as Json)) return body as Readonly<Record<string, Json>>
  throw new Problem('invalid-body', { en: 'The body must be a JSON object.', de: 'Der Inhalt muss ein JSON-Objekt sein.' })
}

/** part: one request of a batch, performed as if it had come alone. */
import type { Json } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import type { Service } from '../../service/service.ts'
import type { Call, Incoming, Outgoing } from './call.ts'
import { VERBS, type Facade } from './facade.ts'
import { parsePath } from './path.ts'
import { createObservations } from './writing.ts'

export interface Part {
  readonly id?: string
  readonly method: string
  /** Whole, from the root of the host, or from that of the service. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Throws `invalid-body`. */
  body(): Json | undefined
  /** Ids of requests or change sets that must not have failed. */
  readonly dependsOn: readonly string[]
}

export interface Answered {
  readonly id?: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Collects an answer that is not sent by itself. */
class Reply implements Outgoing {
  status = 200
  readonly headers: Record<string, string> = {}
  body: unknown

  code(status: number): this {
    this.status = status
    return this
  }

  header(name: string, value: string): this {
    this.headers[name] = value
    return this
  }

  type(type: string): this {
    return this.header('content-type', type)
  }

  send(body?: unknown): this {
    this.body = body
    return this
  }
}

/** Where a batch was sent to. */
export interface Address {
  readonly base: string
  readonly facade: Facade
}

/** Throws what the request would be refused with. */
export async function perform(part: Part, service: Service, request: Incoming, { base, facade }: Address): Promise<Answered> {
  const reply = new Reply()
  const [path, query] = addressOf(part.url, base)
  const headers = { ...part.headers, prefer: part.headers['prefer'] ?? '' }
  const own: Incoming = { ...request, method: part.method, url: `${facade.version.base}/${path}${query === '' ? '' : `?${query}`}`, query: queryOf(query), headers, body: part.body() } // prettier-ignore
  const result = await answerTo({ request: own, reply, service, base }, facade, decoded(path))
  const body = result === reply ? reply.body : result
  return {
    ...(part.id !== undefined && { id: part.id }),
    status: reply.status,
    headers: reply.headers,
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  }
}

async function answerTo(call: Omit<Call, 'path'>, { version, root, verbs }: Facade, path: string): Promise<unknown> {
  const { request, reply, base } = call
  const verb = VERBS.find((name) => name === request.method)
  if (verb === undefined) throw new Problem('not-implemented', `“${request.method}” is no method of a batch.`)
  if (verb === 'GET' && path === '') return reply.type('application/json').send(root(base))
  if (verb === 'POST' && path === 'CreateObservations')
    return createObservations({ ...call, reply: reply.type('application/json'), version })
  return verbs[verb]({ ...call, path: parsePath(path, version) })
}

/** Path below the service, without a slash before it, and query. */
function addressOf(url: string, base: string): readonly [string, string] {
  const [address = '', ...query] = url.split('?')
  const path = /^https?:\/\/[^/]*(.*)$/i.exec(address)?.[1] ?? address
  return [path.startsWith('/') ? belowBase(path, base, url) : path.replace(/\/$/, ''), query.join('?')]
}

function belowBase(path: string, base: string, url: string): string {
  const { pathname } = new URL(base)
  if (path === pathname) return ''
  if (path.startsWith(`${pathname}/`)) return path.slice(pathname.length + 1).replace(/\/$/, '')
  throw new Problem('invalid-body', {
    en: `“${url}” is not an address of this service.`,
    de: `„${url}“ ist keine Adresse dieses Dienstes.`,
  })
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new Problem('invalid-query', { en: 'The address is not well encoded.', de: 'Die Adresse ist nicht richtig kodiert.' })
  }
}

function queryOf(query: string): Readonly<Record<string, string | readonly string[]>> {
  const params = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const all = params.getAll(name)
      return [name, all.length === 1 ? (all[0] ?? '') : all]
    }),
  )
}

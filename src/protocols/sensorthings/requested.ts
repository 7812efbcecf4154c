/**
 * requested: a request of any kind, said in the user properties of an MQTT message and answered at its response topic
 * (23-019 req/binding/mqtt/request_response): `type` is what is done, `url` where, the payload the body.
 */
import { jsonOf } from '../../http/body.ts'
import type { Reply, Said } from '../../mqtt/speaker.ts'
import { Problem } from '../../problem.ts'
import type { Service } from '../../service/service.ts'
import type { Incoming } from './call.ts'
import type { Verb } from './facade.ts'
import { perform } from './part.ts'
import { FACADE } from './v2/facade.ts'

const METHODS: Readonly<Record<string, Verb>> = { read: 'GET', create: 'POST', update: 'PATCH', replace: 'PUT', delete: 'DELETE' }

/** Properties that are headers of HTTP: how an update is written, and whether its result is wanted. */
const HEADERS = ['content-type', 'prefer']

/** `base` is the address of the service. Throws what the request is refused with. */
export async function requestedBy(
  service: Service,
  { who, door, base }: Pick<Incoming, 'who' | 'door'> & { readonly base: string },
  { payload, properties }: Said,
): Promise<Reply> {
  const said = new Map(
    Object.entries(properties).map(([name, value]) => [name.toLowerCase(), typeof value === 'string' ? value : value[0]]),
  )
  const type = said.get('type') ?? 'read'
  const method = Object.hasOwn(METHODS, type) ? METHODS[type] : undefined
  if (method === undefined) throw noSuch(type)
  const headers = Object.fromEntries(HEADERS.flatMap((name) => (said.has(name) ? [[name, said.get(name) ?? '']] : [])))
  const part = {
    method,
    url: (said.get('url') ?? '').replace(/^\/?(?:sta\/)?v2\.0(?:\/|(?=\?)|$)/, ''),
    headers,
    body: () => (payload.length === 0 ? undefined : jsonOf(payload.toString())),
    dependsOn: [],
  }
  const incoming: Incoming = { who, door, language: 'de', method, url: part.url, query: {}, body: undefined, headers }
  const { status, headers: answered, body = '' } = await perform(part, service, incoming, { base, facade: FACADE })
  const { location } = answered
  return { text: body, properties: { status: String(status), ...(location !== undefined && { location }) } }
}

function noSuch(type: string): Problem {
  const known = Object.keys(METHODS).join(', ')
  return new Problem(
    'invalid-query',
    { en: `“${type}” is none of ${known}.`, de: `„${type}“ ist keines von ${known}.` },
    { parameter: 'type' },
  )
}

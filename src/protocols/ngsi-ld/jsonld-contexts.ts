/** jsonld-contexts: contexts added, listed, served and deleted (5.13). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ContextKind, ContextRow, ContextShelf } from '../../govern/contexts.ts'
import { parametersOf } from '../../http/page.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { isObject } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { narrow } from '../../rights/policy.ts'
import { rootOf } from './call.ts'
import { contextIn, type Contexts } from './contexts.ts'
import { refused } from './body.ts'
import { BASE, MEDIA } from './names.ts'
import { isTrue, wrong } from './params.ts'

export interface Shelf {
  readonly shelf: ContextShelf
  readonly contexts: Contexts
}

const KINDS: readonly ContextKind[] = ['Cached', 'Hosted', 'ImplicitlyCreated']

/** 5.13.2: read once, so that what is kept is a context. */
export async function addContext({ shelf, contexts }: Shelf, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  mustManage(request)
  const body = request.body as Json | undefined
  if (!isObject(body))
    throw refused('', { en: 'A context is a JSON object with “@context”.', de: 'Ein Kontext ist ein JSON-Objekt mit „@context“.' })
  const document = { '@context': contextIn(body) }
  await contexts.resolve(request.who.tenant, rootOf(request), document['@context'])
  const { local } = await shelf.keep(request.who.tenant, 'Hosted', document)
  return reply.code(201).header('location', `${BASE}/jsonldContexts/${local}`).send()
}

/** 5.13.3 */
export async function listContexts({ shelf }: Shelf, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const parameters = parametersOf(request)
  const asked = parameters.get('kind')
  const kind = KINDS.find((one) => one === asked)
  if (asked !== null && kind === undefined)
    throw wrong('kind', { en: `kind is one of ${KINDS.join(', ')}.`, de: `kind ist eines von ${KINDS.join(', ')}.` })
  const rows = await shelf.list(request.who.tenant, kind)
  const details = isTrue(parameters, 'details')
  return json(reply, 200, rows.map((row) => (details ? detailsOf(row, request) : addressOf(row, request)))) // prettier-ignore
}

/** 5.13.4 */
export async function serveContext(shelves: Shelf, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const row = await rowOf(shelves, request)
  if (isTrue(parametersOf(request), 'details')) return json(reply, 200, detailsOf(row, request))
  if (row.kind === 'Cached')
    throw new Problem('invalid-query', { en: 'A cached context is served where it is from; ask for its details.', de: 'Ein zwischengespeicherter Kontext steht an seiner Quelle; fragen Sie nach seinen Einzelheiten.' }, { field: 'impossible' }) // prettier-ignore
  return reply.type(MEDIA.jsonld).send(JSON.stringify(row.document))
}

/** 5.13.5; a cached one may be fetched anew instead. */
export async function deleteContext(shelves: Shelf, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  mustManage(request)
  const row = await rowOf(shelves, request)
  if (isTrue(parametersOf(request), 'reload')) {
    if (row.kind !== 'Cached')
      throw wrong('reload', { en: 'Only cached contexts are fetched anew.', de: 'Neu geholt werden nur zwischengespeicherte Kontexte.' })
    await shelves.contexts.reload(request.who.tenant, row.address)
  } else {
    await shelves.shelf.drop(request.who.tenant, row.local)
    shelves.contexts.forget()
  }
  return reply.code(204).send()
}

/** By its name here, or where it was fetched from. */
async function rowOf({ shelf }: Shelf, request: FastifyRequest): Promise<ContextRow> {
  const { id = '' } = request.params as Readonly<Record<string, string>>
  const { tenant } = request.who
  const row = (await shelf.byLocal(tenant, id)) ?? (await shelf.byAddress(tenant, id))
  if (row !== undefined) return row
  throw new Problem('not-found', { en: `There is no context “${id}”.`, de: `Den Kontext „${id}“ gibt es nicht.` })
}

function addressOf({ kind, address, local }: ContextRow, request: FastifyRequest): string {
  return kind === 'Cached' ? address : `${rootOf(request)}${BASE}/jsonldContexts/${local}`
}

function detailsOf(row: ContextRow, request: FastifyRequest): JsonObject {
  const { local, kind, created, expires, used, hits } = row
  return {
    URL: addressOf(row, request),
    localId: local,
    kind,
    createdAt: created,
    ...(expires !== null && { expiresAt: expires }),
    ...(used !== null && { lastUsage: used }),
    numberOfHits: hits,
  }
}

/** Contexts belong to all of a tenant: whoever manages a dataset of it may add to them. */
function mustManage({ who }: FastifyRequest): void {
  if (narrow(who, 'manage', 'dataset').is !== 'nothing') return
  throw new Problem(who.id === 'anonymous' ? 'unauthenticated' : 'forbidden', {
    en: 'Contexts are kept by those who manage a dataset.',
    de: 'Kontexte verwalten diejenigen, die einen Datensatz verwalten.',
  })
}

function json(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).type(MEDIA.json).send(JSON.stringify(body))
}

/**
 * deep: an update with what it links to: new entities are made along, those that are there are changed, and sets are said whole; all of it
 * or nothing (23-019 req/api/cud/update, deep_update).
 */
import { isObject, type Json, type JsonObject } from '../../../model/json.ts'
import { and } from '../../../query/filter.ts'
import { ask, type Found } from '../../../query/query.ts'
import { parseDraft, refused } from '../body.ts'
import type { Call } from '../call.ts'
import { patch } from '../change.ts'
import { create } from '../create.ts'
import { move } from '../move.ts'
import { isKey } from '../path.ts'
import { lastOf, oneOf } from '../reading.ts'
import type { Writer } from '../references.ts'
import { backOf, type EntityType, type Navigation } from '../version.ts'
import { answerChange, changeAny, linkedTo, writerFor } from '../writing.ts'
import { refuseLess } from './links.ts'

export async function update(call: Call): Promise<unknown> {
  const { step, single } = lastOf(call.path)
  const body = call.request.body as Json
  if (!single || call.path.property.length > 0 || !isObject(body) || linksIn(step.type, body).length === 0) return changeAny(call)
  const id = await call.service.together(async (service) => {
    const within = { ...call, service }
    const item = await oneOf(within)
    await change(await writerFor(within), step.type, item, body, '')
    return item.id
  })
  return answerChange(call, step.type, id)
}

function linksIn(type: EntityType, body: JsonObject): readonly Navigation[] {
  return Object.values(type.navigation).filter(({ name }) => body[name] !== undefined)
}

async function change(writer: Writer, type: EntityType, item: Found, body: JsonObject, pointer: string): Promise<void> {
  const linked: Record<string, Json> = {}
  for (const by of linksIn(type, body)) {
    const at = `${pointer}/${by.name}`
    const said = body[by.name] ?? null
    linked[by.name] = Array.isArray(said) ? await all(writer, type, item, by, said as readonly Json[], at) : await there(writer, type, item, by, said, at) // prettier-ignore
    await refuseLess(writer, by, item.id, linked[by.name] ?? null)
    if (by.name === 'Locations' && Array.isArray(said) && said.length === 0)
      await move(writer, { thing: item.id, locations: [], geometry: undefined })
  }
  await patch(writer, type, item, { ...body, ...linked })
}

async function all(writer: Writer, type: EntityType, item: Found, by: Navigation, said: readonly Json[], pointer: string): Promise<Json> {
  const named: Json[] = []
  for (const [i, one] of said.entries()) named.push(await there(writer, type, item, by, one, `${pointer}/${i}`))
  return named
}

/** What names it, once it is there and as it is to be. */
async function there(writer: Writer, type: EntityType, item: Found, by: Navigation, said: Json, pointer: string): Promise<Json> {
  const to = by.type
  if (!isObject(said) || to.version.linkIn(said, to, pointer) !== undefined) return said
  const { '@id': address, id: _id, ...rest } = said
  if (address === undefined) return { id: await made(writer, type, item, by, said, pointer) }
  const old = await found(writer, to, address, pointer)
  await change(writer, to, old, rest, pointer)
  return { id: old.id }
}

async function made(writer: Writer, type: EntityType, item: Found, by: Navigation, said: Json, pointer: string): Promise<number> {
  const draft = parseDraft(by.type, said, pointer)
  const back = backOf(by, type)
  const linked = back === undefined || back.many ? draft : linkedTo(item.id, back, draft)
  return create(writer, by.type.version.plain(linked))
}

async function found({ service, who }: Writer, type: EntityType, address: Json, pointer: string): Promise<Found> {
  const key = type.version.linkIn({ '@id': address }, type, `${pointer}/@id`)
  const { items } = await service.find(who, ask(type.noun, and(type.where, isKey(key ?? '')), 1))
  if (items[0] !== undefined) return items[0]
  throw refused(`${pointer}/@id`, { en: `There is no ${type.one} ${key}.`, de: `${type.one} ${key} gibt es nicht.` })
}

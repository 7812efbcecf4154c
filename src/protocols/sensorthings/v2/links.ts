/** links: relations of entities that are there, written by $ref (23-019 req/api/cud/update_relations) and as whole sets by PATCH. */
import { isObject, type Json } from '../../../model/json.ts'
import { Problem } from '../../../problem.ts'
import { ask, type Found } from '../../../query/query.ts'
import { refused } from '../body.ts'
import type { Call } from '../call.ts'
import { patch, unlink } from '../change.ts'
import { move } from '../move.ts'
import { whereOf, type Step } from '../path.ts'
import { lastOf, nothingThere, oneOf, parentOf } from '../reading.ts'
import type { Writer } from '../references.ts'
import { isTie, tie, tiedTo } from '../ties.ts'
import type { Navigation } from '../version.ts'
import { writerFor } from '../writing.ts'

interface Link {
  readonly parent: Found
  readonly above: Step
  readonly step: Step
  readonly by: Navigation
}

async function linkOf(call: Call): Promise<Link> {
  const { step } = lastOf(call.path)
  const above = call.path.steps.at(-2)
  if (above === undefined || step.by === undefined) throw nothingThere()
  return { parent: await parentOf(call), above, step, by: step.by }
}

/** So many related entities are looked through at most. */
const MOST = 10_000

async function related({ request, service, path }: Call, { step }: Pick<Link, 'step'>): Promise<readonly Found[]> {
  return (await service.find(request.who, ask(step.type.noun, whereOf(path.steps, request.door?.id), MOST))).items
}

/** POST: one more of many. */
export async function addLink(call: Call): Promise<unknown> {
  const link = await linkOf(call)
  const { parent, above, by, step } = link
  if (!by.many || step.key !== undefined)
    throw new Problem('invalid-query', { en: `${by.name} is only one: PUT replaces it.`, de: `${by.name} gibt es nur einmal: PUT ersetzt es.` }) // prettier-ignore
  const added = call.request.body as Json
  const kept = isFree(by) ? (await related(call, link)).map(({ id }): Json => ({ id })) : []
  await patch(await writerFor(call), above.type, parent, { [by.name]: [...kept, added] })
  return call.reply.code(204).send()
}

/** PUT: the one, or all of many. */
export async function replaceLinks(call: Call): Promise<unknown> {
  const link = await linkOf(call)
  const { parent, above, by } = link
  const body = call.request.body as Json
  const said = by.many ? (isObject(body) ? body['value'] : undefined) : body
  if (said === undefined || (by.many && !Array.isArray(said)))
    throw refused('/value', { en: 'All links are given as a list “value”.', de: 'Alle Verknüpfungen stehen in einer Liste „value“.' })
  const writer = await writerFor(call)
  await refuseLess(writer, by, parent.id, said)
  if (Array.isArray(said) && said.length === 0) await clear(call, link)
  else await patch(writer, above.type, parent, { [by.name]: said })
  return call.reply.code(204).send()
}

/** DELETE: one of many, all of them, or the one. */
export async function removeLinks(call: Call): Promise<unknown> {
  const link = await linkOf(call)
  const { step, by, parent } = link
  const writer = await writerFor(call)
  const named = (call.request.query as Readonly<Record<string, unknown>>)['$id']
  if (by.key === 'feature' || by.through === 'feature') await withoutFeature(call, link)
  else if (isTie(by)) await untie(call, link, named)
  else if (step.key !== undefined) await unlink(writer, plainStep(step), parent, await oneOf(call))
  else if (typeof named === 'string') await unlink(writer, plainStep(step), parent, await namedBy(call, link, named))
  else await clear(call, link)
  return call.reply.code(204).send()
}

async function untie(call: Call, link: Link, named: unknown): Promise<void> {
  const { by, parent, step } = link
  const writer = await writerFor(call)
  const less = step.key !== undefined ? await oneOf(call) : typeof named === 'string' ? await namedBy(call, link, named) : undefined
  const kept = less === undefined ? [] : (await tiedTo(writer, by, parent.id)).filter((id) => id !== less.id)
  await tie(writer, { by, of: parent.id, ids: kept })
}

const plainStep = (step: Step): Step => step

async function namedBy(call: Call, { step }: Link, address: string): Promise<Found> {
  const key = step.type.version.linkIn({ '@id': address }, step.type, '/$id')
  if (key === undefined) throw nothingThere()
  return oneOf({ ...call, path: { ...call.path, steps: [...call.path.steps.slice(0, -1), { ...step, key, single: true }] } })
}

async function withoutFeature({ request, service }: Call, { parent, above }: Link): Promise<void> {
  const without = <T extends object>(old: T): T => Object.fromEntries(Object.entries(old).filter(([name]) => name !== 'feature')) as T
  if (above.type.noun === 'series') await service.amend(request.who, 'series', parent.id, without)
  else await service.amend(request.who, 'observation', parent.id, without)
}

/** Things and Locations can be apart, and so can features and what is about them; all else cannot be without its link. */
const isFree = (by: Navigation): boolean => by.back === 'things' || by.back === 'locations' || isTie(by)

async function clear(call: Call, link: Link): Promise<void> {
  const { by, parent, step } = link
  const others = await related(call, link)
  if (others.length === 0) return
  const writer = await writerFor(call)
  if (!isFree(by)) throw broken(by.name)
  if (isTie(by)) return tie(writer, { by, of: parent.id, ids: [] })
  if (by.name === 'Locations') await move(writer, { thing: parent.id, locations: [], geometry: undefined })
  else for (const other of others) await unlink(writer, step, parent, other)
}

/** What must have its link cannot be left out of the whole set. */
export async function refuseLess(writer: Writer, by: Navigation, of: number, said: Json): Promise<void> {
  if (!by.many || isFree(by) || !Array.isArray(said)) return
  const keyOf = (one: Json) => (isObject(one) ? by.type.version.linkIn(one, by.type, `/${by.name}`) : undefined)
  const kept = new Set((said as readonly Json[]).map(keyOf))
  if ((await tiedTo(writer, by, of)).some((id) => !kept.has(id))) throw broken(by.name)
}

function broken(name: string): Problem {
  return new Problem('invalid-body', {
    en: `Some ${name} would be without what they must be linked to.`,
    de: `Einigen ${name} würde fehlen, womit sie verknüpft sein müssen.`,
  })
}

/** writing: POST, PATCH, PUT and DELETE, from the request to the door. One Observation goes the short way: it shares a commit with others. */
import type { Json } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { and, equals } from '../../query/filter.ts'
import type { Found } from '../../query/query.ts'
import type { Service } from '../../service/service.ts'
import { isDraft, parseDraft, refused, type Draft, type Reference } from './body.ts'
import type { Asked, Call, Incoming } from './call.ts'
import { patch, patchJson, put, remove, unlink } from './change.ts'
import { create } from './create.ts'
import { observationOf, parseDataArrays, type Row } from './data-array.ts'
import { parseOptions } from './options.ts'
import { parsePath, whereOf, type Step } from './path.ts'
import { questionOf } from './question.ts'
import { lastOf, nothingThere, oneOf, parentOf, withHead } from './reading.ts'
import type { Writer } from './references.ts'
import { writerOf } from './render.ts'
import { backOf, type EntityType, type Navigation, type Version } from './version.ts'

export async function createAny(call: Call): Promise<unknown> {
  const id = await createOne(call, call.request.body as Json)
  return created(call, lastOf(call.path).step, id)
}

/** Answers the id when what the body says is durable. */
export async function createOne(asked: Asked, body: Json): Promise<number> {
  const { path, request, service } = asked
  const { step, single } = lastOf(path)
  if (single || path.property.length > 0 || path.ending !== 'none')
    throw new Problem('invalid-query', { en: 'New entities are posted to a set.', de: 'Neues wird in eine Menge geschrieben.' })
  const linked = below(asked, step, parseDraft(step.type, body))
  const draft = step.type.version.plain(linked instanceof Promise ? await linked : linked)
  const short = shortOf(draft)
  return short === undefined ? create(await writerFor(asked), draft) : append(service, request, short)
}

export async function writerFor({ request, service }: Pick<Asked, 'request' | 'service'>): Promise<Writer> {
  const { who, door } = request
  const { clientIds } = await service.settings(who)
  return { service, who, door: door?.id, dataset: door?.id ?? (await service.home(who)), clientIds }
}

/** What is posted below another entity is linked to it; a body that says otherwise is refused. */
function below(call: Asked, step: Step, draft: Draft): Draft | Promise<Draft> {
  const { steps } = call.path
  const parent = steps.at(-2)
  if (parent === undefined) return draft
  const back = step.by && backOf(step.by, parent.type)
  if (back === undefined) throw nothingThere()
  if (steps.length === 2 && typeof parent.key === 'number') return linkedTo(parent.key, back, draft)
  return parentOf(call).then(({ id }) => linkedTo(id, back, draft))
}

export function linkedTo(key: number, back: Navigation, draft: Draft): Draft {
  const said = draft.links[back.name] ?? []
  if (back.many) return { ...draft, links: { ...draft.links, [back.name]: [...said, { key, pointer: '' }] } }
  const [other] = said
  if (back.name === 'Datastream' || back.name === 'MultiDatastream') refuseOther(draft, back.name)
  if (!back.type.version.pathWins && other !== undefined && (isDraft(other) || other.key !== key))
    throw refused(`/${back.name}`, { en: `The address says another ${back.name}.`, de: `Die Adresse nennt: ${back.name} ${key}.` })
  return { ...draft, links: { ...draft.links, [back.name]: [{ key, pointer: '' }] } }
}

function refuseOther({ links }: Draft, name: string): void {
  const other = name === 'Datastream' ? 'MultiDatastream' : 'Datastream'
  if (links[other] !== undefined) throw refused(`/${other}`, { en: `The address says a ${name}.`, de: `Die Adresse nennt einen ${name}.` })
}

/** An Observation or a Task whose series, and feature, are there. */
function shortOf({ type, links, fields }: Draft): Row | undefined {
  const stream = STREAMS.find(([set, name]) => set === type.set && links[name] !== undefined)
  if (stream === undefined) return undefined
  const [, name, of] = stream
  const [series, feature] = [links[name]?.[0], links['FeatureOfInterest']?.[0]]
  if (!isNumbered(series) || (feature !== undefined && !isNumbered(feature))) return undefined
  const either = name === 'Datastream' && type.navigation[name]?.where === undefined
  return observationOf(fields, series.key, feature?.key, '', either ? undefined : of)
}

/** What is written into which series, by the name of the link. */
const STREAMS = [
  ['Observations', 'Datastream', 'whole'],
  ['Observations', 'MultiDatastream', 'parts'],
  ['Tasks', 'TaskingCapability', 'task'],
] as const

function isNumbered(target: Draft | Reference | undefined): target is Reference & { readonly key: number } {
  return target !== undefined && !isDraft(target) && typeof target.key === 'number'
}

async function append(service: Service, { who }: Asked['request'], row: Row): Promise<number> {
  if (row instanceof Problem) throw row
  const [answer] = await service.append(who, [row])
  if (typeof answer === 'number') return answer
  throw answer === undefined ? nothingThere() : row.of === 'task' ? asParameters(answer) : answer
}

/** The result of a Task is called taskingParameters. */
function asParameters({ kind, said, at }: Problem): Problem {
  return new Problem(kind, said, at.pointer === undefined ? at : { pointer: at.pointer.replace(/^\/result/, '/taskingParameters') })
}

async function created(call: Call, step: Step, id: number): Promise<unknown> {
  const { reply, request, base } = call
  void reply.code(201).header('location', `${base}/${step.type.set}(${id})`)
  return prefers(request) ? represent(call, step.type, id) : reply.send()
}

function prefers({ headers }: Incoming): boolean {
  return String(headers['prefer']).includes('return=representation')
}

/** It as it is now; in 2.0 with what the options of the request bring along. */
async function represent(call: Call, type: EntityType, id: number): Promise<unknown> {
  const { request, reply, base, service } = call
  const options = parseOptions(type.version.quiet ? (request.query as Readonly<Record<string, unknown>>) : {}, type)
  const { items } = await service.find(request.who, questionOf(type, equals(['id'], id), { ...options, top: 1 }))
  if (items[0] === undefined) throw nothingThere()
  const head = type.version.context(base, `${type.set}/$entity`)
  return reply.type('application/json').send(withHead(head, writerOf(type, options, base, options.metadata)(items[0])))
}

export async function changeAny(call: Call): Promise<unknown> {
  const { request, path } = call
  const { step, single } = lastOf(path)
  if (!single || path.property.length > 0 || path.ending !== 'none')
    throw new Problem('invalid-query', { en: 'One entity is changed at a time.', de: 'Geändert wird jeweils ein Objekt.' })
  const item = await oneOf(call)
  const writer = await writerFor(call)
  const body = request.body as Json
  if (request.method === 'PUT') await put(writer, step.type, item, body)
  else if (request.headers['content-type']?.startsWith('application/json-patch+json')) await patchJson(writer, step.type, item, body)
  else await patch(writer, step.type, item, body)
  return answerChange(call, step.type, item.id)
}

export async function answerChange(call: Call, type: EntityType, id: number): Promise<unknown> {
  if (type.version.quiet && !prefers(call.request)) return call.reply.code(204).send()
  return represent(call, type, id)
}

/** FROST's extension: a set is emptied of what a filter says, never of everything by mistake. */
async function removeMany({ path, request, service }: Call, { type }: Step): Promise<void> {
  const options = parseOptions(request.query as Readonly<Record<string, unknown>>, type)
  const others = Object.keys(options.said).filter((name) => name !== '$filter')
  if (others.length > 0) throw new Problem('not-implemented', `${others[0]} does not go with DELETE.`, { parameter: others[0] ?? '' })
  if (options.said['$filter'] === undefined)
    throw new Problem('invalid-query', {
      en: 'A set is deleted from with a $filter only.',
      de: 'Aus einer Menge wird nur mit $filter gelöscht.',
    })
  await service.remove(request.who, type.noun, and(whereOf(path.steps, request.door?.id), options.where))
}

export async function removeAny(call: Call): Promise<unknown> {
  const { path, reply } = call
  const { step, single } = lastOf(path)
  if (!single && path.ending === 'none') {
    await removeMany(call, step)
    return reply.code(step.type.version.quiet ? 204 : 200).send()
  }
  if (path.ending === 'ref') {
    await unlink(await writerFor(call), step, await parentOf(call), single ? await oneOf(call) : await namedBy(call))
    return reply.code(200).send()
  }
  if (!single || path.property.length > 0 || path.ending !== 'none')
    throw new Problem('invalid-query', { en: 'One entity is deleted at a time.', de: 'Gelöscht wird jeweils ein Objekt.' })
  await remove(await writerFor(call), step.type, await oneOf(call))
  return reply.code(step.type.version.quiet ? 204 : 200).send()
}

/** DELETE …/Locations/$ref?$id=Locations(3) says which by its address or path. */
async function namedBy(call: Call): Promise<Found> {
  const { id } = call.request.query as Readonly<Record<string, unknown>>
  const said = (call.request.query as Readonly<Record<string, unknown>>)['$id'] ?? id
  const { step } = lastOf(call.path)
  const key =
    typeof said === 'string' ? parsePath(said.slice(Math.max(0, said.lastIndexOf('/') + 1)), step.type.version).steps[0]?.key : undefined
  if (key === undefined)
    throw new Problem(
      'invalid-query',
      { en: '$id says which one: …/$ref?$id=…', de: '$id sagt, welches: …/$ref?$id=…' },
      { parameter: '$id' },
    )
  return oneOf({ ...call, path: { ...call.path, steps: [...call.path.steps.slice(0, -1), { ...step, key, single: true }] } })
}

/** Rows are independent: a failing one is named with its reason, the others are kept. */
export async function createObservations({
  service,
  request,
  reply,
  base,
  version,
}: Omit<Call, 'path'> & { readonly version: Version }): Promise<unknown> {
  const rows = parseDataArrays(request.body as Json, version)
  const good = rows.flatMap((row) => (row instanceof Problem ? [] : [row]))
  const answers = [...(await service.append(request.who, good))]
  const said = rows.map((row) => {
    const answer = row instanceof Problem ? row : answers.shift()
    return typeof answer === 'number' ? `${base}/Observations(${answer})` : `error: ${answer?.in(request.language) ?? ''}`
  })
  return reply.code(201).send(said)
}

/** reading: GET: a set, one entity, a property of it, its raw value, or addresses alone. */
import { Problem } from '../../problem.ts'
import { and, equals, type Filter } from '../../query/filter.ts'
import { ask, type Found, type Page } from '../../query/query.ts'
import type { Asked, Call } from './call.ts'
import { renderDataArray } from './data-array.ts'
import { isFlat, renderFlat } from './flat.ts'
import { nextOf } from './link.ts'
import { parseOptions, type Options } from './options.ts'
import type { EntityType, Navigation } from './version.ts'
import { isKey, whereOf, type Key, type ResourcePath, type Step } from './path.ts'
import { includeOf, limitOf, questionOf } from './question.ts'
import { renderPage, writerOf, writerOfLinks } from './render.ts'

export async function readAny(call: Call): Promise<unknown> {
  const { path, reply, request, base } = call
  const { step, single } = lastOf(path)
  const options = parseOptions(request.query as Readonly<Record<string, unknown>>, step.type)
  if (path.property.length > 0) return readProperty(call, step)
  void reply.type('application/json')
  if (!single) return readSet(call, step, options)
  if (path.ending !== 'ref' && isFlat(options))
    return renderFlat({ items: [await oneOf(call, options)] }, step.type, options, undefined, reply)
  const write = path.ending === 'ref' ? writerOfLinks(step.type, base) : writerOf(step.type, options, base, options.metadata)
  const head = headOf(path.ending === 'ref' ? '$ref' : `${step.type.set}/$entity`, step.type, base, options)
  return withHead(head, write(await oneOf(call, options)))
}

export function lastOf({ steps }: ResourcePath): { readonly step: Step; readonly single: boolean } {
  const step = steps.at(-1)
  if (step === undefined) throw nothingThere()
  return { step, single: step.single }
}

/** The one that the path names, with what the options bring along. */
export async function oneOf({ path, request, service }: Call, options?: Options): Promise<Found> {
  const { step } = lastOf(path)
  const where = whereOf(path.steps, request.door?.id)
  const include = options === undefined ? [] : questionOf(step.type, where, { ...options, top: 1 }).include
  const { items } = await service.find(request.who, { ...ask(step.type.noun, where, 1), include })
  if (items[0] === undefined) throw nothingThere()
  return items[0]
}

async function readSet(call: Call, { type, by }: Step, options: Options): Promise<string> {
  const { path, base } = call
  const inOrder = by?.through === 'observed' && options.order.length === 0
  const page = inOrder ? await pageBelow(call, by, options) : await pageOf(call, type, options)
  if (page.items.length === 0 && path.steps.length > 1) await parentOf(call)
  const next = nextLink(call, page, options)
  if (path.ending !== 'ref' && isFlat(options)) return renderFlat(page, type, options, next, call.reply)
  if (options.format === 'dataArray') return renderDataArray(page, type, options, base, next)
  const refs = path.ending === 'ref'
  const head = headOf(refs ? 'Collection($ref)' : type.set, type, base, options)
  return renderPage(page, refs ? writerOfLinks(type, base) : writerOf(type, options, base, options.metadata), type.version, next, head)
}

/** What is said of the whole, before it. */
function headOf(of: string, { version }: EntityType, base: string, { metadata }: Pick<Options, 'metadata'>): string {
  return metadata === 'none' ? '' : version.context(base, of)
}

/** The text of an object with this at its beginning. */
export function withHead(head: string, text: string): string {
  return `{${text === '{}' ? head.slice(0, -1) : head}${text.slice(1)}`
}

async function pageOf(call: Call, type: EntityType, options: Options): Promise<Page> {
  const { request, service } = call
  return service.find(request.who, questionOf(type, await belowOf(call), options)).catch(gone)
}

/** In the order that the parent gives them. */
async function pageBelow({ path, request, service }: Call, by: Navigation, options: Options): Promise<Page> {
  const before = path.steps.slice(0, -1)
  const parent = before.at(-1)
  if (parent === undefined) throw nothingThere()
  const question = { ...ask(parent.type.noun, whereOf(before, request.door?.id), 1), include: [includeOf({ by, options }, 1)] }
  const { items } = await service.find(request.who, question)
  return items[0]?.with?.[by.name] ?? { items: [] }
}

/** The history of one Thing is one series: looked up first, so that its index answers, and not a search through all observations. */
async function belowOf({ path, request, service }: Call): Promise<Filter> {
  const where = whereOf(path.steps, request.door?.id)
  const [parent, step] = path.steps
  if (path.steps.length !== 2 || parent?.type.set !== 'Things' || step?.type.set !== 'HistoricalLocations') return where
  const { items } = await service.find(request.who, ask('series', and(equals(['kind'], 'place'), hangsOnThing(parent.key)), 1))
  return items[0] === undefined ? where : and(equals(['series'], items[0].id), where)
}

function hangsOnThing(key: Key | undefined): Filter {
  return typeof key === 'number' ? equals(['entity'], key) : { is: 'some', through: 'entity', where: isKey(key ?? '') }
}

/** An empty set is the answer only where what it hangs on is there. */
export async function parentOf({ path, request, service }: Asked): Promise<Found> {
  const before = path.steps.slice(0, -1)
  const parent = before.at(-1)
  if (parent === undefined) throw nothingThere()
  const { items } = await service.find(request.who, ask(parent.type.noun, whereOf(before, request.door?.id), 1))
  if (items[0] === undefined) throw nothingThere()
  return items[0]
}

/** A place to go on from that is not ours, or no longer one in this order. */
function gone(error: unknown): never {
  if (!(error instanceof Problem) || error.at.parameter !== 'after') throw error
  throw new Problem('gone', { en: 'This page is not there any more: start anew, without $skiptoken.', de: 'Diese Seite gibt es nicht mehr: Bitte beginnen Sie neu, ohne $skiptoken.' }, { parameter: '$skiptoken' }, { cause: error }) // prettier-ignore
}

function nextLink(call: Call, page: Page, options: Options): string | undefined {
  if (page.next === undefined || limitOf(options.top) === 0 || options.metadata === 'off') return undefined
  const { request, base } = call
  const [address = '', ...query] = request.url.split('?')
  const at = lastOf(call.path).step.type.version.base
  const path = address.slice(address.indexOf(at) + at.length)
  return nextOf(`${base}${path}`, query.join('?'), options, page.items.length, page.next)
}

/** What is null has no content; what is not there is not found. */
async function readProperty(call: Call, { type }: Step): Promise<unknown> {
  const { path, reply, base } = call
  const item = await oneOf(call)
  const [name = '', ...keys] = path.property
  const known = name === 'id' || name === type.version.id
  const value = keys.reduce(inside, known ? item.id : type.readers[name]?.(item))
  if (value === null || (value === undefined && keys.length === 0)) return reply.code(204).send()
  if (value === undefined) throw nothingThere()
  if (path.ending !== 'value')
    return reply.type('application/json').send(type.version.property(base, known ? type.version.id : (keys.at(-1) ?? name), value))
  return reply.type('text/plain; charset=utf-8').send(typeof value === 'string' ? value : JSON.stringify(value))
}

export function inside(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Readonly<Record<string, unknown>>)[key]
}

export function nothingThere(): Problem {
  return new Problem('not-found', { en: 'There is nothing here.', de: 'Hier ist nichts.' })
}

/** writing: entities and attributes created, changed and deleted one by one (5.6.1 to 5.6.6, 5.6.17 to 5.6.19). */
import type { FastifyReply } from 'fastify'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { now } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { equals } from '../../query/filter.ts'
import type { Attribute } from './attribute.ts'
import { idOf, parseAttribute, parseEntity, parseFragment, parseInstance, parseRest, parseValue, refused, type Said } from './body.ts'
import { homeOf, type Call } from './call.ts'
import { changed, emptyState, type Mode } from './change.ts'
import { momentOf } from './members.ts'
import { BASE, KINDS, NULL, VALUE } from './names.ts'
import { isTrue, optionsIn, refuseUnsupported } from './params.ts'
import { oneEntity } from './reading.ts'
import type { State } from './state.ts'
import { change, createAll, insistently, type Known } from './write.ts'

/** 5.6.1 */
export async function createEntity(call: Call): Promise<FastifyReply> {
  const said = parseEntity(call.body, { context: call.context, nulls: false })
  await createAll(call, await homeOf(call), [freshState(said)]).catch((error: unknown) => {
    throw existing(error, said.id)
  })
  return call.reply
    .code(201)
    .header('location', `${BASE}/entities/${encodeURIComponent(said.id).replaceAll('%3A', ':')}`)
    .send()
}

export function freshState(said: Said & { readonly id: string; readonly types: readonly string[] }): State {
  const at = now()
  return changed(emptyState(said.id, said.types, at), said, 'replace', at).state
}

export function existing(error: unknown, id: string): unknown {
  if (!(error instanceof Problem) || error.kind !== 'conflict') return error
  return new Problem(
    'conflict',
    { en: `There is an entity “${id}” already.`, de: `Die Entität „${id}“ gibt es bereits.` },
    {},
    { cause: error },
  )
}

/** PUT and PATCH of an entity, POST and PATCH of its attributes: the same but for the mode. */
export async function changeEntity(call: Call, id: string, mode: Mode): Promise<FastifyReply> {
  refuseUnsupported(call.parameters)
  const said = ownSaid(call, id, mode)
  const keep = mode === 'append' && optionsIn(call.parameters, ['noOverwrite']).includes('noOverwrite')
  const { untouched, updated } = await insistently(async () => {
    const known = await oneEntity(call, id)
    const words = mode === 'merge' ? withOptions(call, said, known.state) : said
    const after = changed(known.state, words, keep ? 'keep' : mode, now())
    await change(call, known, after.state)
    return after
  })
  if (untouched.length === 0) return call.reply.code(204).send()
  return call.reply
    .code(207)
    .type('application/json')
    .send(JSON.stringify(updateResult(call, updated, untouched)))
}

function ownSaid(call: Call, id: string, mode: Mode): Said {
  const said = parseFragment(call.body, { context: call.context, nulls: mode !== 'replace' && mode !== 'append' })
  if (said.id !== undefined && said.id !== id)
    throw refused('/id', { en: 'The id is that of the address.', de: 'Die id ist die der Adresse.' })
  if (mode === 'replace' && said.types === undefined) throw refused('/type', { en: '“type” is missing.', de: '„type“ fehlt.' })
  return said
}

/** `observedAt` and `lang` of a merge (5.6.17): a new time for what had one, and a text in one language of several. */
function withOptions({ parameters }: Call, said: Said, { attributes: before }: State): Said {
  const time = parameters.get('observedAt')
  const lang = parameters.get('lang')
  if (time === null && lang === null) return said
  const observedAt = time === null ? undefined : momentOf(time, '')
  const one = (attribute: Attribute, old: Attribute | undefined): Attribute => {
    const text = lang !== null && old?.kind === 'LanguageProperty' && typeof attribute.value === 'string'
    const timed = observedAt !== undefined && attribute.observedAt === undefined && old?.observedAt !== undefined
    return { ...attribute, ...(text && { kind: 'LanguageProperty', value: { [lang]: attribute.value } }), ...(timed && { observedAt }) }
  }
  const instances = (name: string, all: readonly Attribute[]) =>
    all.map((attribute) =>
      one(
        attribute,
        before.get(name)?.find(({ datasetId }) => datasetId === attribute.datasetId),
      ),
    )
  return { ...said, attributes: new Map([...said.attributes].map(([name, all]) => [name, instances(name, all)])) }
}

function updateResult({ context }: Call, updated: readonly string[], untouched: readonly string[]): JsonObject {
  return {
    updated: updated.map((name) => context.termOf(name)),
    notUpdated: untouched.map((name) => ({
      attributeName: context.termOf(name),
      reason: 'It is there already, and noOverwrite was asked for.',
    })),
  }
}

/** 5.6.6 */
export async function deleteEntity(call: Call, id: string): Promise<FastifyReply> {
  const { thing } = await oneEntity(call, id)
  await call.service.remove(call.who, 'entity', equals(['id'], thing.id))
  return call.reply.code(204).send()
}

/** 5.6.4: what is said of one instance of one attribute; the rest of it stays. */
export async function changeAttribute(call: Call, id: string, term: string): Promise<FastifyReply> {
  const name = call.context.nameOf(term)
  await insistently(async () => {
    const known = await oneEntity(call, id)
    const instances = known.state.attributes.get(name) ?? []
    const next = partOf(call, name, instances, known)
    await changeTo(call, known, name, next)
  })
  return call.reply.code(204).send()
}

function partOf(call: Call, name: string, instances: readonly Attribute[], { state }: Known): readonly Attribute[] {
  const reading = { context: call.context, nulls: true }
  const body = fragmentOf(call, name)
  const datasetId = isObject(body) && typeof body['datasetId'] === 'string' && body['datasetId'] !== '@none' ? body['datasetId'] : undefined
  const old = instances.find((one) => one.datasetId === datasetId)
  if (old === undefined) throw missingAttribute(call, state.id, name)
  const part = partial(body, old, reading)
  const others = instances.filter((one) => one !== old)
  if (part === undefined) return others
  const said: Said = { attributes: new Map([[name, [part]]]) }
  return changed({ ...state, attributes: new Map([[name, instances]]) }, said, 'part', now()).state.attributes.get(name) ?? others
}

/** The old attribute with what is said of it; undefined: it goes. */
function partial(
  body: Json,
  old: Attribute,
  reading: { readonly context: Call['context']; readonly nulls: boolean },
): Attribute | undefined {
  if (!isObject(body) || (KINDS.every((kind) => !(VALUE[kind] in body)) && !('type' in body) && Object.keys(body).length === 0)) {
    const plain = parseInstance(body, reading, '')
    return plain.value === null ? undefined : { ...old, value: plain.value, sub: new Map() }
  }
  const { type } = body
  if (type !== undefined && type !== old.kind)
    throw refused('/type', { en: `It is a ${old.kind} and stays one.`, de: `Es ist ein ${old.kind} und bleibt es.` })
  const raw = body[VALUE[old.kind]]
  const rest = parseRest(body, old.kind, reading, '')
  if (raw === undefined) return { ...rest, kind: old.kind, value: old.value }
  if (raw === NULL) return undefined
  return { ...rest, kind: old.kind, value: parseValue(raw, old.kind, reading, `/${VALUE[old.kind]}`) }
}

/** The fragment is the attribute itself, or an object with it as its only member. */
function fragmentOf(call: Call, name: string): Json {
  if (name === 'scope' || name === 'type' || name === 'id')
    throw refused('', { en: `“${name}” is no attribute.`, de: `„${name}“ ist kein Attribut.` })
  const { body } = call
  if (body === undefined) throw refused('', { en: 'There is no body.', de: 'Es fehlt der Inhalt.' })
  return body
}

/** 5.6.19: the whole attribute anew. */
export async function replaceAttribute(call: Call, id: string, term: string): Promise<FastifyReply> {
  const name = call.context.nameOf(term)
  const instances = parseAttribute(fragmentOf(call, name), { context: call.context, nulls: false }, '')
  await insistently(async () => {
    const known = await oneEntity(call, id)
    const before = known.state.attributes.get(name)
    if (before === undefined) throw missingAttribute(call, id, name)
    for (const { datasetId } of instances) if (before.every((one) => one.datasetId !== datasetId)) throw missingAttribute(call, id, name)
    const { state } = changed({ ...known.state, attributes: new Map([[name, before]]) }, { attributes: new Map([[name, instances]]) }, 'append', now()) // prettier-ignore
    await changeTo(call, known, name, state.attributes.get(name) ?? [])
  })
  return call.reply.code(204).send()
}

/** 5.6.5: the default instance, the one with a datasetId, or all. */
export async function deleteAttribute(call: Call, id: string, term: string): Promise<FastifyReply> {
  const name = call.context.nameOf(term)
  const all = isTrue(call.parameters, 'deleteAll')
  const asked = call.parameters.get('datasetId')
  const datasetId = asked === null || asked === '@none' ? undefined : idOf(asked, '/datasetId')
  await insistently(async () => {
    const known = await oneEntity(call, id)
    if (name === 'scope') return change(call, known, { ...known.state, scopes: [] })
    const instances = known.state.attributes.get(name) ?? []
    const left = all ? [] : instances.filter((one) => one.datasetId !== datasetId)
    if (instances.length === left.length) throw missingAttribute(call, id, name)
    return changeTo(call, known, name, left)
  })
  return call.reply.code(204).send()
}

async function changeTo(call: Call, known: Known, name: string, instances: readonly Attribute[]): Promise<void> {
  const attributes = new Map(known.state.attributes)
  if (instances.length === 0) attributes.delete(name)
  else attributes.set(name, instances)
  await change(call, known, { ...known.state, attributes })
}

function missingAttribute({ context }: Call, id: string, name: string): Problem {
  const term = context.termOf(name)
  return new Problem('not-found', { en: `“${id}” has no such “${term}”.`, de: `„${id}“ hat kein solches „${term}“.` })
}

/** discovery: which types and attributes there are (5.7.5 to 5.7.10). */
import type { FastifyReply } from 'fastify'
import type { JsonObject } from '../../model/json.ts'
import { Problem } from '../../problem.ts'
import { and, type Filter } from '../../query/filter.ts'
import type { KindCount } from '../../query/query.ts'
import { mediaOf, send, type Call } from './call.ts'
import { iriOf, KEPT } from './names.ts'
import { isTrue, refuseUnsupported } from './params.ts'
import { hasAttribute } from './selection.ts'
import { ENTITIES } from './write.ts'
import { living } from './expiry.ts'

/** 5.7.5, 5.7.6 */
export async function listTypes(call: Call): Promise<FastifyReply> {
  const media = mediaOf(call)
  const kinds = await kindsOf(call, ENTITIES)
  const types = distinct(kinds.map(({ type }) => type))
  if (!isTrue(call.parameters, 'details'))
    return send(call, media, { id: 'urn:ngsi-ld:EntityTypeList:all', type: 'EntityTypeList', typeList: terms(call, types) })
  return send(call, media, types.map((type) => ({ id: iriOf(type), type: 'EntityType', typeName: call.context.termOf(type), attributeNames: terms(call, namesOf(kinds, type)) }))) // prettier-ignore
}

/** 5.7.7 */
export async function retrieveType(call: Call, term: string): Promise<FastifyReply> {
  const media = mediaOf(call)
  const type = call.context.nameOf(term)
  const kinds = (await kindsOf(call, { is: 'has', path: ['types'], value: type })).filter((one) => one.type === type)
  if (kinds.length === 0) throw unknown(term)
  const attributeDetails = namesOf(kinds, type).map((name) => ({
    id: iriOf(name),
    type: 'Attribute',
    attributeName: call.context.termOf(name),
    attributeTypes: typesOf(kinds, name),
  }))
  const entityCount = kinds.find(({ name }) => name === undefined)?.count ?? 0
  return send(call, media, { id: iriOf(type), type: 'EntityTypeInfo', typeName: call.context.termOf(type), entityCount, attributeDetails })
}

/** 5.7.8, 5.7.9 */
export async function listAttributes(call: Call): Promise<FastifyReply> {
  const media = mediaOf(call)
  const kinds = await kindsOf(call, ENTITIES)
  const names = distinct(kinds.flatMap(({ name }) => name ?? []))
  if (!isTrue(call.parameters, 'details'))
    return send(call, media, { id: 'urn:ngsi-ld:AttributeList:all', type: 'AttributeList', attributeList: terms(call, names) })
  return send(call, media, names.map((name) => attributeOf(call, kinds, name))) // prettier-ignore
}

/** 5.7.10 */
export async function retrieveAttribute(call: Call, term: string): Promise<FastifyReply> {
  const media = mediaOf(call)
  const name = call.context.nameOf(term)
  const kinds = (await kindsOf(call, name === 'name' || name === 'description' ? ENTITIES : hasAttribute(name))).filter(
    (one) => one.name === name,
  )
  if (kinds.length === 0) throw unknown(term)
  const attributeCount = kinds.reduce((sum, { count }) => sum + count, 0)
  return send(call, media, { ...attributeOf(call, kinds, name), attributeCount, attributeTypes: typesOf(kinds, name) })
}

function attributeOf(call: Call, kinds: readonly KindCount[], name: string): JsonObject {
  const types = distinct(kinds.flatMap((one) => (one.name === name ? one.type : [])))
  return { id: iriOf(name), type: 'Attribute', attributeName: call.context.termOf(name), typeNames: terms(call, types) }
}

async function kindsOf(call: Call, where: Filter): Promise<readonly KindCount[]> {
  refuseUnsupported(call.parameters)
  return call.service.kinds(call.who, and(ENTITIES, living(), call.within, where), KEPT)
}

const distinct = (all: readonly string[]): readonly string[] => [...new Set(all)]
const namesOf = (kinds: readonly KindCount[], type: string): readonly string[] =>
  distinct(kinds.flatMap((one) => (one.type === type ? (one.name ?? []) : [])))
const typesOf = (kinds: readonly KindCount[], name: string): readonly string[] =>
  distinct(kinds.flatMap((one) => (one.name === name ? (one.kind ?? 'Property') : [])))
const terms = ({ context }: Call, names: readonly string[]): readonly string[] => names.map((name) => context.termOf(name))

function unknown(term: string): Problem {
  return new Problem('not-found', { en: `There is no “${term}” here.`, de: `„${term}“ gibt es hier nicht.` })
}

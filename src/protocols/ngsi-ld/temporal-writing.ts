/** temporal-writing: the history of entities written and taken away (5.6.11 to 5.6.16). History never moves what is now backwards. */
import type { FastifyReply } from 'fastify'
import { seriesOf } from '../../http/feature.ts'
import { isObject, type Json } from '../../model/json.ts'
import type { Observation } from '../../model/observation.ts'
import { now } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { and, equals } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { NewObservation } from '../../service/service.ts'
import type { Attribute, Attributes } from './attribute.ts'
import { idOf, parseEntity, parseFragment, parseInstance, refused } from './body.ts'
import { homeOf, type Call } from './call.ts'
import { canonical } from './canonical.ts'
import { changed } from './change.ts'
import { INSTANCE } from './history.ts'
import { Making, observationOf, placeSeriesOf } from './making.ts'
import { BASE } from './names.ts'
import { isTrue } from './params.ts'
import { oneEntity } from './reading.ts'
import { change, createAll, findByIri, insistently, type Known } from './write.ts'
import { existing, freshState } from './writing.ts'

/** 5.6.11: 201 where it is new, 204 where it goes on. */
export async function createTemporal(call: Call): Promise<FastifyReply> {
  const said = parseEntity(call.body, { context: call.context, nulls: false, repeats: true })
  const known = (await findByIri(call, [said.id], call.within)).get(said.id)
  if (known !== undefined) {
    await extend(call, known, said.attributes)
    return call.reply.code(204).send()
  }
  await createAll(call, await homeOf(call), [freshState({ ...said, attributes: newestOf(said.attributes) })]).catch((error: unknown) => {
    throw existing(error, said.id)
  })
  await extend(call, await oneEntity(call, said.id), said.attributes)
  return call.reply
    .code(201)
    .header('location', `${BASE}/temporal/entities/${encodeURIComponent(said.id).replaceAll('%3A', ':')}`)
    .send()
}

/** 5.6.12 */
export async function addTemporal(call: Call, id: string): Promise<FastifyReply> {
  const said = parseFragment(call.body, { context: call.context, nulls: false, repeats: true })
  await extend(call, await oneEntity(call, id), said.attributes)
  return call.reply.code(204).send()
}

/** Of several instances with the same datasetId, the one that is the present. */
function newestOf(attributes: Attributes): Attributes {
  return new Map([...attributes].map(([name, all]) => [name, [...Map.groupBy(all, ({ datasetId }) => datasetId).values()].flatMap((one) => newest(one) ?? [])])) // prettier-ignore
}

function newest(all: readonly Attribute[]): Attribute | undefined {
  return all.reduce<Attribute | undefined>((best, one) => (best !== undefined && timeOf(best) > timeOf(one) ? best : one), undefined)
}

const timeOf = ({ observedAt }: Attribute): number => (observedAt === undefined ? -Infinity : Date.parse(observedAt))

/** What has a series goes into it; what has none gets one with its newest instance; places are placements. */
async function extend(call: Call, first: Known, attributes: Attributes): Promise<void> {
  const fresh = new Map([...newestOf(attributes)].filter(([name, all]) => all.some((one) => isAhead(first, name, one))))
  if (fresh.size > 0) await insistently(async () => makeAhead(call, first.thing.iri, fresh))
  const known = fresh.size > 0 ? await oneEntity(call, first.thing.iri) : first
  const said = new Set([...fresh.values()].flat())
  const values: NewObservation[] = []
  for (const [name, all] of attributes)
    for (const attribute of all) {
      const series = seriesOf(known.thing).find((one) => one.attribute === name && one.instance === (attribute.datasetId ?? ''))
      if (series !== undefined && !said.has(attribute) && !isNow(known, name, attribute))
        values.push({ ...observationOf(series, attribute), anyType: true })
    }
  if (values.length > 0) throwFirst(await call.service.append(call.who, values))
  await addPlaces(call, known, (attributes.get('location') ?? []).filter((one) => one.observedAt !== undefined && !said.has(one) && !isNow(known, 'location', one))) // prettier-ignore
}

function throwFirst(answers: readonly (number | Problem)[]): void {
  const problem = answers.find((answer) => typeof answer !== 'number')
  if (problem !== undefined) throw problem
}

/** Whether there is no series for it yet, or, of a place, whether it is newer than where the thing is. */
function isAhead({ thing, state }: Known, name: string, one: Attribute): boolean {
  if (seriesOf(thing).some(({ attribute, instance }) => attribute === name && instance === (one.datasetId ?? ''))) return false
  const present = state.attributes.get(name)?.find(({ datasetId }) => datasetId === one.datasetId)
  return present === undefined || timeOf(one) >= timeOf(present)
}

async function makeAhead(call: Call, id: string, attributes: Attributes): Promise<void> {
  const known = await oneEntity(call, id)
  await change(call, known, changed(known.state, { attributes }, 'append', now()).state)
}

function isNow({ state }: Known, name: string, { value, observedAt, datasetId }: Attribute): boolean {
  const present = state.attributes.get(name)?.find((one) => one.datasetId === datasetId)
  return present?.observedAt === observedAt && canonical(present?.value ?? null) === canonical(value)
}

/** Where the thing was, beside where it is. */
async function addPlaces(call: Call, { thing }: Known, places: readonly Attribute[]): Promise<void> {
  if (places.length === 0) return
  const making = new Making(call, thing.dataset)
  const series = await placeSeriesOf(call, [thing.id])
  await making.place(places.map(({ value, observedAt = now() }) => ({ entity: thing, geometry: value as never, time: observedAt })), series) // prettier-ignore
  await call.service.record(call.who, making)
}

interface Instance {
  readonly known: Known
  readonly observation: Observation
}

async function instanceOf(call: Call, id: string, term: string, instance: string): Promise<Instance> {
  const name = call.context.nameOf(term)
  const known = await oneEntity(call, id)
  const series = seriesOf(known.thing).flatMap((one) => (one.attribute === name ? [one.id] : []))
  const number = Number(instance.startsWith(INSTANCE) ? instance.slice(INSTANCE.length) : NaN)
  const where = and(equals(['id'], Number.isSafeInteger(number) ? number : -1), { is: 'in', path: ['series'], values: series })
  const { items } = await call.service.find(call.who, ask('observation', where, 1))
  if (items[0] !== undefined) return { known, observation: items[0] }
  throw new Problem('not-found', { en: `“${term}” has no instance “${instance}”.`, de: `„${term}“ hat keine Instanz „${instance}“.` })
}

/** 5.6.14: the instance is corrected; the attribute is written whole. */
export async function changeInstance(call: Call, id: string, term: string, instance: string): Promise<FastifyReply> {
  const { observation } = await instanceOf(call, id, term, instance)
  const attribute = parseInstance(partIn(call.body, term), { context: call.context, nulls: false }, '')
  const { series, time, end } = observation
  const next = observationOf({ id: series }, { ...attribute, observedAt: attribute.observedAt ?? end ?? time })
  await call.service.amend(call.who, 'observation', observation.id, (old) => {
    const { parameters: _parameters, end: _end, ...rest } = old
    return { ...rest, ...next }
  })
  return call.reply.code(204).send()
}

/** The instance itself, or an entity's fragment with it as its only member. */
function partIn(body: Json | undefined, term: string): Json {
  const inner = isObject(body) ? body[term] : undefined
  const part = inner === undefined ? body : Array.isArray(inner) ? (inner as readonly Json[])[0] : inner
  if (part === undefined) throw refused('', { en: 'There is no body.', de: 'Es fehlt der Inhalt.' })
  return part
}

/** 5.6.15 */
export async function deleteInstance(call: Call, id: string, term: string, instance: string): Promise<FastifyReply> {
  const { observation } = await instanceOf(call, id, term, instance)
  await call.service.remove(call.who, 'observation', equals(['id'], observation.id))
  return call.reply.code(204).send()
}

/** 5.6.13: the attribute with its history. */
export async function deleteTemporalAttribute(call: Call, id: string, term: string): Promise<FastifyReply> {
  const name = call.context.nameOf(term)
  const known = await oneEntity(call, id)
  const all = isTrue(call.parameters, 'deleteAll')
  const asked = call.parameters.get('datasetId')
  const datasetId = asked === null || asked === '@none' ? undefined : idOf(asked, '/datasetId')
  const series = seriesOf(known.thing).filter(({ attribute, instance }) => attribute === name && (all || instance === (datasetId ?? '')))
  const instances = known.state.attributes.get(name) ?? []
  const left = all ? [] : instances.filter((one) => one.datasetId !== datasetId)
  if (series.length === 0 && left.length === instances.length)
    throw new Problem('not-found', { en: `“${id}” has no such “${term}”.`, de: `„${id}“ hat kein solches „${term}“.` })
  if (series.length > 0) await call.service.remove(call.who, 'series', { is: 'in', path: ['id'], values: series.map((one) => one.id) })
  const isStatic = instances.some((one) => !left.includes(one) && !series.some(({ instance }) => instance === (one.datasetId ?? '')))
  if (isStatic) await takeAway(call, id, name, left)
  return call.reply.code(204).send()
}

async function takeAway(call: Call, id: string, name: string, left: readonly Attribute[]): Promise<void> {
  const known = await oneEntity(call, id)
  const attributes = new Map(known.state.attributes)
  if (left.length === 0) attributes.delete(name)
  else attributes.set(name, left)
  await change(call, known, { ...known.state, attributes })
}

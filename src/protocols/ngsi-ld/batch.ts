/** batch: many entities in one request (5.6.7 to 5.6.10, 5.6.20): in the order they come, each failing alone, and none left out. */
import type { FastifyReply } from 'fastify'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { now } from '../../model/time.ts'
import { Problem } from '../../problem.ts'
import { parseEntity, parseFragment, refused, type Said } from './body.ts'
import { homeOf, rootOf, type Call } from './call.ts'
import { changed, type Mode } from './change.ts'
import type { Context } from './context.ts'
import { deltaOf, type Value } from './delta.ts'
import { isUri, MEDIA } from './names.ts'
import { optionsIn } from './params.ts'
import { problemDetails } from './problems.ts'
import { missingEntity } from './reading.ts'
import { existing, freshState } from './writing.ts'
import { appendValues, change, createAll, findByIri, insistently, type Known } from './write.ts'

interface Outcome {
  readonly id: string
  readonly made?: true
  readonly problem?: Problem
}

interface Item {
  readonly id: string
  readonly said: Said
}

/** 5.6.7 */
export async function batchCreate(call: Call): Promise<FastifyReply> {
  const { items, failed } = await itemsOf(call, false)
  const seen = new Set<string>()
  const fresh = items.filter(({ id }) => !seen.has(id) && seen.add(id))
  const twice = items.filter((item) => !fresh.includes(item)).map(({ id }): Outcome => ({ id, problem: existing(new Problem('conflict', ''), id) as Problem })) // prettier-ignore
  const outcomes = await create(call, await homeOf(call), fresh)
  return answer(call, [...failed, ...outcomes, ...twice])
}

/** 5.6.8; by default what is there is replaced. */
export async function batchUpsert(call: Call): Promise<FastifyReply> {
  const options = optionsIn(call.parameters, ['replace', 'update'])
  const { items, failed } = await itemsOf(call, false)
  return answer(call, [...failed, ...(await inRounds(call, items, options.includes('update') ? 'append' : 'replace', true))])
}

/** 5.6.9 */
export async function batchUpdate(call: Call): Promise<FastifyReply> {
  const options = optionsIn(call.parameters, ['noOverwrite', 'replace', 'update'])
  const { items, failed } = await itemsOf(call, true)
  return answer(call, [...failed, ...(await inRounds(call, items, options.includes('noOverwrite') ? 'keep' : 'append', false))])
}

/** 5.6.20 */
export async function batchMerge(call: Call): Promise<FastifyReply> {
  const { items, failed } = await itemsOf(call, true)
  return answer(call, [...failed, ...(await inRounds(call, items, 'merge', false))])
}

/** 5.6.10 */
export async function batchDelete(call: Call): Promise<FastifyReply> {
  const ids = listOf(call.body).map((id, i) => {
    if (typeof id === 'string' && isUri(id)) return id
    throw refused(`/${i}`, { en: 'This is no URI.', de: 'Das ist keine URI.' })
  })
  const known = await findByIri(call, [...new Set(ids)], call.within)
  const outcomes: Outcome[] = []
  const found = [...new Set(ids)].flatMap((id) => known.get(id) ?? [])
  const problem = await removeAll(call, found)
  for (const id of ids) outcomes.push(known.has(id) ? { id, ...(problem && { problem }) } : { id, problem: missingEntity(id) })
  return answer(call, outcomes)
}

async function removeAll(call: Call, known: readonly Known[]): Promise<Problem | undefined> {
  if (known.length === 0) return undefined
  try {
    await call.service.remove(call.who, 'entity', { is: 'in', path: ['id'], values: known.map(({ thing }) => thing.id) })
    return undefined
  } catch (error) {
    return problemIn(error)
  }
}

function listOf(body: Json | undefined): readonly Json[] {
  if (Array.isArray(body) && body.length > 0) return body as readonly Json[]
  throw refused('', { en: 'A batch is a list with something in it.', de: 'Ein Stapel ist eine Liste, in der etwas steht.' })
}

/** What can be read of a batch, and what cannot. `parts`: entities need not be whole. */
async function itemsOf(call: Call, parts: boolean): Promise<{ readonly items: readonly Item[]; readonly failed: readonly Outcome[] }> {
  const items: Item[] = []
  const failed: Outcome[] = []
  for (const [i, body] of listOf(call.body).entries()) {
    if (body === null) throw refused(`/${i}`, { en: 'null is no entity.', de: 'null ist keine Entität.' })
    try {
      const { context, entity } = await contextOf(call, body)
      const said = parts
        ? parseFragment(entity, { context, nulls: true }, `/${i}`)
        : parseEntity(entity, { context, nulls: false }, `/${i}`)
      if (said.id === undefined) throw refused(`/${i}/id`, { en: '“id” is missing.', de: '„id“ fehlt.' })
      items.push({ id: said.id, said })
    } catch (error) {
      failed.push({ id: isObject(body) && typeof body['id'] === 'string' ? body['id'] : `#${i}`, problem: problemIn(error) })
    }
  }
  return { items, failed }
}

/** With application/ld+json every entity brings its own (6.3.5). */
async function contextOf(call: Call, body: Json): Promise<{ readonly context: Context; readonly entity: Json }> {
  const type = call.request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== MEDIA.jsonld || !isObject(body)) return { context: call.context, entity: body }
  const { '@context': source, ...entity } = body
  if (source === undefined) throw refused('/@context', { en: 'Each entity of application/ld+json needs an @context.', de: 'Jede Entität in application/ld+json braucht einen @context.' }) // prettier-ignore
  return { context: await call.means.contexts.resolve(call.who.tenant, rootOf(call.request), source), entity }
}

function problemIn(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}

/** An id that comes again is taken up when what came before is written, as if it had been a request of its own. */
async function inRounds(call: Call, items: readonly Item[], mode: Mode, upsert: boolean): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  const dataset = upsert ? await homeOf(call) : undefined
  for (let left = items; left.length > 0;) {
    const seen = new Set<string>()
    const now = left.filter(({ id }) => !seen.has(id) && seen.add(id))
    left = left.filter((item) => !now.includes(item))
    outcomes.push(...(await round(call, now, mode, dataset)))
  }
  return outcomes
}

async function round(call: Call, items: readonly Item[], mode: Mode, dataset: number | undefined): Promise<readonly Outcome[]> {
  const known = await findByIri(call, items.map(({ id }) => id), call.within) // prettier-ignore
  const fresh = items.filter(({ id }) => !known.has(id))
  const made =
    dataset === undefined ? fresh.map(({ id }): Outcome => ({ id, problem: missingEntity(id) })) : await create(call, dataset, fresh)
  const changes = await changeAll(call, items.flatMap((item) => { const found = known.get(item.id); return found ? [{ item, found }] : [] }), mode) // prettier-ignore
  const settled: Outcome[] = []
  for (const outcome of made) settled.push(await afterRace(call, outcome, fresh, mode))
  return [...settled, ...changes]
}

/** Somebody else made it first: then it is there, and is changed. */
async function afterRace(call: Call, outcome: Outcome, items: readonly Item[], mode: Mode): Promise<Outcome> {
  const item = items.find(({ id }) => id === outcome.id)
  if (outcome.problem?.kind !== 'conflict' || item === undefined) return outcome
  const again = await changeOne(call, item, mode)
  return again.problem?.kind === 'not-found' ? outcome : again
}

/** All at once; when that fails, in halves, until those at fault are alone. */
async function create(call: Call, dataset: number, items: readonly Item[]): Promise<readonly Outcome[]> {
  if (items.length === 0) return []
  try {
    await createAll(call, dataset, items.map(({ id, said }) => freshState({ ...said, id, types: said.types ?? [] }))) // prettier-ignore
    return items.map(({ id }) => ({ id, made: true }))
  } catch (error) {
    const problem = problemIn(error)
    if (items.length === 1) return items.map(({ id }) => ({ id, problem: existing(problem, id) as Problem }))
    if (problem.kind !== 'conflict' && problem.kind !== 'invalid-body') return items.map(({ id }) => ({ id, problem }))
    const middle = Math.ceil(items.length / 2)
    return [...(await create(call, dataset, items.slice(0, middle))), ...(await create(call, dataset, items.slice(middle)))]
  }
}

interface Pair {
  readonly item: Item
  readonly found: Known
}

/** What has only new values goes in one statement; the others are changed one after the other. */
async function changeAll(call: Call, pairs: readonly Pair[], mode: Mode): Promise<readonly Outcome[]> {
  const at = now()
  const light: { readonly id: string; readonly values: readonly Value[] }[] = []
  const heavy: Pair[] = []
  for (const pair of pairs) {
    const after = changed(pair.found.state, pair.item.said, mode, at).state
    const delta = deltaOf(pair.found.thing, pair.found.state, after)
    const isLight = delta.entity === undefined && delta.heads.length === 0 && delta.values.every(({ series }) => series !== undefined)
    if (isLight) light.push({ id: pair.item.id, values: delta.values })
    else heavy.push(pair)
  }
  const outcomes: Outcome[] = []
  outcomes.push(...(await appendTogether(call, light)))
  for (const { item } of heavy) outcomes.push(await changeOne(call, item, mode))
  return outcomes
}

async function appendTogether(
  call: Call,
  light: readonly { readonly id: string; readonly values: readonly Value[] }[],
): Promise<readonly Outcome[]> {
  try {
    await appendValues(call, light.flatMap(({ values }) => values)) // prettier-ignore
    return light.map(({ id }) => ({ id }))
  } catch (error) {
    const problem = problemIn(error)
    if (light.length <= 1) return light.map(({ id }) => ({ id, problem }))
    const outcomes: Outcome[] = []
    for (const one of light) outcomes.push(...(await appendTogether(call, [one])))
    return outcomes
  }
}

async function changeOne(call: Call, { id, said }: Item, mode: Mode): Promise<Outcome> {
  try {
    await insistently(async () => {
      const known = (await findByIri(call, [id], call.within)).get(id)
      if (known === undefined) throw missingEntity(id)
      await change(call, known, changed(known.state, said, mode, now()).state)
    })
    return { id }
  } catch (error) {
    return { id, problem: problemIn(error) }
  }
}

/** 201 with what is new, 204, or 207 with what went wrong; always application/json (6.14 to 6.18). */
function answer({ reply, request }: Call, outcomes: readonly Outcome[]): FastifyReply {
  const errors = outcomes.flatMap(({ id, problem }) =>
    problem ? [{ entityId: id, error: problemDetails(problem, request.language) }] : [],
  )
  const good = outcomes.filter(({ problem }) => problem === undefined)
  const made = good.filter((one) => one.made).map(({ id }) => id)
  if (errors.length > 0) return json(reply, 207, { success: [...new Set(good.map(({ id }) => id))], errors })
  return made.length > 0 ? json(reply, 201, made) : reply.code(204).send()
}

function json(reply: FastifyReply, status: number, body: JsonObject | readonly string[] | object): FastifyReply {
  return reply.code(status).type('application/json').send(JSON.stringify(body))
}

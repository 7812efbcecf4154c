/** purge: all entities that match deleted at once, or some of their attributes (5.6.21). */
import type { FastifyReply } from 'fastify'
import { and } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import { WITH_SERIES } from '../../http/feature.ts'
import type { Call } from './call.ts'
import { namesIn, refuseUnsupported, wrong } from './params.ts'
import { selectionIn } from './selection.ts'
import { change, ENTITIES, insistently, statesOf, type Known } from './write.ts'
import { oneEntity } from './reading.ts'
import { living } from './expiry.ts'

/** Entities whose attributes are taken away in one round. */
const ROUND = 200

export async function purge(call: Call): Promise<FastifyReply> {
  const { parameters, context } = call
  refuseUnsupported(parameters)
  const drop = namesIn(parameters, 'drop', context)
  const keep = namesIn(parameters, 'keep', context)
  if (drop !== undefined && keep !== undefined)
    throw wrong('keep', { en: 'keep and drop rule each other out.', de: 'keep und drop schließen einander aus.' })
  const where = and(ENTITIES, living(), call.within, selectionIn(call).where)
  if (drop === undefined && keep === undefined) await call.service.remove(call.who, 'entity', where)
  else await strip(call, where, (name) => (drop ? drop.includes(name) : keep?.includes(name) === false))
  return call.reply.code(204).send()
}

async function strip(call: Call, where: ReturnType<typeof and>, goes: (name: string) => boolean): Promise<void> {
  for (let after: string | undefined; ;) {
    const page = { limit: ROUND, ...(after !== undefined && { after }) }
    const found = await call.service.find(call.who, { ...ask('entity', where), page, include: [WITH_SERIES] })
    for (const known of await statesOf(call, found.items)) await stripOne(call, known, goes)
    if (found.next === undefined) return
    after = found.next
  }
}

async function stripOne(call: Call, { thing, state }: Known, goes: (name: string) => boolean): Promise<void> {
  if (![...state.attributes.keys()].some(goes)) return
  await insistently(async () => {
    const known = await oneEntity(call, thing.iri)
    await change(call, known, { ...known.state, attributes: new Map([...known.state.attributes].filter(([name]) => !goes(name))) })
  })
}

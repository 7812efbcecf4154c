/** attempts: every way to write through the service, by the verb that it takes. */
import type { Noun } from '../../src/model/noun.ts'
import { Problem } from '../../src/problem.ts'
import { equals, type Filter } from '../../src/query/filter.ts'
import type { Principal, Verb } from '../../src/rights/principal.ts'
import { entityOf, seriesOf, type Place, type World } from './world.ts'

export type Attempt = (world: World, who: Principal, place: Place) => Promise<unknown>
type Writing = Exclude<Verb, 'read' | 'read-metadata'>

export const WRITES: Readonly<Record<Writing, Readonly<Record<string, Attempt>>>> = {
  append: {
    observation: ({ service }, who, { series }) => service.append(who, [{ series, time: '2026-04-01T00:00:00Z', result: 1 }]),
    entity: async ({ service }, who, { dataset }) => {
      const [id = 0] = await service.ids('entity', 1)
      await service.record(who, { entities: [entityOf(id, dataset, 'thing', 'new')] })
    },
    series: async ({ service }, who, { dataset, thing }) => {
      const [id = 0] = await service.ids('series', 1)
      await service.record(who, { series: [seriesOf(id, dataset, thing)] })
    },
    keep: ({ service }, who, { dataset }) =>
      service.keep(who, dataset, [{ draft: 'entity', iri: `urn:x:${crypto.randomUUID()}`, type: 'Thing', name: 'new' }]),
    compare: ({ service }, who, { dataset }) => service.compare(who, dataset, [{ draft: 'entity', iri: 'urn:x:compared', type: 'Thing' }]),
  },
  change: {
    entity: ({ service }, who, { thing }) => service.amend(who, 'entity', thing, (old) => ({ ...old, name: 'changed' })),
    series: ({ service }, who, { series }) => service.amend(who, 'series', series, (old) => ({ ...old, name: 'changed' })),
    observation: ({ service }, who, { observation }) => service.amend(who, 'observation', observation, (old) => ({ ...old, result: 0 })),
  },
  delete: {
    entity: removal('entity'),
    series: removal('series'),
    observation: removal('observation'),
  },
  manage: {
    card: ({ service }, who, { dataset }) => service.amend(who, 'dataset', dataset, (old) => ({ ...old, access: 'public' })),
    removal: removal('dataset'),
  },
  release: {
    decision: ({ service }, who, { dataset }) =>
      service.turn(who, 'release', dataset, ({ dataset: before }) => ({ dataset: before, told: [] })),
  },
}

/** Removing what is not there removes nothing; that is said as `not-found` here. */
function removal(noun: Noun): Attempt {
  return async ({ service }, who, place) => {
    const removed = await service.remove(who, noun, itself(place, noun))
    if (removed === 0) throw new Problem('not-found', 'nothing was removed')
  }
}

export const idIn = (place: Place, noun: Noun): number => (noun === 'entity' ? place.thing : place[noun])
export const itself = (place: Place, noun: Noun): Filter => equals(['id'], idIn(place, noun))

/** asked: who calls an action, with what, and what there is to look through. */
import type { FastifyRequest } from 'fastify'
import { and, equals, type Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import { formatOf } from './names.ts'
import { paramsOf, type Params } from './params.ts'

export interface Asked {
  readonly service: Service
  readonly who: Principal
  readonly root: string
  readonly language: 'de' | 'en'
  readonly params: Params
  /** What the doors of every dataset are called. */
  formats(): Promise<readonly string[]>
}

export function askedOf(service: Service, request: FastifyRequest): Asked {
  const { who, root, language } = request
  return { service, who, root, language, params: paramsOf(request), formats: () => formatsOf(service, request) }
}

/** Released, and open to all; with `hidden` also what only the caller and some others may read. */
export function visible({ who }: Pick<Asked, 'who'>, hidden = false): Filter {
  const released = and(equals(['tenant'], who.tenant), equals(['state'], 'released'))
  return hidden ? released : and(released, equals(['access'], 'public'))
}

/** The doors are the same for all datasets, so one of them tells. */
async function formatsOf(service: Service, { who, root }: FastifyRequest): Promise<readonly string[]> {
  const { items } = await service.cards(who, ask('dataset', visible({ who }), 1), root)
  return [...new Set(items.flatMap(({ distributions }) => distributions.map(formatOf)))]
}

export interface Named {
  readonly name: string
  readonly count: number
}

/** Who publishes, with how many datasets of theirs may be seen. */
export async function publishersOf({ service, who }: Pick<Asked, 'service' | 'who'>): Promise<readonly Named[]> {
  const by = [{ of: { path: ['publisher', 'name'] as const } }]
  const groups = await service.group(who, { noun: 'dataset', where: visible({ who }), by, measures: [{ how: 'count' }], limit: 10_000 })
  return groups.flatMap(([name, count]) => (typeof name === 'string' ? [{ name, count: Number(count) }] : []))
}

/** channel: what one topic tells: which items, written how. All who subscribe to it share one. */
import type { Noun } from '../../model/noun.ts'
import type { Told } from '../../mqtt/speaker.ts'
import { Problem } from '../../problem.ts'
import { and, type Filter, type Operand } from '../../query/filter.ts'
import { ask, type Found, type Query } from '../../query/query.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Since } from '../../service/service.ts'
import type { EntityType } from './version.ts'
import { whereOf, type ResourcePath } from './path.ts'
import { questionOf } from './question.ts'
import { inside, lastOf } from './reading.ts'
import { writerOf, type Write } from './render.ts'
import type { Topic } from './topics.ts'

/** As 2.0 calls what happened. */
export type What = 'create' | 'update'

export interface Listener {
  /** Asked before each message, because rights end. */
  who(): Principal | Promise<Principal>
  /** And whether it was made or changed. */
  tell(told: Told, what: What): void
}

export interface Channel {
  readonly noun: Noun
  readonly where: Filter
  readonly write: Write
  /** Only what is another than the last time is told. */
  readonly last: Map<number, string> | undefined
  /** The entity whose set it is, where what belongs to it comes and goes without being changed itself: the Locations of a Thing. */
  readonly below: number | undefined
  readonly members: Set<number>
  /** Decided from the item and its series alone; otherwise it is asked for everyone by their own rights. */
  readonly plain: boolean
  readonly query: Query
  /** And since when each listens. */
  readonly listeners: Map<Listener, Since>
}

/** `door` is the dataset whose own door was used, `base` the address of the service. */
export function channelOf({ path, options, creates }: Topic, door: number | undefined, base: string): Channel {
  const { step } = lastOf(path)
  const { type } = step
  if (creates) throw new Problem('invalid-query', 'Changes are told at the topic without “/create”.')
  if (path.ending !== 'none') throw new Problem('not-implemented', 'A topic ends with a set, an entity or a property.')
  const query = questionOf(type, whereOf(path.steps, door), options)
  const property = path.property.length > 0
  return {
    noun: type.noun,
    where: query.where,
    write: property ? propertyWriter(type, path.property) : writerOf(type, options, base),
    last: property ? new Map() : undefined,
    below: property ? undefined : belowOf(path),
    members: new Set(),
    plain: options.expand.length === 0 && isNear(type.noun, query.where),
    query,
    listeners: new Map(),
  }
}

function belowOf({ steps }: ResourcePath): number | undefined {
  const [parent, step] = steps.slice(-2)
  const linked = step?.single === false && step.type.noun === 'entity' && parent?.type.noun === 'entity' && parent.single
  return linked && typeof parent.key === 'number' ? parent.key : undefined
}

function propertyWriter(type: EntityType, [name = '', ...keys]: readonly string[]): Write {
  const read = type.readers[name]
  const called = keys.at(-1) ?? name
  return (item: Found) => JSON.stringify({ [called]: keys.reduce<unknown>(inside, read?.(item)) ?? null })
}

/** Whether a filter asks for nothing beyond the item and, of an observation, its series: those two are always in one dataset. */
function isNear(noun: Noun, filter: Filter): boolean {
  if (filter.is === 'and' || filter.is === 'or') return filter.of.every((part) => isNear(noun, part))
  if (filter.is === 'not') return isNear(noun, filter.of)
  if (filter.is === 'compare' || filter.is === 'text') return [filter.left, filter.is === 'text' ? filter.part : filter.right].every(isOwn)
  return filter.is !== 'some' || (noun === 'observation' && filter.through === 'series' && isNear('series', filter.where))
}

function isOwn(operand: Operand): boolean {
  return 'call' in operand ? operand.args.every(isOwn) : !('through' in operand)
}

/** What the channel has to tell of these, for someone. */
export function questionAbout({ noun, where, query }: Channel, ids: readonly number[]): Query {
  const among: Filter = { is: 'in', path: ['id'], values: ids }
  return { ...ask(noun, and(among, where), ids.length), include: query.include }
}

/** A key that all of its items have, so that a channel is found without asking each: "series=7". */
export function keyOf(filter: Filter): string | undefined {
  if (filter.is === 'and') return filter.of.map(keyOf).find((key) => key !== undefined)
  if (filter.is !== 'compare' || filter.by !== '=' || !('path' in filter.left) || !('value' in filter.right)) return undefined
  const [field, ...rest] = filter.left.path
  return rest.length === 0 && KEYS.includes(field) ? `${field}=${filter.right.value}` : undefined
}

const KEYS: readonly string[] = ['id', 'series', 'entity']

/** The keys that an item may be found by. */
export function keysOf(item: Found): readonly string[] {
  return KEYS.flatMap((field) => {
    const value = (item as unknown as Readonly<Record<string, unknown>>)[field]
    return typeof value === 'number' ? [`${field}=${value}`] : []
  })
}

/** find: ask a question as someone. Rights join the question as one more filter, so what may not be seen is never fetched. */
import type { Noun } from '../model/noun.ts'
import { and, equals, everything, type Filter, type Operand } from '../query/filter.ts'
import {
  ask,
  type Aggregated,
  type Aggregation,
  type Found,
  type Group,
  type Grouping,
  type Include,
  type KindCount,
  type Order,
  type Page,
  type Query,
  type Summarised,
  type Summary,
  type Version,
} from '../query/query.ts'
import { relationOf } from '../query/relations.ts'
import { narrow } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import { boundOperand, boundRelatives, staysInside } from '../rights/relatives.ts'
import { aggregate as aggregateRows } from '../store/aggregate.ts'
import { kindsOf } from '../store/kinds.ts'
import type { Bounds } from '../store/include.ts'
import { read, stream as streamRows } from '../store/read.ts'
import type { Store } from '../store/pool.ts'
import { group as groupRows } from '../store/group.ts'
import { summarise as summariseRows } from '../store/summarise.ts'
import { versionsOf } from '../store/versions.ts'
import { missing } from './allow.ts'
import type { Directory } from './directory.ts'
import { settle } from './settle.ts'
import { understand } from './understand.ts'

const boundsOf =
  (who: Principal): Bounds =>
  (noun, parent, through) =>
    staysInside(parent, through) ? everything : narrow(who, 'read', noun)

function bounded<N extends Noun>(who: Principal, query: Query<N>): Query<N> {
  const { noun, include } = query
  return {
    ...query,
    where: and(boundRelatives(who, noun, query.where), narrow(who, 'read', noun)),
    order: boundOrder(who, noun, query.order),
    ...(query.distinct && { distinct: query.distinct.map((of) => boundOperand(who, noun, of)) }),
    include: include.map((one) => boundedInclude(who, noun, one)),
  }
}

/** What is included is bounded by `Bounds`; what its filter asks of relatives, here. */
function boundedInclude(who: Principal, parent: Noun, include: Include): Include {
  const { to } = relationOf(parent, include.through)
  return {
    ...include,
    where: boundRelatives(who, to, include.where),
    order: boundOrder(who, to, include.order),
    include: include.include.map((one) => boundedInclude(who, to, one)),
  }
}

function boundOrder(who: Principal, noun: Noun, order: readonly Order[]): readonly Order[] {
  return order.map(({ by, descending }) => ({ by: boundOperand(who, noun, by), descending }))
}

/** With a directory, what is the same for all observations of one series is decided once. */
export async function find<N extends Noun>(store: Store, who: Principal, query: Query<N>, directory?: Directory): Promise<Page<N>> {
  const wanted = bounded(who, query)
  if (directory === undefined) return read(store, wanted, boundsOf(who))
  const settled: Query = await prepared(directory, wanted)
  const ask = <M extends Noun>(question: Query<M>) => read(store, question, boundsOf(who))
  const page = isAboutObservations(settled) ? directory.edges.page(settled, ask) : ask(settled)
  return page as Promise<Page<N>>
}

/** With what the directory knows: the words of the catalogue, and what is the same for a whole series. */
async function prepared<N extends Noun>(directory: Directory, query: Query<N>): Promise<Query<N>> {
  return settle(directory, await understand(directory.lexicon, query))
}

function isAboutObservations(query: Query): query is Query<'observation'> {
  return query.noun === 'observation'
}

export async function get<N extends Noun>(store: Store, who: Principal, noun: N, id: number): Promise<Found<N>> {
  const { items } = await find(store, who, ask(noun, equals(['id'], id), 1))
  if (items[0] === undefined) throw missing(noun, id)
  return items[0]
}

export async function* stream<N extends Noun>(
  store: Store,
  who: Principal,
  query: Query<N>,
  directory?: Directory,
): AsyncIterable<Found<N>> {
  const wanted = bounded(who, query)
  yield* streamRows(store, directory ? await prepared(directory, wanted) : wanted, boundsOf(who))
}

/** Only of series that `who` may read; the others are as if they were not there. */
export async function summarise(store: Store, who: Principal, summary: Summary): Promise<readonly Summarised[]> {
  const series = await readable(store, who, 'series', summary.series)
  return series.length === 0 ? [] : summariseRows(store, { ...summary, series })
}

export async function aggregate(store: Store, who: Principal, aggregation: Aggregation): Promise<readonly Aggregated[]> {
  const series = await readable(store, who, 'series', aggregation.series)
  return series.length === 0 ? [] : aggregateRows(store, { ...aggregation, series })
}

export async function versions(store: Store, who: Principal, entities: readonly number[], limit: number): Promise<readonly Version[]> {
  const ids = await readable(store, who, 'entity', entities)
  return ids.length === 0 ? [] : versionsOf(store, ids, limit)
}

export async function kinds(store: Store, who: Principal, where: Filter, kept: string): Promise<readonly KindCount[]> {
  return kindsOf(store, and(boundRelatives(who, 'entity', where), narrow(who, 'read', 'entity')), kept)
}

/** Those of them that `who` may read. */
async function readable(store: Store, who: Principal, noun: Noun, ids: readonly number[]): Promise<readonly number[]> {
  if (ids.length === 0) return []
  const { items } = await find(store, who, ask(noun, { is: 'in', path: ['id'], values: ids }, ids.length))
  return items.map(({ id }) => id)
}

/** Groups of what `who` may read, by what they may read of relatives. */
export async function group(store: Store, who: Principal, grouping: Grouping, directory: Directory): Promise<readonly Group[]> {
  const { noun, where, by, measures } = grouping
  const bound = <T extends { readonly of: Operand }>(one: T): T => ({ ...one, of: boundOperand(who, noun, one.of) })
  const settled = await prepared(directory, bounded(who, ask(noun, where)))
  return groupRows(store, {
    ...grouping,
    where: settled.where,
    by: by.map(bound),
    measures: measures.map((one) => ('of' in one ? bound(one) : one)),
  })
}

/** summaries: figures over many items as someone: of what may not be seen nothing is counted, and of what may be seen in the mean alone, means. */
import type { Noun } from '../model/noun.ts'
import { isLater, type Instant } from '../model/time.ts'
import { and, not, type Filter } from '../query/filter.ts'
import {
  ask,
  type Aggregated,
  type Aggregation,
  type Group,
  type Grouping,
  type KindCount,
  type Summarised,
  type Summary,
  type Version,
} from '../query/query.ts'
import { narrow } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import { boundRelatives } from '../rights/relatives.ts'
import { meansFor, pastFor, type Past } from '../rights/summary.ts'
import { attributesOf, openEntities, openSeries, seesInPart } from '../rights/veil.ts'
import { aggregate as aggregateRows } from '../store/aggregate.ts'
import { group as groupRows } from '../store/group.ts'
import { kindsOf } from '../store/kinds.ts'
import type { Store } from '../store/pool.ts'
import { summarise as summariseRows } from '../store/summarise.ts'
import { versionsOf } from '../store/versions.ts'
import { bounded, boundedGrouping } from './bound.ts'
import type { Directory } from './directory.ts'
import { find, prepared } from './find.ts'
import { meansOver } from './means.ts'
import { unveilVersions } from './unveil.ts'

/** Only of series that `who` may read; the others are as if they were not there. */
export async function summarise(store: Store, who: Principal, summary: Summary): Promise<readonly Summarised[]> {
  const open = await openAmong(store, who, summary.series)
  const whole = open.length === 0 ? [] : await summariseRows(store, { ...summary, series: open })
  if (!seesInPart(who)) return whole
  const rest = summary.series.filter((id) => !open.includes(id))
  const inMean = await readable(store, who, 'series', rest, meansFor(who, summary))
  const means = await meansOver(store, { ...summary, series: inMean })
  const past = await overPasts(store, who, rest.filter((id) => !inMean.includes(id)), summary) // prettier-ignore
  return [...whole, ...means, ...past].toSorted((a, b) => a.series - b.series || Date.parse(a.start) - Date.parse(b.start))
}

/** Of those whose values may be seen when they are old enough, the older ones. */
async function overPasts(store: Store, who: Principal, series: readonly number[], summary: Summary): Promise<readonly Summarised[]> {
  const rows = await eachPast(store, who, series, (mine, past) =>
    summariseRows(store, { ...summary, series: mine, until: earlier(past.until, summary.until) }),
  )
  return rows.flat()
}

export async function aggregate(store: Store, who: Principal, aggregation: Aggregation): Promise<readonly Aggregated[]> {
  const open = await openAmong(store, who, aggregation.series)
  const whole = open.length === 0 ? [] : await aggregateRows(store, { ...aggregation, series: open })
  if (!seesInPart(who)) return whole
  const rest = aggregation.series.filter((id) => !open.includes(id))
  const past = await eachPast(store, who, rest, (series, { until }) =>
    aggregateRows(store, { ...aggregation, series, until: earlier(until, aggregation.until) }),
  )
  return [...whole, ...past.flat()].toSorted((a, b) => a.series - b.series)
}

/** The series of each portion of the past, the one that reaches furthest first; each once. */
async function eachPast<T>(
  store: Store,
  who: Principal,
  series: readonly number[],
  work: (series: readonly number[], past: Past) => Promise<T>,
) {
  // prettier-ignore
  const done: T[] = []
  let left = series
  for (const past of pastFor(who)) {
    const mine = await readable(store, who, 'series', left, past.of)
    if (mine.length > 0) done.push(await work(mine, past))
    left = left.filter((id) => !mine.includes(id))
  }
  return done
}

const earlier = (a: Instant, b: Instant | undefined): Instant => (b === undefined || isLater(b, a) ? a : b)

export async function versions(store: Store, who: Principal, entities: readonly number[], limit: number): Promise<readonly Version[]> {
  const ids = await readable(store, who, 'entity', entities)
  return ids.length === 0 ? [] : unveilVersions(store, who, await versionsOf(store, ids, limit))
}

export async function kinds(store: Store, who: Principal, where: Filter, kept: string): Promise<readonly KindCount[]> {
  const mine = and(boundRelatives(who, 'entity', where), narrow(who, 'read', 'entity'))
  if (!seesInPart(who)) return kindsOf(store, mine, kept)
  const open = openEntities(who)
  const inPart = attributesOf(who)
  const whole = await kindsOf(store, and(mine, open), kept)
  const veiled = and(mine, not(open))
  const bare = inPart.length === 0 ? [] : (await kindsOf(store, veiled, kept)).filter(({ name }) => isNever(name))
  const parts = await Promise.all(
    inPart.map(async ({ names, of }) => (await kindsOf(store, and(veiled, of), kept)).filter(({ name = '' }) => names.includes(name))),
  )
  return together([...whole, ...bare, ...parts.flat()])
}

/** What is no attribute that could be kept back. */
const isNever = (name: string | undefined): boolean => name === undefined || ['name', 'description', 'location'].includes(name)

/** Attributes of things that two portions show are counted for each of them. */
function together(kinds: readonly KindCount[]): readonly KindCount[] {
  const groups = Map.groupBy(kinds, ({ type, name, kind }) => JSON.stringify([type, name, kind]))
  return [...groups.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, count: more.reduce((sum, { count }) => sum + count, first.count) }],
  )
}

/** Groups of what `who` may read, by what they may read of relatives. */
export async function group(store: Store, who: Principal, grouping: Grouping, directory: Directory): Promise<readonly Group[]> {
  const { where } = await prepared(directory, bounded(who, ask(grouping.noun, grouping.where)))
  return groupRows(store, { ...grouping, where, ...boundedGrouping(who, grouping) })
}

/** Those of them all of whose values may be seen. */
function openAmong(store: Store, who: Principal, series: readonly number[]): Promise<readonly number[]> {
  return readable(store, who, 'series', series, seesInPart(who) ? openSeries(who) : { is: 'everything' })
}

/** Those of them that `who` may read. */
async function readable(
  store: Store,
  who: Principal,
  noun: Noun,
  ids: readonly number[],
  also: Filter = { is: 'everything' },
): Promise<readonly number[]> {
  // prettier-ignore
  if (ids.length === 0 || also.is === 'nothing') return []
  const among = and({ is: 'in', path: ['id'], values: ids }, also)
  const { items } = await find(store, who, ask(noun, among, ids.length))
  return items.map(({ id }) => id)
}

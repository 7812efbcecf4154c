/** unveil: items as somebody sees them who may not see all of each: without the values and attributes that were not granted. */
import type { Entity } from '../model/entity.ts'
import type { JsonObject } from '../model/json.ts'
import type { Noun } from '../model/noun.ts'
import type { Series } from '../model/series.ts'
import { and, everything, type Filter } from '../query/filter.ts'
import { ask, type Found, type Page, type Version } from '../query/query.ts'
import type { Principal } from '../rights/principal.ts'
import { attributesOf, openEntities, openSeries, seesInPart } from '../rights/veil.ts'
import type { Store } from '../store/pool.ts'
import { read } from '../store/read.ts'

/** The same page without what is kept back, on the items and on everything that was included. */
export async function unveil<P extends Page>(store: Store, who: Principal, page: P): Promise<P> {
  if (!seesInPart(who)) return page
  const seen = await sightOf(store, who, [...itemsIn(page.items)])
  return { ...page, items: page.items.map((item) => shown(item, seen)) }
}

/** Earlier versions, each with the attributes that may be seen of the entity. */
export async function unveilVersions(store: Store, who: Principal, versions: readonly Version[]): Promise<readonly Version[]> {
  const entities = [...new Set(versions.map(({ entity }) => entity))]
  if (!seesInPart(who)) return versions
  const names = await attributesSeen(store, who, entities)
  return versions.map((version) => {
    const mine = names.get(version.entity)
    return mine === undefined ? version : { ...version, was: { ...version.was, ...kept(version.was, mine) } }
  })
}

interface Sight {
  /** Series that tell nothing of their values. */
  readonly silent: ReadonlySet<number>
  /** Attributes of the entities that do not show all. */
  readonly names: ReadonlyMap<number, ReadonlySet<string>>
}

async function sightOf(store: Store, who: Principal, items: readonly Found[]): Promise<Sight> {
  const series = items.filter(isSeries).map(({ id }) => id)
  const entities = items.filter(isEntity).map(({ id }) => id)
  const [open, names] = await Promise.all([among(store, 'series', series, openSeries(who)), attributesSeen(store, who, entities)])
  return { silent: new Set(series.filter((id) => !open.has(id))), names }
}

async function attributesSeen(
  store: Store,
  who: Principal,
  entities: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const open = await among(store, 'entity', entities, openEntities(who))
  const names = new Map(entities.filter((id) => !open.has(id)).map((id) => [id, new Set<string>()]))
  if (names.size === 0) return names
  for (const { names: granted, of } of attributesOf(who))
    for (const id of await among(store, 'entity', [...names.keys()], of)) for (const name of granted) names.get(id)?.add(name)
  return names
}

/** Those of them that fulfil the filter. */
async function among(store: Store, noun: Noun, ids: readonly number[], where: Filter): Promise<ReadonlySet<number>> {
  if (ids.length === 0 || where.is === 'everything') return new Set(ids)
  const wanted = ask(noun, and({ is: 'in', path: ['id'], values: ids }, where), ids.length)
  return new Set((await read(store, wanted, () => everything)).items.map(({ id }) => id))
}

function* itemsIn(items: readonly Found[]): Iterable<Found> {
  for (const item of items) {
    yield item
    for (const page of Object.values(item.with ?? {})) yield* itemsIn(page.items)
  }
}

const isSeries = (item: Found): item is Found<'series'> => 'observationType' in item
const isEntity = (item: Found): item is Found<'entity'> => 'role' in item

function shown<F extends Found>(item: F, sight: Sight): F {
  const bare = isSeries(item) && sight.silent.has(item.id) ? { ...item, ...SILENT } : item
  const names = isEntity(item) ? sight.names.get(item.id) : undefined
  const part = names === undefined ? bare : { ...bare, ...kept(item as Found<'entity'>, names) }
  if (item.with === undefined) return part as F
  const below = Object.entries(item.with).map(([name, page]) => [name, { ...page, items: page.items.map((one) => shown(one, sight)) }])
  return { ...part, with: Object.fromEntries(below) } as F
}

const SILENT = { count: 0, latest: undefined, period: undefined, resultPeriod: undefined, observedArea: undefined } satisfies {
  [Field in keyof Series]?: Series[Field] | undefined
}

function kept({ attributes }: Pick<Entity, 'attributes'>, names: ReadonlySet<string>): { attributes: JsonObject; about: JsonObject } {
  return { attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => names.has(name))), about: {} }
}

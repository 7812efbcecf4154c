/** include: related items of a whole page of parents in one statement: by foreign key upwards, by a lateral join downwards. */
import type { Noun } from '../model/noun.ts'
import { and, type Filter, type Through } from '../query/filter.ts'
import { idAt } from '../query/look-up.ts'
import type { Found, Include, Page } from '../query/query.ts'
import { relationOf } from '../query/relations.ts'
import { itemOf, selectOf, tableOf } from './columns.ts'
import { compile } from './compile.ts'
import { cursorOf, keysOf, orderBy, termsOf, type Term } from './order.ts'
import { pack, unpack, type ObservationRow, type Packed } from './packed.ts'
import type { Store } from './pool.ts'
import { TO_MANY } from './relations.ts'
import { resolveShapes } from './shapes.ts'
import { name, sql, type Sql } from './sql.ts'

/** Rights that bound what is included, by noun and the way to it: the service says what, the store only joins it. */
export type Bounds = (noun: Noun, parent: Noun, through: Through) => Filter

interface Included {
  readonly to: Noun
  /** By the id of the parent. */
  readonly pages: ReadonlyMap<number, Page>
}

export async function include(store: Store, noun: Noun, parents: readonly Found[], wanted: Include, bounds: Bounds): Promise<Included> {
  const { to, many } = relationOf(noun, wanted.through)
  const where = await resolveShapes(store, and(wanted.where, bounds(to, noun, wanted.through)), to)
  const bounded = { ...wanted, where }
  return { to, pages: many ? await downwards(store, noun, to, parents, bounded) : await upwards(store, noun, to, parents, bounded) }
}

async function upwards(
  store: Store,
  noun: Noun,
  to: Noun,
  parents: readonly Found[],
  { through, where }: Include,
): Promise<ReadonlyMap<number, Page>> {
  const keys = await keysUp(store, noun, parents, through)
  const wanted = [...new Set(keys.values())]
  const rows = await store.query<Record<string, unknown>>(
    sql`select ${selectOf(to, 't')} from ${tableOf(to, 't')} where ${name('t')}.id = any(${wanted}::bigint[]) and ${compile(where, { noun: to, t: 't' })}`,
  )
  const found = new Map(rows.map((row) => [row['id'] as number, { items: [itemOf(to, row)] }]))
  return new Map(parents.flatMap(({ id }) => pairOf(id, found.get(keys.get(id) ?? NaN))))
}

function pairOf(id: number, page: Page | undefined): [number, Page][] {
  return page === undefined ? [] : [[id, page]]
}

/** The related id of each parent: in the item itself, or looked up where an observation leaves it to its series. */
async function keysUp(store: Store, noun: Noun, parents: readonly Found[], through: Through): Promise<ReadonlyMap<number, number>> {
  if (noun !== 'observation' || (through !== 'feature' && through !== 'thing'))
    return new Map(parents.flatMap((parent) => keyOf(parent, through)))
  const observations = parents as readonly Found<'observation'>[]
  const series = [...new Set(observations.map((one) => one.series))]
  const heads = await store.query<{ id: number; entity: number; feature: number | null }>(
    sql`select id, entity, feature from series where id = any(${series}::int[])`,
  )
  const head = new Map(heads.map((one) => [one.id, one]))
  return new Map(
    observations.flatMap((one): [number, number][] => {
      const key = through === 'thing' ? head.get(one.series)?.entity : (one.feature ?? head.get(one.series)?.feature)
      return typeof key === 'number' ? [[one.id, key]] : []
    }),
  )
}

function keyOf(parent: Found, through: Through): [number, number][] {
  const key = typeof through === 'string' ? (parent as unknown as Readonly<Record<string, unknown>>)[through] : idAt(parent, through)
  return typeof key === 'number' ? [[parent.id, key]] : []
}

async function downwards(
  store: Store,
  noun: Noun,
  to: Noun,
  parents: readonly Found[],
  wanted: Include,
): Promise<ReadonlyMap<number, Page>> {
  const link = typeof wanted.through === 'string' ? TO_MANY[noun][wanted.through] : undefined
  if (link === undefined) throw new Error(`no join for ${noun}.${JSON.stringify(wanted.through)}`)
  const scope = { noun: to, t: 't' }
  const { limit, offset = 0 } = wanted.page
  const terms = termsIn(to, wanted)
  if (noun === 'series' && to === 'observation' && terms.every(({ column }) => column !== undefined)) {
    if (isLatest(wanted)) return latest(store, parents as readonly Found<'series'>[], wanted, terms)
    if (!wanted.count) return packedDown(store, parents, wanted, terms)
  }
  const total = wanted.count
    ? sql`, (select count(*) from ${tableOf(to, 't')} where ${link(sql`p.parent`, 't')} and ${compile(wanted.where, scope)}) as total`
    : sql``
  const rows = await store.query<Record<string, unknown>>(sql`
    select p.parent, x.*${total} from unnest(${parents.map(({ id }) => id)}::bigint[]) p(parent)
    left join lateral (select ${selectOf(to, 't')}${keysOf(terms)} from ${tableOf(to, 't')}
      where ${link(sql`p.parent`, 't')} and ${compile(wanted.where, scope)}
      order by ${orderBy(terms)} limit ${limit + 1} offset ${offset}) x on true`)
  return paged(rows, to, limit, wanted.count, (row) => cursorOf(terms, row))
}

/** Observations run by time here, too, and observed properties stand in the order of the parts. */
function termsIn(to: Noun, { through, where, order }: Include): readonly Term[] {
  const byTime = through === 'observations' && order.length === 0
  const terms = termsOf({ noun: to, order: byTime ? [{ by: { path: ['time'] }, descending: false }] : order, where }, { noun: to, t: 't' })
  return through === 'observed' && order.length === 0 ? [position, ...terms] : terms
}

const position: Term = {
  by: sql`(select position from series_part part where part.series = p.parent and part.property = t.id)`,
  cast: 'int',
  descending: false,
  nullable: true,
}

/** The newest observation alone: each series knows its own, so that no one looks for it through all months. Where observations last, the one that ends last need not be the one that began last. */
function isLatest({ where, order, page }: Include): boolean {
  const [first, ...rest] = order
  if (where.is !== 'everything' || page.limit !== 1 || (page.offset ?? 0) > 0 || first === undefined || rest.length > 0) return false
  return first.descending && 'path' in first.by && first.by.path.length === 1 && first.by.path[0] === 'time'
}

/** What the parents say of themselves tells whether there is more. */
async function latest(
  store: Store,
  parents: readonly Found<'series'>[],
  wanted: Include,
  terms: readonly Term[],
): Promise<ReadonlyMap<number, Page>> {
  const select = sql`select ${selectOf('observation', 't')} from ${tableOf('observation', 't')}`
  const rows = await packedRows(
    store,
    sql`
    select x.* from unnest(${parents.map(({ id }) => id)}::bigint[]) p(parent) join series_state s on s.series = p.parent
    cross join lateral (
      (${select} where s.longest = '0' and t.series = p.parent and t.time = s.latest_time and t.id = s.latest_id)
      union all
      (${select} where s.longest <> '0' and t.series = p.parent order by ${orderBy(terms)} limit 1)) x`,
  )
  const newest = new Map(rows.map((row) => [row.series, row]))
  return new Map(
    parents.map(({ id, count }): [number, Page] => {
      const row = newest.get(id)
      const total = wanted.count ? { total: count } : {}
      if (row === undefined) return [id, { items: [], ...total }]
      return [id, { items: [itemOf('observation', row)], ...(count > 1 && { next: cursorOf(terms, row) }), ...total }]
    }),
  )
}

/** Observations of many series as one value: each says itself whose it is. */
async function packedDown(
  store: Store,
  parents: readonly Found[],
  { where, page: { limit, offset = 0 } }: Include,
  terms: readonly Term[],
): Promise<ReadonlyMap<number, Page>> {
  const rows = await packedRows(
    store,
    sql`
    select x.* from unnest(${parents.map(({ id }) => id)}::bigint[]) p(parent)
    cross join lateral (select ${selectOf('observation', 't')} from ${tableOf('observation', 't')}
      where t.series = p.parent and ${compile(where, { noun: 'observation', t: 't' })}
      order by ${orderBy(terms)} limit ${limit + 1} offset ${offset}) x`,
  )
  return paged(
    rows.map((row) => ({ ...row, parent: row.series })),
    'observation',
    limit,
    false,
    (row) => cursorOf(terms, row),
  )
}

async function packedRows(store: Store, rows: Sql): Promise<readonly ObservationRow[]> {
  const [page] = await store.query<Packed>(pack(rows))
  return page === undefined ? [] : unpack(page)
}

function paged(
  rows: readonly Record<string, unknown>[],
  to: Noun,
  limit: number,
  counted: boolean,
  cursor: (row: Record<string, unknown>) => string,
): ReadonlyMap<number, Page> {
  const pages = new Map<number, Page>()
  for (const [parent, group] of Map.groupBy(rows, (row) => row['parent'] as number)) {
    const there = group.filter((row) => row['id'] !== null)
    const kept = there.slice(0, limit)
    const last = kept.at(-1) ?? there[0]
    pages.set(parent, {
      items: kept.map((row) => itemOf(to, row)),
      ...(there.length > limit && last !== undefined && { next: cursor(last) }),
      ...(counted && { total: Number(group[0]?.['total'] ?? 0) }),
    })
  }
  return pages
}

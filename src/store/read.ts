/** read: a Query turned into a constant number of statements, whatever it includes, and its rows into items. */
import type { Noun } from '../model/noun.ts'
import { wayName, type Operand } from '../query/filter.ts'
import type { Found, Include, Page, Query } from '../query/query.ts'
import { itemOf, selectOf, tableOf } from './columns.ts'
import { compile } from './compile.ts'
import { count } from './count.ts'
import { distinctCount, distinctStatement, offsetOf } from './distinct.ts'
import { include, type Bounds } from './include.ts'
import { beyond, cursorOf, keysOf, orderBy, pinsSeries, termsOf, type Term } from './order.ts'
import { pack, unpack, type Packed } from './packed.ts'
import type { Store } from './pool.ts'
import { resolveShapes } from './shapes.ts'
import { sql, type Sql } from './sql.ts'

export async function read<N extends Noun>(store: Store, query: Query<N>, bounds: Bounds): Promise<Page<N>> {
  const where = await resolveShapes(store, query.where, query.noun)
  if (query.distinct !== undefined) return readDistinct(store, { ...query, where }, query.distinct)
  const [page, total] = await Promise.all([readPage(store, { ...query, where }), query.count ? count(store, query.noun, where) : undefined])
  const items = await includeAll(store, query.noun, page.items, query.include, bounds)
  return { ...page, items, ...(total !== undefined && { total }) }
}

async function readDistinct<N extends Noun>(store: Store, query: Query<N>, paths: readonly Operand[]): Promise<Page<N>> {
  const { limit } = query.page
  const [rows, counted] = await Promise.all([
    limit === 0 ? [] : store.query<Record<string, unknown>>(distinctStatement(query, paths)),
    query.count ? store.query<{ total: number }>(distinctCount(query, paths)) : undefined,
  ])
  return {
    items: rows.slice(0, limit).map((row) => itemOf(query.noun, row)),
    ...(rows.length > limit && { next: String(offsetOf(query) + limit) }),
    ...(counted && { total: counted[0]?.total ?? 0 }),
  }
}

async function readPage<N extends Noun>(store: Store, query: Query<N>): Promise<Page<N>> {
  if (query.page.limit === 0) return { items: [] }
  const { statement, terms } = pageStatement(query)
  const rows = await rowsOf(store, query, statement, terms)
  const more = rows.length > query.page.limit
  const kept = more ? rows.slice(0, -1) : rows
  const items = kept.map((row) => itemOf(query.noun, row))
  const last = kept.at(-1)
  return more && last !== undefined ? { items, next: cursorOf(terms, last) } : { items }
}

/** Observations come packed, unless they are ordered by what is not theirs. */
async function rowsOf(
  store: Store,
  { noun, where }: Query,
  statement: Sql,
  terms: readonly Term[],
): Promise<readonly Record<string, unknown>[]> {
  if (noun !== 'observation' || terms.some(({ column }) => column === undefined)) return store.query(statement)
  // of one series there is one good way, its index
  const [page] = await store.query<Packed>(pack(statement), pinsSeries(where) ? 'once' : undefined)
  return page === undefined ? [] : unpack(page)
}

/** The one statement of a page; a row more than asked for tells whether there is a next one. */
export function pageStatement({ noun, where, order, page }: Query): {
  readonly statement: Sql
  readonly terms: readonly Term[]
} {
  const scope = { noun, t: 't' }
  const terms = termsOf({ noun, order, where }, scope)
  const after = page.after === undefined ? sql`` : sql` and ${beyond(terms, page.after)}`
  const offset = page.offset ? sql` offset ${page.offset}` : sql``
  const statement = sql`select ${selectOf(noun, 't')}${keysOf(terms)} from ${tableOf(noun, 't')}
    where ${compile(where, scope)}${after} order by ${orderBy(terms)} limit ${page.limit + 1}${offset}`
  return { statement, terms }
}

/** Each include is one statement for all parents together, and so on below it. */
async function includeAll<N extends Noun>(
  store: Store,
  noun: N,
  items: readonly Found<N>[],
  includes: readonly Include[],
  bounds: Bounds,
): Promise<readonly Found<N>[]> {
  if (includes.length === 0 || items.length === 0) return items
  const parts = await Promise.all(
    includes.map(async (wanted) => {
      const { to, pages } = await include(store, noun, items as readonly Found[], wanted, bounds)
      const all = [...pages.values()].flatMap((page) => page.items)
      const deeper = await includeAll(store, to, all, wanted.include, bounds)
      return { name: wanted.as ?? wayName(wanted.through), pages: regroup(pages, all, deeper) }
    }),
  )
  return items.map((item) => ({
    ...item,
    with: Object.fromEntries(parts.map(({ name, pages }) => [name, pages.get(item.id) ?? { items: [] }])),
  }))
}

/** The pages again, with the items as they became below. */
function regroup(pages: ReadonlyMap<number, Page>, before: readonly Found[], after: readonly Found[]): ReadonlyMap<number, Page> {
  if (before === after) return pages
  let at = 0
  return new Map(
    [...pages].map(([parent, page]) => {
      const items = after.slice(at, at + page.items.length)
      at += page.items.length
      return [parent, { ...page, items }]
    }),
  )
}

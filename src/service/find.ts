/** find: ask a question as someone. Rights join the question as one more filter, so what may not be seen is never fetched. */
import type { Noun } from '../model/noun.ts'
import { equals } from '../query/filter.ts'
import { ask, type Found, type Page, type Query } from '../query/query.ts'
import type { Principal } from '../rights/principal.ts'
import { read } from '../store/read.ts'
import type { Store } from '../store/pool.ts'
import { missing } from './allow.ts'
import { bounded, boundsOf } from './bound.ts'
import type { Directory } from './directory.ts'
import { itself, type Renew } from './renew.ts'
import { settle } from './settle.ts'
import { understand } from './understand.ts'
import { unveil } from './unveil.ts'

/** With a directory, what is the same for all observations of one series is decided once. */
export async function find<N extends Noun>(store: Store, who: Principal, query: Query<N>, directory?: Directory): Promise<Page<N>> {
  return unveil(store, who, await findWhole(store, who, query, directory))
}

/** With everything that is stored of what is found, also what is kept back from `who`: to be changed, not to be shown. */
async function findWhole<N extends Noun>(store: Store, who: Principal, query: Query<N>, directory?: Directory): Promise<Page<N>> {
  const wanted = bounded(who, query)
  if (directory === undefined) return read(store, wanted, boundsOf(who))
  const settled: Query = await prepared(directory, wanted)
  const ask = <M extends Noun>(question: Query<M>) => read(store, question, boundsOf(who))
  const page = isAboutObservations(settled) ? directory.edges.page(settled, ask) : ask(settled)
  return page as Promise<Page<N>>
}

/** With what the directory knows: the words of the catalogue, and what is the same for a whole series. */
export async function prepared<N extends Noun>(directory: Directory, query: Query<N>): Promise<Query<N>> {
  return settle(directory, query.noun === 'dataset' ? await understand(directory.lexicon, query) : query)
}

function isAboutObservations(query: Query): query is Query<'observation'> {
  return query.noun === 'observation'
}

export async function get<N extends Noun>(store: Store, who: Principal, noun: N, id: number): Promise<Found<N>> {
  return one(await find(store, who, ask(noun, equals(['id'], id), 1)), noun, id)
}

/** As it is stored, to be changed. */
export async function getWhole<N extends Noun>(store: Store, who: Principal, noun: N, id: number): Promise<Found<N>> {
  return one(await findWhole(store, who, ask(noun, equals(['id'], id), 1)), noun, id)
}

function one<N extends Noun>({ items }: Page<N>, noun: Noun, id: number): Found<N> {
  if (items[0] === undefined) throw missing(noun, id)
  return items[0]
}

/** Items that are fetched at a time. */
const CHUNK = 2000

/** All that match, a page at a time: constant memory at any size. Rights that end, end it at the next page. */
export async function* stream<N extends Noun>(
  store: Store,
  who: Principal,
  query: Query<N>,
  { directory, renew = itself }: { readonly directory?: Directory; readonly renew?: Renew } = {},
): AsyncIterable<Found<N>> {
  let left = query.page.limit
  let after = query.page.after
  while (left > 0) {
    const page = { limit: Math.min(CHUNK, left), ...(after !== undefined && { after }) }
    const found: Page<N> = await find(store, await renew(who), { ...query, count: false, page }, directory)
    yield* found.items
    left -= found.items.length
    after = found.next
    if (after === undefined) return
  }
}

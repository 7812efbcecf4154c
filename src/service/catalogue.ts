/** catalogue: a dataset with the links that every protocol offers for it, and what its data say of it. */
import type { Dataset } from '../model/dataset.ts'
import { Problem } from '../problem.ts'
import { and, equals } from '../query/filter.ts'
import { ask, type Query } from '../query/query.ts'
import type { Principal } from '../rights/principal.ts'
import { extentsOf, periodsOf } from '../store/extent.ts'
import { allows, allowsSome, missing } from './allow.ts'
import type { Desk } from './desk.ts'
import { find } from './find.ts'
import type { Card, Cards, Offer } from './service.ts'

type Reading = Pick<Desk, 'store' | 'directory'>

export async function cards(
  { store, directory }: Reading,
  who: Principal,
  query: Query<'dataset'>,
  base: string,
  offers: readonly Offer[],
): Promise<Cards> {
  const page = await find(store, who, query, directory)
  const ids = page.items.map(({ id }) => id)
  const [extents, periods] = await Promise.all([extentsOf(store, ids), periodsOf(store, ids)])
  const items = page.items.map((found): Card => {
    const [extent, period] = [extents.get(found.id), periods.get(found.id)]
    const dataset = { ...found, ...(extent && { extent }), ...(period && { period }) }
    return { ...dataset, distributions: offers.flatMap((offer) => offer(dataset, base)) }
  })
  return { ...page, items }
}

export async function card(reading: Reading, who: Principal, slug: string, base: string, offers: readonly Offer[]): Promise<Card> {
  const where = and(equals(['slug'], slug), equals(['tenant'], who.tenant))
  const { items } = await cards(reading, who, ask('dataset', where, 1), base, offers)
  if (items[0] === undefined) throw missing('dataset', slug)
  return items[0]
}

/** The dataset alone, remembered. */
export async function datasetOf({ directory }: Desk, who: Principal, slug: string): Promise<Dataset> {
  const found = await directory.bySlug(who.tenant, slug)
  if (found === undefined || !allows(who, 'read-metadata', found)) throw missing('dataset', slug)
  return found
}

/** The same for whoever may do anything with the data in it: what every request at a dataset's own door asks first. */
export async function doorOf(desk: Desk, who: Principal, slug: string): Promise<Dataset> {
  const found = await datasetOf(desk, who, slug)
  if (allowsSome(who, 'read', found)) return found
  throw cardOnly(who, found)
}

/** Their card is not hidden, so neither is that there are data. */
function cardOnly(who: Principal, { slug }: Dataset): Problem {
  const [de, en] = [`„${slug}“ ist nicht für alle freigegeben.`, `“${slug}” is not open to everybody.`]
  if (who.id === 'anonymous') return new Problem('unauthenticated', { de: `${de} Bitte melden Sie sich an.`, en: `${en} Please sign in.` })
  return new Problem('forbidden', {
    de: `${de} Sie dürfen den Steckbrief sehen, nicht die Daten.`,
    en: `${en} You may see its card, not the data.`,
  })
}

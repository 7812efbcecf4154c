/** catalogue: a dataset with the links that every protocol offers for it, and what its data say of it. */
import type { Dataset } from '../model/dataset.ts'
import type { Box } from '../model/geometry.ts'
import { and, equals } from '../query/filter.ts'
import { ask } from '../query/query.ts'
import type { Principal } from '../rights/principal.ts'
import { extentOf, periodOf } from '../store/extent.ts'
import type { Store } from '../store/pool.ts'
import { allows, missing } from './allow.ts'
import type { Desk } from './desk.ts'
import { find } from './find.ts'
import type { Card, Offer } from './service.ts'

export async function card(store: Store, who: Principal, slug: string, base: string, offers: readonly Offer[]): Promise<Card> {
  const where = and(equals(['slug'], slug), equals(['tenant'], who.tenant))
  const { items } = await find(store, who, ask('dataset', where, 1))
  const found = items[0]
  if (found === undefined) throw missing('dataset', slug)
  const [extent, period]: [Box | undefined, Awaited<ReturnType<typeof periodOf>>] = await Promise.all([
    extentOf(store, found.id),
    periodOf(store, found.id),
  ])
  const dataset = { ...found, ...(extent && { extent }), ...(period && { period }) }
  return { ...dataset, distributions: offers.flatMap((offer) => offer(dataset, base)) }
}

/** The dataset alone, remembered: what every request at its own door asks first. */
export async function datasetOf({ directory }: Desk, who: Principal, slug: string): Promise<Dataset> {
  const found = await directory.bySlug(who.tenant, slug)
  if (found === undefined || !allows(who, 'read', found)) throw missing('dataset', slug)
  return found
}

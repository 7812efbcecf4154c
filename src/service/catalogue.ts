/** catalogue: a dataset with the links that every protocol offers for it, and what its data say of it. */
import type { Dataset, Distribution } from '../model/dataset.ts'
import { externalOf } from '../model/external.ts'
import type { Box } from '../model/geometry.ts'
import { isObject } from '../model/json.ts'
import { isInstant, type Interval } from '../model/time.ts'
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
    const [extent, period] = [extents.get(found.id) ?? areaOf(found.properties), periods.get(found.id) ?? timeOf(found.properties)]
    const dataset = { ...found, ...(extent && { extent }), ...(period && { period }) }
    return { ...dataset, distributions: [...externalOf(found.properties), ...own(dataset, base, offers)] }
  })
  return { ...page, items }
}

/** What comes from another catalogue has its data there. */
function own(dataset: Dataset, base: string, offers: readonly Offer[]): readonly Distribution[] {
  return dataset.origin === undefined ? offers.flatMap((offer) => offer(dataset, base)) : []
}

/** As the card says it, where there are no data to tell. */
function areaOf({ bbox }: Dataset['properties']): Box | undefined {
  return Array.isArray(bbox) && bbox.length === 4 && bbox.every((one) => typeof one === 'number') ? (bbox as unknown as Box) : undefined
}

function timeOf({ temporal }: Dataset['properties']): Interval | undefined {
  if (!isObject(temporal)) return undefined
  const { start, end } = temporal
  return typeof start === 'string' && typeof end === 'string' && isInstant(start) && isInstant(end) ? { start, end } : undefined
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

/** feature: the feature of interest of a series that has none yet: its thing's place, made once per location. */
import type { Entity } from '../model/entity.ts'
import { and, equals, everything } from '../query/filter.ts'
import { ask } from '../query/query.ts'
import { placesOf, setFeature, type SeriesHead } from '../store/heads.ts'
import type { Ids } from '../store/ids.ts'
import { insertEntities, insertLinks, note } from '../store/insert.ts'
import type { Store } from '../store/pool.ts'
import { read } from '../store/read.ts'

/** Without a feature, or where its thing is now there is none yet. */
export function isBare({ feature, kind, moved }: SeriesHead): boolean {
  return kind === 'value' && (feature === undefined || moved === null)
}

/** Gives each of these series a feature where its thing has a place. Answers whether any was given one. */
export async function giveFeatures(store: Store, ids: Ids, heads: readonly SeriesHead[]): Promise<boolean> {
  const bare = heads.filter(isBare)
  if (bare.length === 0) return false
  const things = [...new Set(bare.map(({ entity }) => entity))]
  const places = new Map((await placesOf(store, things)).map((place) => [place.thing, place]))
  const placed = new Set([
    ...places.keys(),
    ...(await withShape(
      store,
      things.filter((thing) => !places.has(thing)),
    )),
  ])
  for (const thing of placed) {
    const series = bare.filter(({ entity }) => entity === thing).map(({ id }) => id)
    const place = places.get(thing)
    const feature = place?.feature ?? (await makeFeature(store, ids, thing, place?.location))
    if (feature !== undefined) await setFeature(store, series, feature)
  }
  return placed.size > 0
}

/** Those of the things that have a geometry of their own. */
async function withShape(store: Store, things: readonly number[]): Promise<readonly number[]> {
  if (things.length === 0) return []
  const where = and({ is: 'in', path: ['id'], values: things }, { is: 'exists', path: ['geometry'] })
  const { items } = await read(store, ask('entity', where, things.length), () => everything)
  return items.map(({ id }) => id)
}

async function makeFeature(store: Store, ids: Ids, thing: number, location: number | undefined): Promise<number | undefined> {
  const { items } = await read(store, ask('entity', equals(['id'], location ?? thing), 1), () => everything)
  const source = items[0]
  if (source?.geometry === undefined && location === undefined) return undefined
  if (source === undefined) return undefined
  const [id = 0] = await ids.take('entity', 1)
  const feature: Entity = {
    ...source,
    id,
    role: 'feature',
    iri: `urn:ngsi-ld:FeatureOfInterest:${id}`,
    types: ['FeatureOfInterest'],
    attributes: {},
  }
  await store.transaction(async (transaction) => {
    await insertEntities(transaction, [feature])
    if (location !== undefined) await insertLinks(transaction, [{ source: location, name: 'feature', target: id }])
    await note(transaction, [{ noun: 'entity', verb: 'made', dataset: feature.dataset, items: [id] }])
  })
  return id
}

/** render: landing page, collections and features as OGC API Features says them in JSON. */
import { featureOf, type Feature } from '../../http/feature.ts'
import { addressWith } from '../../http/page.ts'
import type { Dataset } from '../../model/dataset.ts'
import { now } from '../../model/time.ts'
import { textIn, type Language } from '../../model/text.ts'
import type { Found, Page } from '../../query/query.ts'
import { geometryIn } from './area.ts'
import { CRS84, MEDIA, SYSTEMS, type Link, type ReferenceSystem } from './names.ts'
import type { Asked } from './params.ts'

const TITLES = {
  self: { de: 'Diese Seite', en: 'This page' },
  html: { de: 'Als Webseite', en: 'As a web page' },
  json: { de: 'Als JSON', en: 'As JSON' },
  items: { de: 'Objekte', en: 'Features' },
  description: { de: 'Beschreibung der Schnittstelle', en: 'API definition' },
  conformance: { de: 'Konformitätsklassen', en: 'Conformance classes' },
  data: { de: 'Datensätze', en: 'Collections' },
  queryables: { de: 'Merkmale, nach denen gefiltert wird', en: 'Properties to filter by' },
  sortables: { de: 'Merkmale, nach denen geordnet wird', en: 'Properties to order by' },
  about: { de: 'Schnittstelle zu den Objekten der Datensätze', en: 'The features of the datasets' },
} as const

/** The page itself and the same in the other format. */
export function twins(address: string, query: URLSearchParams, format: 'json' | 'html', json: string = MEDIA.json): readonly Link[] {
  const inJson = { href: addressWith(address, query, { f: 'json' }), type: json }
  const inHtml = { href: addressWith(address, query, { f: 'html' }), type: MEDIA.html }
  const [own, other] = format === 'json' ? [inJson, inHtml] : [inHtml, inJson]
  return [{ rel: 'self', ...own, href: addressWith(address, query, {}) }, { rel: 'alternate', ...other }] // prettier-ignore
}

export function landing(base: string, language: Language, links: readonly Link[]) {
  return {
    title: 'OGC API Features',
    description: TITLES.about[language],
    links: [
      ...links,
      { rel: 'service-desc', href: `${base}/api`, type: MEDIA.openapi, title: TITLES.description[language] },
      { rel: 'service-doc', href: `${base}/api?f=html`, type: MEDIA.html, title: TITLES.description[language] },
      { rel: 'conformance', href: `${base}/conformance`, type: MEDIA.json, title: TITLES.conformance[language] },
      { rel: 'data', href: `${base}/collections`, type: MEDIA.json, title: TITLES.data[language] },
    ],
  }
}

export function collection(dataset: Dataset, base: string, language: Language) {
  const address = `${base}/collections/${dataset.slug}`
  const none = new URLSearchParams()
  return {
    id: dataset.slug,
    title: textIn(dataset.title, language),
    description: textIn(dataset.description, language),
    keywords: dataset.keywords,
    ...extentOf(dataset),
    itemType: 'feature',
    crs: SYSTEMS.map(({ uri }) => uri),
    storageCrs: CRS84.uri,
    links: [
      ...twins(address, none, 'json'),
      { rel: 'items', href: `${address}/items`, type: MEDIA.geojson, title: TITLES.items[language] },
      { rel: 'items', href: `${address}/items?f=html`, type: MEDIA.html, title: TITLES.items[language] },
      {
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
        href: `${address}/queryables`,
        type: MEDIA.schema,
        title: TITLES.queryables[language],
      },
      {
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/sortables',
        href: `${address}/sortables`,
        type: MEDIA.schema,
        title: TITLES.sortables[language],
      },
      ...(dataset.licence === undefined ? [] : [{ rel: 'license', href: dataset.licence }]),
    ],
  }
}

export type Collection = ReturnType<typeof collection>

function extentOf({ extent, period }: Dataset) {
  if (extent === undefined && period === undefined) return {}
  const spatial = extent && { spatial: { bbox: [extent], crs: CRS84.uri } }
  const temporal = period && { temporal: { interval: [[period.start, period.end]] } }
  return { extent: { ...spatial, ...temporal } }
}

/** A page of features, with the links to the pages around. The next page goes on after the last feature, at the same cost however far. */
export function items(
  page: Page<'entity'>,
  { system, limit, offset }: Asked,
  address: string,
  query: URLSearchParams,
  format: 'json' | 'html',
) {
  const next = { after: page.next ?? null, offset: offset + limit }
  const back = { after: null, offset: Math.max(0, offset - limit) || null }
  const type = format === 'json' ? MEDIA.geojson : MEDIA.html
  return {
    type: 'FeatureCollection' as const,
    features: page.items.map((thing) => inSystem(featureOf(thing), system)),
    numberMatched: page.total,
    numberReturned: page.items.length,
    timeStamp: now(),
    links: [
      ...twins(address, query, format, MEDIA.geojson),
      ...(page.next === undefined ? [] : [{ rel: 'next', href: addressWith(address, query, next), type }]),
      ...(offset === 0 ? [] : [{ rel: 'prev', href: addressWith(address, query, back), type }]),
      { rel: 'collection', href: address.replace(/\/items$/, ''), type: MEDIA.json },
    ],
  }
}

export type Items = ReturnType<typeof items>

export function item(thing: Found<'entity'>, system: ReferenceSystem, collection: string, query: URLSearchParams, format: 'json' | 'html') {
  const links = twins(`${collection}/items/${thing.id}`, query, format, MEDIA.geojson)
  return { ...inSystem(featureOf(thing), system), links: [...links, { rel: 'collection', href: collection, type: MEDIA.json }] }
}

export type Item = ReturnType<typeof item>

function inSystem(feature: Feature, system: ReferenceSystem): Feature {
  return feature.geometry === null ? feature : { ...feature, geometry: geometryIn(feature.geometry, system) }
}

/** names: the words of OGC API Features: media types, reference systems, relations of links. */

export const MEDIA = {
  json: 'application/json',
  geojson: 'application/geo+json',
  html: 'text/html',
  schema: 'application/schema+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
} as const

/** What f= may ask for. */
export const FORMATS: Readonly<Record<string, 'json' | 'html'>> = { json: 'json', geojson: 'json', html: 'html' }

export interface ReferenceSystem {
  readonly uri: string
  /** EPSG number; 84 is CRS84. */
  readonly code: number
  /** Latitude comes before longitude. */
  readonly flipped: boolean
}

const epsg = (code: number, flipped = false): ReferenceSystem => ({ uri: `http://www.opengis.net/def/crs/EPSG/0/${code}`, code, flipped })

export const CRS84: ReferenceSystem = { uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84', code: 84, flipped: false }

/** In these features can be asked for; the first is the one they are stored in. */
export const SYSTEMS: readonly ReferenceSystem[] = [CRS84, epsg(4326, true), epsg(4258, true), epsg(25832), epsg(25833), epsg(3857)]

export interface Link {
  readonly href: string
  readonly rel: string
  readonly type?: string
  readonly title?: string
}

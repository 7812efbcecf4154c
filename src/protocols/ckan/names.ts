/** names: what formats are called in CKAN, by what a distribution says of itself. */
import type { Distribution } from '../../model/dataset.ts'

const BY_MEDIA_TYPE: Readonly<Record<string, string>> = {
  'text/csv': 'CSV',
  'text/html': 'HTML',
  'text/turtle': 'TTL',
  'application/geo+json': 'GeoJSON',
  'application/json': 'JSON',
  'application/ld+json': 'JSON-LD',
  'application/rdf+xml': 'RDF',
  'application/pdf': 'PDF',
  'application/xml': 'XML',
  'application/zip': 'ZIP',
  'application/vnd.apache.parquet': 'Parquet',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
}

/** "CSV", "GeoJSON"; for a service the standard that it speaks. */
export function formatOf({ kind, mediaType, title }: Distribution): string {
  if (kind === 'service') return title['en'] ?? title['de'] ?? 'API'
  return BY_MEDIA_TYPE[mediaType] ?? mediaType.split('/').at(-1) ?? ''
}

/** A name as CKAN allows it: "Stadt Köln, Umweltamt" is "stadt-koeln-umweltamt". */
export function nameOf(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => SPELLED[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return plain.slice(0, 100) || 'unnamed'
}

const SPELLED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

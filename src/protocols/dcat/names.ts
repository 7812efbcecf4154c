/** names: the words of DCAT-AP.de 3.0: namespaces, controlled vocabularies, licences, formats, and where a card keeps what has no column. */

export const PREFIXES = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dcatde: 'http://dcat-ap.de/def/dcatde/',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  geo: 'http://www.opengis.net/ont/geosparql#',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

/** "dct:title" */
export type Name = `${keyof typeof PREFIXES}:${string}`

export const EU = 'http://publications.europa.eu/resource/authority'
export const GEOCODING = 'http://dcat-ap.de/def/politicalGeocoding'
export const IANA = 'https://www.iana.org/assignments/media-types'

export const ACCESS = { public: 'PUBLIC', internal: 'NON_PUBLIC', restricted: 'RESTRICTED' } as const

export const LANGUAGES: Readonly<Record<string, string>> = {
  de: 'DEU', en: 'ENG', fr: 'FRA', nl: 'NLD', da: 'DAN', pl: 'POL', cs: 'CES', it: 'ITA', es: 'SPA', tr: 'TUR', uk: 'UKR',
} // prettier-ignore

/** Codes of the EU file types by media type. */
export const FILE_TYPES: Readonly<Record<string, string>> = {
  'text/csv': 'CSV',
  'text/html': 'HTML',
  'text/turtle': 'RDF_TURTLE',
  'application/geo+json': 'GEOJSON',
  'application/json': 'JSON',
  'application/ld+json': 'JSON_LD',
  'application/rdf+xml': 'RDF_XML',
  'application/gml+xml': 'GML',
  'application/pdf': 'PDF',
  'application/xml': 'XML',
  'application/zip': 'ZIP',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
}

interface Known {
  readonly name: Name
  /** What stands before a value that is no IRI; without it the value is a text. */
  readonly below?: string
}

/** What a card keeps in its properties, by key: a text or a list of them. */
export const KNOWN: Readonly<Record<string, Known>> = {
  frequency: { name: 'dct:accrualPeriodicity', below: `${EU}/frequency/` },
  availability: { name: 'dcatap:availability', below: `${EU}/planned-availability/` },
  contributorID: { name: 'dcatde:contributorID', below: 'http://dcat-ap.de/def/contributors/' },
  geocodingLevel: { name: 'dcatde:politicalGeocodingLevelURI', below: `${GEOCODING}/Level/` },
  references: { name: 'dct:references', below: 'https://musterdatenkatalog.de/def/musterdatensatz/' },
  conformsTo: { name: 'dct:conformsTo', below: '' },
  legislation: { name: 'dcatap:applicableLegislation', below: 'http://data.europa.eu/eli/' },
  hvdCategory: { name: 'dcatap:hvdCategory', below: 'http://data.europa.eu/bna/' },
  page: { name: 'foaf:page', below: '' },
  version: { name: 'dcat:version' },
}

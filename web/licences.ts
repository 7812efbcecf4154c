/** licences: the ones German towns use, by their IRI. */
export const LICENCES: readonly (readonly [iri: string, name: string, page: string])[] = [
  ['http://dcat-ap.de/def/licenses/dl-by-de/2.0', 'Datenlizenz Deutschland – Namensnennung 2.0', 'https://www.govdata.de/dl-de/by-2-0'],
  ['http://dcat-ap.de/def/licenses/dl-zero-de/2.0', 'Datenlizenz Deutschland – Zero 2.0', 'https://www.govdata.de/dl-de/zero-2-0'],
  ['http://dcat-ap.de/def/licenses/cc-zero', 'Creative Commons Zero (CC0 1.0)', 'https://creativecommons.org/publicdomain/zero/1.0/'],
  ['http://dcat-ap.de/def/licenses/cc-by/4.0', 'Creative Commons Namensnennung 4.0', 'https://creativecommons.org/licenses/by/4.0/'],
  [
    'http://dcat-ap.de/def/licenses/cc-by-sa/4.0',
    'Creative Commons Namensnennung, gleiche Bedingungen 4.0',
    'https://creativecommons.org/licenses/by-sa/4.0/',
  ],
  ['http://dcat-ap.de/def/licenses/odbl', 'Open Database License (ODbL)', 'https://opendatacommons.org/licenses/odbl/'],
]

/** The same licence is also named by its page, with or without https. */
const plain = (iri: string): string => iri.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')

const found = (iri: string) => LICENCES.find(([own, , page]) => plain(own) === plain(iri) || plain(page) === plain(iri))

export const licenceName = (iri: string): string => found(iri)?.[1] ?? plain(iri)
export const licencePage = (iri: string): string => found(iri)?.[2] ?? iri

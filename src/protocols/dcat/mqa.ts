/**
 * mqa: how well a dataset is described, in the points of the European portal's Metadata Quality Assessment (405 in all), found in the
 * graph as it is harvested. What concerns distributions counts by the share of them that have it.
 */
import { licenceOf } from '../../model/licences.ts'
import type { Language } from '../../model/text.ts'
import type { Card } from '../../service/service.ts'
import { datasetGraph, datasetIri } from './graph.ts'
import { EU, IANA, type Name } from './names.ts'
import { iriOf, type Term, type Triple } from './triple.ts'

export type Dimension = 'findability' | 'accessibility' | 'interoperability' | 'reusability' | 'contextuality'

export interface Metric {
  /** As the vocabulary of the portal names it: "keywordAvailability". */
  readonly id: string
  readonly dimension: Dimension
  readonly of: number
  readonly points: number
  /** Whether whoever looks after the card can change it; what the doors are like is not theirs. */
  readonly yours: boolean
  /** What to do where points are missing. */
  readonly advice: Readonly<Record<Language, string>>
}

export interface Assessment {
  readonly points: number
  readonly of: number
  readonly rating: 'excellent' | 'good' | 'sufficient' | 'bad'
  readonly metrics: readonly Metric[]
}

/** EU file types that a program can read, and those that belong to nobody (lists of the portal). */
const MACHINE = new Set([
  'CSV', 'GEOJSON', 'ICS', 'JSON', 'JSON_LD', 'KML', 'KMZ', 'NETCDF', 'ODS', 'RDFA', 'RDF_N_QUADS', 'RDF_N_TRIPLES', 'RDF_TRIG', 'RDF_TURTLE',
  'RDF_XML', 'RSS', 'SHP', 'XLS', 'XLSX', 'XML',
]) // prettier-ignore
const FREE = new Set([
  'BMP', 'CSV', 'DBF', 'GEOJSON', 'GZIP', 'HTML', 'ICS', 'JPEG2000', 'JSON', 'JSON_LD', 'KML', 'KMZ', 'NETCDF', 'ODS', 'PNG', 'RDFA',
  'RDF_N_QUADS', 'RDF_N_TRIPLES', 'RDF_TRIG', 'RDF_TURTLE', 'RDF_XML', 'RSS', 'RTF', 'TAR', 'TIFF', 'TSV', 'TXT', 'WMS_SRVC', 'XML', 'ZIP',
]) // prettier-ignore
/** Licences of the list that the portal does not know. */
const STRANGE = /^(officialWork|geo[nN]utz|other-)/

type Read = (name: Name) => readonly Term[]
/** Whether it is there, of the dataset or of one distribution. */
type Check = (read: Read) => boolean

interface Rule {
  readonly id: string
  readonly dimension: Dimension
  readonly of: number
  readonly on: 'dataset' | 'distribution'
  readonly holds: Check
  readonly advice: Readonly<Record<Language, string>>
}

const has =
  (name: Name): Check =>
  (read) =>
    read(name).length > 0

const startingWith =
  (name: Name, start: string): Check =>
  (read) =>
    read(name).some((term) => addressOf(term).startsWith(start))

const fileTypeIn =
  (types: ReadonlySet<string>): Check =>
  (read) =>
    read('dct:format').some((term) => types.has(addressOf(term).split('/').at(-1) ?? ''))

const addressOf = (term: Term): string => ('iri' in term ? term.iri : '')

const rule = (
  dimension: Dimension,
  on: 'dataset' | 'distribution',
  id: string,
  of: number,
  holds: Check,
  de: string,
  en: string,
): Rule => ({ id, dimension, of, on, holds, advice: { de, en } })

/** What is checked by a request to the address is fulfilled here: the addresses are our own. */
const RULES: readonly Rule[] = [
  rule('findability', 'dataset', 'keywordAvailability', 30, has('dcat:keyword'), 'Geben Sie Stichwörter an, am besten drei oder mehr.', 'Give keywords, three or more at best.'),
  rule('findability', 'dataset', 'categoryAvailability', 30, has('dcat:theme'), 'Wählen Sie ein Thema.', 'Choose a theme.'),
  rule('findability', 'dataset', 'spatialAvailability', 20, has('dct:spatial'), 'Sagen Sie, wo die Daten gelten: durch Orte in den Daten oder den amtlichen Schlüssel der Gemeinde.', 'Say where the data hold: by places in the data, or the official key of the municipality.'),
  rule('findability', 'dataset', 'temporalAvailability', 20, has('dct:temporal'), 'Der Zeitraum ergibt sich, sobald Messwerte mit Zeitpunkt da sind.', 'The period is found as soon as there are observations with a time.'),
  rule('accessibility', 'distribution', 'accessUrlStatusCode', 50, has('dcat:accessURL'), 'Jede Ausgabe braucht eine Adresse.', 'Every distribution needs an address.'),
  rule('accessibility', 'distribution', 'downloadUrlAvailability', 20, has('dcat:downloadURL'), 'Schnittstellen haben keine Adresse zum Herunterladen. Daran ist nichts zu ändern.', 'Services have no address to download from. There is nothing to change.'),
  rule('accessibility', 'distribution', 'downloadUrlStatusCode', 30, has('dcat:downloadURL'), 'Schnittstellen haben keine Adresse zum Herunterladen. Daran ist nichts zu ändern.', 'Services have no address to download from. There is nothing to change.'),
  rule('interoperability', 'distribution', 'formatAvailability', 20, has('dct:format'), 'Für manche Ausgaben gibt es in der Liste der EU kein Format.', 'For some distributions the list of the EU has no format.'),
  rule('interoperability', 'distribution', 'mediaTypeAvailability', 10, has('dcat:mediaType'), 'Jede Ausgabe braucht einen Medientyp.', 'Every distribution needs a media type.'),
  rule('interoperability', 'distribution', 'formatMediaTypeVocabularyAlignment', 10, (read) => startingWith('dct:format', `${EU}/file-type/`)(read) && startingWith('dcat:mediaType', IANA)(read), 'Format und Medientyp müssen aus den Listen der EU und der IANA sein.', 'Format and media type must be from the lists of the EU and of IANA.'),
  rule('interoperability', 'distribution', 'formatMediaTypeNonProprietary', 20, fileTypeIn(FREE), 'Manche Formate gehören einem Hersteller. Daneben gibt es hier immer offene.', 'Some formats belong to a vendor. Open ones are always beside them here.'),
  rule('interoperability', 'distribution', 'formatMediaTypeMachineInterpretable', 20, fileTypeIn(MACHINE), 'Manche Formate liest nach der Liste der EU kein Programm.', 'Some formats are not read by programs, by the list of the EU.'),
  rule('interoperability', 'dataset', 'dcatApCompliance', 30, (read) => (['dct:title', 'dct:description', 'dct:publisher'] as const).every((name) => has(name)(read)), 'DCAT-AP.de verlangt Titel, Beschreibung und Herausgeber.', 'DCAT-AP.de asks for a title, a description and a publisher.'),
  rule('reusability', 'distribution', 'licenceAvailability', 20, has('dct:license'), 'Geben Sie eine Lizenz an.', 'Give a licence.'),
  rule('reusability', 'distribution', 'knownLicence', 10, isKnownLicence, 'Wählen Sie eine bekannte offene Lizenz, zum Beispiel Datenlizenz Deutschland oder Creative Commons.', 'Choose a known open licence, such as Datenlizenz Deutschland or Creative Commons.'),
  rule('reusability', 'dataset', 'accessRightsAvailability', 10, has('dct:accessRights'), 'Sagen Sie, wer den Datensatz lesen darf.', 'Say who may read the dataset.'),
  rule('reusability', 'dataset', 'accessRightsVocabularyAlignment', 5, startingWith('dct:accessRights', `${EU}/access-right/`), 'Die Zugangsrechte müssen aus der Liste der EU sein.', 'Access rights must be from the list of the EU.'),
  rule('reusability', 'dataset', 'contactPointAvailability', 20, has('dcat:contactPoint'), 'Nennen Sie eine Ansprechstelle mit E-Mail-Adresse.', 'Name a contact with a mail address.'),
  rule('reusability', 'dataset', 'publisherAvailability', 10, has('dct:publisher'), 'Nennen Sie, wer den Datensatz herausgibt.', 'Name the publisher.'),
  rule('contextuality', 'distribution', 'rightsAvailability', 5, has('dct:rights'), 'Angaben zu weiteren Rechten fehlen noch.', 'Further rights are not stated yet.'),
  rule('contextuality', 'distribution', 'byteSizeAvailability', 5, has('dcat:byteSize'), 'Ausgaben entstehen beim Abruf, ihre Größe steht vorher nicht fest.', 'Distributions are made when they are fetched; their size is not known before.'),
  rule('contextuality', 'distribution', 'dateIssuedAvailability', 5, has('dct:issued'), 'Wann eine Ausgabe erschienen ist, fehlt.', 'When a distribution was issued is missing.'),
  rule('contextuality', 'distribution', 'dateModifiedAvailability', 5, has('dct:modified'), 'Wann eine Ausgabe geändert wurde, fehlt.', 'When a distribution was changed is missing.'),
] // prettier-ignore

function isKnownLicence(read: Read): boolean {
  return read('dct:license').some((term) => {
    const licence = licenceOf(addressOf(term))
    return licence !== undefined && licence.open && !STRANGE.test(licence.code)
  })
}

/** As the card is harvested below the root. */
export function assessCard(card: Card, root: string): Assessment {
  return assess(datasetGraph(card, root), datasetIri(root, card.slug))
}

/** `own` is the IRI of the dataset in its graph. */
export function assess(triples: readonly Triple[], own: string): Assessment {
  const read =
    (subject: string): Read =>
    (name) =>
      triples.filter((one) => one.subject === subject && one.predicate === iriOf(name)).map(({ object }) => object)
  const doors = read(own)('dcat:distribution').map((term) => read(addressOf(term)))
  const metrics = RULES.map(({ on, holds, ...about }): Metric => {
    const share = on === 'dataset' ? Number(holds(read(own))) : doors.filter(holds).length / Math.max(1, doors.length)
    const yours = on === 'dataset' || about.id.toLowerCase().includes('licence')
    return { ...about, points: Math.round(about.of * share * 10) / 10, yours }
  })
  const points = Math.round(metrics.reduce((sum, metric) => sum + metric.points, 0))
  return { points, of: RULES.reduce((sum, { of }) => sum + of, 0), rating: ratingOf(points), metrics }
}

function ratingOf(points: number): Assessment['rating'] {
  if (points > 350) return 'excellent'
  if (points > 220) return 'good'
  return points > 120 ? 'sufficient' : 'bad'
}

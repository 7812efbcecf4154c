/** graph: the card of a dataset as DCAT-AP.de 3.0, with every door as a distribution. */
import type { Agent, Distribution } from '../../model/dataset.ts'
import type { Box } from '../../model/geometry.ts'
import { isObject, type Json } from '../../model/json.ts'
import type { Card } from '../../service/service.ts'
import { licenceOf } from '../../model/licences.ts'
import { ACCESS, EU, FILE_TYPES, GEOCODING, IANA, KNOWN, LANGUAGES, type Name } from './names.ts'
import { iri, named, node, plain, spoken, typed, type Term, type Triple } from './triple.ts'

/** `root` is the public address of the tenant: datasets live below it. */
export const datasetIri = (root: string, slug: string): string => `${root}/datasets/${slug}`

export function datasetGraph(card: Card, root: string): readonly Triple[] {
  const own = datasetIri(root, card.slug)
  const { publisher = card.contact, contact = card.publisher } = card
  return [
    ...node(own, describe(card, own)),
    ...(publisher === undefined
      ? []
      : [...node(own, { 'dct:publisher': iri(`${own}#publisher`) }), ...agent(`${own}#publisher`, publisher, card)]),
    ...(contact === undefined ? [] : contactPoint(own, contact)),
    ...where(card, own),
    ...when(card, own),
    ...known(card, own),
    ...card.distributions.flatMap((distribution) => door(distribution, card, own, root)),
  ]
}

function describe(card: Card, own: string): Readonly<Partial<Record<Name, Term | readonly Term[]>>> {
  const title = spoken(card.title)
  const description = spoken(card.description)
  return {
    'rdf:type': named('dcat:Dataset'),
    'dct:title': title.length > 0 ? title : plain(card.slug),
    'dct:description': description.length > 0 ? description : title.length > 0 ? title : plain(card.slug),
    'dct:identifier': plain(card.origin ?? own),
    'dct:issued': typed(textsOf(card.properties['issued'])[0] ?? card.created, 'xsd:dateTime'),
    'dct:modified': typed(textsOf(card.properties['modified'])[0] ?? card.modified, 'xsd:dateTime'),
    'dct:language': languagesOf(card),
    'dct:accessRights': iri(`${EU}/access-right/${ACCESS[card.access]}`),
    'dcat:landingPage': [own, ...textsOf(card.properties['landingPage'])].map(iri),
    'dcat:keyword': card.keywords.filter((word) => word.trim() !== '').map(plain),
    'dcat:theme': card.themes.map((code) => iri(code.includes(':') ? code : `${EU}/data-theme/${code}`)),
  }
}

function languagesOf({ title }: Card): readonly Term[] {
  const codes = Object.keys(title).flatMap((language) => LANGUAGES[language.slice(0, 2)] ?? [])
  return [...new Set(codes)].map((code) => iri(`${EU}/language/${code}`))
}

/** In the order of DCAT-AP.de 3.0, 04_classes: an agent has a name, and a kind from the ADMS list. */
export function agent(own: string, { name, email, url }: Agent, card?: Card): readonly Triple[] {
  const kind = card?.properties['publisherType']
  return node(own, {
    'rdf:type': named('foaf:Agent'),
    'foaf:name': plain(name),
    'dct:type': typeof kind === 'string' ? iri(kind.includes(':') ? kind : `http://purl.org/adms/publishertype/${kind}`) : undefined,
    'foaf:mbox': email === undefined ? undefined : iri(`mailto:${email}`),
    'foaf:homepage': url === undefined ? undefined : iri(url),
  })
}

function contactPoint(own: string, { name, email, url }: Agent): readonly Triple[] {
  const contact = `${own}#contact`
  return [
    ...node(own, { 'dcat:contactPoint': iri(contact) }),
    ...node(contact, {
      'rdf:type': [named('vcard:Kind'), named('vcard:Organization')],
      'vcard:fn': plain(name),
      'vcard:hasEmail': email === undefined ? undefined : iri(`mailto:${email}`),
      'vcard:hasURL': url === undefined ? undefined : iri(url),
    }),
  ]
}

/** Box and centre as WKT: the shapes of 3.0 refuse literals in locn:geometry. Official keys are places too; 3.0 has no other property for them. */
function where({ extent, properties }: Card, own: string): readonly Triple[] {
  const keys = textsOf(properties['geocoding']).map((key) => (key.includes(':') ? key : `${GEOCODING}/${keyKind(key)}/${key}`))
  const places = keys.flatMap((key) => [...node(own, { 'dct:spatial': iri(key) }), ...node(key, { 'rdf:type': named('dct:Location') })])
  if (extent === undefined) return places
  const place = `${own}#place`
  return [
    ...node(own, { 'dct:spatial': iri(place) }),
    ...node(place, {
      'rdf:type': named('dct:Location'),
      'dcat:bbox': typed(polygon(extent), 'geo:wktLiteral'),
      'dcat:centroid': typed(`POINT(${(extent[0] + extent[2]) / 2} ${(extent[1] + extent[3]) / 2})`, 'geo:wktLiteral'),
    }),
    ...places,
  ]
}

const polygon = ([west, south, east, north]: Box): string =>
  `POLYGON((${west} ${south}, ${east} ${south}, ${east} ${north}, ${west} ${north}, ${west} ${south}))`

/** By length: Land, district, municipality (AGS), regional key (ARS). */
const keyKind = (key: string): string =>
  ({ 2: 'stateKey', 3: 'governmentDistrictKey', 5: 'districtKey', 8: 'municipalityKey', 9: 'municipalAssociationKey' })[key.length] ??
  'regionalKey'

function when({ period }: Card, own: string): readonly Triple[] {
  if (period === undefined) return []
  const time = `${own}#period`
  return [
    ...node(own, { 'dct:temporal': iri(time) }),
    ...node(time, {
      'rdf:type': named('dct:PeriodOfTime'),
      'dcat:startDate': typed(period.start, 'xsd:dateTime'),
      'dcat:endDate': typed(period.end, 'xsd:dateTime'),
    }),
  ]
}

function known({ properties }: Card, own: string): readonly Triple[] {
  return Object.entries(KNOWN).flatMap(([key, { name, below }]) =>
    textsOf(properties[key]).flatMap((value) =>
      node(own, { [name]: below === undefined ? plain(value) : iri(value.includes(':') ? value : below + value) }),
    ),
  )
}

function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) && !isObject(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : []
}

/** As DCAT-AP.de lists it; any other stays as it is. */
function licenceIn({ licence }: Card): Term | undefined {
  return licence === undefined ? undefined : iri(licenceOf(licence)?.iri ?? licence)
}

/** A file has a downloadURL; a service has an accessService, and its address as accessURL (K39, K41). */
function door(distribution: Distribution, card: Card, own: string, root: string): readonly Triple[] {
  const { title, url, mediaType, conformsTo, kind } = distribution
  const place = (url.startsWith(root) ? url.slice(root.length) : url).replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '')
  const self = `${own}#${place}`
  const licence = card.licence === undefined ? undefined : licenceOf(card.licence)
  const fileType = FILE_TYPES[mediaType]
  const attribution = textsOf(card.properties['attribution'])[0] ?? card.publisher?.name
  return [
    ...node(own, { 'dcat:distribution': iri(self) }),
    ...node(self, {
      'rdf:type': named('dcat:Distribution'),
      'dct:title': spoken(title),
      'dct:description': spoken(titleOf(card, title)),
      'dcat:accessURL': iri(url),
      'dcat:downloadURL': kind === 'download' ? iri(url) : undefined,
      'dct:license': licenceIn(card),
      'dcatde:licenseAttributionByText': licence?.attribution === true && attribution !== undefined ? plain(attribution) : undefined,
      'dct:format': fileType === undefined ? undefined : iri(`${EU}/file-type/${fileType}`),
      'dcat:mediaType': mediaType === '' ? undefined : iri(`${IANA}/${mediaType}`),
      'dct:conformsTo': conformsTo === undefined ? undefined : iri(conformsTo),
      'dct:issued': typed(card.created, 'xsd:dateTime'),
      'dct:modified': typed(card.modified, 'xsd:dateTime'),
      'dcat:accessService': kind === 'service' ? iri(`${self}-service`) : undefined,
      'dcatap:applicableLegislation': known(card, self).flatMap(({ predicate, object }) =>
        predicate.endsWith('applicableLegislation') ? [object] : [],
      ),
    }),
    ...(kind === 'service' ? service(distribution, card, own, `${self}-service`) : []),
  ]
}

/** "Luftqualität: CSV", in each language of the card. */
function titleOf({ title }: Card, door: Distribution['title']): Distribution['title'] {
  return Object.fromEntries(
    Object.entries(title).flatMap(([language, words = '']) =>
      words === '' ? [] : [[language, `${words}: ${door[language] ?? door['de'] ?? door['en'] ?? ''}`]],
    ),
  )
}

function service({ title, url, conformsTo }: Distribution, card: Card, own: string, self: string): readonly Triple[] {
  const said = known(card, self).filter(({ predicate }) => /applicableLegislation|hvdCategory/.test(predicate))
  return [
    ...node(self, {
      'rdf:type': named('dcat:DataService'),
      'dct:title': spoken(titleOf(card, title)),
      'dcat:endpointURL': iri(url),
      'dcat:servesDataset': iri(own),
      'foaf:page': iri(own),
      'dct:publisher': card.publisher === undefined && card.contact === undefined ? undefined : iri(`${own}#publisher`),
      'dcat:contactPoint': card.publisher === undefined && card.contact === undefined ? undefined : iri(`${own}#contact`),
      'dct:license': licenceIn(card),
      'dct:accessRights': iri(`${EU}/access-right/${ACCESS[card.access]}`),
      'dct:conformsTo': conformsTo === undefined ? undefined : iri(conformsTo),
    }),
    ...said,
  ]
}

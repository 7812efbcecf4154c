/** dcat-card: one dcat:Dataset of a graph as a card. What no field takes is kept beside, so that nothing is lost. */
import type { Agent } from '../../model/dataset.ts'
import { defined } from '../../model/defined.ts'
import { fileTypeOf } from '../../model/file-types.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { CardDraft } from '../../model/record.ts'
import type { Text } from '../../model/text.ts'
import { DraftCard } from './draft-card.ts'
import type { Graph } from './graph.ts'
import { boxIn, rhythmIn } from './repairs.ts'
import type { Rules } from './rules.ts'

/** Read into fields of their own. */
const READ = new Set(
  `rdf:type dct:title dct:description dcat:keyword dcat:theme dct:publisher dct:creator dcat:contactPoint dct:identifier dct:issued dct:modified dct:language
  dct:accrualPeriodicity dcat:landingPage foaf:page dct:spatial dct:temporal dcat:distribution dcat:version owl:versionInfo dct:conformsTo dct:references
  dcatap:availability dcatde:contributorID dcatde:politicalGeocodingURI dcatde:politicalGeocodingLevelURI dcatap:applicableLegislation dcatap:hvdCategory
  dcat:inSeries dct:accessRights`.split(/\s+/),
)

/** Kept under these keys as the export knows them: IRIs and texts, as many as there are. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  availability: ['dcatap:availability'],
  contributorID: ['dcatde:contributorID'],
  geocodingLevel: ['dcatde:politicalGeocodingLevelURI'],
  references: ['dct:references'],
  conformsTo: ['dct:conformsTo'],
  legislation: ['dcatap:applicableLegislation'],
  hvdCategory: ['dcatap:hvdCategory'],
  page: ['foaf:page'],
  landingPage: ['dcat:landingPage'],
  inSeries: ['dcat:inSeries'],
  version: ['dcat:version', 'owl:versionInfo'],
}

export interface Sweep {
  readonly sweep: string
  readonly release: boolean
}

export function dcatCard(graph: Graph, node: string, rules: Rules, sweep: Sweep): CardDraft {
  const card = new DraftCard(rules)
  const origin = originOf(graph, node)
  card.title = words(graph, node, 'dct:title', 'rdfs:label')
  card.description = words(graph, node, 'dct:description')
  card.keywords = graph.texts(node, 'dcat:keyword')
  card.setThemes(graph.texts(node, 'dcat:theme'))
  card.languages(graph.texts(node, 'dct:language'))
  card.publisher =
    agentIn(graph, node, rules, 'dct:publisher') ?? agentIn(graph, node, rules, 'dcatde:maintainer', 'dct:creator', 'geodcatap:custodian')
  card.contact = contactIn(graph, node)
  const modified = card.moment('modified', graph.text(node, 'dct:modified'))
  card.set('issued', card.moment('issued', graph.text(node, 'dct:issued')))
  card.set('modified', modified)
  for (const [key, names] of Object.entries(KEPT)) card.set(key, single(graph.texts(node, ...names)))
  const rhythm = graph.text(node, 'dct:accrualPeriodicity')
  if (rhythm !== undefined) card.set('frequency', rhythmIn(rhythm))
  if (graph.ofType('dcat:DatasetSeries').includes(node)) card.set('kind', 'series')
  places(graph, node, card)
  times(graph, node, card)
  const distributions = graph.texts(node, 'dcat:distribution').map((one) => distributionIn(graph, one, card))
  card.set('distributions', distributions)
  card.set('more', more(graph, node))
  return {
    draft: 'card',
    origin,
    ...(modified !== undefined && { modified }),
    card: card.wording(origin, commonLicence(distributions)),
    remarks: card.remarks,
    ...sweep,
  }
}

/** The IRI of the dataset, where it has one; else its identifier. */
function originOf(graph: Graph, node: string): string {
  return node.startsWith('_:') ? (graph.text(node, 'dct:identifier') ?? `${graph.text(node, 'dct:title') ?? node}`) : node
}

/** Untagged is German (K03). Of several in one language the longest. */
function words(graph: Graph, node: string, ...names: readonly string[]): Text {
  const text: Record<string, string> = {}
  for (const { text: said, language } of graph.all(node, ...names)) {
    const tag = language === '' ? 'de' : language.slice(0, 2).toLowerCase()
    if (said.trim().length > (text[tag] ?? '').length) text[tag] = said.trim()
  }
  return text
}

const single = (texts: readonly string[]): Json | undefined => (texts.length > 1 ? [...new Set(texts)] : texts[0])

function agentIn(graph: Graph, node: string, rules: Rules, ...names: readonly string[]): Agent | undefined {
  for (const agent of graph.texts(node, ...names)) {
    const name = graph.text(agent, 'foaf:name', 'vcard:fn', 'rdfs:label') ?? (/^(_:|https?:)/.test(agent) ? undefined : agent)
    if (name === undefined) continue
    const [mail, url] = [graph.text(agent, 'foaf:mbox', 'vcard:hasEmail'), graph.text(agent, 'foaf:homepage', 'vcard:hasURL')]
    return { name: rules.apply('publisher', name), ...(mail && { email: bareMail(mail) }), ...(url && { url }) }
  }
  return undefined
}

/** vCard hides a value behind a node of its own at times. */
function contactIn(graph: Graph, node: string): Agent | undefined {
  const contact = graph.text(node, 'dcat:contactPoint')
  if (contact === undefined) return undefined
  const behind = (value: string | undefined) => (value === undefined ? undefined : (graph.text(value, 'vcard:hasValue') ?? value))
  const [name, mail, url] = [
    graph.text(contact, 'vcard:fn', 'vcard:organization-name', 'foaf:name'),
    behind(graph.text(contact, 'vcard:hasEmail', 'vcard:email')),
    behind(graph.text(contact, 'vcard:hasURL', 'vcard:url')),
  ]
  const said = name ?? mail ?? url
  return said === undefined
    ? undefined
    : { name: said.replace(/^mailto:/, ''), ...(mail && { email: bareMail(mail) }), ...(url && { url }) }
}

const bareMail = (text: string): string => text.replace(/^(mailto:)+/i, '').trim()

function places(graph: Graph, node: string, card: DraftCard): void {
  const keys = graph.texts(node, 'dcatde:politicalGeocodingURI')
  const spots = graph.texts(node, 'dct:spatial')
  card.set('geocoding', single([...keys, ...spots.filter((spot) => spot.includes('politicalGeocoding') || spot.includes('geonames.org'))]))
  for (const spot of spots) {
    const shape = graph.text(spot, 'dcat:bbox', 'locn:geometry', 'dcat:centroid')
    const box = shape === undefined ? undefined : boxIn(graph.text(shape, 'geo:asWKT') ?? shape)
    if (box !== undefined) card.set('bbox', box)
    else if (shape !== undefined) card.remark('spatial', 'kept', ['Die Fläche ist nicht lesbar.', 'The area cannot be read.'], shape)
  }
}

function times(graph: Graph, node: string, card: DraftCard): void {
  const time = graph.text(node, 'dct:temporal')
  if (time === undefined) return
  const start = card.moment('temporal', graph.text(time, 'dcat:startDate', 'schema:startDate'))
  const end = card.moment('temporal', graph.text(time, 'dcat:endDate', 'schema:endDate'))
  if (start !== undefined || end !== undefined) card.set('temporal', { ...(start && { start }), ...(end && { end }) })
}

function distributionIn(graph: Graph, node: string, card: DraftCard): JsonObject {
  const { url, access, service } = addressesIn(graph, node, card)
  const media = graph.text(node, 'dcat:mediaType')
  const format = card.format(graph.text(node, 'dct:format') ?? media)
  const text = graph.text(node, 'dct:license', 'dct:rights')
  const licence = card.licence('licence', text)
  const bytes = Number(graph.text(node, 'dcat:byteSize') ?? NaN)
  return defined({
    url,
    title: words(graph, node, 'dct:title') as JsonObject,
    access: access === url ? undefined : access,
    description: wordsOrNone(graph, node, 'dct:description'),
    format: format === undefined ? undefined : (fileTypeOf(format) ?? format),
    mediaType: media?.replace(/^.*\/media-types\//, ''),
    licence,
    rights: licence === undefined ? text : undefined,
    attribution: graph.text(node, 'dcatde:licenseAttributionByText'),
    modified: card.moment('modified', graph.text(node, 'dct:modified')),
    kind: service === undefined ? undefined : 'service',
    bytes: bytes > 0 && Number.isFinite(bytes) ? bytes : undefined,
    conformsTo: graph.text(node, 'dct:conformsTo'),
    status: graph.text(node, 'adms:status'),
    id: node.startsWith('_:') ? undefined : node,
  })
}

interface Addresses {
  readonly url: string
  readonly access: string | undefined
  readonly service: string | undefined
}

/** The file before the page that leads to it, and before the service that has it. */
function addressesIn(graph: Graph, node: string, card: DraftCard): Addresses {
  const access = graph.text(node, 'dcat:accessURL')
  const file = graph.text(node, 'dcat:downloadURL')
  const service = graph.text(node, 'dcat:accessService')
  if (access === undefined && file === undefined)
    card.remark('distributions', 'missing', ['Eine Distribution hat keine Adresse.', 'A distribution has no address.'], node)
  const endpoint = service && graph.text(service, 'dcat:endpointURL')
  return { url: file ?? access ?? endpoint ?? (node.startsWith('http') ? node : ''), access, service }
}

function wordsOrNone(graph: Graph, node: string, name: string): JsonObject | undefined {
  const found = words(graph, node, name)
  return Object.keys(found).length === 0 ? undefined : (found as JsonObject)
}

/** The licence of all distributions, where they agree. */
export function commonLicence(distributions: readonly JsonObject[]): string | undefined {
  const all = new Set(distributions.map(({ licence }) => licence))
  const [one] = all
  return all.size === 1 && typeof one === 'string' ? one : undefined
}

/** What was not read, by predicate: a node without a name of its own is followed. */
function more(graph: Graph, node: string, depth = 0): JsonObject | undefined {
  const rest = graph.predicates(node).filter((name) => depth > 0 || !READ.has(name))
  if (rest.length === 0) return undefined
  const valueOf = (text: string): Json => (text.startsWith('_:') ? (depth < 3 ? (more(graph, text, depth + 1) ?? text) : text) : text)
  return Object.fromEntries(rest.map((name) => [name, graph.texts(node, name).map(valueOf)]))
}

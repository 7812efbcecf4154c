/** graph: what a card says as DCAT-AP.de, and that the three formats say the same, whatever stands in it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { catalogGraph } from '../../../../src/protocols/dcat/catalog.ts'
import { datasetGraph } from '../../../../src/protocols/dcat/graph.ts'
import { jsonld } from '../../../../src/protocols/dcat/jsonld.ts'
import { rdfxml } from '../../../../src/protocols/dcat/rdfxml.ts'
import { turtle } from '../../../../src/protocols/dcat/turtle.ts'
import type { Card } from '../../../../src/service/service.ts'
import { fullCard as card } from '../../../support/card.ts'
import { fromJsonLd, fromRdfXml, fromTurtle } from '../../../support/rdf.ts'

const ROOT = 'https://stadt.example'
const OWN = `${ROOT}/datasets/luft`

const DCT = 'http://purl.org/dc/terms/'
const DCAT = 'http://www.w3.org/ns/dcat#'
const EU = 'http://publications.europa.eu/resource/authority'

test('a card says what DCAT-AP.de asks for', () => {
  const said = fromTurtle(turtle(datasetGraph(card, ROOT)))
  for (const statement of [
    `${OWN} http://www.w3.org/1999/02/22-rdf-syntax-ns#type ${DCAT}Dataset`,
    `${OWN} ${DCT}title "Luftqualität"@de`,
    `${OWN} ${DCT}title "Air quality"@en`,
    `${OWN} ${DCT}publisher ${OWN}#publisher`,
    `${OWN}#publisher http://xmlns.com/foaf/0.1/name "Stadt Musterstadt"^^http://www.w3.org/2001/XMLSchema#string`,
    `${OWN}#contact http://www.w3.org/2006/vcard/ns#hasEmail mailto:umwelt@musterstadt.example`,
    `${OWN} ${DCAT}theme ${EU}/data-theme/ENVI`,
    `${OWN} ${DCT}accessRights ${EU}/access-right/PUBLIC`,
    `${OWN} ${DCT}accrualPeriodicity ${EU}/frequency/HOURLY`,
    `${OWN} ${DCT}spatial http://dcat-ap.de/def/politicalGeocoding/regionalKey/071110000000`,
    `${OWN} http://dcat-ap.de/def/dcatde/contributorID http://dcat-ap.de/def/contributors/openGovernmentDataPortalRheinlandPfalz`,
    `${OWN}#place ${DCAT}bbox "POLYGON((8 49, 8.5 49, 8.5 49.5, 8 49.5, 8 49))"^^http://www.opengis.net/ont/geosparql#wktLiteral`,
    `${OWN}#period ${DCAT}startDate "2026-01-01T00:00:00Z"^^http://www.w3.org/2001/XMLSchema#dateTime`,
    `${OWN}#datasets-luft-csv ${DCAT}downloadURL ${OWN}.csv`,
    `${OWN}#datasets-luft-csv ${DCT}license http://dcat-ap.de/def/licenses/dl-by-de/2.0`,
    `${OWN}#datasets-luft-csv ${DCT}format ${EU}/file-type/CSV`,
    `${OWN}#datasets-luft-csv http://dcat-ap.de/def/dcatde/licenseAttributionByText "Stadt Musterstadt"^^http://www.w3.org/2001/XMLSchema#string`,
    `${OWN}#datasets-luft-sta-v1-1 ${DCAT}accessService ${OWN}#datasets-luft-sta-v1-1-service`,
    `${OWN}#datasets-luft-sta-v1-1-service ${DCAT}endpointURL ${OWN}/sta/v1.1`,
    `${OWN}#datasets-luft-sta-v1-1-service ${DCAT}servesDataset ${OWN}`,
  ])
    assert.ok(said.has(statement), statement)
  assert.ok(![...said].some((statement) => statement.startsWith(`${OWN}#datasets-luft-sta-v1-1 ${DCAT}downloadURL`)))
})

test('the three formats say the same', () => {
  const triples = catalogGraph({ cards: [card], page: 2, size: 1, total: 3 }, ROOT, (page) => `${ROOT}/catalog.ttl?a=b&page=${page}`)
  const said = fromTurtle(turtle(triples))
  assert.equal(said.size, triples.length)
  assert.deepEqual(fromJsonLd(jsonld(triples)), said)
  assert.deepEqual(fromRdfXml(rdfxml(triples)), said)
})

test('whatever stands in a card, the three formats read back the same', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\r', '\t', '<', '&', '>', "'", ']', '\u0000', '\uFFFE', '😀', '"""') }))
  fc.assert(
    fc.property(text, text, text, text, (title, keyword, url, name) => {
      const odd: Card = {
        ...card,
        title: { de: title },
        keywords: [keyword],
        licence: url,
        publisher: { name, url },
        properties: { conformsTo: [`http://x/${keyword}`], version: title, frequency: keyword },
        distributions: [{ title: { en: title }, url: `https://x/${url}`, mediaType: keyword, kind: 'service' }],
      }
      const triples = datasetGraph(odd, ROOT)
      const said = fromTurtle(turtle(triples))
      assert.deepEqual(fromJsonLd(jsonld(triples)), said)
      assert.deepEqual(fromRdfXml(rdfxml(triples)), said)
    }),
    { numRuns: 100 },
  )
}) // prettier-ignore

test('what a card does not know it does not say', () => {
  const bare: Card = { ...card, description: {}, properties: {}, keywords: [], themes: [], distributions: [] }
  const { publisher: _, contact: _1, licence: _2, extent: _3, period: _4, ...rest } = bare
  const said = [...fromTurtle(turtle(datasetGraph(rest, ROOT)))]
  assert.ok(!said.some((statement) => /publisher|contactPoint|spatial|temporal|license|undefined/.test(statement)))
  assert.ok(said.includes(`${OWN} ${DCT}description "Luftqualität"@de`))
})

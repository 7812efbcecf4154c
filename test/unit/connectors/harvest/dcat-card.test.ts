/** dcat-card: a record that says much, one that says nothing, and one that says it wrongly: each becomes a card. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dcatCard } from '../../../../src/connectors/harvest/dcat-card.ts'
import { Graph } from '../../../../src/connectors/harvest/graph.ts'
import type { Row } from '../../../../src/connectors/harvest/rdf-worker.ts'
import { Rules } from '../../../../src/connectors/harvest/rules.ts'

const SWEEP = { sweep: 's', release: true }
const DCT = 'http://purl.org/dc/terms/'
const DCAT = 'http://www.w3.org/ns/dcat#'
const node = (subject: string, predicate: string, object: string): Row => [subject, predicate, object, 'node', '']
const text = (subject: string, predicate: string, object: string, language = ''): Row => [subject, predicate, object, 'text', language]
const cardOf = (rows: readonly Row[], subject: string, rules = new Rules()) => dcatCard(new Graph(rows), subject, rules, SWEEP)

const D = 'https://x.example/d/1'

test('everything has its place, and what has none is kept beside', () => {
  const { origin, card, modified, remarks } = cardOf(
    [
      text(D, `${DCT}title`, 'Bäume'),
      text(D, `${DCT}title`, 'Trees', 'en-GB'),
      text(D, `${DCT}description`, 'Alle Bäume', 'de'),
      text(D, `${DCT}modified`, '2026-05-01'),
      text(D, `${DCAT}keyword`, 'Baum'),
      text(D, `${DCAT}keyword`, 'Baum'),
      node(D, `${DCAT}theme`, 'http://publications.europa.eu/resource/authority/data-theme/ENVI'),
      node(D, `${DCT}publisher`, '_:p'),
      text('_:p', 'http://xmlns.com/foaf/0.1/name', 'Stadt'),
      node('_:p', 'http://xmlns.com/foaf/0.1/mbox', 'mailto:mailto:a@stadt.example'),
      node(D, `${DCT}spatial`, '_:s'),
      text('_:s', 'http://www.w3.org/ns/locn#geometry', 'POLYGON((8 49, 9 49, 9 50, 8 49))'),
      node(D, 'https://www.dcat-ap.de/def/dcatde/1.1/contributorID', 'http://dcat-ap.de/def/contributors/openDataHRO'),
      node(D, `${DCAT}distribution`, '_:f'),
      node('_:f', `${DCAT}accessURL`, 'https://x.example/page'),
      node('_:f', `${DCAT}downloadURL`, 'https://x.example/1.csv'),
      node('_:f', `${DCT}license`, 'http://dcat-ap.de/def/licenses/cc-zero'),
      text('_:f', `${DCT}format`, 'csv'),
      text('_:f', `${DCAT}byteSize`, '12.0'),
      text(D, 'http://www.w3.org/ns/adms#versionNotes', 'neu'),
    ],
    D,
  )
  assert.equal(origin, D)
  assert.equal(modified, '2026-05-01T00:00:00Z')
  assert.deepEqual([card.title, card.keywords, card.themes], [{ de: 'Bäume', en: 'Trees' }, ['Baum'], ['ENVI']])
  assert.deepEqual(card.publisher, { name: 'Stadt', email: 'a@stadt.example' })
  assert.equal(card.licence, 'http://dcat-ap.de/def/licenses/cc-zero')
  assert.deepEqual(card.properties['distributions'], [
    {
      url: 'https://x.example/1.csv',
      title: {},
      access: 'https://x.example/page',
      format: 'CSV',
      licence: 'http://dcat-ap.de/def/licenses/cc-zero',
      bytes: 12,
    },
  ])
  assert.deepEqual(card.properties['bbox'], [8, 49, 9, 50])
  assert.equal(card.properties['contributorID'], 'http://dcat-ap.de/def/contributors/openDataHRO')
  assert.deepEqual(card.properties['more'], { 'adms:versionNotes': ['neu'] })
  assert.deepEqual(remarks, [])
})

test('a record that says nothing is still a record', () => {
  const { card, remarks } = cardOf([node(D, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', `${DCAT}Dataset`)], D)
  assert.deepEqual(card.title, { de: D })
  assert.deepEqual(remarks.map(({ field, what }) => `${field} ${what}`).toSorted(), ['description missing', 'publisher missing', 'themes missing', 'title missing']) // prettier-ignore
})

test('what is wrong is repaired or kept, and said; a rule of the source comes first', () => {
  const rows = [
    text(D, `${DCT}title`, 'x'),
    text(D, `${DCT}issued`, '2021-01-28 GMT 01:51:03'),
    text(D, `${DCT}modified`, 'neulich'),
    node(D, `${DCAT}distribution`, '_:f'),
    node('_:f', `${DCAT}accessURL`, 'https://x.example/1'),
    text('_:f', `${DCT}license`, 'Hauslizenz'),
  ]
  const { card, remarks, modified } = cardOf(rows, D)
  assert.equal(modified, undefined)
  assert.equal(card.properties['issued'], '2021-01-28T01:51:03Z')
  assert.equal(card.licence, undefined)
  const told = remarks.map(({ field, what, value }) => `${field} ${what}: ${value}`)
  assert.ok(told.includes('issued repaired: 2021-01-28 GMT 01:51:03'), told.join())
  assert.ok(told.includes('modified kept: neulich'), told.join())
  assert.ok(told.includes('licence kept: Hauslizenz'), told.join())
  const ruled = cardOf(rows, D, new Rules([{ field: 'licence', from: 'haus*', to: 'cc-by/4.0' }]))
  assert.equal(ruled.card.licence, 'http://dcat-ap.de/def/licenses/cc-by/4.0')
})

test('a graph in a circle comes to an end', () => {
  const { card } = cardOf(
    [node('_:a', `${DCT}relation`, '_:b'), node('_:b', `${DCT}relation`, '_:a'), text('_:a', `${DCT}title`, 'x')],
    '_:a',
  )
  assert.equal(card.title['de'], 'x')
})

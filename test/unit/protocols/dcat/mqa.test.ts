/** Points for a description, as the European portal gives them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assess, assessCard } from '../../../../src/protocols/dcat/mqa.ts'
import type { Card } from '../../../../src/service/service.ts'
import { fullCard } from '../../../support/card.ts'

const ROOT = 'https://stadt.example'
const CSV = { title: { de: 'CSV' }, url: `${ROOT}/datasets/luft.csv`, mediaType: 'text/csv', kind: 'download' } as const
const API = { title: { de: 'API' }, url: `${ROOT}/ogc/collections/luft`, mediaType: 'application/geo+json', kind: 'service' } as const

const cardOf = (change: Partial<Card>): Card => ({ ...fullCard, ...change })
const pointsOf = (card: Card) => new Map(assessCard(card, ROOT).metrics.map(({ id, points }) => [id, points]))

test('there are 405 points, and none for nothing', () => {
  const none = assess([], 'urn:x')
  assert.deepEqual([none.points, none.of, none.rating], [0, 405, 'bad'])
})

test('a whole card with a file loses only what cannot be known before it is fetched', () => {
  const { points, rating, metrics } = assessCard(cardOf({ distributions: [CSV] }), ROOT)
  assert.deepEqual(
    metrics.filter((metric) => metric.points < metric.of).map(({ id }) => id),
    ['rightsAvailability', 'byteSizeAvailability'],
  )
  assert.deepEqual([points, rating], [395, 'excellent'])
})

test('what concerns distributions counts by their share', () => {
  const points = pointsOf(cardOf({ distributions: [CSV, API] }))
  assert.deepEqual(
    [points.get('downloadUrlAvailability'), points.get('accessUrlStatusCode'), points.get('formatAvailability')],
    [10, 50, 20],
  )
})

test('a licence that the portal does not know gives points for being there only', () => {
  for (const [licence, there, known] of [
    ['http://dcat-ap.de/def/licenses/dl-by-de/2.0', 20, 10],
    ['http://dcat-ap.de/def/licenses/officialWork', 20, 0],
    ['http://dcat-ap.de/def/licenses/cc-by-nc/4.0', 20, 0],
    ['https://stadt.example/lizenz', 20, 0],
  ] as const) {
    const points = pointsOf(cardOf({ licence, distributions: [CSV] }))
    assert.deepEqual([points.get('licenceAvailability'), points.get('knownLicence')], [there, known], licence)
  }
})

test('what is missing says what to do, in both languages', () => {
  const { metrics } = assessCard(cardOf({ keywords: [], themes: [], distributions: [] }), ROOT)
  for (const { points, of, advice } of metrics) if (points < of) assert.ok(advice.de.length > 10 && advice.en.length > 10)
  assert.equal(pointsOf(cardOf({ distributions: [] })).get('accessUrlStatusCode'), 0)
})

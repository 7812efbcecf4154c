/** repairs: what catalogues write, and what they mean by it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxIn, languageIn, licenceIn, moment, rhythmIn, themeIn } from '../../../../src/connectors/harvest/repairs.ts'

test('licences are known by whatever name they go', () => {
  for (const [text, code] of [
    ['http://dcat-ap.de/def/licenses/dl-by-de/2_0', 'dl-by-de/2.0'],
    ['https://www.dcat-ap.de/def/licenses/cc-zero', 'cc-zero'],
    ['https://creativecommons.org/licenses/by/4.0/deed.de', 'cc-by/4.0'],
    ['dl-de-by-2.0', 'dl-by-de/2.0'],
    ['dl-de/by-1-0', 'dl-by-de/1.0'],
    ['dl-de-zero-2.0', 'dl-zero-de/2.0'],
    ['Datenlizenz Deutschland Namensnennung 2.0', 'dl-by-de/2.0'],
    ['Creative Commons Namensnennung 3.0 DE\r', 'cc-by-de/3.0'],
    ['CC BY 4.0', 'cc-by/4.0'],
    ['http://dcat-ap.de/def/licenses/cc-by-nc-de/4_0', 'cc-by-nc/4.0'],
    ['notspecified', 'other-closed'],
  ] as const)
    assert.equal(licenceIn(text)?.code, code, text)
  for (const text of ['Nutzungsbedingungen der LHP', '', 'siehe Webseite']) assert.equal(licenceIn(text), undefined, text)
})

test('dates are read as they come, and said to be repaired where they are not as agreed', () => {
  for (const [text, at, repaired] of [
    ['2026-05-01T10:00:00+02:00', '2026-05-01T08:00:00Z', false],
    ['2017-08-01T10:46:45.590516', '2017-08-01T10:46:45.590516Z', false],
    ['2026-05-01', '2026-05-01T00:00:00Z', false],
    ['2026', '2026-01-01T00:00:00Z', false],
    ['2021-01-28 GMT 01:51:03', '2021-01-28T01:51:03Z', true],
    ['2021-01-28 01:51:03 UTC', '2021-01-28T01:51:03Z', true],
    ['1.5.2026', '2026-05-01T00:00:00Z', true],
    ['Donnerstag, 9. Januar 2014 - 10:58', '2014-01-09T10:58:00Z', true],
  ] as const)
    assert.deepEqual(moment(text), { at, repaired }, text)
  for (const text of ['gestern', '31.02.2026', '2026-13-01', '9. Foo 2014', '']) assert.equal(moment(text), undefined, text)
})

test('languages, themes and rhythms', () => {
  assert.deepEqual(['de', 'http://publications.europa.eu/resource/authority/language/DEU', 'de-DE', 'Englisch', 'xx'].map(languageIn), [
    'de',
    'de',
    'de',
    'en',
    undefined,
  ])
  assert.deepEqual(
    ['ENVI', 'http://publications.europa.eu/resource/authority/data-theme/TRAN', 'https://x.example/theme/Transport%20und%20Verkehr', 'Kino', '%E0%A4%A'].map(themeIn),
    ['ENVI', 'TRAN', 'TRAN', undefined, undefined],
  ) // prettier-ignore
  assert.deepEqual(
    ['http://purl.org/cld/freq/daily', 'fortnightly', 'biannually', 'http://publications.europa.eu/resource/authority/frequency/WEEKLY_2'].map(rhythmIn),
    ['DAILY', 'BIWEEKLY', 'ANNUAL_2', 'WEEKLY_2'],
  ) // prettier-ignore
})

test('areas in WKT and GeoJSON, as far as they are degrees', () => {
  assert.deepEqual(boxIn('POLYGON((8 49, 8.5 49, 8.5 49.5, 8 49.5, 8 49))'), [8, 49, 8.5, 49.5])
  assert.deepEqual(boxIn('<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(8 49)'), [8, 49, 8, 49])
  assert.deepEqual(boxIn('{"type":"Polygon","coordinates":[[[12,54],[12.3,54],[12.3,54.2],[12,54]]]}'), [12, 54, 12.3, 54.2])
  assert.equal(boxIn('POINT(400000 5500000)'), undefined)
  assert.equal(boxIn('Rheinland-Pfalz'), undefined)
})

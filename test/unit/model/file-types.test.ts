/** file-types: formats by whatever they are called. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileTypeOf, isService } from '../../../src/model/file-types.ts'

test('a format is known by its IRI, its code, its media type and its usual names', () => {
  for (const [text, code] of [
    ['http://publications.europa.eu/resource/authority/file-type/CSV', 'CSV'],
    ['https://www.iana.org/assignments/media-types/application/geo+json', 'GEOJSON'],
    ['.xlsx', 'XLSX'],
    ['geojson', 'GEOJSON'],
    ['OGC:WMS', 'WMS_SRVC'],
    ['WFS_SRVC', 'WFS_SRVC'],
    ['text/csv', 'CSV'],
    ['Shapefile', 'SHP'],
  ] as const)
    assert.equal(fileTypeOf(text), code, text)
  for (const text of ['', 'divers', 'https://x.example/data']) assert.equal(fileTypeOf(text), undefined, text)
  assert.deepEqual(['WMS_SRVC', 'REST', 'CSV'].map(isService), [true, true, false])
})

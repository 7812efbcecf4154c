/** UUIDs that can be read backwards and are of one installation. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { datasetIn, nameId, packageId, resourceId } from '../../../../src/protocols/ckan/identity.ts'

const ROOT = 'https://stadt.example'
const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/

test('an id leads back to its dataset, here and nowhere else', () => {
  const id = packageId(ROOT, 4711)
  assert.match(id, FORM)
  assert.equal(datasetIn(ROOT, id), 4711)
  assert.equal(datasetIn(ROOT, id.toUpperCase()), 4711)
  assert.equal(datasetIn('https://land.example', id), undefined)
  for (const other of ['luft', '', '00000000-0000-4000-8000-000000000000']) assert.equal(datasetIn(ROOT, other), undefined)
})

test('doors of one dataset have ids of their own that lead to it', () => {
  const [csv, json] = [`${ROOT}/datasets/luft.csv`, `${ROOT}/datasets/luft.geojson`].map((url) => resourceId(ROOT, 7, { url }))
  assert.notEqual(csv, json)
  assert.match(csv ?? '', FORM)
  assert.equal(datasetIn(ROOT, csv ?? ''), 7)
})

test('names of different kinds do not share an id', () => {
  assert.notEqual(nameId(ROOT, 'group', 'envi'), nameId(ROOT, 'tag', 'envi'))
  assert.equal(nameId(ROOT, 'group', 'envi'), nameId(ROOT, 'group', 'envi'))
})

/** Licences by whatever they are called, and the table against the list it follows. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LICENCES, licenceOf } from '../../../src/model/licences.ts'

const LIST = '../shared/vocabularies/dcat-ap-de-licenses-open.rdf'

test('a licence is found by its IRI, its page in any language, and its code', () => {
  for (const [text, code] of [
    ['https://creativecommons.org/licenses/by/4.0/deed.de', 'cc-by/4.0'],
    ['http://creativecommons.org/licenses/by/4.0/legalcode', 'cc-by/4.0'],
    ['http://www.govdata.de/dl-de/zero-2-0', 'dl-zero-de/2.0'],
    ['http://dcat-ap.de/def/licenses/dl-by-de/2.0', 'dl-by-de/2.0'],
    ['odbl', 'odbl'],
    ['https://example.org/own', undefined],
  ] as const)
    assert.equal(licenceOf(text)?.code, code, text)
})

test('only what is open counts as open, and what wants its source named says so', () => {
  const [by, nc, zero] = ['dl-by-de/2.0', 'cc-by-nc/4.0', 'dl-zero-de/2.0'].map(licenceOf)
  assert.deepEqual([by?.open, by?.attribution], [true, true])
  assert.deepEqual([nc?.open, nc?.attribution], [false, true])
  assert.deepEqual([zero?.open, zero?.attribution], [true, false])
})

test('every licence of the official list is in the table', { skip: !existsSync(LIST) && `${LIST} is not there` }, () => {
  const listed = [...readFileSync(LIST, 'utf8').matchAll(/<skos:Concept rdf:about="http:\/\/dcat-ap\.de\/def\/licenses\/([^"]+)">/g)]
  const codes = listed.map(([, code]) => code ?? '')
  assert.ok(codes.length > 25)
  assert.deepEqual(
    codes.filter((code) => !LICENCES.some((one) => one.code === code)),
    [],
  )
})

/** The EU data themes against the list they come from. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { THEMES, themeOf } from '../../../src/model/themes.ts'

const LIST = '../shared/vocabularies/data-theme-skos.rdf'

test('a theme is found by its code in any case and by its IRI', () => {
  assert.equal(themeOf('envi'), 'ENVI')
  assert.equal(themeOf('http://publications.europa.eu/resource/authority/data-theme/TRAN'), 'TRAN')
  assert.equal(themeOf('toString'), undefined)
})

test('the table says what the official list says', { skip: !existsSync(LIST) && `${LIST} is not there` }, () => {
  const concepts = readFileSync(LIST, 'utf8').match(/<skos:Concept [^]*?<\/skos:Concept>/g) ?? []
  for (const [code, { de, en }] of Object.entries(THEMES)) {
    const concept = concepts.find((one) => one.includes(`about="http://publications.europa.eu/resource/authority/data-theme/${code}"`))
    assert.ok(concept?.includes(`xml:lang="de">${de}<`), `${code} ${de}`)
    assert.ok(concept?.includes(`xml:lang="en">${en}<`), `${code} ${en}`)
  }
})

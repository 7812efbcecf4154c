/** language: the one that is wanted among those there are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageIn } from '../../../../src/protocols/ngsi-ld/language.ts'

test('by quality, then by what is nearest, then any', () => {
  const cases = [
    [['de', 'en'], 'en', 'en'],
    [['de', 'en'], 'en;q=0.5,de;q=0.8', 'de'],
    [['de-AT', 'en'], 'de', 'de-AT'],
    [['de', 'en'], 'de-AT', 'de'],
    [['de', 'fr'], 'fr-CH,fr;q=0.9,*;q=0.5', 'fr'],
    [['de'], 'it,*;q=0.1', 'de'],
    [['de'], 'it', 'de'],
    [['de', '@none'], 'it', '@none'],
    [['de', 'en'], 'de;q=0,en;q=0.1', 'en'],
    [[], 'de', undefined],
  ] as const
  for (const [there, wanted, found] of cases) assert.equal(languageIn(there, wanted), found, wanted)
})

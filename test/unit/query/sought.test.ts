/** What people type into a search. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTyped, withUmlauts } from '../../../src/query/sought.ts'

const shown = (text: string): string =>
  parseTyped(text)
    .map(({ words, barred, or }) => `${or ? '|' : ''}${barred ? '-' : ''}${words.join('+')}`)
    .join(' ')

test('words, rows of words, words that must not be there, and words that stand for each other', () => {
  for (const [text, means] of [
    ['Luft Güte', 'luft güte'],
    ['"grüne Welle" Ampel', 'grüne+welle ampel'],
    ['Bäume -Linde', 'bäume -linde'],
    ['KFZ-Bestand', 'kfz bestand'],
    ['Kirchen, Kapellen und Klöster', 'kirchen |kapellen |klöster'],
    ['Baumbestand/Baumkataster', 'baumbestand |baumkataster'],
    ['PM2,5', 'pm2,5'],
    ['und', ''],
    ['  ', ''],
    ['!?"', ''],
  ] as const)
    assert.equal(shown(text), means, text)
})

test('so much is looked for, and not more', () => {
  assert.equal(parseTyped('a '.repeat(1000)).length, 10)
})

test('umlauts are understood where there are none on the keyboard', () => {
  assert.equal(withUmlauts('baeume'), 'bäume')
  assert.equal(withUmlauts('gruenflaeche'), 'grünfläche')
})

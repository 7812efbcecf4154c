/** Words of a catalogue that say what somebody looks for: compounds, parts, typing errors. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { alike, compounds, distance, mistyped, partsOf, Vocabulary } from '../../../src/query/alike.ts'

const vocabulary = new Vocabulary([
  'rad', 'radverkehr', 'verkehr', 'fahrrad', 'fahr', 'radon', 'graduiert', 'radweg', 'weg', 'baum', 'kataster', 'baumkataster', 'strassenbaum',
  'strass', 'spielplatz', 'spiel', 'platz', 'verzeichnis', 'luftqualitat', 'abfall', 'abfallkalend', 'einwohn', 'statistik',
]) // prettier-ignore

test('a word is found in the compounds that begin or end with it, not in words that only hold its letters', () => {
  assert.deepEqual(compounds('rad', vocabulary), ['radweg', 'fahrrad', 'radverkehr'])
  assert.deepEqual(compounds('baum', vocabulary), ['baumkataster', 'strassenbaum'])
  assert.deepEqual(compounds('kalend', vocabulary), ['abfallkalend'])
  assert.deepEqual(compounds('ra', vocabulary), [])
})

test('a compound is taken apart into words that there are', () => {
  for (const [word, parts] of [
    ['spielplatzverzeichnis', ['spielplatz', 'verzeichnis']],
    ['strassenbaumkataster', ['strassenbaum', 'kataster']],
    ['spielplatzradweg', ['spielplatz', 'radweg']],
    ['einwohnerstatistik', ['einwohn', 'statistik']],
    ['haus', undefined],
    ['radxx', undefined],
  ] as const)
    assert.deepEqual(partsOf(word, vocabulary), parts, word)
})

test('what says only that there is a list or a count may be missing', () => {
  assert.deepEqual(alike('einwohnerstatistik', vocabulary), [['einwohn', 'statistik'], ['einwohn']])
})

test('what is mistyped is found by what is one or two letters away, unless it is a word itself', () => {
  assert.deepEqual(mistyped('luftqualtat', vocabulary), ['luftqualitat'])
  assert.deepEqual(mistyped('bamu', vocabulary), ['baum'])
  assert.deepEqual(alike('luftqualtat', vocabulary), [['luftqualitat']])
  assert.deepEqual(alike('weg', vocabulary), [['radweg']])
  assert.deepEqual(mistyped('rod', vocabulary), [])
})

test('the distance of two words is the same both ways, and nothing from a word to itself', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
  fc.assert(fc.property(word, word, (one, other) => assert.equal(distance(one, other, 99), distance(other, one, 99))))
  fc.assert(fc.property(word, (one) => assert.equal(distance(one, one, 99), 0)))
  assert.equal(distance('strasse', 'straße', 99), 2)
  assert.equal(distance('abc', 'xyzabc', 1), 2)
})

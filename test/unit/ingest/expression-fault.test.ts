import assert from 'node:assert/strict'
import { test } from 'node:test'
import jsonata from 'jsonata'
import { faultOf } from '../../../src/ingest/expression-fault.ts'

const CASES: readonly (readonly [expression: string, de: string])[] = [
  ['"abc', 'Ein Text in Anführungszeichen wird nicht beendet.'],
  ['1 +', 'Der Ausdruck hört zu früh auf.'],
  ['(1', 'Am Ende fehlt „)“.'],
  ['a b', 'Hier passt „b“ nicht.'],
  ['wort * 2', 'Links von „*“ steht keine Zahl.'],
  ['2 - wort', 'Rechts von „-“ steht keine Zahl.'],
  ['$number(wort)', '„rot“ ist keine Zahl.'],
  ['wort > 5', 'rot und 5 sind von verschiedener Art und mit „>“ nicht vergleichbar.'],
  ['sum(1)', 'Das ist keine Funktion. Ist „$sum“ gemeint?'],
  ['$uppercase(5)', 'Die Angabe 1 der Funktion „uppercase“ ist von der falschen Art.'],
]

for (const [expression, de] of CASES)
  test(`what is wrong with ${expression}`, async () => {
    const fault = await (async () => jsonata(expression).evaluate({ wort: 'rot' }))().then(() => undefined, faultOf)
    assert.equal(fault?.de, de)
    assert.ok((fault?.en ?? '').length > 5)
  })

test('what is unknown stays as it is', () => {
  assert.deepEqual(faultOf(new Error('odd')), { de: 'odd', en: 'odd' })
  assert.deepEqual(faultOf('odd'), { de: '', en: '' })
})

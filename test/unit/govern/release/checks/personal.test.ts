/** What looks like people, and what only looks like it at first. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPersonal, masked } from '../../../../../src/govern/release/checks/personal.ts'

const found = (name: string, ...values: readonly string[]): readonly string[] =>
  checkPersonal([{ name, values }]).map(({ key }) => key.replace(/^personal\.|:.*$/g, ''))

test('columns are suspected by what they are called and by what stands in them', () => {
  for (const [expected, name, ...values] of [
    ['name', 'Nachname', 'Meier'],
    ['name', 'Eigentümer', 'Stadt'],
    ['birth', 'Geburtsdatum', '1970-01-01'],
    ['mail', 'Kontakt', 'erika.mustermann@beispiel.de'],
    ['phone', 'Telefon', '+49 6131 12-3456'],
    ['iban', 'Konto', 'DE89 3704 0044 0532 0130 00'],
    ['plate', 'Fahrzeug', 'MZ-AB 123', 'B-XY 9E'],
    ['plate', 'Kennzeichen', 'unleserlich'],
    ['ip', 'Quelle', '192.0.2.17'],
    ['mac', 'Gerät', '00:1B:44:11:3A:B7'],
  ] as const)
    assert.deepEqual(found(name, ...values), [expected], `${name} ${values.join()}`)
})

test('what is no person is left alone', () => {
  for (const [name, ...values] of [
    ['Name', 'Spielplatz am Markt'],
    ['Kontakt', 'info@stadt.example', 'poststelle@stadt.example'],
    ['Konto', 'DE89 3704 0044 0532 0130 01'],
    ['Version', '1.2.3.4.5', '10.11'],
    ['Version', '300.1.2.3', '01.02.03.04'],
    ['Strecke', 'A 61', 'B 9'],
    ['Telefon', 'siehe www.stadt.example', 'keins', 'keins', 'keins', 'keins', '+49 6131 12-3456'],
    ['Nachname', '', ' '],
    ['Baumart', 'Linde', 'Eiche'],
  ] as const)
    assert.deepEqual(found(name, ...values), [], `${name} ${values.join()}`)
})

test('a finding says how many and shows none of them', () => {
  const [finding] = checkPersonal([{ name: 'Kontakt', values: ['erika.mustermann@beispiel.de', 'info@stadt.example', ''] }])
  assert.deepEqual(
    [finding?.weight, finding?.where, finding?.count, finding?.among, finding?.example],
    ['asks', 'Kontakt', 1, 2, 'e….m…@b….d…'],
  )
  assert.equal(JSON.stringify(finding).includes('mustermann'), false)
  assert.equal(masked('DE89 3704'), 'D… 3…')
})

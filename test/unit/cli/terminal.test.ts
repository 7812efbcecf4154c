/** What the command line says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf, table } from '../../../src/cli/terminal.ts'

test('terminal: the language follows LC_ALL before LC_MESSAGES before LANG', () => {
  assert.equal(languageOf({ LANG: 'de_DE.UTF-8' }), 'de')
  assert.equal(languageOf({ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }), 'en')
  assert.equal(languageOf({ LC_ALL: '', LC_MESSAGES: 'de_AT', LANG: 'en_GB' }), 'de')
  assert.equal(languageOf({}), 'en')
})

test('terminal: columns are as wide as their widest cell, without blanks at the end', () => {
  assert.equal(
    table([
      ['id', 'name'],
      ['1000', 'a'],
    ]),
    'id    name\n1000  a',
  )
})

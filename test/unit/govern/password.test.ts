/** Which passwords are refused, and that they are kept as argon2id at the cost that OWASP names. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPassword, hashPassword, isPassword } from '../../../src/govern/password.ts'
import { Problem } from '../../../src/problem.ts'

const KNOWN = ['erika.mustermann@stadt.example', 'Erika Mustermann']

const REFUSED = [
  ['eleven characters', 'kurz7Zeich!'],
  ['eleven characters that are more bytes', '🌲🌳🌴🌵🌷🌸🌹🌺🌻🌼🍀'],
  ['the address', 'Erika.Mustermann@Stadt.example'],
  ['the address up to the sign', 'erika.mustermann'],
  ['the name without space', 'ErikaMustermann'],
  ['the name with a year', 'erikamustermann2026'],
  ['a common word with a year', 'Passwort2026!!'],
  ['a common word twice', 'passwortpasswort'],
  ['a row of keys', 'qwertzuiopasdf'],
  ['a row of keys between digits', '12qwertzuiop34'],
  ['digits in order', '123456789012'],
  ['few different characters', 'abababababab'],
  ['one character', 'aaaaaaaaaaaaaaaa'],
  ['longer than anyone types', 'xY7-'.repeat(65)],
] as const

for (const [name, password] of REFUSED) {
  test(`password: refused: ${name}`, () => {
    assert.throws(
      () => checkPassword(password, KNOWN),
      (error) => error instanceof Problem && error.kind === 'invalid-body' && error.at.pointer === '/password',
    )
  })
}

for (const password of ['korrekt pferd batterie', 'Grünkohl & Pinkel', 'x7#kQ9!vR2m_', '🌲🌳🌴🌵🌷🌸🌹🌺🌻🌼🍀🍁']) {
  test(`password: taken: ${password}`, () => checkPassword(password, KNOWN))
}

test('password: kept as argon2id with 19 MiB, two passes, one lane, and never twice the same', async () => {
  const [one, two] = [await hashPassword('korrekt pferd batterie'), await hashPassword('korrekt pferd batterie')]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.notEqual(one, two)
})

test('password: right is right, however the umlaut was typed; wrong is wrong', async () => {
  const kept = await hashPassword('Gru\u0308nkohl & Pinkel')
  assert.equal(await isPassword(kept, 'Gr\u00FCnkohl & Pinkel'), true)
  assert.equal(await isPassword(kept, 'grünkohl & pinkel'), false)
  assert.equal(await isPassword(kept, ''), false)
})

test('password: of nobody, none is right', async () => {
  assert.equal(await isPassword(undefined, 'nobody signs in with this'), false)
})

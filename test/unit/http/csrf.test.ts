/** What comes from our own page, as a table: header, origin and what the browser says of the site. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkOrigin, checkOwnPage } from '../../../src/http/csrf.ts'
import { originsOf } from '../../../src/http/identify.ts'
import { Problem } from '../../../src/problem.ts'

const OWN = ['https://daten.stadt.example']
const origin = 'https://daten.stadt.example'
const forbidden = (error: unknown) => error instanceof Problem && error.kind === 'forbidden'

const CASES: readonly (readonly [method: string, headers: Record<string, string>, fine: boolean])[] = [
  ['GET', {}, true],
  ['HEAD', { origin: 'https://evil.example' }, true],
  ['POST', {}, false],
  ['POST', { 'x-allmende': '1' }, true],
  ['POST', { 'x-allmende': '0' }, false],
  ['POST', { 'x-allmende': '1', origin }, true],
  ['POST', { origin }, false],
  ['POST', { 'x-allmende': '1', origin: 'https://evil.example' }, false],
  ['POST', { 'x-allmende': '1', origin: 'https://daten.stadt.example.evil.example' }, false],
  ['POST', { 'x-allmende': '1', origin: 'http://daten.stadt.example' }, false],
  ['POST', { 'x-allmende': '1', origin: 'null' }, false],
  ['PUT', { 'x-allmende': '1', 'sec-fetch-site': 'same-origin' }, true],
  ['PATCH', { 'x-allmende': '1', 'sec-fetch-site': 'none' }, true],
  ['DELETE', { 'x-allmende': '1', 'sec-fetch-site': 'same-site' }, false],
  ['DELETE', { 'x-allmende': '1', 'sec-fetch-site': 'cross-site', origin }, false],
]

for (const [method, headers, fine] of CASES) {
  test(`csrf: ${method} with ${JSON.stringify(headers)} is ${fine ? 'ours' : 'not ours'}`, () => {
    const check = () => checkOwnPage({ method, headers }, OWN)
    if (fine) check()
    else assert.throws(check, forbidden)
  })
}

test('csrf: without a session only the origin is asked', () => {
  checkOrigin({ method: 'POST', headers: {} }, OWN)
  assert.throws(() => checkOrigin({ method: 'POST', headers: { origin: 'https://evil.example' } }, OWN), forbidden)
})

test('csrf: over https only the public address is ours; over http also the host that was asked', () => {
  const request = { method: 'POST', headers: { host: '192.0.2.7:8080' } }
  assert.deepEqual(originsOf('https://daten.stadt.example/pfad')(request), OWN)
  assert.deepEqual(originsOf('http://localhost:8080')(request), ['http://localhost:8080', 'http://192.0.2.7:8080'])
})

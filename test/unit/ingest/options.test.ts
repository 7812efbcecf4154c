/** Options: checked, defaults filled in, secrets sealed and never shown. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSeal } from '../../../src/govern/seal.ts'
import type { Connector } from '../../../src/ingest/connector.ts'
import { checkOptions, sealed, secretsOf, shown, unsealed, withOldSecrets } from '../../../src/ingest/options.ts'
import { Problem } from '../../../src/problem.ts'

const connector: Connector = {
  name: 'x',
  title: { de: 'x', en: 'x' },
  mode: 'pull',
  options: {
    type: 'object',
    required: ['url'],
    additionalProperties: false,
    properties: {
      url: { type: 'string', title: { de: 'Adresse', en: 'Address' } },
      size: { type: 'integer', minimum: 1, default: 100 },
      auth: { type: 'object', properties: { name: { type: 'string' }, secret: { type: 'string', writeOnly: true } } },
    },
  },
  async *read() {},
}

const fault = (options: unknown): Problem => {
  try {
    checkOptions(connector, options)
  } catch (error) {
    if (error instanceof Problem) return error
  }
  throw new Error('not refused')
}

test('options: defaults are filled in, what was given is left alone', () => {
  const given = { url: 'https://a.example' }
  assert.deepEqual(checkOptions(connector, given), { url: 'https://a.example', size: 100 })
  assert.deepEqual(given, { url: 'https://a.example' })
})

test('options: faults are told by field, in the words of the form', () => {
  assert.equal(fault({}).at.pointer, '/options/url')
  assert.equal(fault({}).in('de'), '„Adresse“ fehlt.')
  assert.equal(fault({ url: 'x', 'a/b': 1 }).at.pointer, '/options/a~1b')
  assert.equal(fault({ url: 'x', size: 0 }).at.pointer, '/options/size')
  assert.match(fault({ url: 1, size: 0 }).in('en'), /Address.*size/)
  assert.equal(fault(7).at.pointer, '/options')
})

test('options: secrets are found, sealed, opened, hidden', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'allmende-seal-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const options = { url: 'https://a.example/x', auth: { name: 'n', secret: 's3cret' } }
  const seal = openSeal(folder)
  const closed = sealed(connector, options, seal)
  assert.deepEqual(secretsOf(connector.options), ['/auth/secret'])
  assert.ok(!JSON.stringify(closed).includes('s3cret'))
  assert.deepEqual(sealed(connector, closed, seal), closed)
  assert.deepEqual(unsealed(connector, closed, openSeal(folder)), options)
  assert.deepEqual(shown(connector, closed), { options: { url: options.url, auth: { name: 'n' } }, secrets: ['/auth/secret'] })
  const other = mkdtempSync(join(tmpdir(), 'allmende-seal-'))
  t.after(() => rmSync(other, { recursive: true }))
  assert.throws(() => unsealed(connector, closed, openSeal(other)), (error) => error instanceof Problem && error.kind === 'conflict') // prettier-ignore
})

test('options: old secrets stay where they are left out, but do not go to another server', () => {
  const old = { url: 'https://a.example/x', auth: { name: 'n', secret: 'sealed:1' } }
  const kept = (fresh: Record<string, unknown>) => withOldSecrets(connector, fresh, old)
  assert.deepEqual(kept({ url: 'https://a.example/y', auth: { name: 'm' } }), {
    url: 'https://a.example/y',
    auth: { name: 'm', secret: 'sealed:1' },
  })
  assert.deepEqual(kept({ url: 'https://a.example/y', auth: { name: 'm', secret: 'new' } }), { url: 'https://a.example/y', auth: { name: 'm', secret: 'new' } }) // prettier-ignore
  assert.deepEqual(kept({ url: 'https://evil.example/y', auth: { name: 'n' } }), { url: 'https://evil.example/y', auth: { name: 'n' } })
  assert.deepEqual(kept({ url: 'https://a.example/y' }), { url: 'https://a.example/y' })
})

/** The raw store: whole or not at all, once per content. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { gather, openRawFiles, parseJson } from '../../../src/ingest/raw.ts'
import { Problem } from '../../../src/problem.ts'

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'allmende-raw-'))
  t.after(() => rmSync(made, { recursive: true }))
  return made
}

async function* pieces(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

const files = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))

test('raw: what is put comes back, under its hash, once', async (t) => {
  const path = folder(t)
  const raw = openRawFiles(path)
  const first = await raw.put(pieces('hello ', 'world'), 100)
  const second = await raw.put(pieces('hello world'), 100)
  assert.deepEqual(first, { hash: createHash('sha256').update('hello world').digest('hex'), size: 11 })
  assert.deepEqual(second, first)
  assert.equal((await gather(raw.open(first.hash), 100)).toString(), 'hello world')
  assert.deepEqual(files(path), [first.hash])
})

test('raw: a broken transfer and one beyond the limit leave nothing', async (t) => {
  const path = folder(t)
  const raw = openRawFiles(path)
  async function* broken(): AsyncIterable<Uint8Array> {
    yield Buffer.from('half')
    throw new Error('broken')
  }
  await assert.rejects(raw.put(broken(), 100), /broken/)
  await assert.rejects(raw.put(pieces('x'.repeat(101)), 100), (error) => error instanceof Problem && error.kind === 'too-large')
  assert.deepEqual(files(path), [])
})

test('raw: what is old is removed, what is fresh stays; what is gone says so', async (t) => {
  const path = folder(t)
  const raw = openRawFiles(path)
  const { hash } = await raw.put(pieces('data'), 100)
  await raw.remove(hash)
  assert.deepEqual(files(path), [hash])
  utimesSync(join(path, hash.slice(0, 2), hash), 0, 0)
  await raw.remove(hash)
  assert.deepEqual(files(path), [])
  await assert.rejects(gather(raw.open(hash), 100), (error) => error instanceof Problem && error.kind === 'not-found')
})

test('raw: JSON in whatever encoding it comes', () => {
  const latin = Buffer.from('{"a":"Größe"}', 'latin1')
  assert.deepEqual(parseJson(Buffer.from('\uFEFF{"a":1}'), undefined, 'x'), { a: 1 })
  assert.deepEqual(parseJson(Buffer.from('\uFEFF{"a":1}', 'utf16le'), undefined, 'x'), { a: 1 })
  assert.deepEqual(parseJson(latin, 'application/json', 'x'), { a: 'Größe' })
  assert.deepEqual(parseJson(latin, 'application/json; charset=ISO-8859-1', 'x'), { a: 'Größe' })
  assert.deepEqual(parseJson(latin, 'application/json; charset=utf-8', 'x'), { a: 'Größe' })
})

test('raw: JSON that is none names its line; HTML is recognised; depth is bounded', () => {
  const fault = (text: string): Problem => {
    try {
      parseJson(Buffer.from(text), undefined, 'daten.json')
    } catch (error) {
      if (error instanceof Problem) return error
    }
    throw new Error('no Problem')
  }
  assert.equal(fault('{\n"a": 1,\n"b": }').at.line, 3)
  assert.match(fault('<!doctype html><p>Wartung').in('de'), /HTML/)
  assert.match(fault('['.repeat(100_000)).in('de'), /verschachtelt/)
  assert.deepEqual(parseJson(Buffer.from(JSON.stringify({ a: '['.repeat(500) })), undefined, 'x'), { a: '['.repeat(500) })
})

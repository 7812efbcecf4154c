/** The command line, as its users call it. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { throwawaySchema } from '../support/database.ts'
import { dataFolder, runCommand, startPlatform } from '../support/process.ts'

async function surroundings(t: { after(done: () => unknown): void }) {
  const schema = await throwawaySchema()
  t.after(() => schema.drop())
  return { DATABASE_URL: schema.url, ALLMENDE_DATA: dataFolder(t), LANG: 'en_GB.UTF-8' }
}

test('command line: help is in the reader’s language and names the exit codes', async () => {
  const german = await runCommand(['--help'], { LANG: 'de_DE.UTF-8' })
  assert.match(german.out, /Aufruf: allmende[\s\S]*startet die Plattform[\s\S]*exit code/)
  const english = await runCommand(['--help'], { LANG: 'en_GB.UTF-8' })
  assert.match(english.out, /Usage: allmende[\s\S]*starts the platform[\s\S]*Exit codes/)
})

test('command line: wrong settings are all named at once, and are exit code 2', async () => {
  const { code, err } = await runCommand(['check'], { ALLMENDE_PORT: 'eighty', ALLMENDE_LOG: 'loud' })
  assert.equal(code, 2)
  assert.match(err, /ALLMENDE_PORT[\s\S]*ALLMENDE_LOG/)
})

test('command line: an unknown command is exit code 2, an unreachable database 4', async () => {
  assert.equal((await runCommand(['begin'], {})).code, 2)
  assert.equal((await runCommand(['check'], { DATABASE_URL: 'postgres://nobody@localhost/x?host=/nowhere' })).code, 4)
})

test('command line: an account is made, signs in, is blocked and removed', async (t) => {
  const environment = await surroundings(t)
  const password = 'Ein langer Satz, den keiner errät.'
  const made = await runCommand(['user', 'add', 'ada@example.org', '--name', 'Ada', '--admin'], environment, `${password}\n`)
  assert.equal(made.code, 0, made.err)
  assert.match((await runCommand(['user', 'list'], environment)).out, /ada@example\.org +Ada/)
  const running = await startPlatform(environment)
  assert.doesNotMatch(running.err(), /first-run/)
  const signIn = () =>
    fetch(`${running.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-allmende': '1' },
      body: JSON.stringify({ email: 'ada@example.org', password }),
    })
  assert.equal((await signIn()).status, 200)
  assert.equal((await runCommand(['user', 'add', 'eve@example.org', '--name', 'Eve', '--admin'], environment, `${password}\n`)).code, 0)
  assert.equal((await runCommand(['user', 'disable', 'ada@example.org'], environment)).code, 0)
  assert.equal((await signIn()).status, 401)
  assert.equal((await runCommand(['user', 'remove', 'ada@example.org'], environment)).code, 0)
  assert.equal((await runCommand(['user', 'remove', 'ada@example.org'], environment)).code, 1)
  await running.end('SIGTERM')
})

test('command line: the first start prints a link, and the next prints another while nobody took it', async (t) => {
  const environment = await surroundings(t)
  const secretOf = async (): Promise<string | undefined> => {
    const running = await startPlatform(environment)
    await running.end('SIGTERM')
    return /first-run#(\S+)/.exec(running.err())?.[1]
  }
  const first = await secretOf()
  assert.ok(first !== undefined && first.length > 40)
  assert.notEqual(await secretOf(), first)
})

test('command line: a key is printed once, on standard output alone, and can be revoked', async (t) => {
  const environment = await surroundings(t)
  const made = await runCommand(['token', 'add', 'counter', '--days', '2'], environment)
  assert.match(made.out, /^allm_\S+\n$/)
  assert.match((await runCommand(['token', 'list'], environment)).out, /counter +read,append/)
  assert.equal((await runCommand(['token', 'revoke', '1'], environment)).code, 0)
  assert.doesNotMatch((await runCommand(['token', 'list'], environment)).out, /counter/)
})

test('command line: the example town is loaded, and loaded again adds nothing', async (t) => {
  const environment = await surroundings(t)
  const first = await runCommand(['demo', '--days', '1'], environment)
  assert.equal(first.code, 0, first.err)
  assert.equal((await runCommand(['demo', '--days', '1'], environment)).code, 0)
})

const COUNTS = 'Station;Datum;Uhrzeit;Anzahl\nA;01.03.2026;08:00;12\nA;01.03.2026;09:00;1.314\nB;31.02.2026;08:00;3\n'
const READING = {
  format: { delimiter: ';' },
  mapping: {
    entity: { id: 'urn:counter:{Station}', type: 'Counter', name: 'Station' },
    time: { columns: ['Datum', 'Uhrzeit'], zone: 'Europe/Berlin' },
    series: [{ column: 'Anzahl', attribute: 'count', type: 'number', decimal: ',' }],
  },
}

test('command line: a file comes in, its bad row is named, and what was good comes out again', async (t) => {
  const environment = await surroundings(t)
  const at = (name: string): string => join(environment.ALLMENDE_DATA, name)
  writeFileSync(at('counts.csv'), COUNTS)
  writeFileSync(at('reading.json'), JSON.stringify(READING))
  const words = ['import', at('counts.csv'), '--dataset', 'counts', '--options', at('reading.json')]
  const dry = await runCommand([...words, '--dry-run'], environment)
  assert.equal(dry.code, 3, dry.err)
  assert.match((await runCommand(['export', 'counts'], environment)).out, /^entity_iri[^\n]*\n?$|^iri[^\n]*\n?$/)
  const real = await runCommand(words, environment)
  assert.equal(real.code, 3, real.err)
  assert.match(real.err, /stored +2\n[\s\S]*rejected +1\n[\s\S]*4 .*31\.02\.2026/)
  assert.match((await runCommand(['run'], environment)).out, /counts\.csv +csv +counts/)
  const out = await runCommand(['export', 'counts', '--output', at('out.csv')], environment)
  assert.equal(out.code, 0, out.err)
  assert.match(readFileSync(at('out.csv'), 'utf8'), /urn:counter:A,A,[^\n]*2026-03-01T08:00:00Z,,1314\r\n$/)
  assert.equal((await runCommand(['export', 'nothing'], environment)).code, 1)
})

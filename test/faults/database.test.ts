/** The built-in database under fire: a second start, a murdered platform, a murdered server, files left behind. */
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'

interface Held {
  readonly child: ChildProcess
  readonly said: string
}

function hold(folder: string): Promise<Held> {
  const child = spawn(process.execPath, ['test/faults/hold-database.ts', folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve) => child.stdout.once('data', (said: Buffer) => resolve({ child, said: said.toString().trim() })))
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill(signal)
  })
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows[0] ?? {}
  } finally {
    await client.end()
  }
}

function scratch(t: { after(done: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'allmende-fault-'))
  chmodSync(folder, 0o755)
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const pidFile = (folder: string): string => join(folder, 'postgres/cluster/postmaster.pid')
const serverOf = (folder: string): number => Number(readFileSync(pidFile(folder), 'utf8').split('\n')[0])

test('faults: a second start is refused and names folder and process', async (t) => {
  const folder = scratch(t)
  const first = await hold(folder)
  const second = await hold(folder)
  assert.match(second.said, new RegExp(`${folder}.*läuft Allmende bereits \\(Prozess ${first.child.pid}\\)`))
  await ask(first.said, 'select 1')
  await end(first.child, 'SIGTERM')
  assert.equal(existsSync(pidFile(folder)), false)
})

test('faults: kill -9 of the platform takes the database down cleanly, and the next start goes on', async (t) => {
  const folder = scratch(t)
  const first = await hold(folder)
  await ask(first.said, 'create table kept as select 7 as x')
  const server = serverOf(folder)
  await end(first.child, 'SIGKILL')
  const second = await hold(folder)
  assert.deepEqual(await ask(second.said, 'select x from kept'), { x: 7 })
  assert.notEqual(serverOf(folder), server)
  assert.throws(() => process.kill(server, 0))
  await end(second.child, 'SIGTERM')
})

test('faults: kill -9 of platform and database at once loses nothing committed', async (t) => {
  const folder = scratch(t)
  const first = await hold(folder)
  await ask(first.said, 'create table kept as select 8 as x')
  process.kill(serverOf(folder), 'SIGKILL')
  await end(first.child, 'SIGKILL')
  const second = await hold(folder)
  assert.deepEqual(await ask(second.said, 'select x from kept'), { x: 8 })
  await end(second.child, 'SIGTERM')
})

test('faults: a database that dies alone is started again', async (t) => {
  const folder = scratch(t)
  const { child, said } = await hold(folder)
  const server = serverOf(folder)
  process.kill(server, 'SIGKILL')
  const answer = async (): Promise<Record<string, unknown>> => {
    for (let tries = 0; ; tries++) {
      try {
        return await ask(said, 'select 9 as x')
      } catch (error) {
        if (tries === 200) throw error
        await wait(100)
      }
    }
  }
  while (existsSync(pidFile(folder)) && serverOf(folder) === server) await wait(20)
  assert.deepEqual(await answer(), { x: 9 })
  await end(child, 'SIGTERM')
})

test('faults: a pid file whose number now belongs to another process does not stop the start', async (t) => {
  const folder = scratch(t)
  const first = await hold(folder)
  const lines = readFileSync(pidFile(folder), 'utf8')
  await end(first.child, 'SIGTERM')
  writeFileSync(pidFile(folder), lines.replace(/^\d+/, String(process.pid)))
  const second = await hold(folder)
  assert.deepEqual(await ask(second.said, 'select 1 as x'), { x: 1 })
  await end(second.child, 'SIGTERM')
})

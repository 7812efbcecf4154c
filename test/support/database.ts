/** database: one PostgreSQL for the whole test process, and a schema of its own for each test that asks. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbedded, type Embedded } from '../../src/store/embedded.ts'

/** Tests need speed and no durability; the fault tests start a platform of their own. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB', max_connections: '200' }

let running: Promise<{ server: Embedded; folder: string }> | undefined

/** The address of the test database: TEST_DATABASE_URL, else a built-in one that is started when first asked for and stopped at the end. */
export async function testDatabase(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return given
  running ??= start()
  return (await running).server.url
}

async function start(): Promise<{ server: Embedded; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'allmende-test-'))
  chmodSync(folder, 0o755)
  return { server: await startEmbedded(folder, FAST), folder }
}

/** To be called after everything else: hooks run in the order they were registered. */
export async function stopTestDatabase(): Promise<void> {
  if (running === undefined) return
  const { server, folder } = await running
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

export interface ThrowawaySchema {
  /** The test database with this schema first in its search path. */
  readonly url: string
  readonly name: string
  drop(): Promise<void>
}

export async function throwawaySchema(): Promise<ThrowawaySchema> {
  const database = await testDatabase()
  const name = `test_${randomBytes(6).toString('hex')}`
  await once(database, `create schema ${name}`)
  const url = `${database}${database.includes('?') ? '&' : '?'}options=${encodeURIComponent(`-c search_path=${name},public`)}`
  return { url, name, drop: () => once(database, `drop schema if exists ${name} cascade`) }
}

async function once(database: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: database })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

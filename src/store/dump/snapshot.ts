/** snapshot: the whole database as it is at one moment, read while others go on writing. */
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { Problem } from '../../problem.ts'
import { problemOf } from '../pool.ts'
import { connectForDump } from './connection.ts'
import { tablesOf, type DumpTable } from './tables.ts'

export interface Snapshot {
  readonly taken: string
  readonly postgres: string
  readonly migrations: readonly Migration[]
  /** Where each sequence stands; never behind what the tables hold. */
  readonly sequences: Readonly<Record<string, string>>
  readonly tables: readonly DumpTable[]
  /** The files that lie beside the database, named by their hash. */
  readonly files: readonly RawFile[]
  /** In the text format of COPY: a line is a row. */
  rows(table: DumpTable): AsyncIterable<Buffer>
  close(): Promise<void>
}

export interface Migration {
  readonly name: string
  readonly hash: string
}

export interface RawFile {
  readonly hash: string
  readonly size: number
}

/** Two at once would write everything twice. "allb". */
const LOCK = 0x616c6c62

/** Throws `conflict` where another one is open, on whatever machine; `unavailable` where there is nothing of ours. */
export async function openSnapshot(url: string): Promise<Snapshot> {
  const client = await connectForDump(url)
  try {
    await alone(client)
    await client.query('begin isolation level repeatable read read only')
    return await snapshotOf(client)
  } catch (error) {
    await client.end()
    throw problemOf(error)
  }
}

async function alone(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(${LOCK}) as free`)
  if (rows[0]?.free !== true)
    throw new Problem('conflict', {
      de: 'Eine Sicherung dieser Datenbank läuft bereits. Bitte warten Sie, bis sie fertig ist.',
      en: 'A backup of this database is under way already. Please wait until it is done.',
    })
}

async function snapshotOf(client: pg.Client): Promise<Snapshot> {
  const all = async <Row extends object>(text: string): Promise<readonly Row[]> => (await client.query<Row>(text)).rows
  const [about] = await all<{ taken: string; postgres: string; ours: boolean }>(
    `select to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as taken, current_setting('server_version') as postgres, to_regclass('migration') is not null as ours`,
  )
  if (about?.ours !== true)
    throw new Problem('unavailable', { de: 'In dieser Datenbank liegt keine Plattform.', en: 'There is no platform in this database.' })
  const tables = await tablesOf(client)
  const migrations = await all<Migration>('select name, hash from migration order by name')
  const files = await all<RawFile>('select hash, max(size)::float8 as size from raw where content is null group by hash order by hash')
  const sequences = await all<{ name: string; at: string }>(
    `select sequencename::text as name, last_value::text as at from pg_sequences where schemaname = current_schema() and last_value is not null order by 1`,
  )
  return {
    ...about,
    migrations,
    tables,
    files,
    sequences: Object.fromEntries(sequences.map(({ name, at }) => [name, at])),
    rows: (table) => rowsOf(client, table),
    close: () => client.end(),
  }
}

async function* rowsOf(client: pg.Client, { name, columns }: DumpTable): AsyncIterable<Buffer> {
  const stream = client.query(to(`copy ${pg.escapeIdentifier(name)} (${columns.map(pg.escapeIdentifier).join(', ')}) to stdout`))
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (error) {
    throw problemOf(error)
  }
}

/** loading: an empty database filled from a dump, in one transaction: it is whole, or it stays empty. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { Problem } from '../../problem.ts'
import { migrateAs } from '../migrate.ts'
import { problemOf, storeOver } from '../pool.ts'
import { connectForDump } from './connection.ts'
import type { Migration } from './snapshot.ts'
import { tablesOf, type DumpTable } from './tables.ts'

export interface Loading {
  /** As the migrations of the dump made them, in the order in which they can be filled. */
  readonly tables: readonly DumpTable[]
  /** Answers how many rows it took. */
  fill(table: Pick<DumpTable, 'name' | 'columns' | 'month'>, rows: AsyncIterable<Buffer>): Promise<number>
  setSequences(sequences: Readonly<Record<string, string>>): Promise<void>
  /** What only counts in the database it was taken from is said in terms of this one. */
  settle(): Promise<void>
  commit(): Promise<void>
  /** After a commit: only lets go of the connection. */
  close(): Promise<void>
}

/** Throws `conflict` where something is in the database, or where the dump is of a newer release. */
export async function openLoading(url: string, migrations: readonly Migration[]): Promise<Loading> {
  const client = await connectForDump(url)
  try {
    await client.query('begin')
    await mustBeEmpty(client)
    await migrateAs(storeOver(client), migrations)
    const tables = await tablesOf(client)
    await client.query(`truncate ${tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ')}`)
    return loadingOf(client, tables)
  } catch (error) {
    await client.end()
    throw problemOf(error)
  }
}

function loadingOf(client: pg.Client, tables: readonly DumpTable[]): Loading {
  const known = new Map(tables.map(({ name, columns }) => [name, columns]))
  const observed = known.get('observation_other') ?? []
  const run = (text: string, values: readonly unknown[] = []): Promise<void> =>
    client.query(text, [...values]).then(
      () => {},
      (error: unknown) => {
        throw problemOf(error)
      },
    )
  return {
    tables,
    async fill({ name, columns, month }, rows) {
      const made = month === undefined ? known.get(name) : observed
      const strange = columns.find((column) => made?.includes(column) !== true)
      if (made === undefined || strange !== undefined) throw unknown(strange === undefined ? name : `${name}.${strange}`)
      const table = month === undefined ? name : `observation_${month.replace('-', '_')}`
      if (month !== undefined && !known.has(table))
        await run(`create table ${pg.escapeIdentifier(table)} (like observation including defaults)`)
      const taken = await copyIn(client, table, columns, rows)
      if (month !== undefined && !known.has(table)) await run(attachment(table, month))
      return taken
    },
    async setSequences(sequences) {
      for (const [name, at] of Object.entries(sequences))
        await run(
          `select setval(sequence.oid, $2::bigint) from pg_class sequence where relnamespace = current_schema()::regnamespace and relkind = 'S' and relname = $1`,
          [name, at],
        )
    },
    async settle() {
      await run(SETTLE_CHANGES)
      await run(SETTLE_READERS)
      await run(`analyze`)
    },
    commit: () => run('commit'),
    close: () => client.end(),
  }
}

async function copyIn(client: pg.Client, table: string, columns: readonly string[], rows: AsyncIterable<Buffer>): Promise<number> {
  const into = client.query(from(`copy ${pg.escapeIdentifier(table)} (${columns.map(pg.escapeIdentifier).join(', ')}) from stdin`))
  try {
    await pipeline(Readable.from(rows), into)
    return into.rowCount
  } catch (error) {
    throw problemOf(error)
  }
}

/** Only now, so that its indexes are made at once and not row by row. */
function attachment(table: string, month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const next = new Date(Date.UTC(year, number, 1)).toISOString()
  return `alter table observation attach partition ${pg.escapeIdentifier(table)} for values from ('${month}-01T00:00:00Z') to ('${next}')`
}

/**
 * The outbox counts by transactions of the server it was written in. Here all that some reader has not read is later than 4, and everything
 * else earlier; each reader goes on at 4. What others had read may come to a reader again, and nothing is passed over.
 */
const SETTLE_CHANGES = `
  update change set xid = case when exists (
    select from reader where not pg_visible_in_snapshot(change.xid, (mark ->> 'seen')::pg_snapshot)) then '5' else '3' end::xid8`
const SETTLE_READERS = `update reader set mark = '{"seen": "4:4:"}', until = '-infinity'`

async function mustBeEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select exists (select from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
      and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')) as there`,
  )
  if (rows[0]?.there !== true) return
  throw new Problem('conflict', {
    de: 'In dieser Datenbank liegen schon Daten; sie bleiben, wie sie sind. Wiederhergestellt wird nur in eine leere: Nennen Sie mit ALLMENDE_DATA einen neuen Ordner oder mit DATABASE_URL eine leere Datenbank.',
    en: 'There are data in this database already, and they stay as they are. Restoring needs an empty one: name a new folder with ALLMENDE_DATA, or an empty database with DATABASE_URL.',
  })
}

function unknown(name: string): Problem {
  return new Problem('conflict', {
    de: `Die Sicherung nennt „${name}“, und das gibt es in dieser Ausgabe nicht.`,
    en: `The backup names “${name}”, which this release does not have.`,
  })
}

/** migrate: runs migrations/*.sql that have not run yet, in order, one node at a time. A migration that changed since it ran is refused. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import type { Database, Store } from './pool.ts'
import { raw, sql } from './sql.ts'

const FOLDER = new URL('migrations/', import.meta.url)
/** Any number that nobody else locks: "allm". */
const LOCK = 0x616c6c6d

export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (store) => {
    const known = await appliedIn(store)
    for (const file of filesOf()) await apply(store, file, known.get(file))
  })
}

/** Makes an empty database what these migrations made of another. Throws `conflict` where this release does not know them. */
export async function migrateAs(store: Store, migrations: readonly { readonly name: string; readonly hash: string }[]): Promise<void> {
  const ours = new Set(filesOf())
  const newer = migrations.filter(({ name, hash }) => !ours.has(name) || hashOf(textOf(name)) !== hash)
  if (newer.length > 0)
    throw new Problem('conflict', {
      de: `Die Sicherung stammt von einer anderen, vermutlich neueren Ausgabe der Plattform (${newer.map(({ name }) => name).join(', ')}). Nehmen Sie diese Ausgabe oder eine spätere.`,
      en: `The backup is of another release of the platform, probably a newer one (${newer.map(({ name }) => name).join(', ')}). Take that release or a later one.`,
    })
  await appliedIn(store)
  for (const { name } of migrations) await apply(store, name, undefined)
}

function filesOf(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
}

/** One node at a time from here on. */
async function appliedIn(store: Store): Promise<ReadonlyMap<string, string>> {
  await store.query(sql`select pg_advisory_xact_lock(${LOCK})`)
  // an index over years of observations takes its time
  await store.query(sql`set local statement_timeout = 0`)
  await store.query(
    sql`create table if not exists migration (name text primary key, hash text not null, applied timestamptz not null default now())`,
  )
  const done = await store.query<{ name: string; hash: string }>(sql`select name, hash from migration`)
  return new Map(done.map(({ name, hash }) => [name, hash]))
}

async function apply(store: Store, file: string, applied: string | undefined): Promise<void> {
  const text = textOf(file)
  const hash = hashOf(text)
  if (applied === hash) return
  if (applied !== undefined) throw new Problem('unavailable', `The migration ${file} was changed after it had been applied.`)
  const began = performance.now()
  for (const statement of statementsOf(text)) await store.query(raw(statement))
  await store.query(sql`insert into migration (name, hash) values (${file}, ${hash})`)
  observe({ saw: 'migrated', name: file, ms: performance.now() - began })
}

const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8')
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Statements end with a semicolon at the end of a line; a function body in $$ … $$ is one statement. */
function statementsOf(text: string): string[] {
  const statements: string[] = []
  let statement = ''
  let quoted = false
  for (const line of text.split('\n')) {
    statement += `${line}\n`
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) quoted = !quoted
    if (quoted || !/;\s*(--.*)?$/.test(line)) continue
    statements.push(statement)
    statement = ''
  }
  return statement.replaceAll(/--.*$/gm, '').trim() === '' ? statements : [...statements, statement]
}

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
    await store.query(sql`select pg_advisory_xact_lock(${LOCK})`)
    // an index over years of observations takes its time
    await store.query(sql`set local statement_timeout = 0`)
    await store.query(
      sql`create table if not exists migration (name text primary key, hash text not null, applied timestamptz not null default now())`,
    )
    const done = await store.query<{ name: string; hash: string }>(sql`select name, hash from migration`)
    const known = new Map(done.map(({ name, hash }) => [name, hash]))
    for (const file of readdirSync(FOLDER).toSorted()) if (file.endsWith('.sql')) await apply(store, file, known.get(file))
  })
}

async function apply(store: Store, file: string, applied: string | undefined): Promise<void> {
  const text = readFileSync(new URL(file, FOLDER), 'utf8')
  const hash = createHash('sha256').update(text).digest('hex')
  if (applied === hash) return
  if (applied !== undefined) throw new Problem('unavailable', `The migration ${file} was changed after it had been applied.`)
  const began = performance.now()
  for (const statement of statementsOf(text)) await store.query(raw(statement))
  await store.query(sql`insert into migration (name, hash) values (${file}, ${hash})`)
  observe({ saw: 'migrated', name: file, ms: performance.now() - began })
}

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

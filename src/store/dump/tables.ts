/** tables: what a dump holds: every table of the platform's schema, months apart, in an order in which references can be filled. */
import type { Client } from 'pg'

export interface DumpTable {
  readonly name: string
  readonly columns: readonly string[]
  /** As PostgreSQL guesses it. */
  readonly rows: number
  /** Of observations: "2026-11". */
  readonly month?: string
}

/** Extensions bring tables of their own; which migrations have run is said apart. */
const TABLES = `
  select relname::text as name, greatest(reltuples, 0)::float8 as rows,
    (select array_agg(attname::text order by attnum) from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
  from pg_class
  where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname <> 'migration'
    and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
  order by relname`

const REFERENCES = `
  select source.relname::text as source, target.relname::text as target
  from pg_constraint join pg_class source on source.oid = conrelid join pg_class target on target.oid = confrelid
  where contype = 'f' and connamespace = current_schema()::regnamespace and conrelid <> confrelid`

export async function tablesOf(client: Client): Promise<readonly DumpTable[]> {
  const { rows: tables } = await client.query<DumpTable>(TABLES)
  const { rows: references } = await client.query<{ source: string; target: string }>(REFERENCES)
  return inOrder(tables, references).map((table) => ({ ...table, ...monthOf(table.name) }))
}

function monthOf(name: string): { readonly month?: string } {
  const [, year, month] = /^observation_(\d{4})_(\d{2})$/.exec(name) ?? []
  return year === undefined ? {} : { month: `${year}-${month}` }
}

/** What is referred to comes before what refers to it. */
export function inOrder<T extends { readonly name: string }>(
  tables: readonly T[],
  references: readonly { readonly source: string; readonly target: string }[],
): readonly T[] {
  const targets = Map.groupBy(references, ({ source }) => source)
  const done = new Set<T>()
  const byName = new Map(tables.map((table) => [table.name, table]))
  const visit = (table: T | undefined, above: readonly T[]): void => {
    if (table === undefined || done.has(table) || above.includes(table)) return
    for (const { target } of targets.get(table.name) ?? []) visit(byName.get(target), [...above, table])
    done.add(table)
  }
  for (const table of tables) visit(table, [])
  return [...done]
}

/** readers: readers of the outbox that outlive a process: how far each has come, held by one node at a time. */
import type { Mark } from './changes.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

/**
 * Takes the reader for so many seconds, where no other node holds it. One that is new begins now; so does one whose mark this database
 * has not come to: it was restored from elsewhere, and counts its transactions anew.
 */
export async function holdReader(store: Store, name: string, holder: string, seconds: number): Promise<Mark | undefined> {
  const [row] = await store.query<{ mark: Mark }>(sql`
    insert into reader (name, mark, holder, until)
    values (${name}, jsonb_build_object('seen', pg_current_snapshot()::text), ${holder}, now() + make_interval(secs => ${seconds}::int))
    on conflict (name) do update set holder = excluded.holder, until = excluded.until,
      mark = case when pg_snapshot_xmax((reader.mark ->> 'seen')::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) then excluded.mark else reader.mark end
    where reader.holder = excluded.holder or reader.until < now() returning mark`)
  return row?.mark
}

/** Where it has come to; false when another node holds it now. */
export async function moveReader(store: Store, name: string, holder: string, mark: Mark, seconds: number): Promise<boolean> {
  const rows = await store.query<{ name: string }>(sql`
    update reader set mark = ${JSON.stringify(mark)}, until = now() + make_interval(secs => ${seconds}::int)
    where name = ${name} and holder = ${holder} returning name`)
  return rows.length > 0
}

/** Any node may go on. */
export async function letReaderGo(store: Store, name: string, holder: string): Promise<void> {
  await store.query(sql`update reader set until = '-infinity' where name = ${name} and holder = ${holder}`)
}

/** stored: how many bytes an observation takes on disk, indexes included, asked of the platform's own PostgreSQL. */
import { Client } from 'pg'
import { runningEmbedded } from '../src/store/embedded.ts'

export async function storedBytes(folder: string): Promise<number> {
  const url = await runningEmbedded(folder)
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ bytes: string; count: string }>(`
      select sum(pg_total_relation_size(inhrelid)) as bytes, (select sum(count) from series_state) as count
      from pg_inherits where inhparent = 'observation'::regclass`)
    return Math.round(Number(rows[0]?.bytes) / Number(rows[0]?.count))
  } finally {
    await client.end()
  }
}

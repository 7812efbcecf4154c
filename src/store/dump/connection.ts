/** connection: one of its own for a dump, which may take hours and must not hold up those of the pool. */
import pg from 'pg'
import { problemOf } from '../pool.ts'

const SESSION = `set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set bytea_output = 'hex';
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set client_min_messages = warning; set synchronize_seqscans = off`

export async function connectForDump(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'allmende dump', keepAlive: true })
  // told by whatever statement runs then; without a listener the process would end
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(SESSION)
    return client
  } catch (error) {
    throw problemOf(error)
  }
}

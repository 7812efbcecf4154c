/** pool: the connections to PostgreSQL, transactions and what is tried again. Nothing outside store/ sees the driver. */
import pg from 'pg'
import { gauge, observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import { instantOf } from './columns.ts'
import type { Sql } from './sql.ts'

export interface Store {
  /**
   * `plan` is how PostgreSQL plans it: for the values that come along, which finds the best way and takes longer than many an answer; or
   * `once`, for statements whose best way is the same whatever the values. Inside a transaction it has no effect.
   */
  query<Row extends object>(statement: Sql, plan?: 'once'): Promise<readonly Row[]>
  /** All or nothing. Run again when PostgreSQL asks for it (serialization, deadlock), so `work` must not have other effects. */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>
}

export interface Database extends Store {
  /** Calls back with the payload of each NOTIFY on the channel, and with undefined after a lost connection was mended. */
  listen(channel: string, told: (payload: string | undefined) => void): Promise<void>
  close(): Promise<void>
}

const SESSION = `set timezone = 'UTC'; set datestyle = 'ISO'; set jit = off; set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'; set client_min_messages = warning`
/** Connections for statements that are planned once: they are short, and few of them keep a machine busy. */
const PLANNED = 4
/** A prepared statement is kept by every connection; more texts than this are sent without a name. */
const PREPARED = 600
const AGAIN = new Set(['40001', '40P01'])
const ATTEMPTS = 5

const TIMESTAMPTZ = 1184
const INT8 = 20
const INT8S = 1016
const parsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === TIMESTAMPTZ) return instantOf
    if (oid === INT8) return Number
    if (oid === INT8S) return numbersIn
    return pg.types.getTypeParser(oid, format)
  }) as typeof pg.types.getTypeParser,
}

/** "{1,2}" as PostgreSQL writes a list without gaps. */
const numbersIn = (text: string): number[] => text.slice(1, -1).split(',').filter(Boolean).map(Number) // prettier-ignore

export async function openDatabase(url: string, size = 12): Promise<Database> {
  const pool = poolOf(url, size, SESSION)
  const planned = poolOf(url, PLANNED, `${SESSION}; set plan_cache_mode = force_generic_plan`)
  await reach(pool)
  const both = (count: (one: pg.Pool) => number) => count(pool) + count(planned)
  gauge('allmende_pool_busy', 'Database connections in use.', () => both((one) => one.totalCount - one.idleCount))
  gauge('allmende_pool_waiting', 'Requests waiting for a database connection.', () => both((one) => one.waitingCount))
  const listeners: Listener[] = []
  return {
    query: (statement, plan) => run(plan === 'once' ? planned : pool, statement),
    transaction: (work) => transaction(pool, work),
    async listen(channel, told) {
      const listener = new Listener(url, channel, told)
      listeners.push(listener)
      await listener.open()
    },
    async close() {
      await Promise.all(listeners.map((listener) => listener.close()))
      await Promise.all([pool.end(), planned.end()])
    },
  }
}

function poolOf(url: string, max: number, session: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: parsers,
    idleTimeoutMillis: 60_000,
    application_name: 'allmende',
    onConnect: async (client: pg.ClientBase) => void (await client.query(session)),
  } as pg.PoolConfig)
  pool.on('error', (error) => observe({ saw: 'connection-lost', error: error.message }))
  return pool
}

async function reach(pool: pg.Pool): Promise<void> {
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num')
    const version = Number(rows[0]?.server_version_num)
    if (version < 150_000) throw new Problem('unavailable', `PostgreSQL ${Math.floor(version / 10_000)} is too old: 15 or newer is needed.`)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('unavailable', `The database cannot be reached: ${(error as Error).message}`, {}, { cause: error })
  }
}

const names = new Map<string, string>()
const seen = new Map<string, number>()

/** A statement is prepared when it comes for the third time: one-off questions must not use up the names. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= PREPARED) return known
  const times = (seen.get(text) ?? 0) + 1
  if (seen.size > 10 * PREPARED) seen.clear()
  seen.set(text, times)
  if (times < 3) return undefined
  const made = `s${names.size}`
  names.set(text, made)
  seen.delete(text)
  return made
}

async function run<Row extends object>(on: pg.Pool | pg.ClientBase, statement: Sql): Promise<readonly Row[]> {
  const { text, values } = statement.toQuery()
  const name = nameOf(text)
  for (let attempt = 1; ; attempt++) {
    try {
      return (await on.query<Row>(name === undefined ? { text, values } : { text, values, name })).rows
    } catch (error) {
      if (!(on instanceof pg.Pool) || !again(error, attempt)) throw problemOf(error, /^\s*select/.test(text))
    }
  }
}

async function transaction<T>(pool: pg.Pool, work: (store: Store) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect().catch((error: unknown) => {
      throw problemOf(error)
    })
    let broken = false
    try {
      await client.query('begin')
      const result = await work(storeOver(client))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => (broken = true))
      if (!again(error, attempt)) throw problemOf(error)
    } finally {
      client.release(broken)
    }
  }
}

/** The statements of a transaction one after the other: the driver wants one at a time on a connection. */
export function storeOver(client: pg.ClientBase): Store {
  let last: Promise<unknown> = Promise.resolve()
  const store: Store = {
    query<Row extends object>(statement: Sql) {
      const next = last.then(() => run<Row>(client, statement))
      last = next.catch(() => {})
      return next
    },
    transaction: (inner) => inner(store),
  }
  return store
}

function again(error: unknown, attempt: number): boolean {
  const code = codeOf(error)
  if (attempt >= ATTEMPTS || code === undefined || !AGAIN.has(code)) return false
  observe({ saw: 'statement-retried', code, attempt })
  return true
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Problem) return codeOf(error.cause)
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** What the database refuses for a reason that the caller can act on; anything else stays what it is: a bug. */
export function problemOf(error: unknown, asking = false): unknown {
  const code = codeOf(error)
  if (error instanceof Problem || code === undefined) return error
  const options = { cause: error }
  if (code === '23505') return new Problem('conflict', { en: 'That is there already.', de: 'Das gibt es bereits.' }, {}, options)
  if (code === '23503')
    return new Problem(
      'conflict',
      { en: 'It refers to something that is not there.', de: 'Es verweist auf etwas, das es nicht gibt.' },
      {},
      options,
    )
  if (code.startsWith('22'))
    return new Problem(
      asking ? 'invalid-query' : 'invalid-body',
      `The database cannot compute or store that: ${(error as Error).message}.`,
      {},
      options,
    )
  if (code === '57014')
    return new Problem(
      'unavailable',
      { en: 'The question took too long and was stopped.', de: 'Die Anfrage dauerte zu lange und wurde abgebrochen.' },
      {},
      options,
    )
  if (code === '40001' || code === '40P01')
    return new Problem(
      'busy',
      { en: 'Too many changes at once; try again.', de: 'Zu viele gleichzeitige Änderungen; bitte erneut versuchen.' },
      {},
      options,
    )
  if (/^(08|57P|53)/.test(code) || code.startsWith('ECONN') || code === 'ENOENT')
    return new Problem(
      'unavailable',
      { en: 'The database cannot be reached at the moment.', de: 'Die Datenbank ist gerade nicht erreichbar.' },
      {},
      options,
    )
  return error
}

/** One connection that only listens; comes back by itself when it is lost. */
class Listener {
  private client: pg.Client | undefined
  private closed = false
  private readonly url: string
  private readonly channel: string
  private readonly told: (payload: string | undefined) => void

  constructor(url: string, channel: string, told: (payload: string | undefined) => void) {
    this.url = url
    this.channel = channel
    this.told = told
  }

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'allmende listen', keepAlive: true })
    client.on('notification', ({ payload }) => this.told(payload ?? ''))
    client.on('error', (error) => observe({ saw: 'connection-lost', error: error.message }))
    await client.connect()
    await client.query(`listen "${this.channel}"`)
    // only now: an attempt that fails ends too, and would be followed by two, four, eight
    client.on('end', () => this.reopen())
    this.client = client
  }

  private reopen(): void {
    if (this.closed) return
    const attempt = () =>
      this.open().then(
        () => this.told(undefined),
        () => this.reopen(),
      )
    setTimeout(() => void attempt(), 1000).unref()
  }

  async close(): Promise<void> {
    this.closed = true
    await this.client?.end().catch(() => {})
  }
}

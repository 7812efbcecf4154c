/** attempts: sign-ins counted by a key, so that guessing gets slower. A key says nothing about whether the account exists. */
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export interface Backoff {
  /** Failures that cost nothing. */
  readonly free: number
  /** The longest wait, in seconds; doubles from four seconds up to it. */
  readonly longest: number
}

/**
 * Counts an attempt before it is looked at, so that guessing in parallel gains nothing. Answers 0, or the seconds to wait;
 * an attempt while waiting is not counted, so nobody can be kept out for ever.
 */
export async function countAttempt(store: Store, key: string, { free, longest }: Backoff): Promise<number> {
  await store.query(sql`delete from sign_in_attempt where seen < now() - interval '1 day'`)
  const counted = await store.query(
    sql`insert into sign_in_attempt as a (key, failures, free) values (${key}, 1, 'epoch')
        on conflict (key) do update set failures = a.failures + 1, seen = now(),
          free = case when a.failures + 1 < ${free}::int then a.free
            else now() + make_interval(secs => least(${longest}::int, power(2, least(a.failures + 3 - ${free}::int, 20)))) end
        where a.free <= now() returning key`,
  )
  if (counted.length > 0) return 0
  const [row] = await store.query<{ wait: number }>(
    sql`select ceil(extract(epoch from free - now()))::int as wait from sign_in_attempt where key = ${key}`,
  )
  return Math.max(1, row?.wait ?? 1)
}

export async function forgetAttempts(store: Store, key: string): Promise<void> {
  await store.query(sql`delete from sign_in_attempt where key = ${key}`)
}

/** The attempt was none: one fewer is counted. */
export async function uncountAttempt(store: Store, key: string): Promise<void> {
  await store.query(sql`update sign_in_attempt set failures = greatest(failures - 1, 0), free = 'epoch' where key = ${key}`)
}

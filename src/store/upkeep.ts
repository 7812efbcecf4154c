/** upkeep: the journal of what the platform does to keep itself. Of each job one is under way at a time, on whatever node. */
import type { JsonObject } from '../model/json.ts'
import type { Instant } from '../model/time.ts'
import type { Said } from '../problem.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export const JOBS = ['backup', 'proof', 'retention'] as const
export type Job = (typeof JOBS)[number]

export interface Entry {
  readonly id: number
  readonly job: Job
  readonly state: 'running' | 'done' | 'failed'
  readonly began: Instant
  readonly ended: Instant | null
  readonly figures: JsonObject
  readonly error: Said | null
}

/** Without a sign of life for so long, whoever did it is gone. */
const SILENT = '5 minutes'
export const BROKEN_OFF: Said = { de: 'Abgebrochen: Die Plattform wurde beendet.', en: 'Broken off: the platform was stopped.' }

/** Undefined while the same is under way; `anyway` begins all the same. */
export async function beginUpkeep(store: Store, job: Job, anyway = false): Promise<number | undefined> {
  return store.transaction(async (within) => {
    await within.query(sql`select pg_advisory_xact_lock(hashtext('upkeep'))`)
    await within.query(sql`
      update upkeep set state = 'failed', ended = beat, error = ${JSON.stringify(BROKEN_OFF)}
      where state = 'running' and beat < now() - ${SILENT}::interval`)
    const [row] = await within.query<{ id: number }>(sql`
      insert into upkeep (job) select ${job}::text where ${anyway} or not exists (select from upkeep where job = ${job} and state = 'running') returning id`)
    return row?.id
  })
}

export async function beatUpkeep(store: Store, id: number): Promise<void> {
  await store.query(sql`update upkeep set beat = now() where id = ${id}`)
}

export async function endUpkeep(store: Store, id: number, figures: JsonObject): Promise<void> {
  await store.query(sql`update upkeep set state = 'done', ended = now(), figures = ${JSON.stringify(figures)} where id = ${id}`)
}

export async function failUpkeep(store: Store, id: number, error: Said): Promise<void> {
  await store.query(sql`update upkeep set state = 'failed', ended = now(), error = ${JSON.stringify(error)} where id = ${id}`)
}

/** Newest first. */
export async function upkeepOf(store: Store, limit: number): Promise<readonly Entry[]> {
  return store.query<Entry>(sql`select id, job, state, began, ended, figures, error from upkeep order by id desc limit ${limit}`)
}

/** The newest of each job, and of each job that was done. */
export async function lastUpkeep(store: Store): Promise<readonly Entry[]> {
  return store.query<Entry>(sql`
    select distinct on (job, state = 'done') id, job, state, began, ended, figures, error from upkeep order by job, state = 'done', id desc`)
}

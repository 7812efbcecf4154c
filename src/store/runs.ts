/** runs: what each reading of a source did, from the queue to its report. Counts are written while it runs. */
import { jsonText } from './json-text.ts'
import type { Store } from './pool.ts'
import { sql, type Sql } from './sql.ts'

export type RunState = 'queued' | 'running' | 'succeeded' | 'partly' | 'failed' | 'cancelled'
export type RunKind = 'pull' | 'push' | 'replay'

export interface RunRow extends RunCounts {
  readonly id: number
  readonly tenant: number
  readonly source: number
  readonly dataset: number
  readonly connector: string
  readonly kind: RunKind
  readonly state: RunState
  readonly dry: boolean
  readonly replays: number | null
  readonly rows: unknown
  readonly attempt: number
  readonly queued: string
  readonly due: string
  readonly started: string | null
  readonly ended: string | null
  readonly node: string | null
  readonly cancelled: boolean
  readonly warnings: unknown
  readonly error: unknown
  readonly cursorBefore: string | null
  readonly cursor: string | null
}

export interface RunCounts {
  readonly read: number
  readonly stored: number
  readonly skipped: number
  readonly replaced: number
  readonly rejected: number
  readonly total: number | null
  readonly rate: number | null
  readonly made: unknown
}

export interface NewRun {
  readonly tenant: number
  readonly source: number
  readonly kind: RunKind
  readonly dry: boolean
  readonly replays: number | undefined
  readonly rows: unknown
}

export interface Ending {
  readonly state: RunState
  readonly warnings: unknown
  readonly error: unknown
  readonly counts: RunCounts
}

const columns = sql`r.id, r.tenant, r.source, s.dataset, s.connector, r.kind, r.state, r.dry, r.replays, r.rows, r.attempt, r.queued, r.due,
  r.started, r.ended, r.node, r.cancelled, r.read, r.stored, r.skipped, r.replaced, r.rejected, r.total, r.rate, r.made, r.warnings, r.error,
  r.cursor_before as "cursorBefore", r.cursor`

export async function insertRun(store: Store, run: NewRun): Promise<number> {
  const rows = run.rows === undefined ? null : jsonText(run.rows)
  const [row] = await store.query<{ id: number }>(
    sql`insert into run (tenant, source, kind, dry, replays, rows, cursor_before, cursor)
        select ${run.tenant}::int, s.id, ${run.kind}::text, ${run.dry}::boolean, ${run.replays ?? null}::bigint, ${rows}::jsonb, s.cursor, s.cursor
        from source s where s.id = ${run.source}
        returning id`,
  )
  if (row === undefined) throw new Error('no id')
  return row.id
}

export async function runById(store: Store, id: number): Promise<RunRow | undefined> {
  const [row] = await store.query<RunRow>(sql`select ${columns} from run r join source s on s.id = r.source where r.id = ${id}`)
  return row
}

export interface RunsWanted {
  readonly tenant: number
  readonly source: number | undefined
  readonly datasets: readonly number[] | undefined
  readonly before: number | undefined
  readonly limit: number
}

/** Newest first. */
export function runsOf(store: Store, { tenant, source, datasets, before, limit }: RunsWanted): Promise<readonly RunRow[]> {
  return store.query<RunRow>(
    sql`select ${columns} from run r join source s on s.id = r.source
        where r.tenant = ${tenant} and (${source ?? null}::int is null or r.source = ${source ?? null}::int)
          and (${datasets ?? null}::int[] is null or s.dataset = any(${datasets ?? null}::int[]))
          and (${before ?? null}::bigint is null or r.id < ${before ?? null}::bigint)
        order by r.id desc limit ${limit}`,
  )
}

/** Takes a queued run for a node; undefined when another has it, it is not its time, or another run of the source is under way. */
export async function takeRun(store: Store, id: number, node: string): Promise<RunRow | undefined> {
  return store.transaction(async (inner) => {
    const [held] = await inner.query<{ source: number }>(
      sql`select s.id as source from source s join run r on r.source = s.id where r.id = ${id} for update of s`,
    )
    if (held === undefined) return undefined
    const taken = await inner.query(
      sql`update run set state = 'running', node = ${node}, attempt = attempt + 1, started = coalesce(started, now()), beat = now()
          where id = ${id} and state = 'queued' and due <= now() + interval '1 second'
            and not exists (select from run o where o.source = ${held.source} and o.id <> ${id} and o.state = 'running' and o.kind <> 'push')
          returning id`,
    )
    return taken.length === 0 ? undefined : runById(inner, id)
  })
}

/** Says that a run is alive, and hears whether someone wants it to stop. False too when it is no longer this node's. */
export async function beat(store: Store, id: number, node: string, counts: RunCounts): Promise<'go on' | 'stop' | 'lost'> {
  const [row] = await store.query<{ cancelled: boolean }>(
    sql`update run set beat = now(), ${counted(counts)} where id = ${id} and state = 'running' and node = ${node} returning cancelled`,
  )
  if (row === undefined) return 'lost'
  return row.cancelled ? 'stop' : 'go on'
}

function counted(counts: RunCounts): Sql {
  return sql`read = ${counts.read}, stored = ${counts.stored}, skipped = ${counts.skipped}, replaced = ${counts.replaced},
    rejected = ${counts.rejected}, total = ${counts.total}, rate = ${counts.rate}, made = ${jsonText(counts.made)}`
}

/** A batch is stored up to here: the cursor of the run with its counts, and of its source when the run moves it. */
export async function reachedBy(store: Store, id: number, cursor: string, moves: boolean, counts: RunCounts): Promise<void> {
  await store.query(
    sql`with moved as (update run set cursor = ${cursor}, ${counted(counts)} where id = ${id} returning source)
        update source set cursor = ${cursor} where ${moves} and id in (select source from moved)`,
  )
}

export async function endRun(store: Store, id: number, ending: Ending): Promise<void> {
  await store.query(
    sql`update run set state = ${ending.state}, ended = now(), warnings = ${jsonText(ending.warnings)},
          error = ${ending.error === undefined ? null : jsonText(ending.error)}, ${counted(ending.counts)}
        where id = ${id}`,
  )
}

/** Back into the queue, for later. What went wrong stays readable. */
export async function requeue(store: Store, id: number, seconds: number, error: unknown): Promise<void> {
  await store.query(
    sql`update run set state = 'queued', due = now() + make_interval(secs => ${seconds}), beat = null, node = null,
          error = ${error === undefined ? null : jsonText(error)}
        where id = ${id}`,
  )
}

/** A queued run ends at once; a running one is asked to. Answers whether there was anything to stop. */
export async function askToStop(store: Store, id: number): Promise<boolean> {
  const rows = await store.query(
    sql`update run set cancelled = true,
          ended = case when state = 'queued' then now() end,
          state = case when state = 'queued' then 'cancelled' else state end
        where id = ${id} and state in ('queued', 'running') returning id`,
  )
  return rows.length > 0
}

/** Runs that a node left behind: no beat for a while, or one of the nodes that are known to be gone. */
export async function orphans(
  store: Store,
  seconds: number,
  gone: readonly string[],
): Promise<readonly { readonly id: number; readonly kind: RunKind; readonly attempt: number }[]> {
  return store.query(
    sql`update run set state = 'queued', node = null, beat = null, due = now()
        where state = 'running' and (beat < now() - make_interval(secs => ${seconds}) or node = any(${gone}::text[]))
        returning id, kind, attempt`,
  )
}

export async function runningNodes(store: Store): Promise<readonly string[]> {
  const rows = await store.query<{ node: string }>(sql`select distinct node from run where state = 'running' and node is not null`)
  return rows.map(({ node }) => node)
}

/** Queued runs whose time has come, of a source or of all: sent again now and then, should the queue have lost one. */
export async function waitingRuns(store: Store, source?: number): Promise<readonly number[]> {
  const rows = await store.query<{ id: number }>(
    sql`select id from run where state = 'queued' and due <= now() and kind <> 'push'
          and (${source ?? null}::int is null or source = ${source ?? null}::int) order by id limit 1000`,
  )
  return rows.map(({ id }) => id)
}

/** The push run of today, taken up again or begun. */
export async function pushRun(store: Store, source: number, node: string): Promise<number> {
  const [row] = await store.query<{ id: number }>(
    sql`with old as (
          update run set state = 'running', node = ${node}, beat = now(), ended = null where id = (
            select id from run where source = ${source} and kind = 'push' and started >= date_trunc('day', now()) order by id desc limit 1)
          returning id),
        made as (
          insert into run (tenant, source, kind, state, node, attempt, started, beat)
          select tenant, id, 'push', 'running', ${node}, 1, now(), now() from source where id = ${source} and not exists (select from old)
          returning id)
        select id from old union all select id from made`,
  )
  if (row === undefined) throw new Error('no push run')
  return row.id
}

/** queue: the runs that are to be done, in this process alone or shared among nodes by PostgreSQL. */
import PgBoss from 'pg-boss'
import { observe } from '../observe.ts'

export interface Queue {
  send(run: number, seconds?: number): Promise<void>
  /** Waits for what is under way. */
  close(): Promise<void>
}

/** Does a run; answers after how many seconds it is to be done again. */
export type Does = (run: number) => Promise<number | undefined>

/** So many runs at once on one node. */
const ABREAST = 2

/** Runs in this process, a few at once. What waits here is lost with the process, but not with the books: `tick` sends it again. */
export function openInlineQueue(does: Does): Queue {
  const waiting: number[] = []
  const underWay = new Set<Promise<void>>()
  const timers = new Set<NodeJS.Timeout>()
  let closed = false
  const one = async (run: number): Promise<void> => {
    const again = await does(run)
    if (again !== undefined) later(run, again)
  }
  const next = (): void => {
    while (!closed && underWay.size < ABREAST && waiting.length > 0) {
      const run = waiting.shift() ?? 0
      const work: Promise<void> = one(run)
        .catch((error: unknown) => observe({ saw: 'crash', error }))
        .finally(() => {
          underWay.delete(work)
          next()
        })
      underWay.add(work)
    }
  }
  const later = (run: number, seconds: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      waiting.push(run)
      next()
    }, seconds * 1000).unref()
    timers.add(timer)
  }
  return {
    async send(run, seconds = 0) {
      if (closed) return
      if (seconds > 0) later(run, seconds)
      else waiting.push(run)
      next()
    },
    async close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(underWay)
    },
  }
}

const RUN = 'run'
/** Jobs that failed by a fault of our own, again and again. They stay here to be looked at. */
const DEAD = 'run-dead'
/** Longer than any run may take; then the job counts as lost and another node looks whether the run is still alive. */
const LONGEST = 7 * 3600

interface Job {
  readonly run: number
}

/** Shared among nodes: each run is done by one of them. `schema` belongs to the queue alone. */
export async function openSharedQueue(url: string, schema: string, does: Does, gaveUp: (run: number) => Promise<void>): Promise<Queue> {
  const boss = new PgBoss({ connectionString: url, schema, max: 3, application_name: 'allmende jobs', schedule: false })
  boss.on('error', (error) => observe({ saw: 'connection-lost', error: error.message }))
  await boss.start()
  await boss.createQueue(DEAD)
  await boss.createQueue(RUN, { name: RUN, retryLimit: 3, retryDelay: 10, retryBackoff: true, expireInSeconds: LONGEST, deadLetter: DEAD })
  const send = async (run: number, seconds = 0): Promise<void> => {
    await boss.send(RUN, { run } satisfies Job, seconds > 0 ? { startAfter: seconds } : {})
    for (const worker of workers) boss.notifyWorker(worker)
  }
  const work = async ([job]: readonly { readonly data: Job }[]): Promise<void> => {
    if (job === undefined) return
    const again = await does(job.data.run)
    if (again !== undefined) await send(job.data.run, again)
  }
  const options = { batchSize: 1, pollingIntervalSeconds: 2 }
  const workers: string[] = []
  for (let i = 0; i < ABREAST; i++) workers.push(await boss.work<Job>(RUN, options, work))
  await boss.work<Job>(DEAD, { batchSize: 1, pollingIntervalSeconds: 60 }, async ([job]) => job && gaveUp(job.data.run))
  return { send, close: () => boss.stop({ graceful: true, wait: true, timeout: 8000 }) }
}

/** routine: duties that come round by a schedule, each done by one node, written down with how it ended. */
import { nextDue } from '../model/cron.ts'
import type { JsonObject } from '../model/json.ts'
import { observe } from '../observe.ts'
import { Problem, type Said } from '../problem.ts'
import type { Store } from '../store/pool.ts'
import { BROKEN_OFF, beatUpkeep, beginUpkeep, endUpkeep, failUpkeep, lastUpkeep, type Job } from '../store/upkeep.ts'

export interface Duty<Figures extends JsonObject = JsonObject> {
  readonly job: Job
  /** Five fields of cron, in German time. */
  readonly at: string
  /** Answers the figures that are worth writing down. Throws soon after the signal aborts. */
  does(signal: AbortSignal): Promise<Figures>
}

export interface Routine {
  /** Does what is due, one duty after the other. */
  turn(now?: Date): Promise<void>
  /** What is under way is broken off. */
  stop(): void
}

const ZONE = 'Europe/Berlin'
const BEAT_MS = 60_000

/** `since`: nothing that was due earlier is made up for, unless it has been done once. */
export function openRoutine(store: Store, duties: readonly Duty[], since = new Date()): Routine {
  const closing = new AbortController()
  return {
    stop: () => closing.abort(),
    async turn(now = new Date()) {
      if (duties.length === 0) return
      const last = await lastUpkeep(store)
      for (const duty of duties) {
        const began = last.filter(({ job }) => job === duty.job).map((entry) => Date.parse(entry.began))
        const after = began.length === 0 ? since : new Date(Math.max(...began))
        if (Date.parse(nextDue(duty.at, ZONE, after)) <= now.getTime()) await perform(store, duty, closing.signal)
      }
    },
  }
}

/** As `written`; a failure is told to the log and nobody else. */
export async function perform(store: Store, duty: Omit<Duty, 'at'>, signal: AbortSignal): Promise<JsonObject | undefined> {
  try {
    return await written(store, duty, signal)
  } catch (error) {
    if (!signal.aborted) observe({ saw: 'upkeep-failed', job: duty.job, error })
    return undefined
  }
}

/** Does it and writes down how it ended; undefined while another node does. */
async function written(store: Store, duty: Omit<Duty, 'at'>, signal: AbortSignal): Promise<JsonObject | undefined> {
  signal.throwIfAborted()
  const id = await beginUpkeep(store, duty.job)
  return id === undefined ? undefined : journalled(store, duty, signal, id)
}

/** The same for what somebody asks for by hand: it is begun whatever the journal says, since one that was killed may still stand in it. */
export async function writtenAnyway<Figures extends JsonObject>(store: Store, duty: Omit<Duty<Figures>, 'at'>): Promise<Figures> {
  return journalled(store, duty, new AbortController().signal, (await beginUpkeep(store, duty.job, true)) ?? 0)
}

async function journalled<Figures extends JsonObject>(
  store: Store,
  { job, does }: Omit<Duty<Figures>, 'at'>,
  signal: AbortSignal,
  id: number,
): Promise<Figures> {
  const began = performance.now()
  const beat = setInterval(() => void beatUpkeep(store, id).catch(() => {}), BEAT_MS)
  try {
    const figures = await does(signal)
    await endUpkeep(store, id, figures)
    observe({ saw: 'upkeep', job, ms: Math.round(performance.now() - began), figures })
    return figures
  } catch (error) {
    await failUpkeep(store, id, signal.aborted ? BROKEN_OFF : saidOf(error))
    throw error
  } finally {
    clearInterval(beat)
  }
}

function saidOf(error: unknown): Said {
  if (error instanceof Problem) return error.said
  return { de: 'Ein Fehler der Plattform; Näheres steht im Protokoll.', en: 'A fault of the platform; the log says more.' }
}

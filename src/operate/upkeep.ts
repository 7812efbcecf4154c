/** upkeep: the platform looks after itself: every minute what is due is done, and how it is becomes figures. */
import { openClock } from '../govern/release/clock.ts'
import type { Store } from '../store/pool.ts'
import { backupDuties, type Keeping } from './duties.ts'
import { openFigures } from './figures.ts'
import { factsOf, signsOf, type Sign } from './health.ts'
import { openRoutine } from './routine.ts'

export interface Upkeep {
  /** How the platform is now. */
  signs(): Promise<readonly Sign[]>
  start(): void
  /** What is under way is broken off. */
  stop(): Promise<void>
}

const MINUTE = 60_000

export function openUpkeep(
  { data, backup }: { readonly data: string; readonly backup: Keeping },
  url: string,
  store: Store,
  failed: (error: unknown) => void,
): Upkeep {
  const routine = openRoutine(store, backupDuties(url, data, backup))
  const figures = openFigures()
  const look = () => factsOf(store, data, backup.to !== undefined)
  const clocks = [openClock(MINUTE, () => routine.turn(), failed), openClock(MINUTE, async () => figures.take(await look()), failed)]
  return {
    signs: async () => signsOf(await look()),
    start: () => clocks.forEach((clock) => clock.start()),
    async stop() {
      routine.stop()
      await Promise.all(clocks.map((clock) => clock.stop()))
    },
  }
}

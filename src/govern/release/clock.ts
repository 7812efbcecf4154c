/** clock: does again and again what time brings, one turn after the other, until it is stopped. */
import { setTimeout } from 'node:timers/promises'

export interface Clock {
  start(): void
  /** The turn under way is waited for. */
  stop(): Promise<void>
}

/** `every` milliseconds; a turn that fails is told and tried again. */
export function openClock(every: number, turn: () => Promise<unknown>, failed: (error: unknown) => void): Clock {
  const closing = new AbortController()
  const { signal } = closing
  let running: Promise<void> | undefined
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await turn().catch((error: unknown) => {
        if (!signal.aborted) failed(error)
      })
      await setTimeout(every, undefined, { signal, ref: false }).catch(() => {})
    }
  }
  return {
    start: () => void (running ??= run()),
    async stop() {
      closing.abort()
      await running
    },
  }
}

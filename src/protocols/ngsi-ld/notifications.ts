/** notifications: matching and delivering, started and stopped together. */
import { Delivering, type Means } from './delivering.ts'
import { Notifier } from './notifier.ts'

export interface Notifications {
  start(): void
  close(): Promise<void>
}

export function openNotifications(means: Means): Notifications {
  let running: readonly [Notifier, Delivering] | undefined
  return {
    start() {
      running ??= [new Notifier(means), new Delivering(means)]
    },
    async close() {
      await Promise.all(running?.map((one) => one.close()) ?? [])
    },
  }
}

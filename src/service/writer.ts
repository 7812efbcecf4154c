/**
 * writer: observations that arrive together share a commit. Each request waits until its own are durable; one that the
 * database refuses is tried apart from the rest, so that it fails alone.
 */
import type { Observation } from '../model/observation.ts'
import { gauge, observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import { append } from '../store/append.ts'
import type { Store } from '../store/pool.ts'

interface Waiting {
  readonly observations: readonly Observation[]
  readonly done: (gone: ReadonlySet<number>) => void
  readonly failed: (error: unknown) => void
}

/** One statement takes at most so many observations; what a request brings is never split. */
const BATCH = 5000
/** One at a time: a second one would only wait for the rows of the first, and batches would be smaller. */
const AT_ONCE = 1
/** So many observations may wait before others are asked to come again. */
const QUEUE = 200_000

export class Writer {
  private queue: Waiting[] = []
  private queued = 0
  private flushing = 0
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
    gauge('allmende_write_queue', 'Observations waiting to be written.', () => this.queued)
  }

  /** Answers, when all others are durable, the series that are gone. */
  write(observations: readonly Observation[]): Promise<ReadonlySet<number>> {
    if (this.queued > QUEUE)
      return Promise.reject(
        new Problem('busy', {
          en: 'Too much is being written at once; try again soon.',
          de: 'Es wird gerade zu viel geschrieben; bitte gleich noch einmal.',
        }),
      )
    return new Promise((done, failed) => {
      this.queue.push({ observations, done, failed })
      this.queued += observations.length
      if (this.flushing < AT_ONCE) this.flush()
    })
  }

  private flush(): void {
    const batch = this.next()
    if (batch.length === 0) return
    this.flushing++
    void this.settle(batch).finally(() => {
      this.flushing--
      this.flush()
    })
  }

  private next(): readonly Waiting[] {
    let size = 0
    let count = 0
    for (const { observations } of this.queue) {
      if (count > 0 && size + observations.length > BATCH) break
      size += observations.length
      count++
    }
    this.queued -= size
    return this.queue.splice(0, count)
  }

  private async settle(batch: readonly Waiting[]): Promise<void> {
    const began = performance.now()
    const observations = batch.length === 1 ? (batch[0]?.observations ?? []) : batch.flatMap((one) => one.observations)
    try {
      const gone = await append(this.store, observations)
      const stored = gone.size === 0 ? observations.length : observations.filter(({ series }) => !gone.has(series)).length
      observe({ saw: 'written', observations: stored, ms: performance.now() - began })
      for (const { done } of batch) done(gone)
    } catch (error) {
      if (batch.length === 1) batch[0]?.failed(error)
      else for (const one of batch) await this.settle([one])
    }
  }
}

/**
 * outbox: one reader a process for all who listen. What it reads is a chain: each listener stands at a link of it and waits for the next,
 * so a slow one hinders nobody, and what all have passed is forgotten. Polled: NOTIFY would serialise every write.
 */
import { setTimeout } from 'node:timers/promises'
import { observe } from '../observe.ts'
import { changesAfter, lastMark, type ChangeRow, type Changes, type Mark } from '../store/changes.ts'
import type { Store } from '../store/pool.ts'

/** Milliseconds between two looks into the outbox, and after one that failed. */
const PAUSE = 200
const PAUSE_AFTER_FAILURE = 2000

export interface Link {
  readonly rows: readonly ChangeRow[]
  readonly next: Promise<Link>
}

/** The end of the chain, and how it is made longer. */
interface End {
  readonly link: Link
  readonly add: (link: Link) => void
}

function endWith(rows: readonly ChangeRow[]): End {
  const { promise, resolve } = Promise.withResolvers<Link>()
  return { link: { rows, next: promise }, add: resolve }
}

export class Outbox {
  private listeners = 0
  /** Which chain is being made; a reader of an older one ends. */
  private chain = 0
  private end: Promise<End> | undefined
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  /** Each batch of rows from now on, until the signal aborts. `begun` is called when nothing can be missed any more. */
  async *follow(signal: AbortSignal, begun?: () => void): AsyncIterable<readonly ChangeRow[]> {
    let wake: (link?: Link) => void = () => {}
    const stop = (): void => wake()
    signal.addEventListener('abort', stop)
    this.listeners++
    try {
      let at: Link | undefined = (await (this.end ??= this.start())).link
      begun?.()
      while (!signal.aborted) {
        const { next }: Link = at
        at = await new Promise<Link | undefined>((resolve) => {
          wake = resolve
          void next.then(resolve)
        })
        if (at === undefined) break
        yield at.rows
      }
    } finally {
      signal.removeEventListener('abort', stop)
      if (--this.listeners === 0) this.forget()
    }
  }

  /** Whoever comes next begins a new chain. */
  private forget(): void {
    this.chain++
    this.end = undefined
  }

  private async start(): Promise<End> {
    const chain = ++this.chain
    try {
      const mark = await lastMark(this.store)
      const first = endWith([])
      void this.run(chain, mark, first)
      return first
    } catch (error) {
      if (chain === this.chain) this.forget()
      throw error
    }
  }

  private async run(chain: number, from: Mark, first: End): Promise<void> {
    let [mark, end] = [from, first]
    while (chain === this.chain) {
      const changes = await this.look(mark)
      if (changes === undefined || changes.rows.length === 0) {
        await setTimeout(changes === undefined ? PAUSE_AFTER_FAILURE : PAUSE)
        continue
      }
      mark = changes.mark
      const next = endWith(changes.rows)
      if (chain === this.chain) this.end = Promise.resolve(next)
      end.add(next.link)
      end = next
    }
  }

  /** A database that is away for a while is asked again: nothing is lost, because the mark stays. */
  private async look(mark: Mark): Promise<Changes | undefined> {
    const { chain } = this
    try {
      return await changesAfter(this.store, mark)
    } catch (error) {
      if (chain === this.chain) observe({ saw: 'connection-lost', error: String(error) })
      return undefined
    }
  }
}

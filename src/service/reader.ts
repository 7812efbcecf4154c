/** reader: the outbox for whoever must not miss anything while nobody runs: what has been read is past only when it is said to be done. */
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import { changesAfter, type Mark } from '../store/changes.ts'
import type { Store } from '../store/pool.ts'
import { holdReader, letReaderGo, moveReader } from '../store/readers.ts'
import type { Change, Reader } from './service.ts'

/** Seconds for which a node that dies keeps the others waiting; and after how many it is said that it lives. */
const LEASE = 30
const RENEWED = 10
/** Milliseconds between two looks into the outbox. */
const PAUSE = 200

export async function readerOf(store: Store, name: string): Promise<Reader | undefined> {
  const holder = randomUUID()
  const mark = await holdReader(store, name, holder, LEASE)
  return mark && new Held(store, name, holder, mark)
}

class Held implements Reader {
  private further: Mark
  private mark: Mark
  private renewed = performance.now()
  private readonly store: Store
  private readonly name: string
  private readonly holder: string

  constructor(store: Store, name: string, holder: string, mark: Mark) {
    this.store = store
    this.name = name
    this.holder = holder
    this.mark = this.further = mark
  }

  async next(signal: AbortSignal): Promise<readonly Change[]> {
    while (!signal.aborted) {
      const { rows, mark } = await changesAfter(this.store, this.mark)
      this.further = mark
      if (rows.length > 0) return rows.map((row) => ({ ...row, id: String(row.id) }))
      if (performance.now() - this.renewed > RENEWED * 1000) await this.keep()
      await setTimeout(PAUSE)
    }
    return []
  }

  async done(): Promise<void> {
    this.mark = this.further
    await this.keep()
  }

  private async keep(): Promise<void> {
    if (!(await moveReader(this.store, this.name, this.holder, this.mark, LEASE)))
      throw new Problem('unavailable', `Another node reads on as “${this.name}”.`)
    this.renewed = performance.now()
  }

  release(): Promise<void> {
    return letReaderGo(this.store, this.name, this.holder)
  }
}

/**
 * together: several verbs in one transaction, as a change set of a batch asks: all of them or none. What they read is what they have
 * written so far; what is remembered about datasets and series is looked up anew, so that nothing outside believes in what may be undone.
 */
import { append as appendRows } from '../store/append.ts'
import type { Database, Store } from '../store/pool.ts'
import type { Desk } from './desk.ts'
import { Directory } from './directory.ts'

/** Each holds a connection and may ask for ids by another one: all of them must never be taken. */
const AT_ONCE = 4

export class Together {
  private running = 0
  private readonly waiting: (() => void)[] = []
  private readonly database: Database
  private readonly desk: Desk

  constructor(database: Database, desk: Desk) {
    this.database = database
    this.desk = desk
  }

  /** `work` may be run again when the database asks for it, so it must not have other effects. */
  async run<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) await new Promise<void>((go) => this.waiting.push(go))
    else this.running++
    try {
      return await this.database.transaction((store) => work(within(this.desk, store)))
    } finally {
      this.desk.directory.forget()
      const next = this.waiting.shift()
      if (next === undefined) this.running--
      else next()
    }
  }
}

function within(desk: Desk, store: Store): Desk {
  return {
    store,
    ids: desk.ids,
    partitions: desk.partitions.within(store),
    directory: new Directory(store),
    writer: { write: (observations) => appendRows(store, observations) },
  }
}

/** ids: taken from sequences in blocks, so that items can refer to each other before they are written. */
import type { Instant } from '../model/time.ts'
import type { Store } from './pool.ts'
import { raw, sql } from './sql.ts'

/** How many ids one step of each sequence stands for: its `increment by`. */
const BLOCK = { dataset: 1, entity: 100, series: 100, observation: 1000 } as const
type Kind = keyof typeof BLOCK

/** Low bits of an observation id: 2^41 ids a month; with 4096 months above them all stay below 2^53. */
const MONTH = 2 ** 41
const FIRST_YEAR = 1800
const MONTHS = 4096

export class Ids {
  private readonly left: Record<Kind, number[]> = { dataset: [], entity: [], series: [], observation: [] }
  private readonly taking: Partial<Record<Kind, Promise<void>>> = {}
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
  }

  async take(kind: Kind, count: number): Promise<number[]> {
    while (this.left[kind].length < count) await this.refill(kind, count)
    return this.left[kind].splice(0, count)
  }

  /** Ids for observations at these times: the month leads to the partition. */
  async forTimes(times: readonly Instant[]): Promise<number[]> {
    const serials = await this.take('observation', times.length)
    return times.map((time, i) => monthOf(time) * MONTH + (serials[i] ?? 0))
  }

  /** What is left is let go: from now on other ids are taken. */
  forget(): void {
    for (const kind of ['entity', 'series'] as const) this.left[kind].length = 0
  }

  private async refill(kind: Kind, count: number): Promise<void> {
    this.taking[kind] ??= this.takeBlocks(kind, Math.ceil(count / BLOCK[kind])).finally(() => delete this.taking[kind])
    await this.taking[kind]
  }

  private async takeBlocks(kind: Kind, blocks: number): Promise<void> {
    const rows = await this.store.query<{ first: number }>(
      sql`select nextval(${`${kind}_id`}::regclass) as first from generate_series(1, ${blocks}::int)`,
    )
    for (const { first } of rows) for (let i = 0; i < BLOCK[kind]; i++) this.left[kind].push(Number(first) + i)
  }
}

/** Months since 1800, kept within what the id can say. */
function monthOf(time: Instant): number {
  const month = (Number(time.slice(0, 4)) - FIRST_YEAR) * 12 + Number(time.slice(5, 7)) - 1
  return Math.min(MONTHS - 1, Math.max(0, month))
}

/** Partitions by month, made when first needed. Years that no sensor has seen go into the default partition. */
export class Partitions {
  private readonly known: Set<string>
  private readonly making = new Map<string, Promise<void>>()
  private readonly store: Store

  constructor(store: Store, known: Iterable<string> = []) {
    this.store = store
    this.known = new Set(known)
  }

  /** The same inside a transaction: what it makes there is not relied on outside. */
  within(store: Store): Partitions {
    return new Partitions(store, this.known)
  }

  /** Makes sure that each time has its partition. Costs a set look-up when it has. */
  async ready(times: Iterable<Instant>): Promise<void> {
    const missing = new Set<string>()
    for (const time of times) {
      const month = time.slice(0, 7)
      if (!this.known.has(month) && time >= '1900' && time < '2101') missing.add(month)
    }
    await Promise.all([...missing].map((month) => this.once(month)))
  }

  private once(month: string): Promise<void> {
    const made = this.making.get(month) ?? this.make(month).finally(() => this.making.delete(month))
    this.making.set(month, made)
    return made
  }

  /** Attached, not created in place: attaching leaves readers and writers of other months alone. */
  private async make(month: string): Promise<void> {
    const next = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 7)
    const table = `observation_${month.replace('-', '_')}`
    await this.store.transaction(async (store) => {
      await store.query(sql`select pg_advisory_xact_lock(hashtext('observation partitions'))`)
      const [there] = await store.query<{ made: boolean }>(sql`select to_regclass(${table}) is not null as made`)
      if (there?.made) return
      await store.query(sql`create table ${raw(table)} (like observation including defaults)`)
      await store.query(
        sql`alter table observation attach partition ${raw(table)} for values from (${raw(`'${month}-01T00:00:00Z'`)}) to (${raw(`'${next}-01T00:00:00Z'`)})`,
      )
    })
    this.known.add(month)
  }
}

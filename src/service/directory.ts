/** directory: the heads of datasets and series that are in use, remembered; forgotten when they change on this node or another. */
import type { Dataset } from '../model/dataset.ts'
import type { Settings } from '../model/settings.ts'
import { datasetBySlug, datasetHeads, seriesHeads, type SeriesHead } from '../store/heads.ts'
import { Edges } from './edges.ts'
import { Lexicon } from './lexicon.ts'
import type { Store } from '../store/pool.ts'
import { settingsOf } from '../store/settings.ts'

/** How many heads are remembered of each; beyond it all are forgotten and read again as needed. */
const CAPACITY = 200_000

export class Directory {
  private datasets = new Map<number, Dataset>()
  private slugs = new Map<string, number>()
  private decided = new Map<number, Settings>()
  private heads = new Map<number, SeriesHead>()
  /** Series whose things are nowhere: they need not be asked for a feature again. */
  private placeless = new Set<number>()
  private readonly underWay = new Map<number, Promise<void>>()
  /** Where pages of observations ended. */
  readonly edges = new Edges()
  /** The words of the catalogue. */
  readonly lexicon: Lexicon
  private readonly store: Store

  constructor(store: Store) {
    this.store = store
    this.lexicon = new Lexicon(store)
  }

  async dataset(id: number): Promise<Dataset | undefined> {
    return this.datasets.get(id) ?? (await this.load([id], this.datasets, (ids) => datasetHeads(this.store, ids))).get(id)
  }

  async settings(tenant: number): Promise<Settings> {
    const known = this.decided.get(tenant)
    if (known !== undefined) return known
    const found = await settingsOf(this.store, tenant)
    this.decided.set(tenant, found)
    return found
  }

  async bySlug(tenant: number, slug: string): Promise<Dataset | undefined> {
    const known = this.slugs.get(`${tenant}/${slug}`)
    if (known !== undefined) return this.dataset(known)
    const found = await datasetBySlug(this.store, tenant, slug)
    if (found === undefined) return undefined
    this.slugs.set(`${tenant}/${slug}`, found.id)
    this.datasets.set(found.id, found)
    return found
  }

  /** The heads of these series; those that are not there are missing from the map. */
  async series(ids: readonly number[]): Promise<ReadonlyMap<number, SeriesHead>> {
    const missing = ids.filter((id) => !this.heads.has(id))
    return missing.length === 0 ? this.heads : this.load(missing, this.heads, (wanted) => seriesHeads(this.store, wanted))
  }

  /** Does the work for those of the series that nobody is at; answers when all are done. */
  async once(series: readonly number[], work: (mine: readonly number[]) => Promise<void>): Promise<void> {
    const others = series.flatMap((id) => this.underWay.get(id) ?? [])
    const mine = series.filter((id) => !this.underWay.has(id))
    if (mine.length > 0) {
      const done = work(mine).finally(() => mine.forEach((id) => this.underWay.delete(id)))
      for (const id of mine) this.underWay.set(id, done)
      others.push(done)
    }
    await Promise.all(others)
  }

  forgetSeries(series: readonly number[]): void {
    for (const id of series) this.heads.delete(id)
  }

  isPlaceless(series: number): boolean {
    return this.placeless.has(series)
  }

  rememberPlaceless(series: readonly number[]): void {
    for (const id of series) this.placeless.add(id)
  }

  forget(noun?: string): void {
    if (noun === 'dataset' || noun === undefined) this.lexicon.forget()
    this.placeless = new Set()
    if (noun === 'tenant' || noun === undefined) this.decided = new Map()
    if (noun !== 'series' && noun !== 'entity') [this.datasets, this.slugs] = [new Map(), new Map()]
    if (noun !== 'dataset') this.heads = new Map()
  }

  private async load<T extends { readonly id: number }>(
    ids: readonly number[],
    into: Map<number, T>,
    read: (ids: readonly number[]) => Promise<readonly T[]>,
  ) {
    const found = await read([...new Set(ids)])
    if (into.size + found.length > CAPACITY) into.clear()
    for (const one of found) into.set(one.id, one)
    return into
  }
}

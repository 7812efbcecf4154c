/** contexts: the shelf of JSON-LD contexts of a tenant: kept by its people, fetched for its callers, or made so that a link can name them. */
import { randomUUID } from 'node:crypto'
import type { Json } from '../model/json.ts'
import type { Instant } from '../model/time.ts'
import { contextBy, contextsOf, countHits, dropContext, keepContext, type ContextKind, type ContextRow } from '../store/contexts.ts'
import type { Store } from '../store/pool.ts'

export type { ContextKind, ContextRow }

export interface ContextShelf {
  byLocal(tenant: number, local: string): Promise<ContextRow | undefined>
  byAddress(tenant: number, address: string): Promise<ContextRow | undefined>
  list(tenant: number, kind?: ContextKind): Promise<readonly ContextRow[]>
  /** `address` tells equal ones; a hosted one is one of its own each time. */
  keep(tenant: number, kind: ContextKind, document: Json, address?: string, expires?: Instant): Promise<ContextRow>
  drop(tenant: number, local: string): Promise<void>
  /** Counted here, written down now and then. */
  used(local: string): void
}

/** So often at most is written down what was used. */
const PAUSE = 30_000

export function openContextShelf(store: Store): ContextShelf {
  let hits = new Map<string, number>()
  let last = 0
  const writeDown = async (): Promise<void> => {
    const counted = hits
    hits = new Map()
    last = performance.now()
    await countHits(store, counted)
  }
  return {
    byLocal: async (tenant, local) => {
      await writeDown()
      return contextBy(store, tenant, 'local', local)
    },
    byAddress: (tenant, address) => contextBy(store, tenant, 'address', address),
    list: async (tenant, kind) => {
      await writeDown()
      return contextsOf(store, tenant, kind)
    },
    keep(tenant, kind, document, address, expires) {
      const local = randomUUID()
      return keepContext(store, tenant, { local, kind, document, address: address ?? local, expires: expires ?? null })
    },
    drop: (tenant, local) => dropContext(store, tenant, local),
    used(local) {
      hits.set(local, (hits.get(local) ?? 0) + 1)
      if (performance.now() - last > PAUSE) void writeDown().catch(() => {})
    },
  }
}

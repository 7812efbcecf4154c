/** impact: what everybody may see of what the platform is good for: the fields that were published on purpose, and the figures behind them. */
import type { JsonObject } from '../model/json.ts'
import type { Store } from '../store/pool.ts'
import { recordsOf, valuesOf, type IndicatorValue, type RecordRow } from '../store/records.ts'

export interface PublicIndicator {
  readonly id: number
  readonly title: string
  readonly fields: JsonObject
  readonly values: readonly Pick<IndicatorValue, 'day' | 'value'>[]
}

export interface PublicUseCase {
  readonly id: number
  readonly title: string
  readonly fields: JsonObject
  readonly indicators: readonly PublicIndicator[]
}

export interface Impact {
  of(tenant: number): Promise<readonly PublicUseCase[]>
}

export function openImpact(store: Store): Impact {
  return {
    async of(tenant) {
      const useCases = (await recordsOf(store, tenant, 'use-case')).filter(isPublic)
      const indicators = new Map((await recordsOf(store, tenant, 'indicator')).filter(isPublic).map((one) => [one.id, one]))
      const values = Map.groupBy(await valuesOf(store, [...indicators.keys()]), ({ indicator }) => indicator)
      const shownOf = (id: unknown): readonly PublicIndicator[] => {
        const one = typeof id === 'number' ? indicators.get(id) : undefined
        if (one === undefined) return []
        const course = (values.get(one.id) ?? []).map(({ day, value }) => ({ day, value }))
        return [{ id: one.id, title: one.title, fields: published(one), values: course }]
      }
      return useCases.map((one) => {
        const named = one.fields['indicators']
        return { id: one.id, title: one.title, fields: published(one), indicators: Array.isArray(named) ? named.flatMap(shownOf) : [] }
      })
    },
  }
}

const isPublic = ({ shown }: RecordRow): boolean => shown.length > 0

function published({ fields, shown }: RecordRow): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => shown.includes(name)))
}

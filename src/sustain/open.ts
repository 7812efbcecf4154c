/** open: everything that keeps the platform alive, over one store. */
import type { Service } from '../service/service.ts'
import type { Store } from '../store/pool.ts'
import { openImpact, type Impact } from './impact.ts'
import { openIndicators, type Indicators } from './indicators.ts'
import { openRecords, type Records } from './records.ts'

export interface Sustain {
  readonly records: Records
  readonly indicators: Indicators
  readonly impact: Impact
}

export function openSustain(store: Store, service: Service): Sustain {
  return { records: openRecords(store, service), indicators: openIndicators(store, service), impact: openImpact(store) }
}

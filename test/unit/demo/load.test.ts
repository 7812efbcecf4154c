/** The example town: plausible, and the same whenever it is asked for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hourAt, skyAt } from '../../../src/demo/calendar.ts'
import { loadTown } from '../../../src/demo/load.ts'
import { TOPICS } from '../../../src/demo/topics.ts'
import type { Release } from '../../../src/govern/release/release.ts'
import type { Dataset } from '../../../src/model/dataset.ts'
import type { Draft } from '../../../src/model/draft.ts'
import { keeper } from '../../../src/rights/principal.ts'
import type { Kept, Service } from '../../../src/service/service.ts'

const nothing: Kept = {
  entities: { made: 0, amended: 0 },
  series: { made: 0 },
  observations: { stored: 0, skipped: 0, replaced: 0 },
  records: [],
  failed: [],
}

async function drafts(hours: number): Promise<readonly Draft[]> {
  const said: Draft[] = []
  const service: Pick<Service, 'find' | 'ids' | 'record' | 'keep' | 'dataset'> = {
    find: () => Promise.resolve({ items: [] }),
    ids: () => Promise.resolve([7]),
    record: () => Promise.resolve(),
    dataset: () => Promise.resolve({ tenant: 1, state: 'released' } as Dataset),
    keep: (_who, _dataset, batch) => {
      said.push(...batch)
      return Promise.resolve(nothing)
    },
  }
  await loadTown(service as Service, {} as Release, keeper(1, 'demo'), { until: new Date('2026-07-01T12:00:00Z'), hours })
  return said
}

test('the town says the same whenever it is asked', async () => {
  assert.deepEqual(await drafts(50), await drafts(50))
})

test('the end of a longer year is a shorter one', async () => {
  const values = (all: readonly Draft[]) => all.filter(({ draft }) => draft === 'observation').map((one) => JSON.stringify(one))
  const long = new Set(values(await drafts(60)))
  assert.deepEqual(
    values(await drafts(50)).filter((one) => !long.has(one)),
    [],
  )
})

test('summers are warm, winters cold, nights dark', () => {
  const mean = (from: string, days: number) => {
    const first = Date.parse(from) / 3_600_000
    const hours = Array.from({ length: days * 24 }, (_, i) => skyAt(hourAt(first + i)))
    return hours.reduce((sum, { temperature }) => sum + temperature, 0) / hours.length
  }
  assert.ok(mean('2026-07-01T00:00:00Z', 31) > 14)
  assert.ok(mean('2026-01-01T00:00:00Z', 31) < 6)
  assert.equal(Math.round(skyAt(hourAt(Date.parse('2026-12-21T00:00:00Z') / 3_600_000)).sun), 0)
})

test('every value of a year is a number in its bounds', () => {
  const first = Date.parse('2026-01-01T00:00:00Z') / 3_600_000
  for (const { things } of TOPICS)
    for (const { measures, name } of things)
      for (const { attribute, value } of measures)
        for (let hours = first; hours < first + 8760; hours += 37) {
          const result = value(hourAt(hours))
          assert.ok(
            result === undefined || (Number.isFinite(result) && (result >= 0 || attribute === 'temperature')),
            `${name} ${attribute} ${hours}: ${result}`,
          )
        }
})

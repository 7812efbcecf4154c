/** service: the one door, over a real PostgreSQL: keep, append, find, include, count, summarise, amend, remove. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { State } from '../../src/model/dataset.ts'
import type { Draft } from '../../src/model/draft.ts'
import { and, equals, everything } from '../../src/query/filter.ts'
import { ask, type Page } from '../../src/query/query.ts'
import { anonymous, keeper } from '../../src/rights/principal.ts'
import { openService } from '../../src/service/open.ts'
import type { Service } from '../../src/service/service.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase, type Database } from '../../src/store/pool.ts'
import { throwawaySchema, type ThrowawaySchema } from '../support/database.ts'

interface Point {
  readonly coordinates: readonly number[]
}

const admin = keeper(1, 'test')
let schema: ThrowawaySchema
let database: Database
let service: Service
let dataset: number

before(async () => {
  schema = await throwawaySchema()
  database = await openDatabase(schema.url, 4)
  await migrate(database)
  service = await openService(database, [])
  ;[dataset = 0] = await service.ids('dataset', 1)
  await service.record(admin, { datasets: [{ ...card, id: dataset, slug: 'luft' }] })
})

after(async () => {
  await database.close()
  await schema.drop()
})

const card = {
  tenant: 1,
  title: { de: 'Luftqualität' },
  description: { de: 'Stündliche Werte' },
  keywords: ['Luft'],
  themes: ['ENVI'],
  access: 'public',
  state: 'released',
  duplicates: 'skip',
  properties: {},
  created: '',
  modified: '',
} as const

function drafts(hours: number): Draft[] {
  const thing: Draft = {
    draft: 'entity',
    iri: 'urn:x:1',
    type: 'Station',
    name: 'Markt',
    geometry: { type: 'Point', coordinates: [8.1, 49.2] },
  }
  const series: Draft = {
    draft: 'series',
    entity: 'urn:x:1',
    attribute: 'pm10',
    name: 'PM10',
    unit: { name: 'µg/m³', symbol: 'µg/m³', definition: null },
  }
  const values = Array.from({ length: hours }, (_, hour): Draft => {
    const time = new Date(Date.UTC(2026, 0, 1, hour)).toISOString().replace('.000', '')
    return { draft: 'observation', entity: 'urn:x:1', attribute: 'pm10', time, result: hour }
  })
  return [thing, series, ...values]
}

test('a source said twice is kept once', async () => {
  const first = await service.keep(admin, dataset, drafts(1500))
  assert.deepEqual(first, {
    entities: { made: 1, amended: 0 },
    series: { made: 1 },
    observations: { stored: 1500, skipped: 0, replaced: 0 },
    records: [],
    failed: [],
  })
  const again = await service.keep(admin, dataset, drafts(1501))
  assert.deepEqual(again.observations, { stored: 1, skipped: 1500, replaced: 0 })
  assert.deepEqual([again.entities, again.series.made], [{ made: 0, amended: 0 }, 0])
})

test('a dry run tells and keeps nothing', async () => {
  const would = await service.compare(admin, dataset, drafts(1600))
  assert.equal(would.observations.stored, 99)
  const { total } = await service.find(admin, { ...ask('observation', everything), count: true })
  assert.equal(total, 1501)
})

test('a thing comes with its series and their latest value', async () => {
  const include = { through: 'series', where: everything, order: [], page: { limit: 10 }, include: [], count: true }
  const { items } = await service.find(anonymous(1), { ...ask('entity', equals(['role'], 'thing')), include: [include] })
  const series = items[0]?.with?.['series']
  assert.equal(series?.total, 1)
  const found = series?.items[0] as { latest: unknown; count: number; period: unknown; feature?: number }
  assert.equal(found.count, 1501)
  assert.deepEqual(found.period, { start: '2026-01-01T00:00:00Z', end: '2026-03-04T12:00:00Z' })
  assert.ok(found.feature !== undefined, 'it has a feature of interest')
})

test('pages continue where they ended, in either direction', async () => {
  const { items: series } = await service.find(admin, ask('series', everything))
  const where = equals(['series'], series[0]?.id ?? 0)
  for (const descending of [true, false]) {
    const order = [{ by: { path: ['time'] as const }, descending }]
    const first = await service.find(admin, { ...ask('observation', where, 700), order })
    const second = await service.find(admin, { ...ask('observation', where, 801), order, page: { limit: 801, after: first.next ?? '' } })
    const times = [...first.items, ...second.items].map(({ time }) => time)
    assert.equal(second.next, undefined)
    assert.deepEqual(times, descending ? times.toSorted().reverse() : times.toSorted())
    assert.equal(new Set(times).size, 1501)
  }
})

test('late data go into history and leave the latest value alone', async () => {
  const { items: series } = await service.find(admin, ask('series', everything))
  const id = series[0]?.id ?? 0
  const [late] = await service.append(admin, [{ series: id, time: '2025-06-01T00:00:00Z', result: 7 }])
  assert.equal(typeof late, 'number')
  const after = await service.get(admin, 'series', id)
  assert.equal(after.latest?.time, '2026-03-04T12:00:00Z')
  assert.equal(after.period?.start, '2025-06-01T00:00:00Z')
  await service.remove(admin, 'observation', equals(['id'], late as number))
  const again = await service.get(admin, 'series', id)
  assert.deepEqual([again.count, again.period?.start], [1501, '2026-01-01T00:00:00Z'])
})

test('days begin where the zone says', async () => {
  const { items: series } = await service.find(admin, ask('series', everything))
  const days = await service.summarise(anonymous(1), {
    series: series.map(({ id }) => id),
    from: '2026-01-01T00:00:00Z',
    until: '2026-01-03T00:00:00Z',
    bucket: 'day',
    zone: 'Europe/Berlin',
  })
  assert.deepEqual(
    days.map(({ start, count }) => [start, count]),
    [
      ['2025-12-31T23:00:00Z', 23],
      ['2026-01-01T23:00:00Z', 24],
      ['2026-01-02T23:00:00Z', 1],
    ],
  )
})

test('strangers see what is released, and change nothing', async () => {
  const { items } = await service.find(anonymous(1), ask('dataset', everything))
  assert.deepEqual(
    items.map(({ slug }) => slug),
    ['luft'],
  )
  await assert.rejects(service.keep(anonymous(1), dataset, drafts(1)), { kind: 'unauthenticated' })
  const turn = (state: State) => service.turn(admin, 'manage', dataset, (life) => ({ dataset: { ...life.dataset, state }, told: [] }))
  await turn('withdrawn')
  for (const noun of ['dataset', 'entity', 'series', 'observation'] as const)
    assert.deepEqual((await service.find(anonymous(1), { ...ask(noun, everything), count: true })).total, 0, noun)
  await turn('released')
})

test('removing a thing takes its series and observations along', async () => {
  assert.equal(await service.remove(admin, 'entity', and(equals(['iri'], 'urn:x:1'))), 1)
  for (const noun of ['series', 'observation'] as const) assert.deepEqual((await service.find(admin, ask(noun, everything))).items, [])
})

test('a thing that a source moves has been where it was', async () => {
  const at = (coordinates: readonly number[]): Draft => ({
    draft: 'entity',
    iri: 'urn:x:bus',
    type: 'Bus',
    geometry: { type: 'Point', coordinates },
  })
  const bare: Draft = { draft: 'entity', iri: 'urn:x:tent', type: 'Tent' }
  await service.keep(admin, dataset, [at([8.1, 49.1]), bare])
  await service.keep(admin, dataset, [at([8.2, 49.2]), { ...bare, geometry: { type: 'Point', coordinates: [8.5, 49.5] } }])
  await service.keep(admin, dataset, [at([8.3, 49.3]), at([8.3, 49.3])])
  const places = async (iri: string) => {
    const include = (through: string, noun: 'entity' | 'observation') => ({ ...ask(noun, everything, 10), through })
    const includes = [include('placements', 'observation'), include('locations', 'entity')]
    const { items } = await service.find(admin, { ...ask('entity', equals(['iri'], iri), 1), include: includes })
    const { placements, locations } = items[0]?.with ?? {}
    return {
      placements: (placements as Page<'observation'>).items.map(({ result, parameters }) => [
        (result as unknown as Point).coordinates,
        parameters?.['locations'],
      ]),
      locations: (locations as Page<'entity'>).items.map(({ id, geometry }) => [id, (geometry as unknown as Point).coordinates] as const),
    }
  }
  const bus = await places('urn:x:bus')
  const [[here, now] = []] = bus.locations
  assert.deepEqual(now, [8.3, 49.3])
  assert.deepEqual(
    bus.placements,
    [8.1, 8.2, 8.3].map((east) => [[east, Math.round((east + 41) * 10) / 10], [here]]),
  )
  const tent = await places('urn:x:tent')
  assert.deepEqual(tent.placements, [[[8.5, 49.5], [tent.locations[0]?.[0]]]])
})

test('a place that is said late is history: the thing stays where it was seen last', async () => {
  const seen = (day: number, east: number): Draft[] => [
    {
      draft: 'entity',
      iri: 'urn:x:tracker',
      type: 'Tracker',
      geometry: { type: 'Point', coordinates: [east, 49] },
      at: `2026-02-0${day}T00:00:00Z`,
    },
    { draft: 'series', entity: 'urn:x:tracker', attribute: 'battery' },
    { draft: 'observation', entity: 'urn:x:tracker', attribute: 'battery', time: `2026-02-0${day}T00:00:00Z`, result: day },
  ]
  const history = async () => {
    const include = { ...ask('observation', everything, 20), through: 'placements' }
    const [thing] = (await service.find(admin, { ...ask('entity', equals(['iri'], 'urn:x:tracker'), 1), include: [include] })).items
    assert.ok(thing?.geometry?.type === 'Point')
    const placements = thing.with?.['placements']?.items as Page<'observation'>['items']
    return {
      now: thing.geometry.coordinates[0],
      was: placements
        .toSorted((a, b) => (a.time < b.time ? -1 : 1))
        .map(({ time, result }) => [time.slice(8, 10), (result as unknown as Point).coordinates[0]]),
    }
  }
  await service.keep(admin, dataset, [...seen(1, 8.1), ...seen(3, 8.3)])
  assert.deepEqual(await history(), { now: 8.3, was: [['01', 8.1], ['03', 8.3]] }) // prettier-ignore
  await service.keep(admin, dataset, seen(5, 8.5))
  for (let twice = 0; twice < 2; twice++) await service.keep(admin, dataset, seen(4, 8.4))
  await service.keep(admin, dataset, seen(3, 8.3))
  assert.deepEqual(await history(), { now: 8.5, was: [['01', 8.1], ['03', 8.3], ['04', 8.4], ['05', 8.5]] }) // prettier-ignore
  await service.keep(admin, dataset, [...seen(7, 8.7), ...seen(6, 8.6)])
  const { now, was } = await history()
  assert.deepEqual(
    [now, was.slice(4)],
    [
      8.7,
      [
        ['06', 8.6],
        ['07', 8.7],
      ],
    ],
  )
})

test('a value that is said again in the same batch replaces the one before, and is counted so', async () => {
  await service.amend(admin, 'dataset', dataset, (old) => ({ ...old, duplicates: 'replace' }))
  const said = (result: number): Draft => ({
    draft: 'observation',
    entity: 'urn:x:tracker',
    attribute: 'battery',
    time: '2026-03-01T00:00:00Z',
    result,
  })
  const first = await service.keep(admin, dataset, [said(1), said(2), said(3)])
  assert.deepEqual(first.observations, { stored: 1, skipped: 0, replaced: 2 })
  assert.deepEqual((await service.keep(admin, dataset, [said(4)])).observations, { stored: 0, skipped: 0, replaced: 1 })
  await service.amend(admin, 'dataset', dataset, (old) => ({ ...old, duplicates: 'skip' }))
  assert.deepEqual((await service.keep(admin, dataset, [said(5), said(6)])).observations, { stored: 0, skipped: 2, replaced: 0 })
})

/** statements: whatever a question includes, it takes a constant number of statements: never one per item. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Draft } from '../../src/model/draft.ts'
import { equals, everything } from '../../src/query/filter.ts'
import { ask, type Include } from '../../src/query/query.ts'
import { anonymous, keeper } from '../../src/rights/principal.ts'
import { openService } from '../../src/service/open.ts'
import type { Service } from '../../src/service/service.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase, type Database } from '../../src/store/pool.ts'
import { throwawaySchema, type ThrowawaySchema } from '../support/database.ts'

let schema: ThrowawaySchema
let database: Database
let service: Service
let statements = 0

before(async () => {
  schema = await throwawaySchema()
  database = await openDatabase(schema.url, 4)
  await migrate(database)
  const counting: Database = {
    ...database,
    query: (statement) => {
      statements++
      return database.query(statement)
    },
  }
  service = await openService(counting, [])
  await fill()
})

after(async () => {
  await database.close()
  await schema.drop()
})

async function fill(): Promise<void> {
  const ids = await service.ids('dataset', 40)
  const card = { tenant: 1, title: {}, description: {}, keywords: [], themes: [], properties: {}, created: '', modified: '' }
  const open = { access: 'public', state: 'released', duplicates: 'keep' } as const
  await service.record(keeper(1, 'test'), { datasets: ids.map((id, i) => ({ ...card, ...open, id, slug: `x-${i}` })) })
  const [id = 0] = ids
  const drafts = Array.from({ length: 60 }, (_, i): Draft[] => [
    { draft: 'entity', iri: `urn:x:${i}`, type: 'T', name: `n${i}`, geometry: { type: 'Point', coordinates: [8 + i / 100, 49] } },
    { draft: 'series', entity: `urn:x:${i}`, attribute: 'a' },
    { draft: 'series', entity: `urn:x:${i}`, attribute: 'b' },
    ...Array.from({ length: 5 }, (_none, hour): Draft => ({
      draft: 'observation',
      entity: `urn:x:${i}`,
      attribute: 'a',
      time: `2026-01-01T0${hour}:00:00Z`,
      result: hour,
    })),
  ]).flat()
  await service.keep(keeper(1, 'test'), id, drafts)
}

const below = (through: string, include: readonly Include[] = []): Include => ({
  through,
  where: everything,
  order: [],
  page: { limit: 100 },
  include,
  count: false,
})

async function cost(limit: number): Promise<{ readonly statements: number; readonly observations: number }> {
  const include = [below('series', [below('observations', [below('feature')]), below('sensor'), below('property')]), below('locations')]
  statements = 0
  const { items } = await service.find(anonymous(1), { ...ask('entity', equals(['role'], 'thing'), limit), include })
  const found = JSON.stringify(items).match(/"result":/g)?.length ?? 0
  return { statements, observations: found }
}

test('five levels of relatives take as many statements for one thing as for sixty', async () => {
  const [one, all] = [await cost(1), await cost(60)]
  assert.ok(all.observations >= 60 * 5, `only ${all.observations} observations came along`)
  assert.equal(all.statements, one.statements)
  assert.ok(all.statements <= 9, `${all.statements} statements`)
})

test('forty cards of the catalogue take as many statements as one', async () => {
  const costOf = async (limit: number) => {
    statements = 0
    const { items } = await service.cards(anonymous(1), { ...ask('dataset', everything, limit), count: true }, 'https://stadt.example')
    assert.equal(items.length, limit)
    return statements
  }
  const [one, all] = [await costOf(1), await costOf(40)]
  assert.equal(all, one)
})

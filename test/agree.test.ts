/** agree.test: the judge between store/compile.ts and query/matches.ts: over random items, random filters find the same in SQL and in memory. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import type { Noun } from '../src/model/noun.ts'
import { everything, type Filter } from '../src/query/filter.ts'
import { matches } from '../src/query/matches.ts'
import { ask } from '../src/query/query.ts'
import type { Database } from '../src/store/pool.ts'
import { openDatabase } from '../src/store/pool.ts'
import { migrate } from '../src/store/migrate.ts'
import { read } from '../src/store/read.ts'
import { filtersOf } from './support/filters.ts'
import { populate, relatedIn, type Town } from './support/town.ts'
import { throwawaySchema, type ThrowawaySchema } from './support/database.ts'

/** Set AGREE_SEED to see a failure again, AGREE_RUNS to look harder. */
const SEED = Number(process.env['AGREE_SEED'] ?? Date.now() % 2 ** 31)
const RUNS = Number(process.env['AGREE_RUNS'] ?? 250)
const ALL = 100_000

describe(`SQL and memory agree (seed ${SEED})`, () => {
  let schema: ThrowawaySchema
  let database: Database
  let town: Town

  before(async () => {
    schema = await throwawaySchema()
    database = await openDatabase(schema.url, 4)
    await migrate(database)
    town = await populate(database, SEED)
  })
  after(async () => {
    await database.close()
    await schema.drop()
  })

  const inSql = async (noun: Noun, where: Filter) =>
    (await read(database, ask(noun, where, ALL), () => everything)).items.map(({ id }) => id).toSorted((a, b) => a - b)
  const inMemory = (noun: Noun, where: Filter) => {
    const related = relatedIn(town)
    const found = town[noun].filter((item) => matches(where, item, related))
    return found.map(({ id }) => id).toSorted((a, b) => a - b)
  }
  const told = (noun: Noun, sql: readonly number[], memory: readonly number[]) => {
    const one = sql.find((id) => !memory.includes(id)) ?? memory.find((id) => !sql.includes(id))
    return `${sql.includes(one ?? 0) ? 'only SQL' : 'only memory'} finds ${JSON.stringify(town[noun].find(({ id }) => id === one))}`
  }

  for (const noun of ['entity', 'series', 'observation', 'dataset'] as const)
    test(`about ${noun}`, async () => {
      await fc.assert(
        fc.asyncProperty(filtersOf(noun, town), async (where) => {
          const [sql, memory] = [await inSql(noun, where), inMemory(noun, where)]
          assert.ok(isDeepStrictEqual(sql, memory), told(noun, sql, memory))
        }),
        { seed: SEED, numRuns: RUNS },
      )
    })
})

/** arrays: what is sent to PostgreSQL in its binary form is what it has then, to the microsecond and to the last digit. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { arrayOf } from '../../src/store/arrays.ts'
import { openDatabase, type Database } from '../../src/store/pool.ts'
import { raw, sql } from '../../src/store/sql.ts'
import { throwawaySchema, type ThrowawaySchema } from '../support/database.ts'

let schema: ThrowawaySchema
let database: Database

before(async () => {
  schema = await throwawaySchema()
  database = await openDatabase(schema.url, 2)
})

after(async () => {
  await database.close()
  await schema.drop()
})

const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  int: [0, 1, -1, 2_147_483_647, -2_147_483_648],
  bigint: [0, 1, -1, 4_294_967_295, 4_294_967_296, -4_294_967_297, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  float8: [0, -0.1, 21.5, 1e-300, 1.7976931348623157e308, 4.9e-324, 0.30000000000000004],
  timestamptz: [
    '2026-03-01T12:00:00Z',
    '2000-01-01T00:00:00Z',
    '1999-12-31T23:59:59.999999Z',
    '1969-12-31T23:59:59.25Z',
    '0001-01-01T00:00:00.000001Z',
    '1600-02-29T12:00:00Z',
    '9999-12-31T23:59:59.999999Z',
  ],
  boolean: [true, false],
  text: ['', 'a', '"{\\,}', 'NULL', 'ä🚲'],
}

for (const [type, values] of Object.entries(VALUES))
  test(`${type}, and nothing between them`, async () => {
    const given = values.flatMap((value) => [value, null])
    const rows = await database.query<{ value: unknown }>(
      sql`select value from unnest(${arrayOf(type, given)}::${raw(type)}[]) as given(value)`,
    )
    assert.deepEqual(rows.map(({ value }) => value), given) // prettier-ignore
  })

test('none at all', async () => {
  const rows = await database.query(sql`select value from unnest(${arrayOf('bigint', [])}::bigint[]) as given(value)`)
  assert.deepEqual(rows, [])
})

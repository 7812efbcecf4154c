/** The built-in database: a start from nothing, a schema per test, one platform per folder. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { throwawaySchema } from '../support/database.ts'

async function ask(url: string, statement: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows[0] ?? {}
  } finally {
    await client.end()
  }
}

test('database: two throwaway schemas do not see each other', async (t) => {
  const [one, two] = [await throwawaySchema(), await throwawaySchema()]
  t.after(() => Promise.all([one.drop(), two.drop()]))
  await ask(one.url, 'create table a as select 1 as x')
  assert.deepEqual(await ask(one.url, 'select x from a'), { x: 1 })
  await assert.rejects(ask(two.url, 'select x from a'), /does not exist/)
})

test('database: speaks UTF-8 and UTC', async (t) => {
  const schema = await throwawaySchema()
  t.after(() => schema.drop())
  const row = await ask(schema.url, `select current_setting('server_encoding') as encoding, upper('münster ß') as upper`)
  assert.equal(row['encoding'], 'UTF8')
  assert.match(String(row['upper']), /^MÜNSTER/)
})

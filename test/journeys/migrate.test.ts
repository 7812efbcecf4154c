/** migrate: applied once though several nodes start together; one that changed after it ran is refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/pool.ts'
import { sql } from '../../src/store/sql.ts'
import { throwawaySchema } from '../support/database.ts'

test('several nodes start at once, and each migration runs once', async () => {
  const schema = await throwawaySchema()
  const nodes = await Promise.all(Array.from({ length: 4 }, () => openDatabase(schema.url, 2)))
  await Promise.all(nodes.map(migrate))
  const [row] =
    (await nodes[0]?.query<{ count: number; names: number }>(
      sql`select count(*) as count, count(distinct name) as names from migration`,
    )) ?? []
  assert.ok((row?.count ?? 0) >= 3)
  assert.equal(row?.count, row?.names)
  await Promise.all(nodes.map((node) => node.close()))
  await schema.drop()
})

test('a migration that was changed after it ran is refused by name', async () => {
  const schema = await throwawaySchema()
  const node = await openDatabase(schema.url, 2)
  await migrate(node)
  await node.query(sql`update migration set hash = 'another' where name like '0001%'`)
  await assert.rejects(migrate(node), /0001-nouns\.sql was changed/)
  await node.close()
  await schema.drop()
})

/** Who the built-in database runs as. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountsOf } from '../../../../src/store/embedded/account.ts'

test('account: reads the machine’s users and passes over broken lines', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\n\n# a comment\npostgres:x:101:104:PostgreSQL,,,:/var/lib/postgresql:/bin/bash\n'
  assert.deepEqual(accountsOf(passwd), [
    { name: 'root', uid: 0, gid: 0 },
    { name: 'postgres', uid: 101, gid: 104 },
  ])
})

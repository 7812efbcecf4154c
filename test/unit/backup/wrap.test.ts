/** wrap: pieces come back as they were, under their own name alone, and only with the passphrase. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeKeys, openKeys, openWrap } from '../../../src/backup/wrap.ts'

const PLAIN = Buffer.from('Messwert\n'.repeat(1000))
const CHEAP = { N: 1024, r: 8, p: 1 }
const { header, keys } = makeKeys('Ein langer Satz', CHEAP)

for (const [called, wrap] of [
  ['open', openWrap()],
  ['sealed', openWrap(keys)],
] as const)
  test(`wrap: what is packed comes back (${called})`, async () => {
    const name = wrap.nameOf(PLAIN)
    const packed = await wrap.pack(name, PLAIN)
    assert.ok(packed.length < PLAIN.length / 10)
    assert.deepEqual(await wrap.unpack(name, packed), PLAIN)
  })

test('wrap: sealed, another name, a changed byte and a missing end are found out', async () => {
  const wrap = openWrap(keys)
  const packed = await wrap.pack('a', PLAIN)
  await assert.rejects(wrap.unpack('b', packed))
  await assert.rejects(wrap.unpack('a', packed.subarray(0, -1)))
  await assert.rejects(wrap.unpack('a', packed.subarray(0, 10)))
  packed[40] = (packed[40] ?? 0) ^ 1
  await assert.rejects(wrap.unpack('a', packed))
})

test('wrap: the same passphrase opens, another is refused, and names tell nothing', () => {
  assert.ok(header.key)
  assert.deepEqual(openKeys('Ein langer Satz', header.key), keys)
  assert.throws(() => openKeys('Ein kurzer Satz', header.key ?? assert.fail()), { kind: 'forbidden' })
  assert.notEqual(openWrap(keys).nameOf(PLAIN), openWrap().nameOf(PLAIN))
  assert.notDeepEqual(makeKeys('Ein langer Satz', CHEAP).keys, keys)
})

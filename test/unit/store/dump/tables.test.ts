/** tables: in an order in which references can be filled. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inOrder } from '../../../../src/store/dump/tables.ts'

const named = (...names: readonly string[]) => names.map((name) => ({ name }))

test('tables: what is referred to comes first, and a circle ends', () => {
  const references = [
    { source: 'a', target: 'c' },
    { source: 'c', target: 'd' },
    { source: 'b', target: 'elsewhere' },
  ]
  assert.deepEqual(inOrder(named('a', 'b', 'c', 'd'), references), named('d', 'c', 'a', 'b'))
  assert.deepEqual(inOrder(named('a', 'b'), [{ source: 'a', target: 'b' }, { source: 'b', target: 'a' }]), named('b', 'a')) // prettier-ignore
})

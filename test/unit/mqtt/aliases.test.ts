/** aliases: topics by number. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aliases, MOST_ALIASES } from '../../../src/mqtt/aliases.ts'

test('a number stands for the topic it was last said with', () => {
  const aliases = new Aliases()
  assert.equal(aliases.topicOf('a', undefined), 'a')
  assert.equal(aliases.topicOf('', 1), undefined)
  assert.equal(aliases.topicOf('a', 1), 'a')
  assert.equal(aliases.topicOf('b', 2), 'b')
  assert.equal(aliases.topicOf('', 1), 'a')
  assert.equal(aliases.topicOf('c', 1), 'c')
  assert.equal(aliases.topicOf('', 1), 'c')
  for (const number of [0, MOST_ALIASES + 1]) assert.equal(aliases.topicOf('a', number), undefined)
})

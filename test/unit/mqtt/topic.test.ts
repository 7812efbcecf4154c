/** topic: the tenant before it and the errors behind it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorsOf, isAnswers, tenantTopicOf } from '../../../src/mqtt/topic.ts'

test('the tenant is taken off where there is one', () => {
  assert.deepEqual(tenantTopicOf('t/nord/v1.1/Things'), { tenant: 'nord', rest: 'v1.1/Things' })
  for (const topic of ['v1.1/Things', 't', 't/', 't/nord', 't//v1.1/Things', 'x/t/nord/v1.1/Things'])
    assert.deepEqual(tenantTopicOf(topic), { tenant: undefined, rest: topic })
})

test('errors are told behind a topic', () => {
  assert.equal(errorsOf('v1.1/Observations'), 'v1.1/Observations/errors')
  assert.ok(isAnswers(errorsOf('v1.1/Observations')))
  assert.ok(isAnswers('replies/7'))
  assert.ok(!isAnswers('v1.1/Observations'))
})

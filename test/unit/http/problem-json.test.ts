/** problem-json: what the HTTP library refuses is said in German and English, and a limit with its number. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf } from '../../../src/http/problem-json.ts'

const refusal = (statusCode: number, message: string) => problemOf(Object.assign(new Error(message), { statusCode }))

test('a body over the limit is told how large it may be', () => {
  const problem = refusal(413, 'Request body is too large')
  assert.equal(problem?.kind, 'too-large')
  assert.match(problem.in('de'), /größer als 50 MB/)
  assert.match(problem.in('en'), /larger than 50 MB/)
})

test('what the library says in English alone is German for Germans', () => {
  for (const status of [400, 404, 413, 414, 415, 429, 503]) {
    const problem = refusal(status, 'Something in English')
    assert.doesNotMatch(problem?.in('de') ?? 'English', /English/)
  }
})

test('a fault of ours is none of the caller', () => {
  assert.equal(problemOf(new Error('oops')), undefined)
  assert.equal(refusal(500, 'oops'), undefined)
})

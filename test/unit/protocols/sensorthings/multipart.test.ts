/** multipart: taken apart as RFC 2046 says; whatever it is fed, nothing but a Problem comes out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { itemsOfJson } from '../../../../src/protocols/sensorthings/batch-json.ts'
import { itemsOfMime } from '../../../../src/protocols/sensorthings/batch-mime.ts'
import { boundaryOf, headersIn, partsOf } from '../../../../src/protocols/sensorthings/multipart.ts'
import { Problem } from '../../../../src/problem.ts'
import type { Json } from '../../../../src/model/json.ts'

test('the boundary, quoted or plain, wherever it stands', () => {
  assert.equal(boundaryOf('multipart/mixed; boundary=b'), 'b')
  assert.equal(boundaryOf('multipart/mixed; charset=utf-8; Boundary="b c"; x=y'), 'b c')
  assert.throws(() => boundaryOf('multipart/mixed'), Problem)
  assert.throws(() => boundaryOf(`multipart/mixed; boundary="${'b'.repeat(71)}"`), Problem)
})

for (const newline of ['\r\n', '\n'])
  test(`parts with ${JSON.stringify(newline)}: preamble, epilogue, blanks behind a boundary, and what only looks like one`, () => {
    const text = ['before', '--b', 'A: 1', '', 'x', '--bc', ' --b', '', '--b  ', '', 'y', '--b--', 'behind', '--b'].join(newline)
    assert.deepEqual(partsOf(text, 'b'), [
      { headers: { a: '1' }, content: ['x', '--bc', ' --b', ''].join(newline) },
      { headers: {}, content: 'y' },
    ])
  })

test('headers end at an empty line, and are few', () => {
  assert.deepEqual(headersIn('A-b:  x: y \r\nC: \r\n\r\nrest\r\n'), { headers: { 'a-b': 'x: y', c: '' }, rest: 'rest\r\n' })
  assert.throws(() => headersIn('x: 1\n'.repeat(100)), Problem)
})

function onlyProblems(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    assert.ok(['invalid-body', 'not-implemented', 'too-large'].includes(error.kind), error.kind)
  }
}

const lines = fc.constantFrom('--b', '--b--', '--c', '--c--', '', 'Content-Type: application/http', 'Content-Type: multipart/mixed; boundary=c', 'Content-Type: multipart/mixed', 'Content-ID: <1>', 'GET Things HTTP/1.1', 'POST $1/Datastreams', '{"a":', '{}', 'x') // prettier-ignore

test('lines in any order are read or refused', () => {
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 20 }), fc.constantFrom('\n', '\r\n', '\r'), (all, newline) =>
      onlyProblems(() => {
        for (const item of itemsOfMime(all.join(newline), 'multipart/mixed; boundary=b'))
          for (const part of item.is === 'one' ? [item.part] : item.parts) part.body()
      }),
    ),
    { numRuns: 3000 },
  )
})

test('a request of any JSON is read or refused', () => {
  const request = fc.record(
    {
      id: fc.jsonValue(),
      method: fc.constantFrom('get', 'post', 1, null),
      url: fc.oneof(fc.string(), fc.constant(7)),
      headers: fc.jsonValue(),
      atomicityGroup: fc.constantFrom('a', 'b', '', 1),
      dependsOn: fc.jsonValue(),
      body: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ requests: fc.array(request, { maxLength: 4 }) })), (body) =>
      onlyProblems(() => itemsOfJson(body as Json)),
    ),
    { numRuns: 2000 },
  )
})

test('thousands of parts are read, more are refused', () => {
  const parts = 9_000
  assert.equal(partsOf(`${'--b\n\nx\n'.repeat(parts)}--b--`, 'b').length, parts)
  assert.throws(() => partsOf(`${'--b\n\nx\n'.repeat(10_100)}--b--`, 'b'), Problem)
  assert.throws(() => partsOf('--bx'.repeat(500_000), 'b'), Problem)
})

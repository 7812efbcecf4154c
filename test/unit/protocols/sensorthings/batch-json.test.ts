/** batch-json: batches in JSON, read or refused with the place, whatever they are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../../../src/model/json.ts'
import { itemsOfJson } from '../../../../src/protocols/sensorthings/batch-json.ts'
import { Problem } from '../../../../src/problem.ts'

test('any body is a batch or refused', () => {
  const word = fc.oneof(fc.constantFrom('a', 'b', 'POST', 'get', 'Things', '$a/Datastreams'), fc.jsonValue({ maxDepth: 1 }))
  const request = fc.record(
    { id: word, method: word, url: word, atomicityGroup: word, headers: fc.oneof(fc.dictionary(fc.string(), word), word), body: fc.jsonValue(), dependsOn: fc.oneof(fc.array(word, { maxLength: 2 }), word), if: word }, // prettier-ignore
    { requiredKeys: ['id', 'method', 'url'] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.record({ requests: fc.array(request, { maxLength: 4 }) }), fc.jsonValue()), (body) => {
      try {
        for (const item of itemsOfJson(body as Json)) assert.ok(item.is === 'one' || item.parts.length > 0)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        assert.ok(error.at.pointer?.startsWith('/requests'), error.message)
      }
    }),
    { numRuns: 2000 },
  )
})

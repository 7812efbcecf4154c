/** batch-mime: batches in multipart/mixed, read or refused, whatever they are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { itemsOfMime } from '../../../../src/protocols/sensorthings/batch-mime.ts'
import { Problem } from '../../../../src/problem.ts'

const pieces = fc.constantFrom('--b', '--c', '--', '\r\n', '\r\n', '\n', 'content-type: application/http', 'content-type: multipart/mixed; boundary=c', 'content-id: 1', 'GET Things HTTP/1.1', 'POST Things', '{"name":', '{}', 'x', ':', ' ', '\0') // prettier-ignore

function onlyProblems(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    assert.ok(error.status === 400 || error.status === 413)
  }
}

test('pieces of a batch in any order are read or refused, bodies too', () => {
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 30 }),
      fc.constantFrom('multipart/mixed; boundary=b', 'multipart/mixed', 'multipart/mixed; boundary="b"'),
      (parts, type) =>
        // prettier-ignore
        onlyProblems(() => {
        for (const item of itemsOfMime(parts.join(''), type)) for (const part of item.is === 'one' ? [item.part] : item.parts) part.body()
      }),
    ),
    { numRuns: 3000 },
  )
})

for (const text of ['--b\r\n'.repeat(50_000), '--b\r\n\r\n'.repeat(50_000), `--b\r\n${'a: b\r\n'.repeat(50_000)}`, '-'.repeat(500_000)])
  test(`a batch without end is read or refused, quickly: ${JSON.stringify(text.slice(0, 15))}…`, () => {
    const began = process.cpuUsage().user
    onlyProblems(() => itemsOfMime(text, 'multipart/mixed; boundary=b'))
    assert.ok(process.cpuUsage().user - began < 2_000_000)
  })

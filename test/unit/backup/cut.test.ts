/** cut: however a stream comes, it is cut at the same places. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cut, linesIn } from '../../../src/backup/cut.ts'

async function pieces(chunks: readonly Buffer[], lines: boolean, size: number): Promise<string[]> {
  const found: string[] = []
  for await (const piece of cut(
    (async function* () {
      yield* chunks
    })(),
    lines,
    size,
  ))
    found.push(piece.toString())
  return found
}

/** The text in chunks of these sizes. */
function chunked(text: string, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    chunks.push(Buffer.from(text.slice(at, at + size)))
    at += size
  }
  return [...chunks, Buffer.from(text.slice(at))]
}

test('cut: pieces end with the line that reaches the size', async () => {
  assert.deepEqual(await pieces([Buffer.from('aaa\nbb\nc\ndddddddd\ne\n')], true, 4), ['aaa\n', 'bb\nc\n', 'dddddddd\n', 'e\n'])
  assert.deepEqual(await pieces([Buffer.from('abcdefg')], false, 3), ['abc', 'def', 'g'])
  assert.deepEqual(await pieces([], true, 3), [])
})

test('cut: how it comes in chunks makes no difference, and nothing is lost', async () => {
  const texts = fc.array(fc.stringMatching(/^[a-z]{0,6}$/), { maxLength: 30 }).map((lines) => lines.map((line) => `${line}\n`).join(''))
  await fc.assert(
    fc.asyncProperty(texts, fc.array(fc.nat(9)), fc.boolean(), fc.integer({ min: 1, max: 12 }), async (text, sizes, lines, size) => {
      const found = await pieces(chunked(text, sizes), lines, size)
      assert.deepEqual(found, await pieces([Buffer.from(text)], lines, size))
      assert.equal(found.join(''), text)
      if (lines) assert.ok(found.every((piece) => piece.endsWith('\n')))
    }),
  )
})

test('cut: what is added at the end leaves the first pieces as they were', async () => {
  const before = await pieces([Buffer.from('a\nb\nc\nd\n')], true, 4)
  const after = await pieces([Buffer.from('a\nb\nc\nd\ne\nf\n')], true, 4)
  assert.deepEqual(after.slice(0, before.length), before)
})

test('cut: lines are counted', () => {
  assert.equal(linesIn(Buffer.from('a\n\nb')), 2)
  assert.equal(linesIn(Buffer.alloc(0)), 0)
})

/** The example in docs/connectors.md: it is the text that is run here, and it does what the page says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Connector, Rejected, Run } from '../../src/ingest/connector.ts'
import { checkOptions } from '../../src/ingest/options.ts'
import type { Draft } from '../../src/model/draft.ts'
import { Problem } from '../../src/problem.ts'
import { tideGauge } from '../support/tide-gauge.ts'

const OPTIONS = { url: 'https://hafen.example/levels', gauge: 'Alter Hafen' }

async function read(answer: unknown, cursor?: string) {
  const [asked, reached]: [string[], string[]] = [[], []]
  const run = {
    cursor,
    row() {},
    reached: (at: string) => reached.push(at),
    fetch: async (url: string) => {
      asked.push(url)
      return { name: 'levels', json: async () => answer }
    },
  } as unknown as Run
  const found: (Draft | Rejected)[] = await Array.fromAsync(tideGauge.read(OPTIONS, run))
  return { found, asked, reached }
}

test('the page shows the code that is tested', () => {
  const page = readFileSync(new URL('../../docs/connectors.md', import.meta.url), 'utf8')
  const code = readFileSync(new URL('../support/tide-gauge.ts', import.meta.url), 'utf8').replaceAll("'../../src/", "'../")
  assert.ok(page.includes(code.trimEnd()), 'docs/connectors.md and test/support/tide-gauge.ts differ')
})

test('its options are checked by its schema', () => {
  assert.deepEqual(checkOptions(tideGauge as Connector, OPTIONS), OPTIONS)
  assert.throws(() => checkOptions(tideGauge as Connector, { url: OPTIONS.url }), Problem)
})

test('a thing, a series, values; a bad row is rejected with its place; the cursor moves', async () => {
  const values = [['2026-05-01T10:00:00Z', 312], ['gestern', 313], ['2026-05-01T10:01:00Z', 314]] // prettier-ignore
  const { found, asked, reached } = await read({ gauge: 'x', values }, '2026-05-01T09:59:00Z')
  assert.deepEqual(
    found.map(({ draft }) => draft),
    ['entity', 'series', 'observation', 'rejected', 'observation'],
  )
  assert.ok(found[3]?.draft === 'rejected' && found[3].line === 2 && found[3].value === 'gestern')
  assert.deepEqual(asked, ['https://hafen.example/levels?gauge=Alter%20Hafen&since=2026-05-01T09:59:00Z'])
  assert.deepEqual(reached, ['2026-05-01T10:00:00Z', '2026-05-01T10:01:00Z'])
})

test('an answer of another shape is a Problem that names it', async () => {
  await assert.rejects(read({ error: 'closed' }), (error) => error instanceof Problem && /values/.test(error.in('de')))
})

/** csv: quoting, formulas, decimals and times in both flavours. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { csv, FLAVOURS, guarded } from '../../../../src/protocols/downloads/csv.ts'
import type { Column, Row } from '../../../../src/protocols/downloads/table.ts'

const column = (name: string, kind: Column['kind']): Column => ({ name, title: `T ${name}`, kind })

async function written(columns: readonly Column[], rows: readonly Row[], flavour: keyof typeof FLAVOURS): Promise<string> {
  async function* batches() {
    yield rows
  }
  return (await Array.fromAsync(csv({ columns, batches: batches() }, FLAVOURS[flavour]))).join('')
}

test('each kind of value as each flavour writes it', async () => {
  const columns = [column('n', 'number'), column('t', 'time'), column('r', 'result'), column('j', 'json'), column('g', 'geometry'), column('b', 'boolean')]
  const geometry = { type: 'Point', coordinates: [8.1, 49] }
  const row = [-1.5, '2026-07-01T12:00:00.25Z', 'rot;blau', { a: 1 }, geometry, true]
  assert.equal(await written(columns, [row], 'international'), 'n,t,r,j,g,b\r\n-1.5,2026-07-01T12:00:00.25Z,rot;blau,"{""a"":1}",POINT (8.1 49),true\r\n')
  assert.equal(await written(columns, [row], 'de'), '\uFEFFT n;T t;T r;T j;T g;T b\r\n-1,5;2026-07-01T14:00:00.25+02:00;"rot;blau";"{""a"":1}";POINT (8.1 49);true\r\n')
}) // prettier-ignore

test('what a spreadsheet would run is made text, numbers are left alone', () => {
  for (const bad of ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\r=1']) assert.equal(guarded(bad), `'${bad}`)
  for (const good of ['-5', '+3,5', '1-2', 'a=b', '', '-']) assert.equal(guarded(good), good === '-' ? `'-` : good)
})

test('any text comes back as it was, but for the guard', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', ' ', 'a') })), { minLength: 1, maxLength: 4 }), async (rows) => {
      for (const flavour of ['international', 'de'] as const) {
        const text = await written([column('a', 'text'), column('b', 'text')], rows, flavour)
        const read: string[][] = parse(text, { delimiter: FLAVOURS[flavour].separator, bom: true, record_delimiter: '\r\n' })
        assert.deepEqual(read.slice(1), rows.map((row) => row.map(guarded)))
      }
    }),
    { numRuns: 40 },
  )
}) // prettier-ignore

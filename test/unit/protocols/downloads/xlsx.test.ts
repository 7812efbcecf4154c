/** xlsx: sheets that are full go on in the next; texts that XML has no place for do no harm. */
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { escaped } from '../../../../src/protocols/downloads/cells.ts'
import type { Row } from '../../../../src/protocols/downloads/table.ts'
import { xlsx } from '../../../../src/protocols/downloads/xlsx.ts'
import { unzipped } from '../../../support/archive.ts'

async function* inBatches(count: number, size: number): AsyncGenerator<readonly Row[]> {
  const rows = Array.from({ length: count }, (_, i): Row => [i])
  for (let at = 0; at < count; at += size) yield rows.slice(at, at + size)
}

/** The numbers of each sheet. */
async function sheetsOf(count: number, batch: number, sheet: number): Promise<readonly (readonly number[])[]> {
  const columns = [{ name: 'n', title: 'N', kind: 'number' }] as const
  const files = await unzipped(await buffer(xlsx({ columns, batches: inBatches(count, batch) }, { german: false, sheet })))
  const names = [...files.keys()].filter((name) => name.startsWith('xl/worksheets/'))
  assert.equal(files.get('xl/workbook.xml')?.match(/<sheet /g)?.length, names.length)
  assert.equal(files.get('[Content_Types].xml')?.match(/worksheets\/sheet/g)?.length, names.length)
  return names.map((name) => [...(files.get(name) ?? '').matchAll(/<v>(\d+)<\/v>/g)].map(([, number]) => Number(number)))
}

test('rows beyond a sheet go on in the next, wherever the batches end', async () => {
  for (const [count, batch, sheet] of [
    [10, 3, 5],
    [8, 4, 5],
    [8, 8, 5],
    [9, 100, 5],
    [4, 1, 5],
    [5, 5, 5],
  ] as const) {
    // prettier-ignore
    const sheets = await sheetsOf(count, batch, sheet)
    assert.deepEqual(sheets.flat(), Array.from({ length: count }, (_, i) => i)) // prettier-ignore
    assert.equal(sheets.length, Math.ceil(count / (sheet - 1)))
  }
})

test('without rows there is one sheet with its head', async () => {
  assert.deepEqual(await sheetsOf(0, 1, 5), [[]])
})

test('any text is well-formed XML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const parser = new SaxesParser()
      parser.on('error', (error) => {
        throw error
      })
      parser.write(`<t>${escaped(text)}</t>`).close()
    }),
  )
})

test('what fails while it is read ends the file', async () => {
  async function* broken(): AsyncGenerator<readonly Row[]> {
    yield [[1]]
    throw new Error('database is gone')
  }
  const columns = [{ name: 'n', title: 'N', kind: 'number' }] as const
  await assert.rejects(buffer(xlsx({ columns, batches: broken() }, { german: false })), /database is gone/)
})

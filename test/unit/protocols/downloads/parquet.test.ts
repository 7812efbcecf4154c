/** parquet: several row groups, every kind of column, values of the wrong kind left out; read back by another library. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { parquet } from '../../../../src/protocols/downloads/parquet.ts'
import type { Column, Row } from '../../../../src/protocols/downloads/table.ts'

async function written(columns: readonly Column[], batches: readonly (readonly Row[])[]): Promise<ArrayBuffer> {
  async function* all() {
    yield* batches
  }
  const parts = await Array.fromAsync(parquet({ columns, batches: all() }))
  return new Uint8Array(Buffer.concat(parts)).buffer
}

const column = (name: string, kind: Column['kind']): Column => ({ name, title: name, kind })

test('row groups are written as they fill', async () => {
  const batches = Array.from({ length: 23 }, (_, b) => Array.from({ length: 2000 }, (_1, i): Row => [b * 2000 + i, `name ${b}`]))
  const file = await written([column('n', 'number'), column('name', 'text')], batches)
  const { row_groups: groups, num_rows: count } = parquetMetadata(file)
  assert.deepEqual(groups.map(({ num_rows }) => Number(num_rows)), [10_000, 10_000, 10_000, 10_000, 6000]) // prettier-ignore
  assert.equal(count, 46_000n)
  const rows = await parquetReadObjects({ file })
  assert.equal(rows.length, 46_000)
  assert.ok(rows.every((row, i) => row['n'] === i && row['name'] === `name ${Math.floor(i / 2000)}`))
})

test('every kind of column, and nothing where the kind is wrong', async () => {
  const columns = [
    column('t', 'text'),
    column('n', 'number'),
    column('b', 'boolean'),
    column('time', 'time'),
    column('r', 'result'),
    column('j', 'json'),
  ]
  const rows: Row[] = [
    ['ä', 1.5, true, '2026-01-01T00:00:00.5Z', 7, { a: [1] }],
    [null, undefined, null, null, 'rot', null],
    [{ a: 1 }, 'x', 'x', 5, false, 1],
  ]
  assert.deepEqual(await parquetReadObjects({ file: await written(columns, [rows]) }), [
    { t: 'ä', n: 1.5, b: true, time: new Date('2026-01-01T00:00:00.500Z'), r: 7, r_text: null, j: { a: [1] } },
    { t: null, n: null, b: null, time: null, r: null, r_text: 'rot', j: null },
    { t: '{"a":1}', n: null, b: null, time: null, r: null, r_text: 'false', j: 1 },
  ])
})

test('geometries are GeoParquet', async () => {
  const point = { type: 'Point', coordinates: [8, 49] }
  const file = await written([column('geometry', 'geometry')], [[[point], [null]]])
  const { key_value_metadata: pairs } = parquetMetadata(file)
  assert.equal(JSON.parse(pairs?.find(({ key }) => key === 'geo')?.value ?? '{}').columns.geometry.encoding, 'WKB')
  const rows = await parquetReadObjects({ file })
  assert.deepEqual(rows[0]?.['geometry'], point)
})

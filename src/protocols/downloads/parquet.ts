/** parquet: a table as Apache Parquet, a row group at a time; geometries as GeoParquet 1.1. */
import { ByteWriter, ParquetWriter, geojsonToWkb, type SchemaElement } from 'hyparquet-writer'
import type { Json } from '../../model/json.ts'
import { microsOf, parseInstant } from '../../model/time.ts'
import { textOf, type Column, type Kind, type Row, type Table } from './table.ts'

/** Encoded in one go while others wait: about 50 ms. */
const GROUP = 10_000

type Element = Omit<SchemaElement, 'name'>

interface Field {
  readonly name: string
  readonly element: Element
  readonly read: (row: Row) => unknown
}

export async function* parquet({ columns, batches }: Table): AsyncGenerator<Uint8Array> {
  const fields = columns.flatMap((column, i) => fieldsOf(column, i))
  const writer = new ByteWriter()
  const schema: SchemaElement[] = [
    { name: 'root', num_children: fields.length },
    ...fields.map(({ name, element }) => ({ ...element, name })),
  ]
  const file = new ParquetWriter({ writer, schema, createdBy: 'Allmende', ...geoOf(columns) })
  let rows: Row[] = []
  const group = () => {
    const columnData = fields.map(({ name, read }) => ({ name, data: rows.map(read) }))
    void file.write({ columnData, rowGroupSize: GROUP + rows.length })
    rows = []
    return taken(writer)
  }
  for await (const batch of batches) {
    rows.push(...batch)
    if (rows.length >= GROUP) yield group()
  }
  if (rows.length > 0) yield group()
  void file.finish()
  yield taken(writer)
}

/** What was written so far; the writer begins anew in the same memory, and counts on. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}

const ELEMENTS: Readonly<Record<Exclude<Kind, 'result'>, Element>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  number: { type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  boolean: { type: 'BOOLEAN', repetition_type: 'OPTIONAL' },
  time: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' }, repetition_type: 'OPTIONAL' },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON', repetition_type: 'OPTIONAL' },
  geometry: { type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
}

/** A result is a number or not; two columns keep it typed. */
function fieldsOf({ name, kind }: Column, i: number): readonly Field[] {
  if (kind !== 'result') return [{ name, element: ELEMENTS[kind], read: (row) => valueOf(row[i], kind) }]
  return [
    { name, element: ELEMENTS.number, read: (row) => valueOf(row[i], 'number') },
    { name: `${name}_text`, element: ELEMENTS.text, read: (row) => (typeof row[i] === 'number' ? null : valueOf(row[i], 'text')) },
  ]
}

/** A value of another kind than its column's is left out rather than spoiling the file. */
function valueOf(value: Json | undefined, kind: Exclude<Kind, 'result'>): unknown {
  if (value === undefined || value === null) return null
  switch (kind) {
    case 'text':
      return textOf(value)
    case 'number':
    case 'boolean':
      return typeof value === kind ? value : null
    case 'time':
      return typeof value === 'string' ? BigInt(microsOf(value.endsWith('Z') ? value : parseInstant(value))) : null
    case 'geometry':
      return geojsonToWkb(value as unknown as Parameters<typeof geojsonToWkb>[0])
    case 'json':
      return value
  }
}

function geoOf(columns: readonly Column[]) {
  const geometry = columns.find(({ kind }) => kind === 'geometry')
  if (geometry === undefined) return {}
  const { name } = geometry
  const geo = { version: '1.1.0', primary_column: name, columns: { [name]: { encoding: 'WKB', geometry_types: [] } } }
  return { kvMetadata: [{ key: 'geo', value: JSON.stringify(geo) }] }
}

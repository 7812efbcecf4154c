/** detect: what a file is, from its beginning: format, columns, times, places, and a mapping that most likely fits. */
import type { Said } from '../problem.ts'
import type { Raw } from './connector.ts'
import { type Column, columnsIn } from './columns.ts'
import type { Format } from './decode/format.ts'
import { readRows } from './decode/read.ts'
import { type Cells, isRejected } from './decode/row.ts'
import { defined } from './defined.ts'
import { type Mapping, type PlaceRule, type TimeRule, columnsIn as columnsNamed } from './mapping.ts'
import { suggest } from './suggest.ts'

/** Rows that columns are judged by. */
const SAMPLE = 500
const SHOWN = 20

export interface Detected extends Format {
  readonly decimal: ',' | '.'
  readonly columns: readonly DetectedColumn[]
  readonly time?: TimeRule
  readonly geometry?: PlaceRule
  readonly rows: readonly Cells[]
  readonly mapping: Mapping
  /** For the connector `csv`, beside where the file comes from. */
  readonly options: { readonly format: Format }
  readonly sheets?: readonly string[]
  readonly warnings: readonly Said[]
}

export type DetectedColumn = Column & { readonly suggestion: Suggestion }

export interface Suggestion {
  readonly role: 'id' | 'name' | 'time' | 'x' | 'y' | 'place' | 'series' | 'attribute' | 'ignore'
  readonly attribute?: string
  readonly unit?: string
}

/** Throws a Problem for what cannot be read. `choices` are those of a person, which win over what is found. */
export async function detect(raw: Pick<Raw, 'name' | 'bytes'>, choices: unknown = {}): Promise<Detected> {
  const chosen = formatOf(choices)
  const { format, names, rows, sheets, refused } = await bestOf(raw, chosen)
  const { columns, decimal } = columnsIn(names, rows)
  const mapping = suggest(columns, rows, raw.name, decimal)
  const whole = { ...format, ...chosen }
  return {
    ...whole,
    decimal,
    columns: columns.map((column) => ({ ...column, suggestion: suggestionOf(column, mapping) })),
    ...(mapping.time === undefined ? {} : { time: mapping.time }),
    ...(mapping.entity.place === undefined ? {} : { geometry: mapping.entity.place }),
    rows: rows.slice(0, SHOWN),
    mapping,
    options: { format: whole },
    ...(sheets === undefined ? {} : { sheets }),
    warnings: refused.slice(0, 5),
  }
}

/** Either { format: {…} } as the connector takes it, or its members alone. */
function formatOf(choices: unknown): Format {
  if (typeof choices !== 'object' || choices === null) return {}
  const given = choices as Readonly<Record<string, unknown>>
  const inner = given['format']
  const from = typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>) : given
  const members = ['format', 'encoding', 'delimiter', 'header', 'sheet', 'path', 'crs', 'entry'] as const
  return Object.fromEntries(members.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])))
}

/** Of a workbook's sheets the one with most in it: the first is often a cover. */
async function bestOf(raw: Pick<Raw, 'name' | 'bytes'>, chosen: Format) {
  let best = await sampleOf(raw, chosen)
  if (best.sheets === undefined || chosen.sheet !== undefined) return best
  for (const sheet of best.sheets.slice(0, 8)) {
    if (sheet === best.format.sheet) continue
    const other = await sampleOf(raw, { ...chosen, sheet }).catch(() => undefined)
    if (other !== undefined && weightOf(other) > 2 * weightOf(best)) best = other
  }
  return best
}

function weightOf({ names, rows, format }: Awaited<ReturnType<typeof sampleOf>>): number {
  return (format.header?.rows === 0 ? 0.2 : 1) * names.length * Math.min(rows.length, 50)
}

async function sampleOf({ name, bytes }: Pick<Raw, 'name' | 'bytes'>, chosen: Format) {
  const rows: Cells[] = []
  const refused: Said[] = []
  let format: Format = {}
  let columns: readonly string[] | undefined
  let sheets: readonly string[] | undefined
  for await (const batch of readRows(bytes(), chosen, name)) {
    format = batch.format ?? format
    columns = batch.columns
    sheets = batch.sheets ?? sheets
    for (const row of batch.rows) {
      if (!isRejected(row)) rows.push(row.cells)
      else if (refused.length < 5) refused.push(row.reason)
    }
    if (rows.length >= SAMPLE) break
  }
  return { format, sheets, refused, rows: rows.slice(0, SAMPLE), names: columns ?? namesIn(rows) }
}

/** Columns of rows that each have their own, as they first come. */
function namesIn(rows: readonly Cells[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, 1000)
}

function suggestionOf({ name }: Column, mapping: Mapping): Suggestion {
  const one = mapping.series?.find(({ column }) => column === name)
  if (one !== undefined) return { role: 'series', attribute: one.attribute, ...defined('unit', one.unit) }
  const role = rolesOf(mapping).find(([, columns]) => columns.includes(name))?.[0]
  if (role !== undefined) return { role }
  const attribute = mapping.entity.attributes?.find(({ column }) => column === name)
  return attribute === undefined ? { role: 'ignore' } : { role: 'attribute', attribute: attribute.name ?? name }
}

/** The columns of each role. */
function rolesOf({ entity, time, long }: Mapping): readonly (readonly [Suggestion['role'], readonly (string | undefined)[]])[] {
  return [
    ['time', [...(time?.columns ?? []), ...(time?.end ?? [])]],
    ['x', [entity.place?.x]],
    ['y', [entity.place?.y]],
    ['place', [entity.place?.column]],
    ['id', columnsNamed(entity.id)],
    ['name', [entity.name]],
    ['series', [long?.value]],
  ]
}

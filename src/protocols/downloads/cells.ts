/** cells: rows of a table as rows of a sheet (ECMA-376, 18.3.1). */
import type { Geometry } from '../../model/geometry.ts'
import type { Json } from '../../model/json.ts'
import { offsetAt } from './local-time.ts'
import { remembering, textOf, type Column, type Kind, type Row } from './table.ts'
import { wkt } from './wkt.ts'

/** Characters of a cell. */
const CELL = 32_767

export function headOf({ name, title, kind }: Column, german: boolean): string {
  if (kind !== 'time') return german ? title : name
  return german ? `${title} (Ortszeit)` : `${name} (UTC)`
}

/** What writes the rows of a sheet. */
export function rowWriter(columns: readonly Column[], german: boolean): (row: Row) => string {
  const cells = columns.map(({ kind }) => remembering((value) => cellXml(value, kind, german)))
  return (row) => `<row>${cells.map((write, i) => write(row[i])).join('')}</row>`
}

function cellXml(value: Json | undefined, kind: Kind, german: boolean): string {
  if (value === undefined || value === null) return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`
  if (kind === 'time' && typeof value === 'string') return timeCell(value, german)
  return textCell(kind === 'geometry' ? wkt(value as unknown as Geometry) : textOf(value), 0)
}

/** Days since 1899-12-30, which is how spreadsheets count time; they know no zones. Times before 1900 are beyond them and stay text. */
function timeCell(instant: string, german: boolean): string {
  const millis = Date.parse(instant)
  if (Number.isNaN(millis) || millis < Date.UTC(1900, 2, 1)) return textCell(instant, 0)
  const shown = millis + (german ? offsetAt(millis) * 60_000 : 0)
  return `<c s="2"><v>${shown / 86_400_000 + 25_569}</v></c>`
}

export function textCell(text: string, style: number): string {
  return `<c t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escaped(text.slice(0, CELL))}</t></is></c>`
}

/** Characters that XML has no place for are left out. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

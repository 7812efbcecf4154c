/** header: which rows of a table name its columns, found by where the data begins; and the names made of them. */
import { unitOf } from '../../model/units.ts'
import { isBlank, isNull, nullsOf, readNumber } from './number.ts'

export interface Header {
  /** First header row, counted from 1 without blank rows. */
  readonly row: number
  /** 0 when the data begins at once. */
  readonly rows: number
}

type Rows = readonly (readonly string[])[]

const LOOK = 60
const NONE = nullsOf()

/** The header of a table from its first rows: above the first row that looks like data, as wide as the data. */
export function headerOf(rows: Rows): Header {
  const body = rows.slice(0, LOOK)
  const width = usualWidth(rows)
  let data = dataStart(body, width)
  // A first row of data that is all words and “no value” is no header.
  while (data > 1 && filled(body[data - 1] ?? []) >= width * 0.8 && !names(body[data - 1] ?? [], width)) data--
  if (data === 0) return { row: 1, rows: 0 }
  let first = data - 1
  while (first > 0 && data - first < 4 && names(body[first - 1] ?? [], width)) first--
  if (first === data - 1 || isHeading(body.slice(first, data))) return { row: first + 1, rows: data - first }
  return { row: first + 1, rows: 1 }
}

/** Several rows name columns together when one says units, or an upper one spans columns. Else the lower ones are data without numbers. */
function isHeading(rows: Rows): boolean {
  return rows.some(
    (row, at) => isUnits(row) || (at < rows.length - 1 && (new Set(row).size < row.length || row.some((cell) => cell.trim() === ''))),
  )
}

/** The width that most rows have; trailing empty cells do not count. */
function usualWidth(rows: Rows): number {
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  return [...counts].reduce((best, [width, count]) => (count > best[1] ? [width, count] : best), [1, 0])[0]
}

/** The first row of the usual width where a column starts to be numbers or times, and stays so. */
function dataStart(rows: Rows, width: number): number {
  const wide = rows.map((row, i) => ({ row, i })).filter(({ row }) => row.length >= Math.min(2, width) && filled(row) > 0)
  for (const { row, i } of wide) {
    const below = rows.slice(i + 1, i + 12)
    const valued = row.filter(
      (cell, at) => isValue(cell) && below.every((next) => isValue(next[at] ?? '') || (next[at] ?? '').length < 2),
    ).length
    if (valued > 0 && filled(row) >= Math.min(2, width) && !(i === 0 && isCount(row))) return i
  }
  // Only words: the first row of full width is the header.
  const first = wide.find(({ row }) => filled(row) >= Math.max(1, width * 0.6)) ?? wide[0]
  return first === undefined ? 0 : Math.min(first.i + 1, rows.length)
}

/** "0,1,2,3,…": numbers that some tools write above the names. */
function isCount(row: readonly string[]): boolean {
  return row.length > 2 && row.every((cell, i) => cell === String(i) || cell === String(i + 1))
}

function filled(row: readonly string[]): number {
  return row.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0)
}

/** A row that could name columns: words, most of them filled, no row of values. */
function names(row: readonly string[], width: number): boolean {
  const full = filled(row)
  if (row.length < width * 0.5 || full < Math.max(Math.min(width, 2), width * 0.6)) return false
  if (row.some((cell) => !isBlank(cell) && isNull(cell, NONE) && !/^[.-]+$/.test(cell.trim()))) return false
  return row.filter((cell) => isValue(cell)).length <= full / 2
}

const TIME = /^\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.(\d{2}|\d{4})|\d{1,2}:\d{2})\b|^\s*\d{8,14}\s*$/

/** A number, a time, a shape: what data is made of. A year alone may as well be a name. */
export function isValue(cell: string): boolean {
  const text = cell.trim()
  if (text === '' || text.length > 400) return /^\s*(POINT|LINESTRING|POLYGON|MULTI)/.test(text.slice(0, 40))
  if (/^(19|20)\d{2}$/.test(text)) return false
  return (
    typeof readNumber(text, ',') === 'number' ||
    typeof readNumber(text, '.') === 'number' ||
    TIME.test(text) ||
    /^(POINT|LINESTRING|POLYGON|MULTI)[A-Z ]*\(/.test(text)
  )
}

/** Names of the columns: several header rows joined, a row of units set in brackets, blanks numbered, doubles told apart. */
export function columnNames(rows: Rows, width: number): readonly string[] {
  const used = new Set<string>()
  const units = rows.find((row, i) => i > 0 && isUnits(row))
  const words = rows.filter((row) => row !== units)
  return Array.from({ length: width }, (_, at) => {
    const parts = words.map((row) => (row[at] ?? '').replace(/\s+/g, ' ').trim()).filter((part) => part !== '')
    const unit = units?.[at]?.trim() ?? ''
    if (unit !== '') parts.push(unitOf(unit) ? `[${unit}]` : unit)
    const name = [...new Set(parts)].join(' ') || String(at + 1)
    let unique = name
    for (let n = 2; used.has(unique); n++) unique = `${name} (${n})`
    used.add(unique)
    return unique
  })
}

/** A header row that says units: most of its cells are known ones. */
function isUnits(row: readonly string[]): boolean {
  const cells = row.map((cell) => cell.trim()).filter((cell) => !/^-*$/.test(cell))
  return cells.length > 1 && cells.filter((cell) => unitOf(cell) !== undefined).length > cells.length / 2
}

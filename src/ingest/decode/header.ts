/** header: which rows of a table name its columns, found by where the data begins; and the names made of them. */
import { unitOf } from '../../model/units.ts'
import { readNumber } from './number.ts'

export interface Header {
  /** First header row, counted from 1 without blank rows. */
  readonly row: number
  /** 0 when the data begins at once. */
  readonly rows: number
}

type Rows = readonly (readonly string[])[]

const LOOK = 60

/** The header of a table from its first rows: above the first row that looks like data, as wide as the data. */
export function headerOf(rows: Rows): Header {
  const body = rows.slice(0, LOOK)
  const width = usualWidth(rows)
  const data = dataStart(body, width)
  if (data === 0) return { row: 1, rows: 0 }
  let first = data
  while (first > 0 && data - first < 4 && names(body[first - 1] ?? [], width, data - first > 0)) first--
  return first === data ? { row: data, rows: 1 } : { row: first + 1, rows: data - first }
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
    if (valued > 0 && filled(row) >= Math.min(2, width) && !isCount(row)) return i
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

/** A row that could name columns: words, at least half of them filled, no row of values. Further up it must be as full. */
function names(row: readonly string[], width: number, further: boolean): boolean {
  const full = filled(row)
  if (row.length < width * 0.5 || full < Math.max(1, Math.min(width, 2))) return false
  if (further && full < width * 0.8) return false
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

/** csv: a table as comma-separated values (RFC 4180), as programs read it or as a German spreadsheet does. */
import type { Geometry } from '../../model/geometry.ts'
import type { Json } from '../../model/json.ts'
import { localTime } from './local-time.ts'
import { remembering, textOf, type Column, type Table } from './table.ts'
import { wkt } from './wkt.ts'

export interface Flavour {
  readonly separator: string
  readonly decimal: string
  /** Times as local clocks show them, with their offset; else in UTC. */
  readonly local: boolean
  readonly bom: boolean
  readonly titles: boolean
}

export const FLAVOURS = {
  international: { separator: ',', decimal: '.', local: false, bom: false, titles: false },
  de: { separator: ';', decimal: ',', local: true, bom: true, titles: true },
} as const satisfies Readonly<Record<string, Flavour>>

export async function* csv({ columns, batches }: Table, flavour: Flavour): AsyncGenerator<string> {
  const { separator } = flavour
  const heads = columns.map(({ name, title }) => quoted(guarded(flavour.titles ? title : name), flavour))
  yield `${flavour.bom ? '\uFEFF' : ''}${heads.join(separator)}\r\n`
  const cells = columns.map((column) => remembering((value: Json | undefined) => cell(value, column, flavour)))
  for await (const rows of batches) {
    let text = ''
    for (const row of rows) text += `${cells.map((write, i) => write(row[i])).join(separator)}\r\n`
    yield text
  }
}

function cell(value: Json | undefined, { kind }: Column, flavour: Flavour): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number') return flavour.decimal === '.' ? String(value) : String(value).replace('.', flavour.decimal)
  if (kind === 'time' && typeof value === 'string') return flavour.local ? localTime(value) : value
  if (kind === 'geometry') return quoted(wkt(value as unknown as Geometry), flavour)
  return quoted(guarded(textOf(value)), flavour)
}

/** A spreadsheet takes text that begins so for a formula and would run it; an apostrophe makes it text again. Numbers are none. */
export function guarded(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) && !/^[-+]?[\d.,]+$/.test(text) ? `'${text}` : text
}

function quoted(text: string, { separator }: Flavour): string {
  return text.includes(separator) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

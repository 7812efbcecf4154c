/** delimited: CSV and its kin to rows, chunk by chunk; a line that does not fit the header is rejected with its number. */
import { setImmediate as turn } from 'node:timers/promises'
import { CsvError, parse, type Parser } from 'csv-parse'
import type { Rejected } from '../connector.ts'
import { PARSING, delimiterOf, sampleOf } from './delimiter.ts'
import { UNREADABLE, encodingOf, textReader } from './encoding.ts'
import { type Format, LIMITS, tooLarge, unreadable } from './format.ts'
import { headOf } from './head.ts'
import { columnNames, headerOf } from './header.ts'
import { shorten } from './number.ts'
import { BATCH, type Row, type Rows, rejected } from './row.ts'

interface Recorded {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

export type Found = Required<Pick<Format, 'encoding' | 'delimiter' | 'header'>>

/** What the first bytes say where the format does not. */
export function foundIn(head: Uint8Array, format: Format): Found {
  const encoding = format.encoding ?? encodingOf(head)
  const text = textReader(encoding).text(head)
  const delimiter = format.delimiter ?? delimiterOf(text)
  return { encoding, delimiter, header: format.header ?? headerOf(sampleOf(text, delimiter)) }
}

export async function* delimitedRows(bytes: AsyncIterable<Uint8Array>, format: Format, file?: string): Rows {
  const { head, all } = await headOf(bytes, LIMITS.head)
  const { encoding, delimiter, header } = foundIn(head, format)
  const reader = textReader(encoding)
  // The stream's own option, which the parser's types leave out: rows of a whole piece must fit before they are taken.
  const options = { ...PARSING, delimiter, info: true, max_record_size: LIMITS.record, readableHighWaterMark: 65_536 } as const
  const parser = parse(options)
  const table = new Table({ format: 'csv', encoding, delimiter, header }, file)
  parser.on('error', () => {})
  for await (const chunk of all) {
    for (const piece of pieces(chunk)) {
      if (piece.length === PIECE) await turn()
      feed(parser, reader.text(piece), file)
      yield* table.take(parser)
    }
  }
  feed(parser, reader.end(), file)
  parser.end()
  yield* table.take(parser)
  failed(parser, file)
  yield* table.rest()
}

const PIECE = 65_536

/** Large chunks in small steps, so that others get their turn and few rows wait. */
function* pieces(chunk: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE)
}

function feed(parser: Parser, text: string, file: string | undefined): void {
  if (text !== '') parser.write(text)
  failed(parser, file)
}

function failed(parser: Parser, file: string | undefined): void {
  const error = parser.errored
  if (error === null) return
  const line = parser.info.lines
  const code = error instanceof CsvError ? error.code : ''
  if (code === 'CSV_MAX_RECORD_SIZE')
    throw tooLarge(
      `Zeile ${line} ist länger als ${LIMITS.record} Zeichen. Fehlt ein schließendes Anführungszeichen, oder ist das keine Tabelle?`,
      `Line ${line} is longer than ${LIMITS.record} characters. Is a closing quotation mark missing, or is this no table?`,
      { file, line },
    )
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    throw unreadable(
      `Ein Anführungszeichen wird bis zum Ende der Datei (Zeile ${line}) nicht geschlossen.`,
      `A quotation mark is not closed before the end of the file (line ${line}).`,
      { file, line },
    )
  throw unreadable(`Zeile ${line} lässt sich nicht lesen.`, `Line ${line} cannot be read.`, { file, line })
}

/** Counts rows, takes the header from the first ones, and holds the others against it. */
class Table {
  private seen = 0
  private line = 1
  private columns: readonly string[] | undefined
  private heads: string[][] = []
  /** Columns up to the last one with a name. */
  private needed = 0
  private rows: (Row | Rejected)[] = []
  private readonly first: number
  private readonly last: number
  private readonly format: Found & Format
  private readonly file: string | undefined

  constructor(format: Found & Format, file: string | undefined) {
    this.first = format.header.row
    this.last = format.header.row + format.header.rows - 1
    this.format = format
    this.file = file
  }

  *take(parser: Parser) {
    for (let next = parser.read() as Recorded | null; next !== null; next = parser.read() as Recorded | null) {
      this.seen++
      const to = next.info.lines
      const line = this.line < to ? to - breaksIn(next.record) : to
      this.line = to + 1
      if (this.seen < this.first || isEnd(next.record)) continue
      if (this.seen <= this.last) this.heads.push(next.record)
      else this.rows.push(this.row(next.record, line))
      if (this.rows.length >= BATCH) yield this.batch()
    }
  }

  *rest() {
    if (this.columns === undefined) this.columns = columnNames(this.heads, Math.max(0, ...this.heads.map(({ length }) => length)))
    if (this.columns.length === 0) throw unreadable('Die Datei enthält keine Tabelle.', 'The file holds no table.', { file: this.file })
    yield this.batch()
  }

  private batch() {
    const rows = this.rows
    this.rows = []
    return { columns: this.columns ?? [], rows, format: this.format }
  }

  private named(width: number): readonly string[] {
    const wide = Math.max(width, ...this.heads.map(({ length }) => length))
    if (wide > LIMITS.columns)
      throw tooLarge(`Die Tabelle hat mehr als ${LIMITS.columns} Spalten.`, `The table has more than ${LIMITS.columns} columns.`, {
        file: this.file,
      })
    this.needed = wide
    while (this.heads.length > 0 && this.needed > 0 && this.heads.every((row) => (row[this.needed - 1] ?? '').trim() === '')) this.needed--
    return columnNames(this.heads, wide)
  }

  private row(record: string[], line: number): Row | Rejected {
    const columns = (this.columns ??= this.named(this.heads.length > 0 ? 0 : record.length))
    const cells: Record<string, string> = {}
    let broken = -1
    for (let at = 0; at < columns.length; at++) {
      const cell = record[at] ?? ''
      if (cell.includes(UNREADABLE)) broken = at
      cells[columns[at] ?? ''] = cell
    }
    const at = this.file === undefined ? { line, row: cells } : { line, row: cells, file: this.file }
    if (record.length !== columns.length && !fits(record, columns.length, this.needed))
      return rejected(raggedness(record, columns), { ...at, row: { ...cells, '…': record.slice(columns.length) } })
    if (broken >= 0) return rejected(this.illegible(), { ...at, column: columns[broken] ?? '', value: shorten(record[broken] ?? '') })
    return this.file === undefined ? { line, cells } : { line, file: this.file, cells }
  }

  private illegible() {
    return {
      de: `Die Zelle enthält Zeichen, die in ${this.format.encoding} nicht lesbar sind. Bitte prüfen Sie die Zeichenkodierung, oft ist es Windows-1252.`,
      en: `The cell holds characters that cannot be read as ${this.format.encoding}. Please check the encoding; often it is Windows-1252.`,
    }
  }
}

/** Line breaks inside quotes; the rest of a jump in lines are blank ones. */
function breaksIn(record: readonly string[]): number {
  return record.reduce((count, cell) => count + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
}

/** Ctrl-Z, the end of a file in DOS. */
function isEnd(record: readonly string[]): boolean {
  return record.length === 1 && record[0]?.charCodeAt(0) === 26
}

/** Cells beyond the header are fine when empty; only those may be missing that the header does not name. */
function fits(record: readonly string[], width: number, needed: number): boolean {
  if (record.length < needed) return false
  for (let at = width; at < record.length; at++) if (record[at]?.trim() !== '') return false
  return true
}

function raggedness({ length }: readonly string[], columns: readonly string[]) {
  return {
    de: `Die Zeile hat ${length} ${length === 1 ? 'Zelle' : 'Zellen'}, die Kopfzeile ${columns.length}.`,
    en: `The row has ${length} ${length === 1 ? 'cell' : 'cells'}, the header ${columns.length}.`,
  }
}

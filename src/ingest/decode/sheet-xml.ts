/** sheet-xml: the XML of a workbook read as a stream: shared texts, styles that mean dates, rows that hold something. */
import { type SaxesAttributeNS, SaxesParser } from 'saxes'
import { LIMITS, tooLarge, unreadable } from './format.ts'
import { serialMillis } from './moment.ts'

/** A cell as it is shown: text, number, boolean; dates as "2024-03-01 08:00:00" on the clock of the sheet. */
export type SheetCell = string | number | boolean | null

export interface SheetRow {
  readonly line: number
  /** By column, sparse. */
  readonly cells: readonly (SheetCell | undefined)[]
}

interface Handlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/** Feeds a part of the workbook to handlers; control comes back after each chunk. Entities beyond XML's own are errors, so nothing can swell. */
export async function* parsed(bytes: AsyncIterable<Uint8Array>, handlers: Handlers, file?: string): AsyncGenerator<true> {
  const parser = new SaxesParser<{ xmlns: true }>({ xmlns: true })
  let fault: Error | undefined
  parser.on('error', (error) => (fault ??= error))
  parser.on('opentag', ({ local, attributes }) => handlers.open?.(local, plain(attributes)))
  parser.on('closetag', ({ local }) => handlers.close?.(local))
  parser.on('text', (text) => handlers.text?.(text))
  const decoder = new TextDecoder()
  for await (const chunk of bytes) {
    parser.write(decoder.decode(chunk, { stream: true }))
    if (fault) break
    yield true
  }
  if (!fault) parser.write(decoder.decode()).close()
  if (fault) {
    const problem = unreadable('Die Excel-Datei ist beschädigt.', 'The Excel file is damaged.', { file })
    problem.cause = fault
    throw problem
  }
  yield true
}

function plain(attributes: Readonly<Record<string, SaxesAttributeNS>>): Record<string, string> {
  const values: Record<string, string> = {}
  for (const { name, value } of Object.values(attributes)) values[name] = value
  return values
}

/** All of a small part. */
export async function parseAll(bytes: AsyncIterable<Uint8Array> | undefined, handlers: Handlers, file?: string): Promise<void> {
  if (bytes === undefined) return
  for await (const step of parsed(bytes, handlers, file)) if (!step) break
}

/** Texts that cells share; phonetic guides left out. */
export async function sharedStrings(bytes: AsyncIterable<Uint8Array> | undefined, file?: string): Promise<readonly string[]> {
  const texts: string[] = []
  let [text, inText, phonetic, size] = ['', false, 0, 0]
  await parseAll(
    bytes,
    {
      open(name) {
        if (name === 'si') text = ''
        else if (name === 'rPh') phonetic++
        else if (name === 't') inText = phonetic === 0
      },
      close(name) {
        if (name === 'si') texts.push(text)
        else if (name === 'rPh') phonetic--
        else if (name === 't') inText = false
      },
      text(part) {
        if (!inText) return
        text += part
        size += part.length
        if (size > LIMITS.sharedStrings)
          throw tooLarge('Die Excel-Datei enthält zu viel Text.', 'The Excel file holds too much text.', { file })
      },
    },
    file,
  )
  return texts
}

const DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58,
])

/** For each style, whether its numbers are dates or times. */
export async function dateStyles(bytes: AsyncIterable<Uint8Array> | undefined, file?: string): Promise<readonly boolean[]> {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCells = false
  await parseAll(
    bytes,
    {
      open(name, { numFmtId, formatCode }) {
        const id = Number(numFmtId)
        if (name === 'numFmt') own.set(id, isDateFormat(formatCode ?? ''))
        else if (name === 'cellXfs') inCells = true
        else if (name === 'xf' && inCells) styles.push(own.get(id) ?? DATES.has(id))
      },
      close(name) {
        if (name === 'cellXfs') inCells = false
      },
    },
    file,
  )
  return styles
}

function isDateFormat(code: string): boolean {
  const [positive = ''] = code.split(';')
  return /[ymdhs]/i.test(positive.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General|Standard/gi, ''))
}

export interface Book {
  readonly strings: readonly string[]
  readonly dates: readonly boolean[]
  /** Days that the workbook's calendar starts later than 1900's. */
  readonly shift: number
}

/** Rows of a sheet that hold something; millions of declared empty ones cost little. */
export async function* sheetRows(bytes: AsyncIterable<Uint8Array>, book: Book, file?: string): AsyncGenerator<readonly SheetRow[]> {
  let found: SheetRow[] = []
  let cells: (SheetCell | undefined)[] = []
  let [line, column, kind, style, text, inValue] = [0, 0, '', 0, '', false]
  const handlers: Handlers = {
    open(name, attributes) {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1)
        cells = []
        column = -1
      } else if (name === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r'])
        kind = attributes['t'] ?? 'n'
        style = Number(attributes['s'] ?? 0)
        text = ''
      } else if (name === 'v' || name === 't') inValue = true
      else if (name === 'rPh') inValue = false
    },
    text(part) {
      if (inValue) text += part
      if (text.length > LIMITS.record)
        throw tooLarge(`Eine Zelle in Zeile ${line} ist zu groß.`, `A cell in row ${line} is too large.`, { file, line })
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'c' && text !== '') {
        if (column >= LIMITS.columns)
          throw tooLarge(`Die Tabelle hat mehr als ${LIMITS.columns} Spalten.`, `The table has more than ${LIMITS.columns} columns.`, {
            file,
            line,
          })
        cells[column] = valueOf(kind, text, style, book)
      } else if (name === 'row' && cells.length > 0) found.push({ line, cells })
    },
  }
  for await (const step of parsed(bytes, handlers, file)) {
    if (!step || found.length === 0) continue
    yield found
    found = []
  }
}

/** "AB12" → 27. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

function valueOf(kind: string, text: string, style: number, { strings, dates, shift }: Book): SheetCell {
  switch (kind) {
    case 's':
      return strings[Number(text)] ?? ''
    case 'b':
      return text === '1'
    case 'e':
      return null
    case 'str':
    case 'inlineStr':
      return text
    case 'd':
      return text.replace('T', ' ')
    default: {
      const value = Number(text)
      if (Number.isNaN(value)) return text
      return dates[style] === true ? dateText(value, shift) : value
    }
  }
}

/** A serial date as text: a day, a time of day, or both. */
function dateText(days: number, shift: number): string | number {
  if (days < 0 || days > 2_958_466) return days
  const text = new Date(serialMillis(days + (days < 1 ? 0 : shift))).toISOString()
  const [day, time] = [text.slice(0, 10), text.slice(11, 19)]
  if (days < 1) return time
  return Number.isInteger(days) ? day : `${day} ${time}`
}

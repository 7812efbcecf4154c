/** xlsx: a table as an Office Open XML workbook (ECMA-376), written as it is read; what goes beyond one sheet goes on in the next. */
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { headOf, rowWriter, textCell } from './cells.ts'
import type { Column, Row, Table } from './table.ts'
import { MAIN, parts, XML } from './workbook.ts'

/** Rows of a sheet, the head among them. */
const SHEET = 1_048_576

export interface Wanted {
  /** Titles and times for German readers; else names, and times in UTC. */
  readonly german: boolean
  readonly sheet?: number
}

/** The workbook's bytes. The table is read no faster than they are taken, and let go when they are not wanted any more. */
export function xlsx(table: Table, wanted: Wanted): Readable {
  const zip = new ZipFile()
  const out = zip.outputStream as Readable
  const supply = new Supply(table.batches[Symbol.asyncIterator]())
  zip.on('error', (error: Error) => out.destroy(error))
  out.on('close', () => supply.end())
  addSheets(zip, out, table.columns, supply, wanted).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error('xlsx', { cause: error })),
  )
  return out
}

/** The rows of a table, as many at a time as there is room for. */
class Supply {
  private held: readonly Row[] = []
  private readonly rows: AsyncIterator<readonly Row[]>

  constructor(rows: AsyncIterator<readonly Row[]>) {
    this.rows = rows
  }

  /** At most so many; none when there are no more. */
  async take(most: number): Promise<readonly Row[]> {
    if (!(await this.more())) return []
    const taken = this.held.slice(0, most)
    this.held = this.held.slice(most)
    return taken
  }

  async more(): Promise<boolean> {
    while (this.held.length === 0) {
      const next = await this.rows.next()
      if (next.done === true) return false
      this.held = next.value
    }
    return true
  }

  end(): void {
    void this.rows.return?.()
  }
}

async function addSheets(zip: ZipFile, out: Readable, columns: readonly Column[], supply: Supply, wanted: Wanted): Promise<void> {
  let count = 0
  do {
    count++
    await addSheet(zip, out, sheetXml(columns, supply, wanted), count)
  } while (!out.destroyed && (await supply.more()))
  for (const [name, text] of parts(count)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
}

/** Settled when the sheet has been read to its end. */
function addSheet(zip: ZipFile, out: Readable, xml: AsyncIterable<string>, number: number): Promise<void> {
  const sheet = Readable.from(xml, { objectMode: false })
  const stop = () => sheet.destroy()
  out.once('close', stop)
  zip.addReadStream(sheet, `xl/worksheets/sheet${number}.xml`, { compressionLevel: 3 })
  return finished(sheet).finally(() => out.off('close', stop))
}

async function* sheetXml(columns: readonly Column[], supply: Supply, { german, sheet = SHEET }: Wanted): AsyncGenerator<string> {
  const heads = columns.map((column) => textCell(headOf(column, german), 1)).join('')
  yield `${XML}<worksheet xmlns="${MAIN}">${FROZEN}<sheetData><row>${heads}</row>`
  const write = rowWriter(columns, german)
  for (let left = sheet - 1; left > 0;) {
    const rows = await supply.take(left)
    if (rows.length === 0) break
    left -= rows.length
    yield rows.map(write).join('')
  }
  yield '</sheetData></worksheet>'
}

/** The head stays in sight. */
const FROZEN =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'

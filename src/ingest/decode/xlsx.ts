/** xlsx: a sheet of a workbook to rows, its header found like that of any table. */
import { LIMITS, unreadable, type Format } from './format.ts'
import { columnNames, headerOf } from './header.ts'
import { BATCH, type Row, type Rows } from './row.ts'
import { type Book, type SheetCell, type SheetRow, dateStyles, parseAll, sharedStrings, sheetRows } from './sheet-xml.ts'
import type { Archive } from './zip.ts'

/** Rows looked at to find the header. */
const SAMPLE = 400

export async function* xlsxRows(archive: Archive, format: Format, file?: string): Rows {
  const { sheets, shift } = await contents(archive, file)
  const wanted = format.sheet === undefined ? sheets : sheets.filter(({ name }) => name === format.sheet)
  if (wanted.length === 0)
    throw noSheet(
      format.sheet,
      sheets.map(({ name }) => name),
      file,
    )
  const book: Book = {
    strings: await sharedStrings(archive.read('xl/sharedStrings.xml'), file),
    dates: await dateStyles(archive.read('xl/styles.xml'), file),
    shift,
  }
  const names = sheets.map(({ name }) => name)
  for (const { name, path } of wanted) {
    const bytes = archive.read(path)
    if (bytes === undefined) continue
    let some = false
    for await (const batch of tableRows(sheetRows(bytes, book, file), format, file)) {
      some = true
      yield { ...batch, sheets: names, format: { ...batch.format, format: 'xlsx', sheet: name } }
    }
    if (some) return
  }
  throw unreadable('Die Excel-Datei enthält keine Zeilen.', 'The Excel file holds no rows.', { file })
}

export function isWorkbook({ names }: Archive): boolean {
  return names.includes('xl/workbook.xml')
}

async function contents(archive: Archive, file: string | undefined) {
  const targets = new Map<string, string>()
  await parseAll(archive.read('xl/_rels/workbook.xml.rels'), {
    open: (_, { Id, Target }) =>
      Id !== undefined && Target !== undefined && targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`),
  })
  const sheets: { name: string; path: string }[] = []
  let shift = 0
  await parseAll(
    archive.read('xl/workbook.xml'),
    {
      open(name, attributes) {
        if (name === 'workbookPr' && /^(1|true)$/.test(attributes['date1904'] ?? '')) shift = 1462
        if (name === 'sheet') sheets.push({ name: attributes['name'] ?? '', path: targets.get(attributes['r:id'] ?? '') ?? '' })
      },
    },
    file,
  )
  return { sheets, shift }
}

function noSheet(wanted: string | undefined, names: readonly string[], file: string | undefined) {
  const list = names.join(', ')
  return unreadable(
    `Das Tabellenblatt „${wanted}“ gibt es nicht. Vorhanden: ${list}.`,
    `There is no sheet “${wanted}”. There are: ${list}.`,
    { file },
  )
}

async function* tableRows(chunks: AsyncIterable<readonly SheetRow[]>, format: Format, file: string | undefined): Rows {
  let sample: SheetRow[] | undefined = []
  let table: ReturnType<typeof tableOf> | undefined
  let rows: Row[] = []
  let seen = 0
  const take = function* (some: readonly SheetRow[]) {
    for (const row of some) {
      if (table === undefined || ++seen <= table.skip) continue
      rows.push(rowOf(row, table.columns, file))
      if (rows.length < BATCH) continue
      yield { columns: table.columns, rows, format: table.format }
      rows = []
    }
  }
  for await (const some of chunks) {
    if (sample === undefined) {
      yield* take(some)
      continue
    }
    sample.push(...some)
    if (sample.length < SAMPLE) continue
    table = tableOf(sample, format)
    yield* take(sample)
    sample = undefined
  }
  if (sample !== undefined && sample.length > 0) {
    table = tableOf(sample, format)
    yield* take(sample)
  }
  if (table !== undefined) yield { columns: table.columns, rows, format: table.format }
}

function tableOf(sample: readonly SheetRow[], format: Format) {
  const width = Math.min(LIMITS.columns, Math.max(...sample.map(({ cells }) => cells.length)))
  const texts = sample.map(({ cells }) => Array.from({ length: width }, (_, at) => shown(cells[at])))
  const header = format.header ?? headerOf(texts)
  const skip = header.row - 1 + header.rows
  return { columns: columnNames(texts.slice(header.row - 1, skip), width), skip, format: { header } }
}

function shown(cell: SheetCell | undefined): string {
  return cell === undefined || cell === null ? '' : String(cell)
}

function rowOf({ line, cells: found }: SheetRow, columns: readonly string[], file: string | undefined): Row {
  const cells: Record<string, SheetCell> = {}
  for (let at = 0; at < columns.length; at++) cells[columns[at] ?? ''] = found[at] ?? null
  return file === undefined ? { line, cells } : { line, file, cells }
}

/** read: bytes of any kind we know to rows; what the format leaves open is found from the first bytes. */
import { createGunzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { Problem } from '../../problem.ts'
import { delimitedRows } from './delimited.ts'
import { encodingOf, textReader } from './encoding.ts'
import { type Format, type FormatName, LIMITS, tooLarge, unreadable } from './format.ts'
import { headOf } from './head.ts'
import { crsIn, jsonLines, jsonRows } from './json.ts'
import type { Rows } from './row.ts'
import { isWorkbook, xlsxRows } from './xlsx.ts'
import { archiveOf, contentOf } from './zip.ts'

/** Throws a Problem that says what the source is instead, when it cannot be read. */
export async function* readRows(bytes: AsyncIterable<Uint8Array>, format: Format = {}, file?: string): Rows {
  yield* inside(bytes, format, file, 0)
}

async function* inside(bytes: AsyncIterable<Uint8Array>, format: Format, file: string | undefined, depth: number): Rows {
  const { head, all } = await headOf(bytes, LIMITS.head)
  if (head.length === 0) throw unreadable('Die Datei ist leer.', 'The file is empty.', { file })
  const packed = packingOf(head)
  if (packed !== undefined && depth > 1)
    throw unreadable('Archive in Archiven werden nicht gelesen.', 'Archives in archives are not read.', { file })
  if (packed === 'gzip') return yield* inside(gunzipped(all, file), format, file, depth + 1)
  if (packed === 'zip') return yield* zipped(all, format, file, depth)
  yield* textRows(all, head, format, file)
}

async function* zipped(bytes: AsyncIterable<Uint8Array>, format: Format, file: string | undefined, depth: number): Rows {
  await using archive = await archiveOf(bytes, file)
  if (isWorkbook(archive)) return yield* xlsxRows(archive, format, file)
  const name = contentOf(archive.names, format.entry, file)
  const entry = archive.read(name)
  if (entry === undefined) return
  for await (const batch of inside(entry, format, file === undefined ? name : `${file}/${name}`, depth + 1))
    yield { ...batch, format: { ...batch.format, entry: name } }
}

function textRows(bytes: AsyncIterable<Uint8Array>, head: Uint8Array, format: Format, file: string | undefined): Rows {
  const name = format.format === undefined || format.format === 'xlsx' ? formatIn(head, file) : format.format
  if (format.format === 'xlsx') throw notExcel(file)
  const whole = { ...format, format: name }
  if (name === 'geojson' || name === 'json') return jsonRows(bytes, whole, file)
  return name === 'jsonl' ? jsonLines(bytes, whole, file) : delimitedRows(bytes, whole, file)
}

function notExcel(file: string | undefined): Problem {
  return unreadable('Das ist keine Excel-Datei (.xlsx).', 'This is no Excel file (.xlsx).', { file })
}

export function packingOf(head: Uint8Array): 'zip' | 'gzip' | undefined {
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return 'zip'
  return head[0] === 0x1f && head[1] === 0x8b ? 'gzip' : undefined
}

async function* gunzipped(bytes: AsyncIterable<Uint8Array>, file: string | undefined): AsyncGenerator<Uint8Array> {
  let packed = 0
  let size = 0
  const counted = async function* () {
    for await (const chunk of bytes) {
      packed += chunk.length
      yield chunk
    }
  }
  const stream = Readable.from(counted(), { objectMode: false }).pipe(createGunzip())
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > LIMITS.unpacked || (size > 50_000_000 && size > packed * LIMITS.ratio))
        throw tooLarge(
          'Die Datei würde entpackt zu groß. Sie wird nicht gelesen.',
          'The file would be too large when unpacked. It is not read.',
          { file },
        )
      yield chunk
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    const problem = unreadable('Die gepackte Datei ist beschädigt.', 'The packed file is damaged.', { file })
    problem.cause = error
    throw problem
  }
}

const MAGIC: readonly { readonly starts: string; readonly de: string; readonly en: string }[] = [
  {
    starts: 'd0cf11e0a1b11ae1',
    de: 'eine alte Excel-Datei (.xls). Bitte speichern Sie sie als .xlsx oder CSV',
    en: 'an old Excel file (.xls). Please save it as .xlsx or CSV',
  },
  { starts: '25504446', de: 'ein PDF', en: 'a PDF' },
  { starts: '89504e47', de: 'ein Bild (PNG)', en: 'an image (PNG)' },
  { starts: 'ffd8ff', de: 'ein Bild (JPEG)', en: 'an image (JPEG)' },
  { starts: '47494638', de: 'ein Bild (GIF)', en: 'an image (GIF)' },
  { starts: '526172211a07', de: 'ein RAR-Archiv', en: 'a RAR archive' },
  { starts: '377abcaf271c', de: 'ein 7z-Archiv', en: 'a 7z archive' },
  { starts: '425a68', de: 'ein bzip2-Archiv', en: 'a bzip2 archive' },
  { starts: '50415231', de: 'eine Parquet-Datei', en: 'a Parquet file' },
  { starts: '0000270a', de: 'ein Shapefile. Bitte speichern Sie es als GeoJSON', en: 'a shapefile. Please save it as GeoJSON' },
  {
    starts: '53514c69746520666f726d6174',
    de: 'eine SQLite-Datenbank oder ein GeoPackage. Bitte speichern Sie die Tabelle als GeoJSON oder CSV',
    en: 'an SQLite database or a GeoPackage. Please save the table as GeoJSON or CSV',
  },
]

/** What the text is, by how it begins. Throws a Problem for what is no text at all. */
export function formatIn(head: Uint8Array, file?: string): Exclude<FormatName, 'xlsx'> {
  const hex = Buffer.from(head.subarray(0, 16)).toString('hex')
  const known = MAGIC.find(({ starts }) => hex.startsWith(starts))
  if (known) throw cannot(`Das ist ${known.de}.`, `This is ${known.en}.`, file)
  const encoding = encodingOf(head)
  if (!encoding.startsWith('utf-16') && head.includes(0)) throw cannot('Das ist keine Textdatei.', 'This is no text file.', file)
  const text = textReader(encoding).text(head.subarray(0, 65_536)).trimStart()
  if (/^<(\?xml|!doctype|html|[a-z]+:|[a-z])/i.test(text)) {
    const html = /^<(!doctype )?html|<head/i.test(text.slice(0, 500))
    throw html
      ? cannot(
          'Das ist eine Webseite (HTML), keine Daten. Stimmt die Adresse?',
          'This is a web page (HTML), no data. Is the address right?',
          file,
        )
      : cannot(
          'Das ist XML. Lesbar sind CSV, JSON, GeoJSON und Excel (.xlsx).',
          'This is XML. CSV, JSON, GeoJSON and Excel (.xlsx) can be read.',
          file,
        )
  }
  if (!/^[[{]/.test(text)) return 'csv'
  if (/"type"\s*:\s*"FeatureCollection"/.test(text) || (/"features"\s*:\s*\[/.test(text) && crsIn(head) !== undefined)) return 'geojson'
  return /^\{[^\n]*\}\s*\n\s*\{/.test(text) ? 'jsonl' : 'json'
}

function cannot(de: string, en: string, file: string | undefined): Problem {
  return new Problem('unsupported-type', { de, en }, file === undefined ? {} : { file })
}

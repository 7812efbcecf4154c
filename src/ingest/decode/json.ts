/** json: rows of a JSON array, of JSON lines, of GeoJSON features turned to WGS 84; one element at a time. */
import { type Turn, crsOf, isGeographic, toWgs84, turned } from '../../model/crs.ts'
import { type Json, isObject } from '../../model/json.ts'
import { isGeometry } from '../../model/wkb.ts'
import type { Rejected } from '../connector.ts'
import { encodingOf, textReader } from './encoding.ts'
import { flatten } from './flatten.ts'
import { type Format, LIMITS, tooLarge, unreadable } from './format.ts'
import { headOf } from './head.ts'
import { ElementScanner, pathIn } from './json-scan.ts'
import { shorten } from './number.ts'
import { BATCH, type Cells, type Row, type Rows, rejected } from './row.ts'

/** The rows of an array; without a path, of the one that holds most of the first bytes, or the whole object as one row. */
export async function* jsonRows(bytes: AsyncIterable<Uint8Array>, format: Format, file?: string): Rows {
  const { head, all } = await headOf(await utf8(bytes, format.encoding), LIMITS.head)
  const geo = format.format === 'geojson'
  const path = format.path ?? (geo ? '/features' : pathIn(head, file))
  const crs = geo ? (format.crs ?? crsIn(head)) : undefined
  const told = { format: geo ? 'geojson' : 'json', ...(path === undefined ? {} : { path }), ...(crs === undefined ? {} : { crs }) } as const
  const cellsOf = geo ? featureReader(crs) : (value: Json) => (isObject(value) ? flatten(value) : { value })
  for await (const batch of path === undefined ? whole(all, cellsOf, file) : elements(all, path, cellsOf, file))
    yield { ...batch, format: told }
}

type CellsOf = (value: Json) => Cells

async function* elements(bytes: AsyncIterable<Uint8Array>, path: string, cellsOf: CellsOf, file: string | undefined): Rows {
  const scanner = new ElementScanner(path, file)
  let [rows, line]: [(Row | Rejected)[], number] = [[], 0]
  for await (const chunk of bytes) {
    for (const element of scanner.write(chunk)) {
      rows.push(rowOf(Buffer.from(element).toString('utf8'), ++line, cellsOf, file))
      if (rows.length >= BATCH) {
        yield { rows }
        rows = []
      }
    }
  }
  scanner.end()
  if (!scanner.found)
    throw unreadable(`An der Stelle „${path || '/'}“ steht keine Liste.`, `There is no list at “${path || '/'}”.`, { file, pointer: path })
  yield { rows }
}

/** An object without a list in it is one row. */
async function* whole(bytes: AsyncIterable<Uint8Array>, cellsOf: CellsOf, file: string | undefined): Rows {
  const scanner = new ElementScanner(undefined, file)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    for (const _ of scanner.write(chunk)) void _
    size += chunk.length
    if (size > LIMITS.record)
      throw tooLarge(
        `Das JSON enthält keine Liste und ist größer als ${LIMITS.record} Bytes.`,
        `The JSON holds no list and is larger than ${LIMITS.record} bytes.`,
        { file },
      )
    parts.push(Uint8Array.from(chunk))
  }
  scanner.end()
  const text = Buffer.concat(parts).toString('utf8').trim()
  if (text === '' || text === '[]') throw unreadable('Die Datei enthält keine Zeilen.', 'The file holds no rows.', { file })
  const row = rowOf(text, 1, cellsOf, file)
  if ('draft' in row) throw unreadable('Das ist kein gültiges JSON.', 'This is not valid JSON.', { file })
  yield { rows: [row] }
}

function rowOf(text: string, line: number, cellsOf: CellsOf, file: string | undefined): Row | Rejected {
  const at = file === undefined ? { line } : { line, file }
  try {
    return { ...at, cells: cellsOf(JSON.parse(text) as Json) }
  } catch {
    return rejected(
      { de: 'Das Element ist kein gültiges JSON.', en: 'The element is not valid JSON.' },
      { ...at, value: shorten(text), row: text.slice(0, 10_000) },
    )
  }
}

/** JSON is UTF-8; what comes in another encoding is turned. */
async function utf8(bytes: AsyncIterable<Uint8Array>, encoding: string | undefined): Promise<AsyncIterable<Uint8Array>> {
  const { head, all } = await headOf(bytes, LIMITS.head)
  const from = encoding ?? encodingOf(head)
  const marked = head[0] === 0xef && head[1] === 0xbb
  return /^utf-?8$/i.test(from) && !marked ? all : recoded(all, from)
}

async function* recoded(bytes: AsyncIterable<Uint8Array>, from: string): AsyncGenerator<Uint8Array> {
  const reader = textReader(from)
  for await (const chunk of bytes) yield Buffer.from(reader.text(chunk))
  yield Buffer.from(reader.end())
}

/** The reference system that old GeoJSON names for itself, when it does so before its features. */
export function crsIn(head: Uint8Array): string | undefined {
  const text = Buffer.from(head).toString('latin1')
  return /"crs"\s*:\s*\{[^{}]{0,200}\{[^{}]{0,200}"(?:name|code)"\s*:\s*"?([^"}]{1,200})/.exec(text)?.[1]
}

function featureReader(crs: string | undefined): CellsOf {
  const code = crs === undefined ? 4326 : crsOf(crs)
  const turn = isGeographic(code) ? undefined : toWgs84(code)
  return (value) => {
    if (!isObject(value)) return { value }
    const properties = isObject(value['properties']) ? flatten(value['properties']) : {}
    const id = value['id'] === undefined || Object.hasOwn(properties, 'id') ? {} : { id: value['id'] }
    return { ...id, ...properties, geometry: shape(value['geometry'] ?? null, turn) }
  }
}

function shape(geometry: Json, turn: Turn | undefined): Json {
  if (turn === undefined || !isGeometry(geometry)) return geometry
  return turned(geometry, turn) as unknown as Json
}

/** One JSON value a line. */
export async function* jsonLines(bytes: AsyncIterable<Uint8Array>, format: Format, file?: string): Rows {
  let [rest, line]: [string, number] = ['', 0]
  const reader = textReader('utf-8')
  const cellsOf = (value: Json): Cells => (isObject(value) ? flatten(value) : { value })
  const take = (lines: readonly string[]) =>
    lines.flatMap((text) => {
      line++
      if (text.trim() === '') return []
      if (tooDeep(text))
        return [
          rejected(
            {
              de: `Das JSON ist tiefer als ${LIMITS.depth} Ebenen verschachtelt.`,
              en: `The JSON is nested more than ${LIMITS.depth} levels deep.`,
            },
            { line },
          ),
        ]
      return [rowOf(text, line, cellsOf, file)]
    })
  for await (const chunk of await utf8(bytes, format.encoding)) {
    const lines = (rest + reader.text(chunk)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LIMITS.record)
      throw tooLarge(
        `Zeile ${line + 1} ist länger als ${LIMITS.record} Zeichen.`,
        `Line ${line + 1} is longer than ${LIMITS.record} characters.`,
        { file, line: line + 1 },
      )
    yield { rows: take(lines), format: { format: 'jsonl' } }
  }
  yield { rows: take([rest + reader.end()]), format: { format: 'jsonl' } }
}

function tooDeep(text: string): boolean {
  try {
    for (const _ of new ElementScanner(undefined).write(Buffer.from(text))) void _
    return false
  } catch {
    return text.split(/[[{]/, LIMITS.depth + 2).length > LIMITS.depth + 1
  }
}

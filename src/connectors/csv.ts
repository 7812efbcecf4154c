/** csv: files with rows, uploaded, at an address or in a watched folder: CSV and its kin, Excel, JSON and GeoJSON. */
import { AUTHENTICATION, authenticated, type Authentication } from '../ingest/authentication.ts'
import type { Connector, Raw, Rejected, Run } from '../ingest/connector.ts'
import type { Format } from '../ingest/decode/format.ts'

import { readRows } from '../ingest/decode/read.ts'
import type { Batch } from '../ingest/decode/row.ts'
import { rowsAgain } from '../ingest/again.ts'
import { mapRows, mapperOf } from '../ingest/mapper.ts'
import { FORMAT_SCHEMA, MAPPING_SCHEMA } from '../ingest/mapping-schema.ts'
import type { Mapping } from '../ingest/mapping.ts'
import { conditionsOf, parsePosition, renderPosition, versionOf, type Position } from '../ingest/position.ts'
import type { Draft } from '../model/draft.ts'
import { Problem } from '../problem.ts'

export interface CsvOptions {
  readonly upload?: string
  readonly url?: string
  readonly auth?: Authentication
  /** Below the tenant's folder for incoming files. */
  readonly folder?: string
  /** Names of files in it: "*.csv". */
  readonly pattern?: string
  readonly format?: Format
  readonly mapping: Mapping
}

const OPTIONS = {
  type: 'object',
  required: ['mapping'],
  additionalProperties: false,
  properties: {
    upload: { type: 'string', title: { de: 'Hochgeladene Datei', en: 'Uploaded file' } },
    url: { type: 'string', format: 'uri', maxLength: 4000, title: { de: 'Adresse der Datei', en: 'Address of the file' } },
    auth: AUTHENTICATION,
    folder: {
      type: 'string',
      maxLength: 400,
      title: { de: 'Überwachter Ordner', en: 'Watched folder' },
      description: {
        de: 'Unterordner im Eingangsordner des Servers. Neue und geänderte Dateien werden eingelesen.',
        en: 'Folder inside the server’s folder for incoming files. New and changed files are read.',
      },
    },
    pattern: {
      type: 'string',
      maxLength: 200,
      default: '*',
      title: { de: 'Dateinamen (* und ? als Platzhalter)', en: 'File names (* and ? as wildcards)' },
    },
    format: FORMAT_SCHEMA,
    mapping: MAPPING_SCHEMA,
  },
} as const

export const csv: Connector<CsvOptions> = {
  name: 'csv',
  title: { de: 'Datei (CSV, Excel, JSON, GeoJSON)', en: 'File (CSV, Excel, JSON, GeoJSON)' },
  mode: 'pull',
  options: OPTIONS,
  async check(options) {
    const given = (['upload', 'url', 'folder'] as const).filter((name) => options[name] !== undefined)
    if (given.length !== 1)
      throw new Problem(
        'invalid-body',
        {
          de: 'Bitte geben Sie genau eines an: eine hochgeladene Datei, eine Adresse oder einen Ordner.',
          en: 'Please give exactly one: an uploaded file, an address or a folder.',
        },
        { pointer: `/options/${given[1] ?? 'upload'}` },
      )
    await mapperOf(options.mapping).close()
  },
  async *read(options, run) {
    const known = parsePosition(run.cursor)
    const before: string[] = []
    for await (const { raw, version } of filesOf(options, run, known)) {
      if (raw.hash === known.hash && known.line === undefined) run.unchanged()
      else if (known.before?.includes(raw.hash) !== true) yield* readFile(raw, options, run, { known, before, version })
      before.push(raw.hash)
    }
  },
  again: (options, rows, run) => rowsAgain(options.mapping, rows, run),
}

interface Incoming {
  readonly raw: Raw
  readonly version: Pick<Position, 'etag' | 'modified'>
}

async function* filesOf(options: CsvOptions, run: Run, known: Position): AsyncIterable<Incoming> {
  if (run.input !== undefined) yield { raw: run.input, version: {} }
  else if (options.url !== undefined) {
    const { url, call } = authenticated(options.url, known.line === undefined ? conditionsOf(known) : {}, options.auth)
    const raw = await run.fetch(url, call)
    if (raw.status === 304) run.unchanged()
    else yield { raw, version: versionOf(raw.headers) }
  } else if (options.folder !== undefined) {
    let any = false
    for await (const raw of run.files(options.folder, options.pattern)) {
      any = true
      yield { raw, version: {} }
    }
    if (!any) run.unchanged()
  }
}

interface Reading {
  readonly known: Position
  readonly before: readonly string[]
  readonly version: Pick<Position, 'etag' | 'modified'>
}

/** From the line on where an earlier run was interrupted in this very file. */
async function* readFile(
  raw: Raw,
  { format, mapping }: CsvOptions,
  run: Run,
  { known, before, version }: Reading,
): AsyncIterable<Draft | Rejected> {
  const { hash, name } = raw
  const from = hash === known.hash ? (known.line ?? 0) : 0
  const opening = renderPosition({ hash, before, line: 0 }).replace(/0\}$/, '')
  let last: number | undefined
  const watcher = {
    row(cells: unknown, line: number) {
      if (last !== undefined && last !== line) run.reached(`${opening}${last}}`)
      last = line
      run.row(cells, line, name)
    },
    columns: (names: readonly string[]) => run.columns(names),
  }
  yield* mapRows(mapping, beyond(readRows(counted(raw, run), format ?? {}, name), from), watcher, run.dataset)
  run.reached(renderPosition({ hash, before, ...version }))
}

async function* beyond(batches: AsyncIterable<Batch>, line: number): AsyncIterable<Batch> {
  for await (const batch of batches) {
    if (line === 0 || (batch.rows.at(-1)?.line ?? Infinity) > line)
      yield line === 0 ? batch : { ...batch, rows: batch.rows.filter((row) => (row.line ?? Infinity) > line) }
  }
}

/** Bytes read of all tell how far a file is. */
async function* counted(raw: Raw, run: Run): AsyncIterable<Uint8Array> {
  let done = 0
  for await (const chunk of raw.bytes()) {
    run.progress((done += chunk.byteLength), raw.size)
    yield chunk
  }
}

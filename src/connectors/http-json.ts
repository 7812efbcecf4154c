/** http-json: an interface that answers JSON, asked again and again: page by page, only for what is newer, only when something changed. */
import { AUTHENTICATION, authenticated, type Authentication } from '../ingest/authentication.ts'
import type { Connector, Raw, Run } from '../ingest/connector.ts'
import type { Batch, Cells } from '../ingest/decode/row.ts'
import { isRejected } from '../ingest/decode/row.ts'
import { readRows } from '../ingest/decode/read.ts'
import { rowsAgain } from '../ingest/again.ts'
import { mapRows, mapperOf } from '../ingest/mapper.ts'
import { MAPPING_SCHEMA } from '../ingest/mapping-schema.ts'
import type { Mapping } from '../ingest/mapping.ts'
import { nextPage, PAGING, type Paging } from '../ingest/paging.ts'
import { conditionsOf, parsePosition, renderPosition, versionOf } from '../ingest/position.ts'
import { Problem } from '../problem.ts'

export interface HttpJsonOptions {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly auth?: Authentication
  /** JSON pointer to the rows. */
  readonly path?: string
  readonly crs?: string
  readonly paging?: Paging
  readonly since?: Since
  readonly mapping: Mapping
}

interface Since {
  /** Of the query. */
  readonly parameter: string
  /** Column with the time or number by which rows are newer. */
  readonly field: string
  /** For the very first time. */
  readonly start?: string
}

const OPTIONS = {
  type: 'object',
  required: ['url', 'mapping'],
  additionalProperties: false,
  properties: {
    url: { type: 'string', format: 'uri', maxLength: 4000, title: { de: 'Adresse', en: 'Address' } },
    method: { type: 'string', enum: ['GET', 'POST'], default: 'GET', title: { de: 'Methode', en: 'Method' } },
    body: { type: 'string', maxLength: 65536, title: { de: 'Inhalt der Anfrage (bei POST)', en: 'Body of the request (for POST)' } },
    headers: {
      type: 'object',
      title: { de: 'Weitere Kopfzeilen', en: 'More headers' },
      maxProperties: 30,
      propertyNames: { pattern: '^[A-Za-z0-9-]+$' },
      additionalProperties: { type: 'string', maxLength: 2000, pattern: '^[^\\r\\n]*$' },
    },
    auth: AUTHENTICATION,
    path: {
      type: 'string',
      maxLength: 400,
      pattern: '^(/.*)?$',
      title: { de: 'Wo die Zeilen stehen (JSON-Zeiger, etwa /items)', en: 'Where the rows are (JSON pointer, such as /items)' },
    },
    crs: { type: 'string', maxLength: 40, title: { de: 'Bezugssystem der Geometrien', en: 'Reference system of geometries' } },
    paging: PAGING,
    since: {
      type: 'object',
      title: { de: 'Nur Neues abfragen', en: 'Ask only for what is new' },
      required: ['parameter', 'field'],
      additionalProperties: false,
      properties: {
        parameter: { type: 'string', minLength: 1, maxLength: 100, title: { de: 'Parameter der Adresse', en: 'Parameter of the address' } },
        field: {
          type: 'string',
          minLength: 1,
          maxLength: 200,
          title: { de: 'Spalte, nach der neu von alt unterschieden wird', en: 'Column that tells new from old' },
        },
        start: { type: 'string', maxLength: 100, title: { de: 'Beginn beim ersten Abruf', en: 'Start of the first call' } },
      },
    },
    mapping: MAPPING_SCHEMA,
  },
} as const

/** A source that never ends its pages is a broken one. */
const MOST_PAGES = 10_000

export const httpJson: Connector<HttpJsonOptions> = {
  name: 'http-json',
  title: { de: 'Schnittstelle (JSON über HTTP)', en: 'Interface (JSON over HTTP)' },
  mode: 'pull',
  options: OPTIONS,
  check: ({ mapping }) => mapperOf(mapping).close(),
  async *read(options, run) {
    const pages = new Pages(options, run)
    const watcher = {
      row: (cells: Cells, line: number) => run.row(cells, line),
      columns: (names: readonly string[]) => run.columns(names),
    }
    yield* mapRows(options.mapping, pages.batches(), watcher, run.dataset)
    pages.end()
  },
  again: (options, rows, run) => rowsAgain(options.mapping, rows, run),
}

class Pages {
  private readonly known
  private since: string | undefined
  private version: ReturnType<typeof versionOf> = {}
  private hash: string | undefined
  private changed = true
  private readonly options: HttpJsonOptions
  private readonly run: Run

  constructor(options: HttpJsonOptions, run: Run) {
    this.options = options
    this.run = run
    this.known = parsePosition(run.cursor)
    this.since = this.known.since ?? options.since?.start
  }

  async *batches(): AsyncIterable<Batch> {
    const { options, run } = this
    const single = (options.paging?.kind ?? 'none') === 'none'
    let url: string | undefined = this.start()
    const asked = new Set<string>()
    for (let page = 1; url !== undefined; page++) {
      if (asked.has(url) || page > MOST_PAGES) throw endless(url)
      asked.add(url)
      const raw = await this.ask(url, single && this.known.since === undefined ? conditionsOf(this.known) : {})
      if (raw.status === 304 || (single && raw.hash === this.known.hash)) return this.nothingNew(raw)
      if (single) this.remember(raw)
      const count = yield* this.rows(raw)
      url = await nextPage(options.paging, { url, page, count, raw })
      run.progress(page)
    }
  }

  /** All pages are read: from here on newer ones are asked for. */
  end(): void {
    if (!this.changed) return
    const { hash, version, since } = this
    this.run.reached(renderPosition({ ...(hash === undefined ? {} : { hash }), ...version, ...(since === undefined ? {} : { since }) }))
  }

  private start(): string {
    const { url, since, paging } = this.options
    const parsed = URL.parse(url)
    if (parsed === null)
      throw new Problem(
        'invalid-body',
        { de: `„${url}“ ist keine Adresse.`, en: `“${url}” is not an address.` },
        { pointer: '/options/url' },
      )
    if (since !== undefined && this.since !== undefined) parsed.searchParams.set(since.parameter, this.since)
    if ((paging?.kind === 'page' || paging?.kind === 'offset') && paging.sizeParameter !== undefined)
      parsed.searchParams.set(paging.sizeParameter, String(paging.size ?? 100))
    return parsed.href
  }

  private ask(url: string, conditions: Readonly<Record<string, string>>): Promise<Raw> {
    const { method = 'GET', body, headers = {}, auth } = this.options
    const own = URL.parse(url)?.origin === URL.parse(this.options.url)?.origin
    const sent = { accept: 'application/json, application/geo+json;q=0.9, */*;q=0.5', ...(own ? headers : {}), ...conditions }
    const { url: address, call } = authenticated(
      url,
      body === undefined ? sent : { 'content-type': 'application/json', ...sent },
      own ? auth : undefined,
    )
    return this.run.fetch(address, { ...call, method, ...(body === undefined ? {} : { body }) })
  }

  private async *rows(raw: Raw): AsyncGenerator<Batch, number> {
    const { path, crs, since } = this.options
    let count = 0
    for await (const batch of readRows(
      raw.bytes(),
      { ...(path === undefined ? {} : { path }), ...(crs === undefined ? {} : { crs }) },
      raw.name,
    )) {
      count += batch.rows.length
      if (since !== undefined) for (const row of batch.rows) if (!isRejected(row)) this.noteSince(row.cells[since.field])
      yield batch
    }
    return count
  }

  private noteSince(value: unknown): void {
    if (typeof value !== 'string' && typeof value !== 'number') return
    const text = String(value)
    if (this.since === undefined || isNewer(text, this.since)) this.since = text
  }

  private remember(raw: Raw): void {
    this.hash = raw.hash
    this.version = versionOf(raw.headers)
  }

  private nothingNew(raw: Raw): void {
    this.changed = false
    void raw
    this.run.unchanged()
  }
}

function isNewer(one: string, other: string): boolean {
  const [a, b] = [Number(one), Number(other)]
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a > b
  const [x, y] = [Date.parse(one), Date.parse(other)]
  return Number.isNaN(x) || Number.isNaN(y) ? one > other : x > y
}

function endless(url: string): Problem {
  return new Problem(
    'invalid-body',
    { de: `Die Seiten der Quelle enden nicht („${url}“).`, en: `The pages of the source do not end (“${url}”).` },
    { pointer: '/options/paging' },
  )
}

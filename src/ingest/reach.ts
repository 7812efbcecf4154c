/** reach: what a run may reach: the network and the watched folders, kept raw first; or, in a replay, only what was kept. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Ledger, NewRaw, RawRow } from '../govern/ledger.ts'
import { Problem } from '../problem.ts'
import type { Raw, Run } from './connector.ts'
import { headOf, streamOf } from './decode/head.ts'
import { LIMITS, type Call, type Outbound } from './fetch.ts'
import { gather, rawOf, type RawFiles } from './raw.ts'

export type Reach = Pick<Run, 'fetch' | 'files'>

/** For whom it is kept, and for how long. */
export interface Keeping {
  readonly tenant: number
  readonly source: number | undefined
  readonly run: number | undefined
  readonly days: number
}

export interface Means {
  readonly ledger: Ledger
  readonly files: RawFiles
  readonly outbound: Outbound
  /** Folder in which each tenant has one of its own for files to be read. */
  readonly incoming: string
}

export function liveReach(means: Means, keeping: Keeping, signal: AbortSignal): Reach {
  return {
    fetch: (url, call) => fetchKept(means, keeping, url, call ?? {}, signal),
    files: (folder, pattern) => newFiles(means, keeping, folder, pattern ?? '*', signal),
  }
}

/** Nothing is asked of anyone: the same question gets the answer that it got then. */
export function replayReach(rows: readonly RawRow[], files: RawFiles): Reach {
  return {
    fetch: async (url, call) => {
      const wanted = requestOf(url, call ?? {})
      const row = rows.find(({ request }) => request === wanted)
      if (row === undefined)
        throw new Problem('not-found', {
          de: `„${shown(url)}“ wurde in jenem Lauf nicht abgerufen.`,
          en: `“${shown(url)}” was not called in that run.`,
        })
      return rawOf(row, files)
    },
    async *files() {
      for (const row of rows) yield rawOf(row, files)
    },
  }
}

/** Small pushed or fetched payloads are kept in the database: a file for each would be a burden. */
const SMALL = 16 * 1024

/** Keeps bytes as they come and answers them as connectors see them. */
export async function keepRaw(
  means: Pick<Means, 'ledger' | 'files'>,
  bytes: AsyncIterable<Uint8Array>,
  about: Omit<NewRaw, 'hash' | 'size'>,
  limit: number,
): Promise<Raw & { readonly id: number }> {
  const { head, all } = await headOf(bytes, SMALL + 1)
  const place =
    head.length > SMALL
      ? await means.files.put(all, limit)
      : { hash: createHash('sha256').update(head).digest('hex'), size: head.length, content: head }
  const raw = { ...about, ...place }
  const id = await means.ledger.raws.insertRaw(raw)
  const row: RawRow = {
    id,
    tenant: raw.tenant,
    source: raw.source ?? null,
    run: raw.run ?? null,
    by: raw.by ?? '',
    hash: raw.hash,
    name: raw.name,
    request: raw.request ?? null,
    status: raw.status ?? 200,
    headers: raw.headers ?? {},
    type: raw.type ?? null,
    size: raw.size,
    content: 'content' in place ? place.content : null,
    received: '',
  }
  return { ...rawOf(row, means.files), id }
}

async function fetchKept(means: Means, keeping: Keeping, url: string, call: Call, signal: AbortSignal): Promise<Raw> {
  const answer = await means.outbound.call(url, call, signal)
  const { status, type } = answer
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => name !== 'set-cookie'))
  if (status === 304) {
    await gather(answer.bytes, SMALL)
    return notModified(url, headers)
  }
  const about = {
    ...kept(keeping),
    name: nameOf(url),
    request: requestOf(url, call),
    status,
    headers,
    ...(type === undefined ? {} : { type }),
  }
  return keepRaw(means, answer.bytes, about, LIMITS.bytes)
}

function kept({ tenant, source, run, days }: Keeping): Pick<NewRaw, 'tenant' | 'source' | 'run' | 'days'> {
  return { tenant, days, ...(source === undefined ? {} : { source }), ...(run === undefined ? {} : { run }) }
}

function notModified(url: string, headers: Readonly<Record<string, string>>): Raw {
  const row = {
    id: 0,
    tenant: 0,
    source: null,
    run: null,
    by: '',
    hash: '',
    name: nameOf(url),
    request: null,
    status: 304,
    headers,
    type: null,
    size: 0,
    content: new Uint8Array(),
    received: '',
  }
  return rawOf(row, { open: () => streamOf() })
}

/** Hashed, because an address may carry a key. */
function requestOf(url: string, { method = 'GET', body = '' }: Call): string {
  return createHash('sha256').update(`${method} ${url}\n${body}`).digest('hex')
}

/** What a file from this address is called. */
function nameOf(url: string): string {
  const path = URL.parse(url)?.pathname ?? ''
  const last = path.split('/').findLast((part) => part !== '')
  return last === undefined ? shown(url) : decoded(last)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('\0', '')
  } catch {
    return part
  }
}

function shown(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null ? url : parsed.origin + parsed.pathname
}

/** A file that was touched this short ago may still be on its way. */
const QUIET = 3000
const MAX_FILE = 8 * 1024 * 1024 * 1024

async function* newFiles(means: Means, keeping: Keeping, folder: string, pattern: string, signal: AbortSignal): AsyncIterable<Raw> {
  const place = await allowedFolder(means.incoming, keeping.tenant, folder)
  for (const { name, path, size, at } of await filesIn(place, pattern)) {
    signal.throwIfAborted()
    const request = `file ${name} ${size} ${at}`
    const { source } = keeping
    if (source !== undefined && (await means.ledger.raws.knownTo(source, 'request', request))) continue
    const raw = await keepRaw(means, createReadStream(path), { ...kept(keeping), name, request }, MAX_FILE)
    if (source !== undefined && (await means.ledger.raws.knownTo(source, 'hash', raw.hash))) continue
    yield raw
  }
}

/** The folder inside the tenant's own one. Links that lead out of it are refused. */
async function allowedFolder(incoming: string, tenant: number, folder: string): Promise<string> {
  const root = join(incoming, String(tenant))
  await mkdir(root, { recursive: true })
  const allowed = await realpath(root)
  const wanted = await realpath(join(allowed, folder)).catch(() => undefined)
  if (wanted === undefined)
    throw new Problem(
      'unavailable',
      { de: `Den Ordner „${folder}“ gibt es nicht in „${allowed}“.`, en: `There is no folder “${folder}” in “${allowed}”.` },
      { pointer: '/options/folder' },
    )
  if (wanted !== allowed && !wanted.startsWith(allowed + sep))
    throw new Problem(
      'forbidden',
      { de: `Der Ordner „${folder}“ liegt nicht in „${allowed}“.`, en: `The folder “${folder}” does not lie in “${allowed}”.` },
      { pointer: '/options/folder' },
    )
  return wanted
}

interface Found {
  readonly name: string
  readonly path: string
  readonly size: number
  readonly at: number
}

/** Plain files that match and have come to rest, oldest first. */
async function filesIn(folder: string, pattern: string): Promise<Found[]> {
  const wanted = patternOf(pattern)
  const found: Found[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !wanted.test(entry.name) || /^\.|\.(part|tmp|crdownload|filepart)$/i.test(entry.name)) continue
    const path = join(folder, entry.name)
    const { size, mtimeMs } = await stat(path)
    if (mtimeMs < Date.now() - QUIET) found.push({ name: entry.name, path, size, at: Math.floor(mtimeMs) })
  }
  return found.toSorted((one, other) => one.at - other.at || one.name.localeCompare(other.name))
}

function patternOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'i')
}

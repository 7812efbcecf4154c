/** raw: every payload as it came, in a file named by its hash, written whole or not at all. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RawRow } from '../govern/ledger.ts'
import { Problem } from '../problem.ts'
import type { Raw } from './connector.ts'
import { streamOf } from './decode/head.ts'

export interface RawFiles {
  /** Writes to a temporary file first, so a broken transfer leaves nothing. Throws `too-large` beyond the limit, in bytes. */
  put(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<{ readonly hash: string; readonly size: number }>
  open(hash: string): AsyncIterable<Uint8Array>
  /** Leaves alone what was put within the last hour: its row may not be written yet. */
  remove(hash: string): Promise<void>
  /** Removes what broken transfers left behind. */
  sweep(): Promise<void>
}

const HOUR = 3_600_000

export function openRawFiles(folder: string): RawFiles {
  const arriving = join(folder, 'arriving')
  mkdirSync(arriving, { recursive: true })
  const placeOf = (hash: string): string => join(folder, hash.slice(0, 2), hash)
  return {
    async put(bytes, limit) {
      const temporary = join(arriving, randomUUID())
      try {
        const { hash, size } = await write(temporary, bytes, limit)
        await settle(temporary, placeOf(hash))
        return { hash, size }
      } catch (error) {
        await rm(temporary, { force: true })
        throw fullDisk(error)
      }
    },
    open: (hash) => read(placeOf(hash)),
    async remove(hash) {
      const place = placeOf(hash)
      const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Infinity }))
      if (mtimeMs < Date.now() - HOUR) await rm(place, { force: true })
    },
    async sweep() {
      for (const name of await readdir(arriving)) {
        const { mtimeMs } = await stat(join(arriving, name)).catch(() => ({ mtimeMs: Infinity }))
        if (mtimeMs < Date.now() - 24 * HOUR) await rm(join(arriving, name), { force: true })
      }
    },
  }
}

async function write(file: string, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<{ hash: string; size: number }> {
  const digest = createHash('sha256')
  let size = 0
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const chunk of bytes) {
      size += chunk.byteLength
      if (size > limit) throw tooLarge(limit)
      digest.update(chunk)
      await handle.write(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { hash: digest.digest('hex'), size }
}

/** Moves it to its place and makes that durable; the same content stays where it is and counts as fresh. */
async function settle(temporary: string, place: string): Promise<void> {
  const there = await stat(place).catch(() => undefined)
  if (there !== undefined) {
    await utimes(place, new Date(), new Date())
    await rm(temporary)
    return
  }
  mkdirSync(dirname(place), { recursive: true })
  await rename(temporary, place)
  const folder = await open(dirname(place), 'r')
  await folder.sync().finally(() => folder.close())
}

async function* read(place: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(place, { highWaterMark: 256 * 1024 })) yield chunk as Uint8Array
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    throw new Problem(
      'not-found',
      {
        de: 'Die Rohdaten sind nicht mehr vorhanden: Ihre Aufbewahrungsfrist ist abgelaufen.',
        en: 'The raw data are gone: their time of retention is over.',
      },
      {},
      { cause },
    )
  }
}

export function tooLarge(limit: number): Problem {
  const size = limit >= 1024 * 1024 ? `${Math.round(limit / 1024 / 1024)} MB` : `${Math.round(limit / 1024)} kB`
  return new Problem('too-large', { de: `Die Daten sind größer als erlaubt (${size}).`, en: `The data are larger than allowed (${size}).` })
}

function fullDisk(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') return error
  return new Problem(
    'unavailable',
    { de: 'Der Speicherplatz des Servers ist voll.', en: 'The disk of the server is full.' },
    {},
    { cause: error },
  )
}

export async function gather(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bytes) {
    size += part.byteLength
    if (size > limit) throw tooLarge(limit)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** A payload in the raw store as connectors see it. */
export function rawOf(row: RawRow, files: Pick<RawFiles, 'open'>): Raw {
  const bytes = (): AsyncIterable<Uint8Array> => (row.content === null ? files.open(row.hash) : streamOf(row.content))
  return {
    name: row.name,
    status: row.status,
    headers: row.headers,
    type: row.type ?? undefined,
    size: row.size,
    hash: row.hash,
    bytes,
    json: async () => parseJson(await gather(bytes(), JSON_LIMIT), row.type ?? undefined, row.name),
  }
}

const JSON_LIMIT = 128 * 1024 * 1024
/** No real document is nested like this, and what walks through it must not run out of stack. */
const JSON_DEPTH = 200

/** JSON in UTF-8 (with or without a mark), UTF-16 or what its type says. Throws `invalid-body` with the place of the fault. */
export function parseJson(bytes: Uint8Array, type: string | undefined, file: string): unknown {
  const text = textOf(bytes, type)
  if (deeperThan(text, JSON_DEPTH))
    throw new Problem(
      'invalid-body',
      { de: `„${file}“ ist tiefer als ${JSON_DEPTH} Ebenen verschachtelt.`, en: `“${file}” is nested deeper than ${JSON_DEPTH} levels.` },
      { file },
    )
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = (cause as Error).message
    const line = lineOf(reason, text)
    const [de, en] = /^\s*</.test(text) ? [' Es sieht nach HTML oder XML aus.', ' It looks like HTML or XML.'] : ['', '']
    throw new Problem(
      'invalid-body',
      { de: `„${file}“ ist kein gültiges JSON (Zeile ${line}).${de}`, en: `“${file}” is not valid JSON (line ${line}).${en}` },
      { file, line },
      { cause },
    )
  }
}

function textOf(bytes: Uint8Array, type: string | undefined): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(labelOf(type)).decode(bytes)
  }
}

function labelOf(type: string | undefined): string {
  const label = /charset="?([\w-]+)/i.exec(type ?? '')?.[1] ?? 'windows-1252'
  try {
    return new TextDecoder(label).encoding === 'utf-8' ? 'windows-1252' : label
  } catch {
    return 'windows-1252'
  }
}

function deeperThan(text: string, limit: number): boolean {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quoted) {
      if (code === 0x5c) i++
      else if (code === 0x22) quoted = false
    } else if (code === 0x22) quoted = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
}

function lineOf(reason: string, text: string): number {
  const line = /line (\d+)/.exec(reason)?.[1]
  if (line !== undefined) return Number(line)
  const position = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length)
  return text.slice(0, position).split('\n').length
}

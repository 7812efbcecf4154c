/** zip: archives spooled to a file of their own and read with bounds on what they unpack to. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { type Entry, type ZipFile, open } from 'yauzl'
import { LIMITS, tooLarge, unreadable } from './format.ts'

const opened = promisify<string, { lazyEntries: true; autoClose: false; validateEntrySize: true }, ZipFile>(open)

export interface Archive extends AsyncDisposable {
  readonly names: readonly string[]
  /** Undefined where there is no such entry. */
  read(name: string): AsyncIterable<Uint8Array> | undefined
}

/** Below this, the ratio tells nothing: a sheet of zeros packs well. */
const SMALL = 50_000_000

/** Throws a Problem for what is no ZIP, or would unpack to too much. The spooled file goes when the archive is disposed. */
export async function archiveOf(bytes: AsyncIterable<Uint8Array>, file?: string): Promise<Archive> {
  const folder = await mkdtemp(join(tmpdir(), 'allmende-zip-'))
  const gone = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'archive')
    await pipeline(bytes, createWriteStream(path))
    const zip = await opened(path, { lazyEntries: true, autoClose: false, validateEntrySize: true }).catch((cause: unknown) => {
      throw broken(file, cause)
    })
    const entries = await entriesOf(zip, file).catch((error: unknown) => {
      zip.close()
      throw error
    })
    return {
      names: [...entries.keys()],
      read: (name) => {
        const entry = entries.get(name)
        return entry === undefined ? undefined : unpacked(zip, entry, file)
      },
      [Symbol.asyncDispose]: async () => {
        zip.close()
        await gone()
      },
    }
  } catch (error) {
    await gone()
    throw error
  }
}

function broken(file: string | undefined, cause: unknown) {
  const problem = unreadable('Das ZIP-Archiv ist beschädigt oder keines.', 'The ZIP archive is damaged, or is none.', { file })
  problem.cause = cause
  return problem
}

function bomb(file: string | undefined) {
  return tooLarge(
    'Das Archiv würde entpackt zu groß. Es wird nicht gelesen.',
    'The archive would be too large when unpacked. It is not read.',
    { file },
  )
}

/** All files of an archive by name. */
function entriesOf(zip: ZipFile, file: string | undefined): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let total = 0
  return new Promise((resolve, reject) => {
    zip.on('error', (cause) => reject(broken(file, cause)))
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: Entry) => {
      total += entry.uncompressedSize
      const swollen = entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * LIMITS.ratio
      if (swollen || total > LIMITS.unpacked || entries.size >= LIMITS.entries) return reject(bomb(file))
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

/** An entry's bytes. The archive's own words on its size are checked as it is unpacked. */
async function* unpacked(zip: ZipFile, entry: Entry, file: string | undefined): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted())
    throw unreadable('Die Datei im Archiv ist mit einem Kennwort geschützt.', 'The file in the archive is protected by a password.', {
      file,
    })
  const stream = await zip.openReadStreamPromise(entry).catch((cause: unknown) => {
    throw broken(file, cause)
  })
  let size = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > LIMITS.unpacked || (size > SMALL && size > entry.compressedSize * LIMITS.ratio)) throw bomb(file)
      yield chunk
    }
  } catch (error) {
    throw error instanceof Error && error.name === 'Problem' ? error : broken(file, error)
  }
}

/** The one file of an archive that can hold rows. */
export function contentOf(names: readonly string[], wanted: string | undefined, file?: string): string {
  const files = names.filter((name) => !/(^|\/)(__MACOSX\/|\.)/.test(name))
  const pattern = wanted === undefined ? undefined : new RegExp(`(^|/)${wildcards(wanted)}$`, 'i')
  const fit = files.filter((name) => (pattern ? pattern.test(name) : /\.(csv|tsv|txt|json|geojson|jsonl|ndjson|xlsx)$/i.test(name)))
  const [only, ...more] = fit.length === 0 && pattern === undefined && files.length === 1 ? files : fit
  if (only !== undefined && more.length === 0) return only
  const list = files.slice(0, 20).join(', ')
  throw only === undefined
    ? unreadable(
        `Im Archiv ist keine passende Datei. Es enthält: ${list}.`,
        `There is no fitting file in the archive. It holds: ${list}.`,
        { file },
      )
    : unreadable(
        `Im Archiv sind mehrere Dateien. Bitte geben Sie an, welche gelesen werden soll: ${list}.`,
        `There are several files in the archive. Please say which one is to be read: ${list}.`,
        { file },
      )
}

function wildcards(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
}

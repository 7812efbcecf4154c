/** folder: backups in a folder of this machine, or of another one that is mounted here. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../problem.ts'
import type { Entry, Target } from './target.ts'

export function openFolder(folder: string): Target {
  const placeOf = (name: string): string => join(folder, name)
  return {
    called: folder,
    has: async (name) => (await written(placeOf(name))) !== undefined,
    put: (name, bytes) => put(placeOf(name), bytes).catch((error: unknown) => refuse(folder, error)),
    get: (name) => readFile(placeOf(name)).catch((error: unknown) => (isMissing(error) ? undefined : refuse(folder, error))),
    list: (prefix) => below(folder, prefix).catch((error: unknown) => refuse(folder, error)),
    remove: (name) => rm(placeOf(name), { force: true }),
  }
}

async function put(place: string, bytes: Uint8Array): Promise<void> {
  const half = `${place}.${randomUUID()}${HALF}`
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  try {
    const file = await open(half, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(half, place)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

const HALF = '.half'

async function below(folder: string, prefix: string): Promise<Entry[]> {
  const names = await readdir(join(folder, dirname(`${prefix}x`)), { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  const found: Entry[] = []
  for (const entry of names) {
    if (!entry.isFile()) continue
    const place = join(entry.parentPath, entry.name)
    const name = place.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '')
    const at = name.startsWith(prefix) ? await written(place) : undefined
    if (at !== undefined) found.push({ name, written: at })
  }
  return found
}

async function written(place: string): Promise<number | undefined> {
  try {
    return (await stat(place)).mtimeMs
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

const REASONS: Readonly<Record<string, { readonly de: string; readonly en: string }>> = {
  ENOSPC: { de: 'der Speicherplatz ist voll', en: 'the disk is full' },
  EDQUOT: { de: 'der Speicherplatz ist voll', en: 'the disk is full' },
  EACCES: { de: 'der Zugriff ist nicht erlaubt', en: 'access is not allowed' },
  EPERM: { de: 'der Zugriff ist nicht erlaubt', en: 'access is not allowed' },
  EROFS: { de: 'dort darf nur gelesen werden', en: 'it can only be read' },
  ENOTDIR: { de: 'das ist kein Ordner', en: 'that is no folder' },
  EEXIST: { de: 'das ist kein Ordner', en: 'that is no folder' },
}

function refuse(folder: string, error: unknown): never {
  const { code = '' } = error as NodeJS.ErrnoException
  const why = REASONS[code] ?? { de: code, en: code }
  throw new Problem(
    'unavailable',
    { de: `Im Sicherungsordner ${folder} geht es nicht weiter: ${why.de}.`, en: `The backup folder ${folder} refuses: ${why.en}.` },
    {},
    { cause: error },
  )
}

/** restore: a backup brought back into an empty database and its data folder, whole or not at all. */
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../problem.ts'
import { openLoading, type Loading } from '../store/dump/loading.ts'
import type { Depot } from './depot.ts'
import type { Progress } from './make.ts'
import type { FilePart, Manifest, TablePart } from './manifest.ts'

export async function restoreBackup(
  depot: Depot,
  manifest: Manifest,
  url: string,
  data: string,
  progress: Progress = () => {},
): Promise<void> {
  await loadDatabase(depot, manifest, url, progress, async (loading) => {
    await restoreFiles(depot, manifest, data)
    await loading.settle()
  })
}

/** `last` comes before it counts. */
export async function loadDatabase(
  depot: Depot,
  { migrations, tables, sequences }: Manifest,
  url: string,
  progress: Progress,
  last: (loading: Loading) => Promise<void> = async () => {},
): Promise<void> {
  const loading = await openLoading(url, migrations)
  try {
    await fillAll(depot, loading, tables, progress)
    await loading.setSequences(sequences)
    await last(loading)
    await loading.commit()
  } finally {
    await loading.close()
  }
}

async function fillAll(depot: Depot, loading: Loading, tables: readonly TablePart[], progress: Progress): Promise<void> {
  const total = tables.reduce((sum, { rows }) => sum + rows, 0)
  const place = new Map(loading.tables.map(({ name }, i) => [name, i]))
  const ordered = tables.toSorted(
    (a, b) => (place.get(a.name) ?? Infinity) - (place.get(b.name) ?? Infinity) || a.name.localeCompare(b.name),
  )
  let done = 0
  for (const table of ordered) {
    const taken = await loading.fill(table, piecesOf(depot, table.pieces))
    if (taken !== table.rows) throw miscounted(table, taken)
    progress((done += taken), total)
  }
}

async function* piecesOf(depot: Depot, names: readonly string[]): AsyncIterable<Buffer> {
  for (const name of names) yield await depot.piece(name)
}

async function restoreFiles(depot: Depot, { files, secret }: Manifest, data: string): Promise<void> {
  for (const file of files) await restoreFile(depot, file, join(data, 'raw', file.hash.slice(0, 2), file.hash))
  if (secret !== undefined) await restoreSecret(await depot.piece(secret), join(data, 'secret.key'))
}

async function restoreFile(depot: Depot, { hash, pieces }: FilePart, place: string): Promise<void> {
  const half = `${place}.half`
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  try {
    const digest = createHash('sha256')
    const file = await open(half, 'w', 0o600)
    try {
      for await (const piece of piecesOf(depot, pieces)) {
        digest.update(piece)
        await file.write(piece)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    if (digest.digest('hex') !== hash) throw otherFile(hash)
    await rename(half, place)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

async function restoreSecret(secret: Buffer, place: string): Promise<void> {
  const there = await readFile(place).catch(() => undefined)
  if (there === undefined) return writeFile(place, secret, { mode: 0o600 })
  if (there.equals(secret)) return
  throw new Problem('conflict', {
    de: `In ${place} liegt ein anderer Schlüssel als in der Sicherung. Er bleibt, wie er ist: Nehmen Sie einen leeren Datenordner, oder legen Sie ihn beiseite.`,
    en: `There is another key in ${place} than in the backup. It stays as it is: take an empty data folder, or put it aside.`,
  })
}

function miscounted({ name, rows }: TablePart, taken: number): Problem {
  return new Problem('conflict', {
    de: `Die Sicherung nennt ${rows} Zeilen in „${name}“ und enthält ${taken}. Sie ist nicht zu brauchen.`,
    en: `The backup names ${rows} rows in “${name}” and holds ${taken}. It cannot be used.`,
  })
}

function otherFile(hash: string): Problem {
  return new Problem('conflict', {
    de: `Die Datei ${hash} ist in der Sicherung eine andere, als ihr Name sagt.`,
    en: `The file ${hash} is another one in the backup than its name says.`,
  })
}

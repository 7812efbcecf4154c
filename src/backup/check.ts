/** check: a backup restored into a second database, and compared: backed up again, it has to give the same pieces. */
import { createHash } from 'node:crypto'
import { openSnapshot } from '../store/dump/snapshot.ts'
import { cut } from './cut.ts'
import type { Depot } from './depot.ts'
import type { Progress } from './make.ts'
import type { Manifest, TablePart } from './manifest.ts'
import { loadDatabase } from './restore.ts'

export interface Checked {
  readonly rows: number
  readonly files: number
  /** Tables and files that are not the same; empty when all is well. */
  readonly differing: readonly string[]
}

/** `url` leads to an empty database that nobody needs afterwards. */
export async function checkBackup(depot: Depot, manifest: Manifest, url: string, progress: Progress = () => {}): Promise<Checked> {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  await loadDatabase(depot, manifest, url, (done) => progress(done, 2 * rows))
  const differing = [
    ...(await differingTables(depot, manifest, url, (done) => progress(rows + done, 2 * rows))),
    ...(await differingFiles(depot, manifest)),
  ]
  return { rows, files: manifest.files.length, differing }
}

async function differingTables(depot: Depot, { tables }: Manifest, url: string, progress: (done: number) => void): Promise<string[]> {
  const snapshot = await openSnapshot(url)
  try {
    const expected = new Map(tables.map((table) => [table.name, table]))
    const differing = new Set(tables.filter(({ name }) => !snapshot.tables.some((one) => one.name === name)).map(({ name }) => name))
    let done = 0
    for (const table of snapshot.tables) {
      const part = expected.get(table.name)
      if (!(await isSame(depot, snapshot.rows(table), part))) differing.add(table.name)
      progress((done += part?.rows ?? 0))
    }
    return [...differing]
  } finally {
    await snapshot.close()
  }
}

/** Read to its end in any case: the connection has more to say. */
async function isSame(depot: Depot, rows: AsyncIterable<Buffer>, part: TablePart | undefined): Promise<boolean> {
  const names: string[] = []
  for await (const piece of cut(rows, true)) names.push(depot.nameOf(piece))
  const pieces = part?.pieces ?? []
  return names.length === pieces.length && names.every((name, i) => name === pieces[i])
}

async function differingFiles(depot: Depot, { files, secret }: Manifest): Promise<string[]> {
  const differing: string[] = []
  for (const { hash, pieces } of files) {
    const digest = createHash('sha256')
    for (const name of pieces) digest.update(await depot.piece(name))
    if (digest.digest('hex') !== hash) differing.push(`raw/${hash}`)
  }
  if (secret !== undefined) await depot.piece(secret)
  return differing
}

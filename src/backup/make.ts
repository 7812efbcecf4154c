/** make: a backup of everything at one moment, while others go on writing. What an earlier one holds already is not written again. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSnapshot, type RawFile, type Snapshot } from '../store/dump/snapshot.ts'
import type { DumpTable } from '../store/dump/tables.ts'
import { cut, linesIn } from './cut.ts'
import type { Depot } from './depot.ts'
import type { FilePart, Manifest, TablePart } from './manifest.ts'

export interface Made {
  readonly name: string
  readonly manifest: Manifest
  /** Bytes that had to be written for it. */
  readonly written: number
}

/** Rows done, and how many there are as the database guesses. */
export type Progress = (done: number, total: number) => void

export async function makeBackup(url: string, data: string, depot: Depot, platform: string, progress: Progress = () => {}): Promise<Made> {
  const snapshot = await openSnapshot(url)
  try {
    const into = new Filling(depot, progress, snapshot)
    const tables: TablePart[] = []
    for (const table of snapshot.tables) tables.push(await into.table(table))
    const files = await into.files(join(data, 'raw'))
    const secret = await into.secret(join(data, 'secret.key'))
    const { taken, postgres, migrations, sequences } = snapshot
    const manifest: Manifest = { format: 1, taken, platform, postgres, migrations, sequences, tables, files, ...(secret && { secret }) }
    return { name: await depot.close(manifest), manifest, written: into.written }
  } finally {
    await snapshot.close()
  }
}

class Filling {
  written = 0
  private done = 0
  private readonly total: number
  private readonly depot: Depot
  private readonly progress: Progress
  private readonly snapshot: Snapshot

  constructor(depot: Depot, progress: Progress, snapshot: Snapshot) {
    this.depot = depot
    this.progress = progress
    this.snapshot = snapshot
    this.total = snapshot.tables.reduce((sum, { rows }) => sum + rows, 0)
  }

  async table(table: DumpTable): Promise<TablePart> {
    const pieces: string[] = []
    let [rows, bytes] = [0, 0]
    for await (const piece of cut(this.snapshot.rows(table), true)) {
      pieces.push(await this.put(piece))
      const lines = linesIn(piece)
      rows += lines
      bytes += piece.length
      this.progress((this.done += lines), Math.max(this.total, this.done))
    }
    const { name, columns, month } = table
    return { name, columns, ...(month !== undefined && { month }), rows, bytes, pieces }
  }

  /** What was cleared away since the snapshot had expired: nobody will miss it. */
  async files(folder: string): Promise<FilePart[]> {
    const parts: FilePart[] = []
    for (const file of this.snapshot.files) {
      const part = await this.file(file, join(folder, file.hash.slice(0, 2), file.hash))
      if (part !== undefined) parts.push(part)
    }
    return parts
  }

  private async file({ hash, size }: RawFile, place: string): Promise<FilePart | undefined> {
    const pieces: string[] = []
    try {
      for await (const piece of cut(createReadStream(place, { highWaterMark: 1024 * 1024 }), false)) pieces.push(await this.put(piece))
      return { hash, size, pieces }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async secret(place: string): Promise<string | undefined> {
    try {
      return await this.put(await readFile(place))
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  private async put(piece: Buffer): Promise<string> {
    const { name, written } = await this.depot.put(piece)
    this.written += written
    return name
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

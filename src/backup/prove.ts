/** prove: a backup checked in a database of its own, which is made for that and thrown away. */
import { rm } from 'node:fs/promises'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbedded } from '../store/embedded.ts'
import { checkBackup, type Checked } from './check.ts'
import type { Depot } from './depot.ts'
import type { Progress } from './make.ts'

/** Nothing in it has to outlive the check. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' }

/** Needs as much room in the data folder as the database has. */
export async function proveBackup(depot: Depot, name: string, data: string, progress: Progress = () => {}): Promise<Checked> {
  const manifest = await depot.manifest(name)
  const folder = join(data, 'backup-check')
  mkdirSync(folder, { recursive: true })
  const database = await startEmbedded(folder, FAST)
  try {
    return await checkBackup(depot, manifest, database.url, progress)
  } finally {
    await database.stop()
    await rm(database.folder, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

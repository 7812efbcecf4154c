/** duties: what comes round: a backup and its proof, where there is a place for backups. */
import { newestOf, openDepot, type Depot } from '../backup/depot.ts'
import { makeBackup, type Progress } from '../backup/make.ts'
import { proveBackup } from '../backup/prove.ts'
import { openTarget } from '../backup/target.ts'
import { thin, type Keep } from '../backup/thin.ts'
import { versionOf } from '../backup/version.ts'
import { Problem } from '../problem.ts'
import type { Duty } from './routine.ts'

/** Bytes newly written; backups and pieces that went. */
export type BackedUp = Readonly<Record<'rows' | 'files' | 'written' | 'removed' | 'pieces', number>> & { readonly name: string }
export type Proven = Readonly<Record<'rows' | 'files', number>> & { readonly name: string }

export interface Keeping {
  readonly to: string | undefined
  readonly passphrase: string | undefined
  readonly at: string
  readonly proofAt: string
  readonly keep: Keep
}

export function backupDuties(url: string, data: string, { to, passphrase, at, proofAt, keep }: Keeping): readonly Duty[] {
  if (to === undefined) return []
  return [
    {
      job: 'backup',
      at,
      does: async (signal) => backUp(await openDepot(openTarget(to), passphrase), url, data, keep, () => signal.throwIfAborted()),
    },
    {
      job: 'proof',
      at: proofAt,
      does: async (signal) => prove(await openDepot(openTarget(to), passphrase, 'reading'), undefined, data, () => signal.throwIfAborted()),
    },
  ]
}

export async function backUp(depot: Depot, url: string, data: string, keep: Keep, progress: Progress): Promise<BackedUp> {
  const { name, manifest, written } = await makeBackup(url, data, depot, versionOf(), progress)
  const { backups, pieces } = await thin(depot, keep)
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  return { name, rows, files: manifest.files.length, written, removed: backups.length, pieces }
}

/** The newest, where none is named. */
export async function prove(depot: Depot, named: string | undefined, data: string, progress: Progress): Promise<Proven> {
  const name = named ?? (await newestOf(depot))
  const { rows, files, differing } = await proveBackup(depot, name, data, progress)
  if (differing.length === 0) return { name, rows, files }
  throw new Problem('conflict', {
    de: `Die Sicherung ${name} ergibt nicht dasselbe: ${differing.join(', ')}.`,
    en: `The backup ${name} does not give the same: ${differing.join(', ')}.`,
  })
}

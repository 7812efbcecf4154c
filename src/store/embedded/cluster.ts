/** cluster: the files of the built-in database: made once, checked at every start, freed of what a dead process left behind. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../../problem.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'

export const OWNER = 'allmende'
const PATIENCE_MS = 60_000

/** Makes the cluster in one step: a half-made one is thrown away. */
export function makeCluster(binaries: Binaries, cluster: string, account: Account | undefined): void {
  if (existsSync(join(cluster, 'PG_VERSION'))) return
  const half = `${cluster}.new`
  rmSync(half, { recursive: true, force: true })
  // prettier-ignore
  const made = spawnSync(binaries.initdb, [
    '--pgdata', half, '--username', OWNER, '--auth', 'trust', '--encoding', 'UTF8',
    '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-instructions',
  ], { ...asAccount(account), cwd: '/', encoding: 'utf8', env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' } })
  if (made.status !== 0) throw notMade(cluster, made.stderr || String(made.error ?? `exit ${made.status}`))
  renameSync(half, cluster)
}

export function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}

/** Refuses files that another major version of PostgreSQL wrote. */
export function checkVersion(binaries: Binaries, cluster: string): void {
  const written = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  const ours = /(\d+)(?:\.|\w)/.exec(spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8' }).stdout)?.[1]
  if (ours === written) return
  throw new Problem('unavailable', {
    de: `Die Daten in ${cluster} stammen von PostgreSQL ${written}, beigelegt ist PostgreSQL ${ours ?? '?'}. Sichern Sie die Daten mit der bisherigen Ausgabe (allmende backup), und stellen Sie sie mit dieser in einem neuen Ordner wieder her (allmende restore).`,
    en: `The data in ${cluster} were written by PostgreSQL ${written}, and PostgreSQL ${ours ?? '?'} is enclosed. Back them up with the previous release (allmende backup), and restore them with this one into a new folder (allmende restore).`,
  })
}

/**
 * Makes way for a start: a server that outlived its platform is stopped cleanly, a pid file that nobody stands behind is removed.
 * Only to be called by whoever holds the folder's lock.
 */
export async function clearLeftovers(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const end = Date.now() + PATIENCE_MS
  let asked = false
  for (;;) {
    const pid = Number(existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : Number.NaN)
    if (!Number.isInteger(pid)) return
    if (!isServerOf(pid, cluster)) return rmSync(file, { force: true })
    if (Date.now() > end) throw stillRunning(cluster, pid)
    if (!asked) process.kill(pid, 'SIGINT')
    asked = true
    await wait(50)
  }
}

/** Whether this process is a PostgreSQL over these files: in a container another process may have inherited the number. */
function isServerOf(pid: number, cluster: string): boolean {
  if (process.platform === 'linux') return existsSync(`/proc/${pid}`) && commandOf(pid).includes(cluster)
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(cluster)
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function notMade(cluster: string, why: string): Problem {
  return new Problem('unavailable', {
    de: `Die eingebaute Datenbank konnte in ${cluster} nicht angelegt werden: ${why.trim()}`,
    en: `The built-in database could not be made in ${cluster}: ${why.trim()}`,
  })
}

function stillRunning(cluster: string, pid: number): Problem {
  return new Problem('conflict', {
    de: `Über dem Ordner ${cluster} läuft noch ein PostgreSQL (Prozess ${pid}), das sich nicht beenden lässt.`,
    en: `A PostgreSQL still runs over the folder ${cluster} (process ${pid}) and does not stop.`,
  })
}

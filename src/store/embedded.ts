/** embedded: the built-in PostgreSQL, started over the data folder when no DATABASE_URL is given. */
import { chownSync, existsSync, mkdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import { accountFor, type Account } from './embedded/account.ts'
import { binariesFor } from './embedded/binaries.ts'
import { checkVersion, makeCluster, OWNER } from './embedded/cluster.ts'
import { ELSEWHERE, homeFor } from './embedded/home.ts'
import { holderOf, lockFolder } from './embedded/lock.ts'
import { launch } from './embedded/server.ts'
import { settingsFor } from './embedded/settings.ts'

export interface Embedded {
  /** For pg and libpq alike: a socket that only the database's own user and the administrator can open. */
  readonly url: string
  readonly folder: string
  stop(): Promise<void>
}

/** Starts PostgreSQL over `${data}/postgres`, made at the first start. Throws a Problem if the folder is in use or cannot be used. */
export async function startEmbedded(data: string, settings: Readonly<Record<string, string>> = {}): Promise<Embedded> {
  const began = performance.now()
  mkdirSync(data, { recursive: true })
  const folder = realpathSync(data)
  const account = checkedAccount(join(folder, 'postgres'))
  const home = homeFor(folder, account)
  const unlock = await lockFolder(home)
  try {
    const binaries = binariesFor(account, ELSEWHERE)
    const cluster = join(home, 'cluster')
    makeCluster(binaries, cluster, account)
    checkVersion(binaries, cluster)
    const socket = socketFolder(home, process.pid)
    mkdirSync(socket, { recursive: true, mode: 0o700 })
    if (account !== undefined) chownSync(socket, account.uid, account.gid)
    const server = await launch({
      postgres: binaries.postgres,
      cluster,
      log: join(home, 'postgres.log'),
      account,
      settings: { ...settingsFor(socket), ...settings },
    })
    observe({ saw: 'database-started', ms: Math.round(performance.now() - began), folder: home })
    const stop = async (): Promise<void> => {
      await server.stop()
      unlock()
    }
    return { url: addressOf(socket), folder: home, stop }
  } catch (error) {
    unlock()
    throw error
  }
}

/** The address of the database that a running platform keeps over this folder; undefined if none runs. */
export async function runningEmbedded(data: string): Promise<string | undefined> {
  const wanted = join(data, 'postgres')
  if (!existsSync(wanted)) return undefined
  const home = realpathSync(wanted)
  const holder = await holderOf(home)
  return holder === undefined ? undefined : addressOf(socketFolder(home, holder))
}

function checkedAccount(folder: string): Account | undefined {
  const account = accountFor(folder)
  if (account !== undefined || process.getuid?.() !== 0) return account
  throw new Problem('unavailable', {
    de: 'PostgreSQL läuft nicht als root, und auf diesem System gibt es keinen anderen Benutzer dafür. Legen Sie einen Benutzer „allmende“ an, oder starten Sie als gewöhnlicher Benutzer.',
    en: 'PostgreSQL does not run as root, and this system has no other user for it. Create a user “allmende”, or start as an ordinary user.',
  })
}

/** The path of a socket holds 107 bytes; where the data lie too deep, it goes to the temporary folder. */
function socketFolder(home: string, holder: number | string): string {
  const inside = join(home, 'run')
  return Buffer.byteLength(inside) <= 85 ? inside : join(tmpdir(), `allmende-${holder}`)
}

function addressOf(socket: string): string {
  return `postgres://${OWNER}@localhost/postgres?host=${encodeURIComponent(socket)}`
}

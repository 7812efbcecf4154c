/** home: the folder of the built-in database. Where the database's user cannot reach the data folder, it lives elsewhere and a link stands in its place. */
import { createHash } from 'node:crypto'
import { accessSync, chownSync, constants, existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { observe } from '../../observe.ts'
import { Problem } from '../../problem.ts'
import { canEnter, type Account } from './account.ts'

export const ELSEWHERE = '/var/lib/allmende'

/** The real path of `${data}/postgres`, made if need be, owned by the account. */
export function homeFor(data: string, account: Account | undefined, elsewhere = ELSEWHERE): string {
  const wanted = join(data, 'postgres')
  if (!present(wanted)) make(data, wanted, account, elsewhere)
  const home = realOf(wanted)
  if (home !== wanted) observe({ saw: 'database-elsewhere', wanted, folder: home })
  if (account === undefined && !mine(home)) throw notOurs(home)
  if (account === undefined) return home
  chownSync(home, account.uid, account.gid)
  if (!canEnter(home, account)) throw unreachable(home, account)
  return home
}

/** A link that leads nowhere comes from a data folder that was moved to another machine without its database. */
function realOf(wanted: string): string {
  if (existsSync(wanted)) return realpathSync(wanted)
  throw new Problem('unavailable', {
    de: `${wanted} verweist auf ${readlinkSync(wanted)}, und dort liegt keine Datenbank. Wurde der Datenordner ohne sie umgezogen? Stellen Sie sie dort wieder her, oder löschen Sie den Verweis, um leer zu beginnen.`,
    en: `${wanted} leads to ${readlinkSync(wanted)}, and there is no database. Was the data folder moved without it? Restore it there, or delete the link to start empty.`,
  })
}

function mine(home: string): boolean {
  try {
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
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

function notOurs(home: string): Problem {
  return new Problem('unavailable', {
    de: `Der Ordner ${home} gehört einem anderen Benutzer, vermutlich nach einem Start als root. Starten Sie wieder so, oder übereignen Sie den Ordner (chown -R).`,
    en: `The folder ${home} belongs to another user, probably after a start as root. Start that way again, or hand over the folder (chown -R).`,
  })
}

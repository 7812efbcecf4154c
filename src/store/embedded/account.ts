/** account: the operating-system user that the built-in database runs as. PostgreSQL refuses to run as root. */
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const UNPRIVILEGED = ['allmende', 'postgres', 'nobody']

/** Undefined: as whoever runs the platform. As root: the owner of an existing database, else the first unprivileged user of the machine. */
export function accountFor(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const known = accountsOf(readFileSync('/etc/passwd', 'utf8'))
  const owner = statSync(folder, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0)
    return known.find(({ uid }) => uid === owner.uid) ?? { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  return UNPRIVILEGED.map((name) => known.find((account) => account.name === name)).find((account) => account !== undefined)
}

export function accountsOf(passwd: string): Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}

/** Whether the account may enter this folder: asked of the system itself, so that access lists count too. */
export function canEnter(folder: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { uid: account.uid, gid: account.gid, cwd: '/', stdio: 'ignore' }).status === 0
}

/** server: the running PostgreSQL process. It goes down cleanly when the platform dies, however that dies, and is started again if it dies itself. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, openSync, closeSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { observe } from '../../observe.ts'
import { Problem } from '../../problem.ts'
import type { Account } from './account.ts'
import { asAccount, clearLeftovers } from './cluster.ts'

export interface Server {
  /** Asks for a fast shutdown: open transactions are rolled back, everything committed stays. */
  stop(): Promise<void>
}

export interface Launch {
  readonly postgres: string
  readonly cluster: string
  readonly log: string
  readonly account: Account | undefined
  readonly settings: Readonly<Record<string, string>>
}

/**
 * The shell holds the reading end of a pipe from the platform. When the platform is gone, the kernel closes the pipe and the
 * shell asks PostgreSQL for a fast shutdown. Signals to the group are ignored, so that the platform can drain first.
 */
const KEEPER = `trap '' TERM INT HUP
exec 3<&0
"$@" <&- 3<&- & server=$!
( read -r _ <&3; kill -INT $server 2>/dev/null ) & watch=$!
exec 3<&-
wait $server; code=$?
kill -KILL $watch 2>/dev/null
exit $code`

const READY_MS = 60_000
/** A last checkpoint may take longer on a slow disk; it needs nobody to wait for it, and the next start does. */
const STOP_MS = 6_000
const RESTARTS_IN_A_ROW = 5

export async function launch(how: Launch): Promise<Server> {
  let stopping = false
  let fallen = 0
  let child = await startOnce(how)
  const watch = (): void => {
    child.once('exit', (code) => {
      if (stopping) return
      observe({ saw: 'database-lost', code: code ?? -1, log: how.log })
      void revive()
    })
  }
  const revive = async (): Promise<void> => {
    while (!stopping && ++fallen <= RESTARTS_IN_A_ROW) {
      try {
        child = await startOnce(how)
        fallen = 0
        return watch()
      } catch (error) {
        observe({ saw: 'crash', error })
        await wait(500 * fallen)
      }
    }
  }
  watch()
  return {
    async stop() {
      stopping = true
      await Promise.race([ended(child), wait(STOP_MS, undefined, { ref: false })])
    },
  }
}

async function startOnce(how: Launch): Promise<ChildProcess> {
  await clearLeftovers(how.cluster)
  if (existsSync(how.log)) renameSync(how.log, `${how.log}.1`)
  const log = openSync(how.log, 'a', 0o600)
  const settings = Object.entries(how.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn('/bin/sh', ['-c', KEEPER, 'allmende-postgres', how.postgres, '-D', how.cluster, ...settings], {
    ...asAccount(how.account),
    cwd: '/',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', PG_OOM_ADJUST_FILE: '/proc/self/oom_score_adj' },
    stdio: ['pipe', log, log],
    detached: true,
  })
  closeSync(log)
  child.stdin?.on('error', () => undefined)
  await ready(child, how)
  child.unref()
  return child
}

/** The server writes its state into the eighth line of the pid file. */
async function ready(child: ChildProcess, { cluster, log }: Launch): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const end = Date.now() + READY_MS
  while (child.exitCode === null && child.signalCode === null && Date.now() < end) {
    if (existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready') return
    await wait(15)
  }
  await ended(child)
  throw new Problem('unavailable', {
    de: `Die eingebaute Datenbank startet nicht. Ihr Protokoll (${log}) endet so:\n${tail(log)}`,
    en: `The built-in database does not start. Its log (${log}) ends with:\n${tail(log)}`,
  })
}

function tail(log: string): string {
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-8).join('\n') : ''
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    child.ref()
    child.once('exit', () => done())
    child.stdin?.destroy()
  })
}

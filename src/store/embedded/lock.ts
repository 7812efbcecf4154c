/** lock: one platform per data folder. A socket in the folder is held for as long as the process lives; the kernel lets go of it, whatever happens. */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createConnection, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '../../problem.ts'

/** sockaddr_un holds 108 bytes on Linux and 104 on macOS. */
const LONGEST_SOCKET = 100

/** Takes the folder for this process, or throws a Problem that names the folder and the process that holds it. Returns how to let go. */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = socketOf(folder)
  const holder = await askHolder(path)
  if (holder !== undefined) throw heldBy(folder, holder)
  rmSync(path, { force: true })
  const server = await hold(path)
  if (server === undefined) throw heldBy(folder, (await askHolder(path)) ?? '?')
  return () => server.close()
}

/** The process that holds the folder; undefined if none does. */
export function holderOf(folder: string): Promise<string | undefined> {
  return askHolder(socketOf(folder))
}

function socketOf(folder: string): string {
  const inside = join(folder, 'allmende.lock')
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET) return inside
  return join(tmpdir(), `allmende-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.lock`)
}

/** The process id of the holder; undefined if nobody answers. */
function askHolder(path: string): Promise<string | undefined> {
  return new Promise((answer) => {
    let pid = ''
    const socket = createConnection(path)
    socket.setTimeout(2000, () => socket.destroy())
    socket.on('data', (chunk) => (pid += chunk.toString()))
    socket.on('error', () => answer(undefined))
    socket.on('close', (failed) => answer(failed ? undefined : pid || '?'))
  })
}

/** Undefined if another process was faster. */
function hold(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => socket.destroy()).end(String(process.pid)))
    server.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(path, () => resolve(server.unref()))
  })
}

function heldBy(folder: string, pid: string): Problem {
  return new Problem('conflict', {
    de: `Im Datenordner ${folder} läuft Allmende bereits (Prozess ${pid}). Beenden Sie diesen Prozess zuerst, oder nennen Sie mit ALLMENDE_DATA einen anderen Ordner.`,
    en: `Allmende already runs in the data folder ${folder} (process ${pid}). Stop that process first, or name another folder with ALLMENDE_DATA.`,
  })
}

/** platform: a platform of its own for the bench: another process, its own PostgreSQL, a folder that is thrown away. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Platform {
  readonly url: string
  readonly mqttPort: number
  readonly folder: string
  /** Milliseconds from the start of the process until it was ready. */
  readonly started: number
  stop(): Promise<void>
}

/** Where nothing is said: a temporary folder. ALLMENDE_BENCH_DATA keeps the data for the next time. */
export function benchFolder(): { readonly folder: string; readonly kept: boolean } {
  const kept = process.env['ALLMENDE_BENCH_DATA']
  return kept === undefined ? { folder: mkdtempSync(join(tmpdir(), 'allmende-bench-')), kept: false } : { folder: kept, kept: true }
}

export async function startPlatform(folder: string): Promise<Platform> {
  const [port, mqttPort] = [await freePort(), await freePort()]
  const env = {
    ...process.env,
    ALLMENDE_DATA: folder,
    ALLMENDE_PORT: String(port),
    ALLMENDE_OPEN: '1',
    ALLMENDE_MQTT_PORT: String(mqttPort),
    ALLMENDE_LOG: 'error',
  }
  const began = performance.now()
  const child = spawn(process.execPath, ['src/cli.ts', 'start'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await ready(url, child)
  return { url, mqttPort, folder, started: performance.now() - began, stop: () => stopped(child) }
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The platform ended with ${child.exitCode}.`)
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

export function throwAway(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** Gigabytes left where the folder is. */
export function roomLeft(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return (bavail * bsize) / 1e9
}

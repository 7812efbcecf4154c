/** process: the platform as its users start it: a process of its own, with an environment and a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Environment = Readonly<Record<string, string>>

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly url: string
  readonly child: ChildProcess
  /** What it has said so far. */
  err(): string
  ended: Promise<Ended>
  end(signal: NodeJS.Signals): Promise<Ended>
}

/** The environment is only what is given: no setting of whoever runs the tests leaks in. */
function launch(words: readonly string[], environment: Environment, input?: string) {
  const child = spawn(process.execPath, ['src/cli.ts', ...words], {
    env: { PATH: process.env['PATH'] ?? '', ALLMENDE_LOG: 'silent', ALLMENDE_PORT: '0', ALLMENDE_MQTT_PORT: '', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  child.stdin.on('error', () => undefined).end(input)
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, ...said })))
  return { child, said, ended }
}

/** One command, to its end. */
export function runCommand(words: readonly string[], environment: Environment, input?: string): Promise<Ended> {
  return launch(words, environment, input).ended
}

/** `allmende start`, up and answering. */
export async function startPlatform(environment: Environment): Promise<Running> {
  const { child, said, ended } = launch(['start'], environment)
  const up = new Promise<string>((resolve) => {
    child.stderr.on('data', () => {
      const url = /Allmende (?:läuft|is running): (\S+)/.exec(said.err)?.[1]
      if (url !== undefined) resolve(url)
    })
  })
  const failed = ended.then(({ err, out }): never => {
    throw new Error(`The platform did not start.\n${err}\n${out}`)
  })
  failed.catch(() => undefined)
  return {
    url: await Promise.race([up, failed]),
    child,
    err: () => said.err,
    ended,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** A data folder that the database's user can reach; gone after the test. */
export function dataFolder(t: { after(done: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'allmende-data-'))
  chmodSync(folder, 0o755)
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

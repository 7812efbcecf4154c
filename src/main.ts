/** main: the platform from start to stop: built, announced, and drained when it is asked to end. */
import { build, type App } from './app.ts'
import type { Config } from './config.ts'
import { say } from './cli/terminal.ts'
import { firstRunLink } from './govern/first-run.ts'
import { occupied } from './http/occupied.ts'
import { logTo, observe } from './observe.ts'

/** What a request may take to finish once the platform is asked to stop; the process is gone within ten seconds. */
const DRAIN_MS = 8_000
const DEFAULT_TENANT = 1

/** Runs until a signal comes; answers the exit code. */
export async function runPlatform(config: Config): Promise<number> {
  const began = performance.now()
  logTo(config.log)
  watchForBugs()
  const stop = signalled()
  const app = await build(config)
  const address = await app.listen().catch(async (error: unknown) => {
    await app.close()
    throw occupied(error)
  })
  observe({ saw: 'started', url: address, ms: Math.round(performance.now() - began) })
  await welcome(app, config, address)
  const signal = await stop
  observe({ saw: 'stopping', why: signal })
  await app.close()
  return 0
}

async function welcome({ people }: App, { url, port }: Config, address: string): Promise<void> {
  const shown = port === 0 ? address : url
  say({ de: `\nAllmende läuft: ${shown}`, en: `\nAllmende is running: ${shown}` })
  const secret = await people.firstRun.invite(DEFAULT_TENANT)
  if (secret !== undefined)
    say({
      de: `Das erste Konto richten Sie hier ein (der Link gilt einmal, 24 Stunden lang):\n  ${firstRunLink(shown, secret)}`,
      en: `Set up the first account here (the link works once, for 24 hours):\n  ${firstRunLink(shown, secret)}`,
    })
  say({ de: 'Beenden mit Strg+C.\n', en: 'Stop with Ctrl+C.\n' })
}

/** The first signal. From then on the process has its time to drain, whatever it is at; a second signal ends it at once. */
function signalled(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  let asked = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (asked) process.exit(130)
      asked = true
      setTimeout(outOfTime, DRAIN_MS).unref()
      resolve(signal)
    })
  return promise
}

function outOfTime(): void {
  observe({ saw: 'stopping', why: 'out of time' })
  process.exit(1)
}

/** A bug leaves a state that nobody can vouch for: it is told, and whoever supervises the process starts it anew. */
function watchForBugs(): void {
  const crash = (error: unknown): void => {
    observe({ saw: 'crash', error })
    process.exit(1)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}

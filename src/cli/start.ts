/** start: the platform, until it is asked to stop. */
import { setFlagsFromString } from 'node:v8'
import { Command } from 'commander'
import { settings } from './settings.ts'
import { inWords } from './terminal.ts'

export function startCommand(): Command {
  return new Command('start')
    .description(inWords({ de: 'startet die Plattform', en: 'starts the platform' }))
    .addHelpText('after', inWords(SETTINGS))
    .action(start)
}

/** Loaded only now: help and the small commands need not wait for the whole platform. */
async function start(): Promise<void> {
  const config = settings()
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`)
  const { runPlatform } = await import('../main.ts')
  process.exit(await runPlatform(config))
}

/** By how much the heap may outgrow what is in use: V8 would let it double and more. Costs no time that could be measured (docs/performance.md). */
const GROWTH = 50

const SETTINGS = {
  de: `
Einstellungen stehen in der Umgebung, alle sind freiwillig: ALLMENDE_PORT (8080), ALLMENDE_HOST (127.0.0.1),
ALLMENDE_URL, ALLMENDE_DATA (./data), DATABASE_URL, ALLMENDE_MQTT_PORT, ALLMENDE_MQTT_TLS_CERT, _KEY, _PORT, ALLMENDE_MQTT_URL, _TOKEN, ALLMENDE_BACKUP, _PASSPHRASE, _AT, _PROOF_AT, _KEEP, ALLMENDE_ADMIN_TOKEN, ALLMENDE_LOG.
Ohne DATABASE_URL startet die Plattform ihre eigene Datenbank im Datenordner.`,
  en: `
Settings come from the environment, all are optional: ALLMENDE_PORT (8080), ALLMENDE_HOST (127.0.0.1),
ALLMENDE_URL, ALLMENDE_DATA (./data), DATABASE_URL, ALLMENDE_MQTT_PORT, ALLMENDE_MQTT_TLS_CERT, _KEY, _PORT, ALLMENDE_MQTT_URL, _TOKEN, ALLMENDE_BACKUP, _PASSPHRASE, _AT, _PROOF_AT, _KEEP, ALLMENDE_ADMIN_TOKEN, ALLMENDE_LOG.
Without DATABASE_URL the platform starts a database of its own in the data folder.`,
}

/** check: whether the settings are usable and the database answers, before anything is started. */
import { statfsSync } from 'node:fs'
import { Command } from 'commander'
import { statusOf } from '../store/status.ts'
import { settings, withDatabase } from './settings.ts'
import { inWords, line, table } from './terminal.ts'

export function checkCommand(): Command {
  return new Command('check')
    .description(inWords({ de: 'prüft Einstellungen und Datenbank', en: 'checks settings and database' }))
    .action(check)
}

async function check(): Promise<void> {
  const config = settings()
  const status = await withDatabase((database) => statusOf(database))
  const words = {
    url: inWords({ de: 'Adresse', en: 'address' }),
    data: inWords({ de: 'Datenordner', en: 'data folder' }),
    database: inWords({ de: 'Datenbank', en: 'database' }),
  }
  const own = config.database === undefined ? inWords({ de: 'eingebaut', en: 'built in' }) : new URL(config.database).host
  line(
    table([
      [words.url, `${config.url} (${config.host}:${config.port})`],
      [words.data, `${config.data} (${freeGigabytes(config.data)} GB ${inWords({ de: 'frei', en: 'free' })})`],
      [words.database, `PostgreSQL ${status.version}, ${own}, ${status.size}`],
      ['Migrations', String(status.migrations)],
      ['Log', config.log],
    ]),
  )
  line(inWords({ de: 'Alles in Ordnung.', en: 'All is well.' }))
}

function freeGigabytes(folder: string): string {
  const { bavail, bsize } = statfsSync(folder)
  return ((bavail * bsize) / 1e9).toFixed(1)
}

/** restore: a backup brought back into a new data folder, or into an empty database. */
import { mkdirSync } from 'node:fs'
import { Command } from 'commander'
import { newestOf } from '../backup/depot.ts'
import { restoreBackup } from '../backup/restore.ts'
import { bar } from './bar.ts'
import { depotFor, PLACE } from './depot.ts'
import { settings, withAddress } from './settings.ts'
import { inWords, say } from './terminal.ts'

interface Options {
  readonly from?: string
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      inWords({
        de: 'holt eine Sicherung in einen neuen Datenordner oder eine leere Datenbank zurück; ohne Namen die neueste',
        en: 'brings a backup back into a new data folder or an empty database; without a name the newest',
      }),
    )
    .argument('[name]', inWords({ de: 'Name der Sicherung', en: 'name of the backup' }))
    .option('--from <place>', inWords(PLACE))
    .action(restore)
}

async function restore(name: string | undefined, { from }: Options): Promise<void> {
  const config = settings()
  const depot = await depotFor(config, from, 'reading')
  const chosen = name ?? (await newestOf(depot))
  const manifest = await depot.manifest(chosen)
  mkdirSync(config.data, { recursive: true })
  const progress = bar({ de: 'Zeilen wiederhergestellt', en: 'Rows restored' })
  await withAddress((url) => restoreBackup(depot, manifest, url, config.data, progress.at))
  progress.end()
  say({
    de: `Wiederhergestellt ist der Stand von ${manifest.taken} (${chosen}). Starten Sie nun die Plattform.`,
    en: `Restored is the state of ${manifest.taken} (${chosen}). Now start the platform.`,
  })
}

/** backup: everything kept elsewhere, listed, and proven by bringing it back into a second database. */
import { Command } from 'commander'
import { proveBackup } from '../backup/prove.ts'
import { makeBackup } from '../backup/make.ts'
import { thin } from '../backup/thin.ts'
import { Problem } from '../problem.ts'
import { bar } from './bar.ts'
import { depotFor, newestOf, PLACE } from './depot.ts'
import { settings, withAddress } from './settings.ts'
import { inWords, line, say, table } from './terminal.ts'
import { release } from './version.ts'

interface Options {
  readonly to?: string
}

export function backupCommand(): Command {
  const words = (de: string, en: string): string => inWords({ de, en })
  const at = (command: Command): Command => command.option('--to <place>', inWords(PLACE))
  const backup = at(
    new Command('backup').description(
      words('sichert alles, während die Plattform weiterläuft', 'backs up everything while the platform goes on'),
    ),
  ).action(make)
  at(backup.command('list').description(words('zeigt die Sicherungen', 'lists the backups'))).action(list)
  at(
    backup
      .command('check [name]')
      .description(
        words(
          'stellt die neueste oder die genannte in einer zweiten Datenbank wieder her und vergleicht',
          'restores the newest, or the one named, into a second database and compares',
        ),
      ),
  ).action(check)
  return backup
}

async function make(_options: Options, command: Command): Promise<void> {
  const { to } = command.optsWithGlobals<Options>()
  const depot = await depotFor(settings(), to)
  const progress = bar({ de: 'Zeilen gesichert', en: 'Rows backed up' })
  const { made, gone } = await withAddress(async (url, { data, backup }) => {
    const done = await makeBackup(url, data, depot, release(), progress.at)
    return { made: done, gone: await thin(depot, backup.keep) }
  })
  progress.end()
  if (!depot.sealed) say(OPEN)
  if (gone.backups.length > 0)
    say({ de: `${gone.backups.length} ältere Sicherungen entfernt.`, en: `${gone.backups.length} older backups removed.` })
  say({
    de: `Gesichert in ${depot.called}: ${megabytes(made.written)} neu geschrieben.`,
    en: `Backed up to ${depot.called}: ${megabytes(made.written)} newly written.`,
  })
  line(made.name)
}

const OPEN = {
  de: 'Achtung: Die Sicherung ist nicht verschlüsselt. Wer sie lesen kann, liest alles. Mit ALLMENDE_BACKUP_PASSPHRASE wird sie verschlüsselt.',
  en: 'Attention: the backup is not encrypted. Whoever can read it reads everything. ALLMENDE_BACKUP_PASSPHRASE encrypts it.',
}

async function list(_options: Options, command: Command): Promise<void> {
  const depot = await depotFor(settings(), command.optsWithGlobals<Options>().to, 'reading')
  const backups = await depot.backups()
  const rows: string[][] = []
  for (const { name, taken } of backups) {
    const { tables, files, platform } = await depot.manifest(name)
    rows.push([
      name,
      taken,
      sum(tables.map((one) => one.rows)),
      megabytes(tables.reduce((all, { bytes }) => all + bytes, 0)),
      String(files.length),
      platform,
    ])
  }
  const head = ['Name', inWords({ de: 'Stand', en: 'taken' }), inWords({ de: 'Zeilen', en: 'rows' }), inWords({ de: 'Größe', en: 'size' }), inWords({ de: 'Dateien', en: 'files' }), inWords({ de: 'Ausgabe', en: 'release' })] // prettier-ignore
  line(table([head, ...rows]))
}

async function check(name: string | undefined, _options: Options, command: Command): Promise<void> {
  const config = settings()
  const depot = await depotFor(config, command.optsWithGlobals<Options>().to, 'reading')
  const chosen = name ?? (await newestOf(depot))
  const progress = bar({ de: 'Zeilen geprüft', en: 'Rows checked' })
  const { rows, files, differing } = await proveBackup(depot, chosen, config.data, progress.at)
  progress.end()
  if (differing.length > 0)
    throw new Problem('conflict', {
      de: `Die Sicherung ${chosen} ergibt nicht dasselbe: ${differing.join(', ')}.`,
      en: `The backup ${chosen} does not give the same: ${differing.join(', ')}.`,
    })
  say({
    de: `Die Sicherung ${chosen} ist gut: ${rows} Zeilen und ${files} Dateien wiederhergestellt und verglichen.`,
    en: `The backup ${chosen} is good: ${rows} rows and ${files} files restored and compared.`,
  })
}

function sum(numbers: readonly number[]): string {
  return String(numbers.reduce((all, one) => all + one, 0))
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

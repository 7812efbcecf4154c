/** backup: everything kept elsewhere, listed, and proven by bringing it back into a second database. */
import { Command } from 'commander'
import type { Config } from '../config.ts'
import type { JsonObject } from '../model/json.ts'
import { backUp, prove } from '../operate/duties.ts'
import { writtenAnyway } from '../operate/routine.ts'
import { migrate } from '../store/migrate.ts'
import { openDatabase } from '../store/pool.ts'
import type { Job } from '../store/upkeep.ts'
import { bar } from './bar.ts'
import { depotFor, PLACE } from './depot.ts'
import { settings, withAddress } from './settings.ts'
import { inWords, line, say, table } from './terminal.ts'

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
  const {
    name,
    written: bytes,
    removed,
  } = await journalled('backup', (url, { data, backup }) => backUp(depot, url, data, backup.keep, progress.at))
  progress.end()
  if (!depot.sealed) say(OPEN)
  if (removed > 0) say({ de: `${removed} ältere Sicherungen entfernt.`, en: `${removed} older backups removed.` })
  const size = megabytes(bytes)
  say({ de: `Gesichert in ${depot.called}: ${size} neu geschrieben.`, en: `Backed up to ${depot.called}: ${size} newly written.` })
  line(name)
}

/** Written down as when the platform does it by itself. */
function journalled<Figures extends JsonObject>(job: Job, does: (url: string, config: Config) => Promise<Figures>): Promise<Figures> {
  return withAddress(async (url, config) => {
    const database = await openDatabase(url, 2)
    try {
      await migrate(database)
      return await writtenAnyway(database, { job, does: () => does(url, config) })
    } finally {
      await database.close()
    }
  })
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
  const depot = await depotFor(settings(), command.optsWithGlobals<Options>().to, 'reading')
  const progress = bar({ de: 'Zeilen geprüft', en: 'Rows checked' })
  const { name: called, rows, files } = await journalled('proof', (_url, { data }) => prove(depot, name, data, progress.at))
  progress.end()
  say({
    de: `Die Sicherung ${called} ist gut: ${rows} Zeilen und ${files} Dateien wiederhergestellt und verglichen.`,
    en: `The backup ${called} is good: ${rows} rows and ${files} files restored and compared.`,
  })
}

function sum(numbers: readonly number[]): string {
  return String(numbers.reduce((all, one) => all + one, 0))
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

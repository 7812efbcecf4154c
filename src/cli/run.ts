/** run: a source that is connected already, read now. */
import { Command } from 'commander'
import type { Intake, SourceCard } from '../govern/intake.ts'
import { Problem } from '../problem.ts'
import type { Principal } from '../rights/principal.ts'
import { follow } from './follow.ts'
import { withPlatform } from './platform.ts'
import { inWords, line, table } from './terminal.ts'

interface Options {
  readonly tenant?: string
  readonly dryRun?: boolean
}

export function runCommand(): Command {
  return new Command('run')
    .description(
      inWords({
        de: 'liest eine angebundene Quelle jetzt ein; ohne Namen zeigt es alle',
        en: 'reads a connected source now; without a name it lists them all',
      }),
    )
    .argument('[source]', inWords({ de: 'Name oder Nummer der Quelle', en: 'name or number of the source' }))
    .option('--dry-run', inWords({ de: 'nur prüfen, nichts speichern', en: 'check only, store nothing' }))
    .option('--tenant <slug>', inWords({ de: 'Mandant', en: 'tenant' }))
    .action(run)
}

async function run(wanted: string | undefined, { tenant, dryRun = false }: Options): Promise<void> {
  process.exitCode = await withPlatform(tenant, async ({ ingest }, who) => {
    if (wanted === undefined) return list(await ingest.sources(who))
    const source = await sourceNamed(ingest, who, wanted)
    return follow(ingest, who, await ingest.run(who, source.id, dryRun))
  })
}

function list(sources: readonly SourceCard[]): number {
  const head = [
    'id',
    'name',
    inWords({ de: 'Anbindung', en: 'connector' }),
    inWords({ de: 'Datensatz', en: 'dataset' }),
    inWords({ de: 'nächster Lauf', en: 'next run' }),
  ]
  line(table([head, ...sources.map(({ id, name, connector, dataset, due }) => [String(id), name, connector, dataset, due ?? '–'])]))
  return 0
}

async function sourceNamed(intake: Intake, who: Principal, wanted: string): Promise<SourceCard> {
  const found = (await intake.sources(who)).filter(({ id, name }) => name === wanted || String(id) === wanted)
  const [source] = found
  if (source !== undefined && found.length === 1) return source
  if (source === undefined)
    throw new Problem('not-found', { de: `Die Quelle „${wanted}“ gibt es nicht.`, en: `There is no source “${wanted}”.` })
  throw new Problem('conflict', {
    de: `„${wanted}“ heißen mehrere Quellen; bitte nennen Sie die Nummer.`,
    en: `Several sources are called “${wanted}”; please give the number.`,
  })
}

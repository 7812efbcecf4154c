/** import: a file into a dataset: kept as it is, its shape found out or told, then read like any source. */
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Command } from 'commander'
import type { Intake, SourceCard } from '../govern/intake.ts'
import { Problem } from '../problem.ts'
import { equals } from '../query/filter.ts'
import { ask } from '../query/query.ts'
import type { Principal } from '../rights/principal.ts'
import type { Service } from '../service/service.ts'
import { follow } from './follow.ts'
import { withPlatform } from './platform.ts'
import { inWords, line, say } from './terminal.ts'

interface Options {
  readonly dataset: string
  readonly title?: string
  readonly options?: string
  readonly show?: boolean
  readonly dryRun?: boolean
  readonly tenant?: string
}

type Reading = Readonly<Record<string, unknown>>

export function importCommand(): Command {
  const words = (de: string, en: string): string => inWords({ de, en })
  return new Command('import')
    .description(
      words('liest eine Datei in einen Datensatz ein: CSV, Excel, JSON, GeoJSON', 'reads a file into a dataset: CSV, Excel, JSON, GeoJSON'),
    )
    .argument('<file>', words('die Datei', 'the file'))
    .requiredOption(
      '-d, --dataset <slug>',
      words(
        'Kurzname des Datensatzes; fehlt er, wird er als Entwurf angelegt',
        'short name of the dataset; made as a draft if it is missing',
      ),
    )
    .option('--title <title>', words('Titel, wenn er angelegt wird', 'its title, if it is made'))
    .option(
      '--options <file>',
      words('JSON mit format und mapping; sonst werden sie erkannt', 'JSON with format and mapping; else they are detected'),
    )
    .option('--show', words('nur zeigen, was erkannt wird: Vorlage für --options', 'only show what is detected: a template for --options'))
    .option('--dry-run', words('nur prüfen, nichts speichern', 'check only, store nothing'))
    .option('--tenant <slug>', words('Mandant', 'tenant'))
    .action(run)
}

async function run(file: string, options: Options): Promise<void> {
  if (!existsSync(file))
    throw new Problem('invalid-query', { de: `Die Datei ${file} gibt es nicht.`, en: `There is no file ${file}.` }, { file })
  const given = options.options === undefined ? undefined : readingIn(options.options)
  process.exitCode = await withPlatform(options.tenant, async ({ ingest, service }, who) => {
    const { upload } = await ingest.upload(who, { name: basename(file), type: undefined, headers: {}, bytes: createReadStream(file) })
    const reading = given ?? (await detected(ingest, who, upload))
    if (options.show === true) {
      line(JSON.stringify(reading, undefined, 2))
      return 0
    }
    await mustHave(service, who, options)
    const source = await sourceFor(ingest, who, { name: basename(file), dataset: options.dataset, reading: { ...reading, upload } })
    return follow(ingest, who, await ingest.run(who, source.id, options.dryRun ?? false))
  })
}

function readingIn(path: string): Reading {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isReading(value)) return value
    throw new TypeError('not an object')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Problem(
      'invalid-body',
      { de: `${path} ist nicht lesbar: ${why}`, en: `${path} cannot be read: ${why}` },
      { file: path },
      { cause },
    )
  }
}

function isReading(value: unknown): value is Reading {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function detected(intake: Intake, who: Principal, upload: string): Promise<Reading> {
  const found = await intake.detect(who, { upload })
  if (isReading(found) && isReading(found['mapping']))
    return { ...(isReading(found['format']) ? { format: found['format'] } : {}), mapping: found['mapping'] }
  throw new Problem('invalid-body', {
    de: 'Aus der Datei geht nicht hervor, was ihre Spalten bedeuten. Bitte sagen Sie es mit --options.',
    en: 'The file does not tell what its columns mean. Please say so with --options.',
  })
}

/** The dataset, made as an internal draft if it is not there. */
async function mustHave(service: Service, who: Principal, { dataset: slug, title }: Options): Promise<void> {
  if ((await service.find(who, ask('dataset', equals(['slug'], slug), 1))).items.length > 0) return
  const [id = 0] = await service.ids('dataset', 1)
  await service.record(who, {
    datasets: [
      {
        id,
        tenant: who.tenant,
        slug,
        title: { de: title ?? slug },
        description: {},
        keywords: [],
        themes: [],
        access: 'internal',
        state: 'draft',
        duplicates: 'skip',
        properties: {},
        created: '',
        modified: '',
      },
    ],
  })
  say({ de: `Datensatz „${slug}“ als Entwurf angelegt.`, en: `Dataset “${slug}” made as a draft.` })
}

/** A file of the same name goes into the same source again, so that its runs stand together. */
async function sourceFor(
  intake: Intake,
  who: Principal,
  { name, dataset, reading }: { readonly name: string; readonly dataset: string; readonly reading: Reading },
): Promise<SourceCard> {
  const before = (await intake.sources(who)).find(
    (source) => source.connector === 'csv' && source.name === name && source.dataset === dataset,
  )
  if (before !== undefined) return intake.change(who, before.id, { options: reading })
  return intake.make(who, { name, connector: 'csv', dataset, options: reading })
}

/** export: a dataset as a file, through the same door as everyone's download, streamed to where it shall go. */
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { request } from 'undici'
import { Problem } from '../problem.ts'
import { bar } from './bar.ts'
import { besides, settings } from './settings.ts'
import { inWords, language, say } from './terminal.ts'

const FORMATS = ['csv', 'geojson', 'xlsx', 'parquet'] as const

interface Options {
  readonly tenant?: string
  readonly format?: string
  readonly output?: string
  readonly from?: string
  readonly until?: string
  readonly of?: string
  readonly flavour?: string
}

export function exportCommand(): Command {
  const words = (de: string, en: string): string => inWords({ de, en })
  return new Command('export')
    .description(words('schreibt einen Datensatz in eine Datei', 'writes a dataset into a file'))
    .argument('<dataset>', words('Kurzname des Datensatzes', 'short name of the dataset'))
    .addOption(
      new Option(
        '-f, --format <format>',
        words('Dateiformat; sonst nach der Endung der Datei, sonst csv', 'file format; else by the ending of the file, else csv'),
      ).choices(FORMATS),
    )
    .option('-o, --output <file>', words('Datei; sonst die Standardausgabe', 'file; else standard output'))
    .option('--from <time>', words('ab diesem Zeitpunkt', 'from this time on'))
    .option('--until <time>', words('bis vor diesen Zeitpunkt', 'until before this time'))
    .addOption(new Option('--of <what>', words('Messwerte oder Objekte', 'observations or things')).choices(['observations', 'entities']))
    .addOption(
      new Option('--flavour <flavour>', words('Schreibweise von CSV und XLSX', 'dialect of CSV and XLSX')).choices(['international', 'de']),
    )
    .option('--tenant <slug>', words('Mandant', 'tenant'))
    .action(write)
}

async function write(slug: string, { tenant, format, output, ...asked }: Options): Promise<void> {
  const extension = format ?? FORMATS.find((known) => output?.endsWith(`.${known}`)) ?? 'csv'
  const parameters = new URLSearchParams(Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined))
  const path = `${tenant === undefined ? '' : `/t/${encodeURIComponent(tenant)}`}/datasets/${encodeURIComponent(slug)}.${extension}?${parameters.toString()}`
  const progress = bar({ de: `${slug}.${extension}, Bytes`, en: `${slug}.${extension}, bytes` })
  const key = randomBytes(32).toString('base64url')
  const config = await besides(settings())
  const { build } = await import('../app.ts')
  const app = await build({ ...config, host: '127.0.0.1', port: 0, adminToken: key, open: false })
  try {
    const content = await answerOf(`${await app.server.listen('127.0.0.1', 0)}${path}`, key)
    const bytes = await (output === undefined ? pour(content, process.stdout, progress.at) : intoFile(content, output, progress.at))
    progress.end()
    say({ de: `${bytes} Bytes geschrieben.`, en: `${bytes} bytes written.` })
  } finally {
    await app.close()
  }
}

async function answerOf(url: string, key: string): Promise<NodeJS.ReadableStream> {
  const { statusCode, body } = await request(url, {
    headers: { authorization: `Bearer ${key}`, 'accept-language': language },
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  if (statusCode === 200) return body
  const problem: unknown = await body.json()
  const detail = typeof problem === 'object' && problem !== null && 'detail' in problem ? String(problem.detail) : `HTTP ${statusCode}`
  throw new Problem(statusCode === 404 ? 'not-found' : 'invalid-query', detail)
}

/** First beside, then renamed: a file that was broken off is never taken for a whole one. */
async function intoFile(content: NodeJS.ReadableStream, output: string, at: (bytes: number) => void): Promise<number> {
  const half = `${output}.part`
  try {
    const bytes = await pour(content, createWriteStream(half), at)
    await rename(half, output)
    return bytes
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

async function pour(content: NodeJS.ReadableStream, into: Writable | NodeJS.WriteStream, at: (bytes: number) => void): Promise<number> {
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      at(bytes)
      done(null, chunk)
    },
  })
  await pipeline(content, counted, into, { end: into !== process.stdout })
  return bytes
}

/** rdf: a document in whatever syntax it comes, read in a worker of its own that is ended when it does not answer. */
import { Worker } from 'node:worker_threads'
import { encodingOf, textReader } from '../../ingest/decode/encoding.ts'
import type { Raw } from '../../ingest/connector.ts'
import { Problem } from '../../problem.ts'
import { Graph } from './graph.ts'
import type { Answer, Document } from './rdf-worker.ts'

/** Of one page; harvesters of GovData take 50 MB. */
const LARGEST = 64 * 1024 * 1024
const PATIENCE = 120_000
const MEMORY = 1024

/** Reads one document after another; the worker starts with the first. */
export class RdfReader {
  private worker: Worker | undefined

  /** Throws `invalid-body` with the line at fault. */
  async graph(raw: Raw, base: string): Promise<Graph> {
    if (raw.size > LARGEST) throw tooLarge(raw)
    const text = await textOf(raw)
    const answer = await this.read({ text, format: formatOf(raw, text), base })
    if ('rows' in answer) return new Graph(answer.rows)
    throw unreadable(raw, answer.fault)
  }

  async close(): Promise<void> {
    await this.worker?.terminate()
    this.worker = undefined
  }

  private async read(document: Document): Promise<Answer> {
    const worker = (this.worker ??= start())
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const failed = (error: unknown): void => resolve({ fault: String(error) })
    const timer = setTimeout(() => failed('no end within two minutes'), PATIENCE)
    worker.once('message', resolve).once('error', failed)
    worker.postMessage(document)
    const answer = await promise
    clearTimeout(timer)
    worker.off('message', resolve).off('error', failed)
    if ('fault' in answer) await this.close()
    return answer
  }
}

function start(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './rdf-worker.ts' : './rdf-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MEMORY }, env: {} })
  // Without a listener, an error between two documents would end the process.
  worker.on('error', () => {})
  return worker
}

async function textOf(raw: Raw): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of raw.bytes()) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(bytes.subarray(0, 200).toString('latin1'))?.[1]
  const reader = textReader(declared ?? encodingOf(bytes))
  const text = reader.text(bytes) + reader.end()
  return text.replace(/^(\s*<\?xml[^>]*?)\s+encoding=["'][\w.-]+["']/, '$1').trimStart()
}

/** By what it begins with: what servers say of it is wrong too often. */
function formatOf(raw: Raw, text: string): Document['format'] {
  if (/^<(!doctype\s+)?html/i.test(text)) throw isPage(raw)
  if (/^<(\?xml|!--|!doctype|[\w-]+:?RDF\b)/i.test(text)) {
    // Entities that hold entities grow without end.
    if (/<!ENTITY[^>]*["'][^"']*&[a-z]/i.test(text.slice(0, 100_000))) throw unreadable(raw, 'nested entities')
    return 'application/rdf+xml'
  }
  return /^[{[]/.test(text) && !/turtle/.test(raw.type ?? '') ? 'application/ld+json' : 'text/turtle'
}

function tooLarge({ name, size }: Raw): Problem {
  const [mb, most] = [Math.round(size / 1024 / 1024), LARGEST / 1024 / 1024]
  return new Problem(
    'too-large',
    {
      de: `Eine Seite des Katalogs hat ${mb} MB; gelesen werden bis zu ${most} MB. Bitte fragen Sie den Katalog in Seiten ab.`,
      en: `A page of the catalogue has ${mb} MB; up to ${most} MB are read. Please ask for the catalogue in pages.`,
    },
    { file: name },
  )
}

function isPage({ name }: Raw): Problem {
  return new Problem(
    'invalid-body',
    {
      de: 'Unter dieser Adresse liegt eine Webseite, kein Katalog in RDF. Gesucht ist die Adresse, die auf .rdf, .ttl oder .jsonld endet.',
      en: 'At this address there is a web page, not a catalogue in RDF. Look for the address that ends in .rdf, .ttl or .jsonld.',
    },
    { file: name },
  )
}

function unreadable({ name }: Raw, fault: string): Problem {
  const line = /line (\d+)/.exec(fault)?.[1]
  return new Problem(
    'invalid-body',
    { de: `Der Katalog ist kein lesbares RDF: ${fault}`, en: `The catalogue is no readable RDF: ${fault}` },
    { file: name, ...(line === undefined ? {} : { line: Number(line) }) },
  )
}

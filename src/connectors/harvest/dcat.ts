/** dcat: a catalogue in RDF, page by page by Hydra's links, whatever the syntax. Other installations of Allmende offer the same. */
import { randomUUID } from 'node:crypto'
import { authenticated } from '../../ingest/authentication.ts'
import type { Connector, Raw, Run } from '../../ingest/connector.ts'
import type { CardDraft, EndDraft } from '../../model/record.ts'
import { Problem } from '../../problem.ts'
import { dcatCard } from './dcat-card.ts'
import type { Graph } from './graph.ts'
import { LOSS, OPTIONS, parseSpot, renderSpot, type HarvestOptions, type Spot } from './options.ts'
import { RdfReader } from './rdf.ts'
import { Rules } from './rules.ts'

const ACCEPT = 'application/rdf+xml, text/turtle;q=0.9, application/ld+json;q=0.8, */*;q=0.1'
/** A catalogue that never ends its pages is a broken one. */
const MOST_PAGES = 10_000

export const dcat: Connector<HarvestOptions> = {
  name: 'dcat',
  title: { de: 'Katalog (DCAT-AP.de, auch von anderen Allmenden)', en: 'Catalogue (DCAT-AP, also of other Allmendes)' },
  mode: 'pull',
  catalogue: true,
  batch: 50,
  options: OPTIONS,
  async *read(options, run) {
    const spot = parseSpot(run.cursor) ?? { sweep: randomUUID() }
    const reader = new RdfReader()
    try {
      yield* pages(options, run, spot, reader)
    } finally {
      await reader.close()
    }
    yield { draft: 'end', sweep: spot.sweep, loss: options.loss ?? LOSS } satisfies EndDraft
    run.reached(renderSpot(undefined))
  },
}

async function* pages(
  options: HarvestOptions,
  run: Run,
  { sweep, next = options.url, done = 0 }: Spot,
  reader: RdfReader,
): AsyncGenerator<CardDraft> {
  const rules = new Rules(options.rules)
  const asked = new Set<string>()
  const hashes = new Set<string>()
  const seen = new Set<string>()
  let count = done
  for (let url: string | undefined = next; url !== undefined;) {
    if (asked.has(url) || asked.size >= MOST_PAGES) throw endless(url)
    asked.add(url)
    const raw = await fetchPage(options, run, url)
    // A server that knows no pages answers the same again.
    if (hashes.has(raw.hash)) return
    hashes.add(raw.hash)
    const graph = await reader.graph(raw, url)
    for (const node of datasetsIn(graph)) {
      if (seen.has(node)) continue
      if (!node.startsWith('_:')) seen.add(node)
      const card = dcatCard(graph, node, rules, { sweep, release: options.release ?? true })
      run.row({ origin: card.origin, title: Object.values(card.card.title)[0] ?? '' })
      count += 1
      yield card
    }
    run.progress(count, totalIn(graph))
    url = nextIn(graph, url)
    if (url !== undefined) run.reached(renderSpot({ sweep, next: url, done: count }))
  }
}

function fetchPage({ url: first, auth }: HarvestOptions, run: Run, url: string): Promise<Raw> {
  const own = URL.parse(url)?.origin === URL.parse(first)?.origin
  const { url: address, call } = authenticated(url, { accept: ACCEPT }, own ? auth : undefined)
  return run.fetch(address, call)
}

/** Whatever is a dataset, and whatever a catalogue calls one. */
function datasetsIn(graph: Graph): readonly string[] {
  const typed = graph.ofType('dcat:Dataset', 'dcat:DatasetSeries')
  const listed = graph
    .ofType('dcat:Catalog')
    .flatMap((catalogue) => graph.texts(catalogue, 'dcat:dataset').filter((node) => graph.has(node)))
  return [...new Set([...typed, ...listed])]
}

const VIEWS = ['hydra:PartialCollectionView', 'hydra:PagedCollection']

function nextIn(graph: Graph, url: string): string | undefined {
  for (const view of graph.ofType(...VIEWS)) {
    const next = graph.text(view, 'hydra:next', 'hydra:nextPage')
    if (next !== undefined) return URL.parse(next, url)?.href
  }
  return undefined
}

function totalIn(graph: Graph): number | undefined {
  const total = Number(graph.ofType(...VIEWS, 'hydra:Collection').flatMap((view) => graph.texts(view, 'hydra:totalItems'))[0] ?? NaN)
  return Number.isInteger(total) ? total : undefined
}

function endless(url: string): Problem {
  return new Problem(
    'invalid-body',
    { de: `Die Seiten des Katalogs enden nicht („${url}“).`, en: `The pages of the catalogue do not end (“${url}”).` },
    { pointer: '/options/url' },
  )
}

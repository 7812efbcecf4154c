/** ckan: the catalogue of a CKAN or DKAN portal by its Action API, page by page in the order of the identifiers. */
import { randomUUID } from 'node:crypto'
import { authenticated } from '../../ingest/authentication.ts'
import type { Connector, Raw, Run } from '../../ingest/connector.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { CardDraft, EndDraft } from '../../model/record.ts'
import { Problem } from '../../problem.ts'
import { ckanCard } from './ckan-card.ts'
import { LOSS, OPTIONS, parseSpot, renderSpot, type HarvestOptions, type Spot } from './options.ts'
import { Rules } from './rules.ts'

const PAGE = 100
/** CKAN answers a page of a hundred with some megabytes at most. */
const LARGEST = 64 * 1024 * 1024
const MOST_PAGES = 100_000

interface CkanOptions extends HarvestOptions {
  readonly dialect?: 'ckan' | 'dkan'
}

export const ckan: Connector<CkanOptions> = {
  name: 'ckan',
  title: { de: 'Katalog (CKAN oder DKAN)', en: 'Catalogue (CKAN or DKAN)' },
  mode: 'pull',
  catalogue: true,
  batch: 50,
  options: {
    ...OPTIONS,
    properties: {
      ...OPTIONS.properties,
      url: {
        ...OPTIONS.properties.url,
        description: {
          de: 'Adresse des Portals, etwa https://opendata.beispielstadt.de',
          en: 'Address of the portal, such as https://opendata.example.org',
        },
      },
      dialect: {
        type: 'string',
        default: 'ckan',
        oneOf: [
          { const: 'ckan', title: { de: 'CKAN', en: 'CKAN' } },
          { const: 'dkan', title: { de: 'DKAN', en: 'DKAN' } },
        ],
        title: { de: 'Programm des Portals', en: 'Program of the portal' },
      },
    },
  },
  async *read(options, run) {
    const spot = parseSpot(run.cursor) ?? { sweep: randomUUID() }
    yield* packages(options, run, spot)
    yield { draft: 'end', sweep: spot.sweep, loss: options.loss ?? LOSS } satisfies EndDraft
    run.reached(renderSpot(undefined))
  },
}

/** `next` of the spot is where the next page begins. */
async function* packages(options: CkanOptions, run: Run, { sweep, next = '0', done = 0 }: Spot): AsyncGenerator<CardDraft> {
  const rules = new Rules(options.rules)
  const site = siteOf(options.url)
  let [start, count] = [Number(next), done]
  for (let page = 0; ; page++) {
    if (page >= MOST_PAGES) throw endless()
    const { found, total } = await pageAt(options, run, site, start)
    if (found.length === 0) return
    for (const one of found) {
      if (!isPublic(one)) continue
      const card = ckanCard(one, site, rules, { sweep, release: options.release ?? true })
      run.row({ origin: card.origin, title: Object.values(card.card.title)[0] ?? '' })
      count += 1
      yield card
    }
    start += found.length
    run.progress(count, total)
    if (total !== undefined && start >= total) return
    run.reached(renderSpot({ sweep, next: String(start), done: count }))
  }
}

/** What is a draft, deleted, private, or the note of a harvester is not in the catalogue. */
function isPublic({ state, private: hidden, type }: JsonObject): boolean {
  return (state === undefined || state === 'active' || state === 'Active') && hidden !== true && type !== 'harvest'
}

/** The address up to the API, however much of it was given. */
function siteOf(url: string): string {
  return url.replace(/\/(api(\/3)?(\/action.*)?|dataset\/?)?(\?.*)?$/, '').replace(/\/+$/, '')
}

interface Page {
  readonly found: readonly JsonObject[]
  readonly total?: number
}

async function pageAt({ auth, dialect }: CkanOptions, run: Run, site: string, start: number): Promise<Page> {
  const wanted =
    dialect === 'dkan'
      ? `current_package_list_with_resources?limit=${PAGE}&offset=${start}`
      : `package_search?rows=${PAGE}&start=${start}&sort=id%20asc`
  const { url, call } = authenticated(`${site}/api/3/action/${wanted}`, { accept: 'application/json' }, auth)
  const raw = await run.fetch(url, call)
  const answer = await jsonOf(raw)
  if (answer['success'] !== true) throw unsuccessful(raw, answer)
  const { result } = answer
  if (isObject(result))
    return { found: objectsIn(result['results']), ...(typeof result['count'] === 'number' && { total: result['count'] }) }
  return { found: objectsIn(result) }
}

/** DKAN wraps its list into another. */
function objectsIn(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly Json[]).flatMap((one) => (Array.isArray(one) ? objectsIn(one as Json) : isObject(one) ? [one] : [])) : [] // prettier-ignore
}

async function jsonOf(raw: Raw): Promise<JsonObject> {
  if (raw.size > LARGEST) throw unreadable(raw, 'larger than 64 MB')
  const chunks: Uint8Array[] = []
  for await (const chunk of raw.bytes()) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8').replace(/^\uFEFF/, '') // prettier-ignore
  if (/^\s*</.test(text)) throw isPage(raw)
  try {
    const answer = JSON.parse(text) as Json
    if (isObject(answer)) return answer
  } catch (error) {
    throw unreadable(raw, error instanceof Error ? error.message : '')
  }
  throw unreadable(raw, 'no object')
}

function unreadable({ name }: Raw, fault: string): Problem {
  return new Problem('invalid-body', { de: `Das Portal antwortet mit unlesbarem JSON: ${fault}`, en: `The portal answers with unreadable JSON: ${fault}` }, { file: name }) // prettier-ignore
}

function isPage({ name }: Raw): Problem {
  return new Problem(
    'invalid-body',
    {
      de: 'Unter dieser Adresse antwortet eine Webseite, nicht die Schnittstelle von CKAN (/api/3/action).',
      en: 'At this address a web page answers, not the API of CKAN (/api/3/action).',
    },
    { file: name },
  )
}

function unsuccessful({ name }: Raw, { error }: JsonObject): Problem {
  const said = isObject(error) && typeof error['message'] === 'string' ? error['message'].slice(0, 300) : ''
  return new Problem('invalid-body', { de: `Das Portal lehnt ab: ${said}`, en: `The portal refuses: ${said}` }, { file: name })
}

function endless(): Problem {
  return new Problem('invalid-body', { de: 'Die Seiten des Portals enden nicht.', en: 'The pages of the portal do not end.' }, { pointer: '/options/url' }) // prettier-ignore
}

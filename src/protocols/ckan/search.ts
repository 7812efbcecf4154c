/** search: package_search: datasets by Solr's language, in order, in pages, with facets. */
import { Problem } from '../../problem.ts'
import { and, type Filter, type Operand } from '../../query/filter.ts'
import { ask, type Order } from '../../query/query.ts'
import { publishersOf, visible, type Asked } from './asked.ts'
import { facetsOf } from './facets.ts'
import { meaningOf, type Known } from './fields.ts'
import { packageOf } from './package.ts'
import { parseSolr } from './solr.ts'

/** CKAN's own bound. */
export const MOST_ROWS = 1000
const USUAL_SORT = 'score desc, metadata_modified desc'

export async function packageSearch(asked: Asked) {
  const { service, who, root, params } = asked
  const where = await whereOf(asked)
  const sort = params.text('sort') ?? USUAL_SORT
  const page = { limit: params.count('rows', 10, MOST_ROWS), offset: params.count('start', 0, Number.MAX_SAFE_INTEGER) }
  const query = { ...ask('dataset', where), order: orderOf(sort, params.text('q') ?? ''), page, count: true }
  const [found, facets] = await Promise.all([service.cards(who, query, root), searchFacets(asked, where)])
  return {
    count: found.total ?? 0,
    sort,
    facets: Object.fromEntries(
      [...facets].map(([field, items]) => [field, Object.fromEntries(items.map(({ name, count }) => [name, count]))]),
    ),
    results: found.items.map((card) => packageOf(card, asked)),
    search_facets: Object.fromEntries([...facets].map(([field, items]) => [field, { title: field, items }])),
  }
}

async function searchFacets(asked: Asked, where: Filter) {
  const { params } = asked
  const fields = params.list('facet.field')
  if (fields.length === 0 || params.text('facet') === 'false') return new Map<string, never[]>()
  const limit = params.text('facet.limit') === '-1' ? 0 : params.count('facet.limit', 50, 10_000)
  return facetsOf(asked, where, fields, limit, params.count('facet.mincount', 1, 1_000_000))
}

async function whereOf(asked: Asked): Promise<Filter> {
  const { params } = asked
  const known = await knownIn(asked)
  const read = (text: string, parameter: string) => parseSolr(text, parameter, meaningOf(known, parameter))
  return and(
    visible(asked, params.flag('include_private')),
    read(params.text('q') ?? '', 'q'),
    read(params.text('fq') ?? '', 'fq'),
    ...params.list('fq_list').map((text) => read(text, 'fq_list')),
  )
}

/** What there is of publishers and formats is only looked up for whoever asks for one. */
async function knownIn(asked: Asked): Promise<Known> {
  const text = ['q', 'fq', 'fq_list'].map((name) => asked.params.list(name).join(' ')).join(' ')
  const publishers = /\b(organization|owner_org):/.test(text) ? (await publishersOf(asked)).map(({ name }) => name) : []
  const formats = /\bres_format:/.test(text) ? await asked.formats() : []
  return { root: asked.root, publishers, formats, now: Date.now() }
}

const SORTED: Readonly<Record<string, Operand>> = {
  id: { path: ['id'] },
  name: { path: ['slug'] },
  title: { path: ['title', 'de'] },
  title_string: { path: ['title', 'de'] },
  metadata_created: { path: ['created'] },
  metadata_modified: { path: ['modified'] },
}
/** How often it was read is not known of a dataset: that orders nothing. */
const IDLE = ['views_recent', 'views_total']

function orderOf(sort: string, words: string): readonly Order[] {
  return sort.split(',').flatMap((part) => {
    const [, field = '', way = 'asc'] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? []
    if (IDLE.includes(field)) return []
    // what is asked of fields has no score, as all that is found fulfils it
    if (field === 'score') return /[:()*]/.test(words) ? [] : [{ by: { relevance: words }, descending: way.toLowerCase() === 'desc' }]
    const by = Object.hasOwn(SORTED, field) ? SORTED[field] : undefined
    if (by !== undefined) return [{ by, descending: way.toLowerCase() === 'desc' }]
    throw new Problem(
      'invalid-query',
      { en: `Cannot sort by “${part.trim()}”.`, de: `Nach „${part.trim()}“ kann nicht sortiert werden.` },
      { parameter: 'sort' },
    )
  })
}

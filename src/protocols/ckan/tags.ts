/** tags: the keywords of all datasets, listed, searched and shown. */
import { Problem } from '../../problem.ts'
import { and } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import { visible, type Asked } from './asked.ts'
import { facetsOf } from './facets.ts'
import { packageOf } from './package.ts'
import { tag } from './tag.ts'

const MOST_PACKAGES = 1000

async function names(asked: Asked): Promise<readonly string[]> {
  const facets = await facetsOf(asked, visible(asked), ['tags'], 0, 1)
  const part = (asked.params.text('query') ?? asked.params.text('q') ?? '').toLowerCase()
  return (facets.get('tags') ?? []).map(({ name }) => name).filter((name) => name.toLowerCase().includes(part))
}

export async function tagList(asked: Asked) {
  const all = (await names(asked)).toSorted()
  return asked.params.flag('all_fields') ? all.map((name) => tag(asked.root, name)) : all
}

export async function tagSearch(asked: Asked) {
  const all = await names(asked)
  const [offset, limit] = [asked.params.count('offset', 0, 1e9), asked.params.count('limit', 100, 10_000)]
  return { count: all.length, results: all.slice(offset, offset + limit).map((name) => tag(asked.root, name)) }
}

export async function tagShow(asked: Asked) {
  const id = asked.params.needed('id')
  const name = (await names(asked)).find((one) => one === id || tag(asked.root, one).id === id)
  if (name === undefined)
    throw new Problem('not-found', { en: 'Not found', de: `Das Stichwort „${id}“ gibt es nicht.` }, { parameter: 'id' })
  if (!asked.params.flag('include_datasets')) return tag(asked.root, name)
  const where = and(visible(asked), { is: 'has', path: ['keywords'], value: name })
  const { items } = await asked.service.cards(asked.who, ask('dataset', where, MOST_PACKAGES), asked.root)
  return { ...tag(asked.root, name), packages: items.map((card) => packageOf(card, asked)) }
}

/** facets: how many of the datasets that are found have each value of a field. */
import { licenceOf } from '../../model/licences.ts'
import type { Filter, Path } from '../../query/filter.ts'
import type { Asked } from './asked.ts'
import { brief as groupOf } from './group.ts'
import { nameOf } from './names.ts'

interface Item {
  readonly name: string
  readonly display_name: string
  readonly count: number
}

/** So many values of a field are told apart at most; a dataset's tags are one value. */
const MOST = 100_000

interface Field {
  readonly path: Path
  /** A name, and what it is called, of each value. */
  readonly read: (value: string, asked: Asked) => readonly [name: string, title: string]
}

const FIELDS: Readonly<Record<string, Field>> = {
  tags: { path: ['keywords'], read: (word) => [word, word] },
  groups: {
    path: ['themes'],
    read(theme, { root, language }) {
      const { name, title } = groupOf(root, theme, language)
      return [name, title]
    },
  },
  organization: { path: ['publisher', 'name'], read: (name) => [nameOf(name), name] },
  license_id: {
    path: ['licence'],
    read(licence) {
      const listed = licenceOf(licence)
      return listed === undefined ? [licence, licence] : [listed.code, listed.title]
    },
  },
}

/** `limit` 0 is all. Fields that are not known have no values, as in CKAN. */
export async function facetsOf(asked: Asked, where: Filter, fields: readonly string[], limit: number, least: number) {
  const all = await Promise.all(fields.map(async (field) => [field, await itemsOf(asked, where, field)] as const))
  return new Map(all.map(([field, items]) => [field, sorted(items, limit, least)]))
}

async function itemsOf(asked: Asked, where: Filter, name: string): Promise<readonly Item[]> {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined
  if (field === undefined && name !== 'res_format') return []
  const by = field === undefined ? [] : [{ of: { path: field.path } }]
  const groups = await asked.service.group(asked.who, { noun: 'dataset', where, by, measures: [{ how: 'count' }], limit: MOST })
  if (field === undefined) return formatsOf(await asked.formats(), Number(groups[0]?.[0] ?? 0))
  const items = new Map<string, Item>()
  for (const [value, count] of groups)
    for (const [name, title] of new Map(listOf(value).map((one) => field.read(one, asked))))
      items.set(name, { name, display_name: title, count: (items.get(name)?.count ?? 0) + Number(count) })
  return [...items.values()]
}

/** Every dataset is there in all of them. */
function formatsOf(formats: readonly string[], count: number): readonly Item[] {
  return count === 0 ? [] : [...new Set(formats)].map((name) => ({ name, display_name: name, count }))
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((one) => typeof one === 'string')
}

function sorted(items: readonly Item[], limit: number, least: number): readonly Item[] {
  const all = items.filter(({ count }) => count >= least).toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  return limit > 0 ? all.slice(0, limit) : all
}

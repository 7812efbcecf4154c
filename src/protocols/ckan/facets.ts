/** facets: how many of the datasets that are found have each value of a field. */
import type { Dataset } from '../../model/dataset.ts'
import { licenceOf } from '../../model/licences.ts'
import type { Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Asked } from './asked.ts'
import { brief as groupOf } from './group.ts'
import { nameOf } from './names.ts'

interface Item {
  readonly name: string
  readonly display_name: string
  readonly count: number
}

/** Counted over so many datasets at most. */
const MOST = 20_000

/** A name and what it is called, of each value that a dataset has. */
type Read = (dataset: Dataset, asked: Asked, formats: readonly string[]) => readonly (readonly [name: string, title: string])[]

const READ: Readonly<Record<string, Read>> = {
  tags: ({ keywords }) => keywords.map((word) => [word, word]),
  groups: ({ themes }, { root, language }) =>
    themes.map((theme) => {
      const { name, title } = groupOf(root, theme, language)
      return [name, title]
    }),
  organization: ({ publisher }) => (publisher === undefined ? [] : [[nameOf(publisher.name), publisher.name]]),
  license_id: ({ licence }) => {
    if (licence === undefined) return []
    const listed = licenceOf(licence)
    return [listed === undefined ? [licence, licence] : [listed.code, listed.title]]
  },
  res_format: (_dataset, _asked, formats) => formats.map((format) => [format, format]),
}

/** `limit` 0 is all. Fields that are not known have no values, as in CKAN. */
export async function facetsOf(asked: Asked, where: Filter, fields: readonly string[], limit: number, least: number) {
  const counts = new Map(fields.map((field) => [field, new Map<string, Item>()]))
  const formats = fields.includes('res_format') ? await asked.formats() : []
  for await (const dataset of asked.service.stream(asked.who, ask('dataset', where, MOST)))
    for (const [field, items] of counts)
      for (const [name, title] of new Map(READ[field]?.(dataset, asked, formats) ?? []))
        items.set(name, { name, display_name: title, count: (items.get(name)?.count ?? 0) + 1 })
  return new Map([...counts].map(([field, items]) => [field, sorted([...items.values()], limit, least)]))
}

function sorted(items: readonly Item[], limit: number, least: number): readonly Item[] {
  const all = items.filter(({ count }) => count >= least).toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  return limit > 0 ? all.slice(0, limit) : all
}

/** columns: the texts of a dataset's things and their latest values, as many as a check looks at. */
import type { Json } from '../../../model/json.ts'
import { keeper } from '../../../rights/principal.ts'
import { and, equals, everything } from '../../../query/filter.ts'
import { ask, type Found } from '../../../query/query.ts'
import type { Series } from '../../../model/series.ts'
import type { Service } from '../../../service/service.ts'
import type { Column } from './personal.ts'

/** Of a text so much is looked at: what names a person stands in short ones. */
const LETTERS = 500
/** So many things are looked at: enough to see what a column is, quick enough to wait for. */
const LOOKED_AT = 5000
const SERIES = { through: 'series', where: everything, order: [], page: { limit: 100 }, include: [], count: false } as const

export async function columnsOf(
  service: Service,
  { id, tenant }: { readonly id: number; readonly tenant: number },
): Promise<readonly Column[]> {
  const values = new Map<string, string[]>()
  const add = (name: string, value: Json | undefined): void => {
    if (typeof value !== 'string') return
    const texts = values.get(name)
    const text = value.slice(0, LETTERS)
    if (texts === undefined) values.set(name, [text])
    else texts.push(text)
  }
  const query = { ...ask('entity', and(equals(['dataset'], id), equals(['role'], 'thing')), LOOKED_AT), include: [SERIES] }
  for await (const thing of service.stream(keeper(tenant, 'release'), query)) addAll(thing, add)
  return [...values].map(([name, texts]) => ({ name, values: texts }))
}

function addAll(thing: Found<'entity'>, add: (name: string, value: Json | undefined) => void): void {
  for (const [name, value] of Object.entries(thing.attributes)) add(name, value)
  add('description', thing.description)
  for (const { attribute, latest } of (thing.with?.['series']?.items ?? []) as readonly Series[]) add(attribute, latest?.result)
}

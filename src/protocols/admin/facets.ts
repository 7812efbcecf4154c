/** facets: how many datasets there are of each theme, licence, publisher and access, among those that are found. */
import type { Filter, Path } from '../../query/filter.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'

export interface Facet {
  readonly value: string
  readonly count: number
}

const FIELDS: readonly (readonly [facet: string, path: Path])[] = [
  ['themes', ['themes']],
  ['licences', ['licence']],
  ['publishers', ['publisher', 'name']],
  ['access', ['access']],
]

/** So many combinations of them are told apart at most. */
const MOST = 100_000

export async function facetsOf(service: Service, who: Principal, where: Filter): Promise<Readonly<Record<string, readonly Facet[]>>> {
  const by = FIELDS.map(([, path]) => ({ of: { path } }))
  const groups = await service.group(who, { noun: 'dataset', where, by, measures: [{ how: 'count' }], limit: MOST })
  return Object.fromEntries(FIELDS.map(([facet], i) => [facet, counted(groups.map((group) => [group[i], Number(group.at(-1))]))]))
}

/** A list counts for each of its members. */
function counted(groups: readonly (readonly [value: unknown, count: number])[]): readonly Facet[] {
  const counts = new Map<string, number>()
  for (const [value, count] of groups)
    for (const one of Array.isArray(value) ? value : [value]) if (typeof one === 'string') counts.set(one, (counts.get(one) ?? 0) + count)
  return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

/** facets: how many datasets there are of each theme, licence, publisher and access, among those that are found. */
import type { Dataset } from '../../model/dataset.ts'
import type { Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'

export interface Facet {
  readonly value: string
  readonly count: number
}

/** Counted over so many datasets at most: a catalogue of a town, not of a continent. */
const MOST = 20_000

export async function facetsOf(service: Service, who: Principal, where: Filter): Promise<Readonly<Record<string, readonly Facet[]>>> {
  const counts: Readonly<Record<keyof typeof READ, Map<string, number>>> = {
    themes: new Map(),
    licences: new Map(),
    publishers: new Map(),
    access: new Map(),
  }
  for await (const dataset of service.stream(who, ask('dataset', where, MOST)))
    for (const [facet, read] of Object.entries(READ)) for (const value of read(dataset)) add(counts[facet as keyof typeof READ], value)
  return Object.fromEntries(Object.entries(counts).map(([facet, values]) => [facet, sorted(values)]))
}

const READ = {
  themes: ({ themes }: Dataset): readonly string[] => themes,
  licences: ({ licence }: Dataset): readonly string[] => (licence === undefined ? [] : [licence]),
  publishers: ({ publisher }: Dataset): readonly string[] => (publisher === undefined ? [] : [publisher.name]),
  access: ({ access }: Dataset): readonly string[] => [access],
}

function add(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1)
}

function sorted(counts: ReadonlyMap<string, number>): readonly Facet[] {
  return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

/** dataset-names: datasets by slug outside, by id inside; only those that the caller may see. */
import type { Filter } from '../../query/filter.ts'
import { ask } from '../../query/query.ts'
import { Problem } from '../../problem.ts'
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'

/** Slug to id. Throws `invalid-body` for one that is not there or may not be seen. */
export async function idsOf(
  service: Service,
  who: Principal,
  slugs: readonly string[],
  pointer: string,
): Promise<ReadonlyMap<string, number>> {
  const found = await look(service, who, { is: 'in', path: ['slug'], values: slugs })
  const ids = new Map(found.map(({ id, slug }) => [slug, id]))
  const missing = slugs.find((slug) => !ids.has(slug))
  if (missing === undefined) return ids
  throw new Problem(
    'invalid-body',
    { de: `Den Datensatz „${missing}“ gibt es nicht.`, en: `There is no dataset “${missing}”.` },
    { pointer },
  )
}

/** Id to slug; those that may not be seen are missing. */
export async function slugsOf(service: Service, who: Principal, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const found = await look(service, who, { is: 'in', path: ['id'], values: [...new Set(ids)] })
  return new Map(found.map(({ id, slug }) => [id, slug]))
}

async function look(
  service: Service,
  who: Principal,
  where: Filter & { readonly values: readonly unknown[] },
): Promise<readonly { readonly id: number; readonly slug: string }[]> {
  if (where.values.length === 0) return []
  return (await service.find(who, ask('dataset', where, where.values.length))).items
}

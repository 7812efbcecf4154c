/** grant-render: grants as they are answered, with datasets by their slugs. */
import type { Principal } from '../../rights/principal.ts'
import type { Service } from '../../service/service.ts'
import type { GrantBody } from './grant-body.ts'
import { idsOf, slugsOf } from './dataset-names.ts'

interface OnDataset {
  readonly id: number
  readonly dataset: number | null
}

export interface ShownGrant {
  readonly id: number
  /** Null: every dataset of the tenant. */
  readonly dataset: string | null
}

/** The same with ids; throws `invalid-body` for a dataset that is not there. */
export async function withIds(service: Service, who: Principal, grants: readonly GrantBody[], pointer: string) {
  const slugs = grants.flatMap(({ dataset }) => dataset ?? [])
  const ids = slugs.length === 0 ? new Map<string, number>() : await idsOf(service, who, slugs, pointer)
  return grants.map(({ dataset, ...grant }) => ({ ...grant, ...(dataset !== null && { dataset: ids.get(dataset) ?? 0 }) }))
}

/** With slugs, and without what is not said; those of datasets that `who` does not see are left out. */
export async function withSlugs<G extends OnDataset>(
  service: Service,
  who: Principal,
  grants: readonly G[],
): Promise<readonly ShownGrant[]> {
  const slugs = await slugsOf(
    service,
    who,
    grants.flatMap(({ dataset }) => dataset ?? []),
  )
  return grants.flatMap(({ dataset, ...grant }) => {
    const slug = dataset === null ? null : slugs.get(dataset)
    return slug === undefined ? [] : [{ ...said(grant), dataset: slug } as ShownGrant]
  })
}

function said(grant: object): object {
  const isSaid = ([, value]: readonly [string, unknown]) => value !== null && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(grant).filter(isSaid))
}

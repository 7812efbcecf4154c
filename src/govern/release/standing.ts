/** standing: what decides over releases of a dataset: how its tenant wants them, and who could look; and a case as somebody sees it by that. */
import type { Dataset } from '../../model/dataset.ts'
import { ASPECTS, type Aspect, type Case, type ReleaseSettings } from '../../model/release.ts'
import type { Principal } from '../../rights/principal.ts'
import { rolesWith } from '../../rights/roles.ts'
import { allows } from '../../service/allow.ts'
import { accountsWith } from '../../store/grants.ts'
import type { Store } from '../../store/pool.ts'
import { releaseSettingsOf } from '../../store/release.ts'
import { aspectsFor, isDemanded, personOf, REVIEWING, withoutTheAbsent } from './four-eyes.ts'
import { reachOf } from './reviews.ts'

export interface Standing {
  readonly settings: ReleaseSettings
  /** The accounts that could look. */
  readonly present: readonly number[]
  /** Whether somebody else must. */
  readonly demanded: boolean
}

/** Of one tenant, by dataset; two questions to the database, however many they are. */
export async function standings(store: Store, tenant: number, datasets: readonly number[]): Promise<(dataset: number) => Standing> {
  const [settings, accounts] = await Promise.all([
    releaseSettingsOf(store, tenant),
    accountsWith(store, { tenant, datasets, verb: REVIEWING, roles: rolesWith(REVIEWING) }),
  ])
  return (dataset) => {
    const present = accounts.get(dataset) ?? []
    return { settings, present, demanded: isDemanded(settings, present) }
  }
}

/** A case for whoever looks at it: about what, and what they may do. */
export interface Shown extends Case {
  readonly about: Dataset
  /** Aspects that they may decide now. */
  readonly mine: readonly Aspect[]
  readonly recallable: boolean
}

export const sees = (who: Principal, about: Dataset): boolean => allows(who, REVIEWING, about) || allows(who, 'manage', about)

export function shownTo(who: Principal, one: Case, about: Dataset, { settings, present }: Standing): Shown {
  const me = personOf(who)
  const may = one.state === 'reviewing' && allows(who, REVIEWING, about) && me.id !== one.author.id
  const allowed = may ? aspectsFor(me, ASPECTS, withoutTheAbsent(settings, present, one.author)) : []
  return {
    ...one,
    about,
    mine: reachOf(one.reviews, one.order, allowed),
    recallable: one.ended === undefined && allows(who, 'manage', about),
  }
}

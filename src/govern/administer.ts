/** administer: what only a tenant's administrators may do. */
import { Problem } from '../problem.ts'
import { administers } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'

/** Throws `unauthenticated` for a stranger, `forbidden` for anyone else who is no administrator. */
export function mustAdminister(who: Principal): void {
  if (administers(who)) return
  if (who.id === 'anonymous') throw new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
  throw new Problem('forbidden', { de: 'Das darf nur die Administration.', en: 'Only an administrator may do that.' })
}

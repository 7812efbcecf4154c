/** expiry: what has expired is not there any more (4.24): nobody finds or counts it from the second after on. service/expire.ts takes it away. */
import { not, type Filter } from '../../query/filter.ts'
import { KEPT } from './names.ts'

/** Entities that have not expired. Times are kept as texts in order, but for the letter at their end: the second alone is compared. */
export function living(): Filter {
  const second = new Date().toISOString().slice(0, 19)
  return not({ is: 'compare', left: { path: ['about', KEPT, 'expiresAt'] }, by: '<', right: { value: second } })
}

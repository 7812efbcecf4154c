/** renew: the same person or machine with the rights of this moment, for what goes on for longer than a request. */
import type { Principal } from '../rights/principal.ts'

/** Throws `unauthenticated` when they have none any more. Remembered for a moment: asking again and again costs nothing. */
export type Renew = (who: Principal) => Principal | Promise<Principal>

/** Within one request nobody becomes another. */
export const itself: Renew = (who) => who

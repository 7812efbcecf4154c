/** tokens: keys for machines, shown once when they are made. */
import { Problem } from '../problem.ts'
import { administers } from '../rights/policy.ts'
import type { Principal, Verb } from '../rights/principal.ts'
import type { Store } from '../store/pool.ts'
import { insertToken, revokeToken, tokensOf, type TokenRow } from '../store/tokens.ts'
import { verbsOf } from '../rights/verbs.ts'
import type { Principals } from './principals.ts'
import { digest, makePrefix, makeSecret } from './secret.ts'

export type Token = Omit<TokenRow, 'verbs'> & { readonly verbs: readonly Verb[] }

export interface TokenWish {
  readonly name: string
  readonly verbs: readonly Verb[]
  /** The only datasets it shall be good for; absent: all that its owner may. */
  readonly datasets?: readonly number[]
  /** Where it writes when no dataset is named. */
  readonly home?: number
  readonly expires?: string
}

export interface Tokens {
  /** Their own; an administrator sees all of the tenant. */
  of(who: Principal): Promise<readonly Token[]>
  /** The token is answered here and never again. Never does it carry more than whoever makes it. */
  make(who: Principal, wish: TokenWish): Promise<{ readonly id: number; readonly prefix: string; readonly token: string }>
  revoke(who: Principal, id: number): Promise<void>
}

export function openTokens(store: Store, principals: Principals): Tokens {
  return {
    async of(who) {
      const rows = await tokensOf(store, who.tenant, ownerFor(who))
      return rows.map((row) => ({ ...row, verbs: verbsOf(row.verbs) }))
    },
    async make(who, wish) {
      mayMake(who, wish)
      const prefix = makePrefix()
      const token = `allm_${prefix}_${makeSecret()}`
      const id = await store.transaction((inner) =>
        insertToken(inner, {
          tenant: who.tenant,
          account: who.account,
          name: wish.name,
          prefix,
          hash: digest(token),
          verbs: wish.verbs,
          datasets: wish.datasets,
          home: wish.home,
          expires: wish.expires,
        }),
      )
      return { id, prefix, token }
    },
    async revoke(who, id) {
      const revoked = await revokeToken(store, who.tenant, ownerFor(who), id)
      principals.forget()
      if (!revoked) throw new Problem('not-found', { de: 'Diesen Zugangsschlüssel gibt es nicht.', en: 'There is no such token.' })
    },
  }
}

/** Whose tokens are meant: undefined is everyone's. A token cannot look after tokens, unless it may administer. */
function ownerFor(who: Principal): number | undefined {
  if (administers(who)) return undefined
  if (who.account === undefined) throw new Problem('unauthenticated', { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' })
  if (who.only !== undefined) throw notWithThisToken()
  return who.account
}

function mayMake(who: Principal, wish: TokenWish): void {
  ownerFor(who)
  if (wish.verbs.some((verb) => who.only?.includes(verb) === false)) throw notWithThisToken()
}

function notWithThisToken(): Problem {
  return new Problem('forbidden', {
    de: 'Dieser Zugangsschlüssel darf keine anderen verwalten.',
    en: 'This token may not manage other tokens.',
  })
}

/** first-run: how the first administrator gets in: a link that is printed once and works once. There is no default password. */
import { Problem } from '../problem.ts'
import { countAdministrators } from '../store/accounts.ts'
import { dropFirstRun, putFirstRun, takeFirstRun } from '../store/first-run.ts'
import type { Store } from '../store/pool.ts'
import { lockTenant } from '../store/tenants.ts'
import { addAccount, prepare, type AccountWish } from './accounts.ts'
import { digest, makeSecret } from './secret.ts'

export interface FirstRun {
  /** Whether the tenant still waits for its first administrator. */
  pending(tenant: number): Promise<boolean>
  /** A new secret for the link, in place of the one before; undefined when there is an administrator. */
  invite(tenant: number): Promise<string | undefined>
  /** The first administrator's account, in exchange for the secret. Throws `forbidden` when it is wrong, used or expired. */
  accept(tenant: number, secret: string, wish: AccountWish): Promise<number>
}

const HOURS = 24

/** Where the secret is exchanged for an account. Behind #, so that it is never sent to a server, nor into its log. */
export function firstRunLink(url: string, secret: string): string {
  return `${url}/first-run#${secret}`
}

/** `unattended`: an administrator's token was configured, so nobody is waited for. */
export function openFirstRun(store: Store, unattended: boolean): FirstRun {
  const pending = async (tenant: number) => !unattended && (await countAdministrators(store, tenant)) === 0
  return {
    pending,
    async invite(tenant) {
      if (!(await pending(tenant))) {
        await dropFirstRun(store, tenant)
        return undefined
      }
      const secret = makeSecret()
      await putFirstRun(store, tenant, digest(secret), HOURS)
      return secret
    },
    async accept(tenant, secret, wish) {
      const ready = await prepare(wish)
      return store.transaction(async (inner) => {
        await lockTenant(inner, tenant)
        if (!(await takeFirstRun(inner, tenant, digest(secret))) || (await countAdministrators(inner, tenant)) > 0) throw spent()
        return addAccount(inner, tenant, { ...ready, admin: true }, 'first-run')
      })
    },
  }
}

function spent(): Problem {
  return new Problem('forbidden', {
    de: 'Dieser Einrichtungslink ist ungültig, verbraucht oder abgelaufen. Ein neuer wird beim nächsten Start ausgegeben, solange es noch kein Administrationskonto gibt.',
    en: 'This set-up link is not valid, used up or expired. A new one is printed at the next start while there is no administrator.',
  })
}

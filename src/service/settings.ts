/** settings: what a tenant has decided, read by everyone who writes, changed by its administrators. */
import type { Settings } from '../model/settings.ts'
import { Problem } from '../problem.ts'
import { administers } from '../rights/policy.ts'
import type { Principal } from '../rights/principal.ts'
import { changeSettings } from '../store/settings.ts'
import { mustSignIn } from './allow.ts'
import type { Desk } from './desk.ts'

export async function configure(desk: Desk, who: Principal, change: Partial<Settings>): Promise<Settings> {
  mustSignIn(who, 'manage')
  if (!administers(who))
    throw new Problem('forbidden', { en: 'Only administrators change settings.', de: 'Einstellungen ändern nur Administratorinnen und Administratoren.' }) // prettier-ignore
  await changeSettings(desk.store, who.tenant, change)
  desk.directory.forget('tenant')
  desk.ids.forget()
  return desk.directory.settings(who.tenant)
}

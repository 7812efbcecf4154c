/** people: everything about who may ask, opened over one store. */
import type { Store } from '../store/pool.ts'
import { openAccounts, type Accounts } from './accounts.ts'
import { openFirstRun, type FirstRun } from './first-run.ts'
import { openPrincipals, type Principals } from './principals.ts'
import { openSessions, type Sessions } from './sessions.ts'
import { openTeams, type Teams } from './teams.ts'
import { openTenants, type Tenants } from './tenants.ts'
import { openTokens, type Tokens } from './tokens.ts'

export interface People {
  readonly tenants: Tenants
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly teams: Teams
  readonly firstRun: FirstRun
  readonly principals: Principals
}

/** `adminToken` administers every tenant. In open mode nobody is waited for. */
export function openPeople(store: Store, options: { readonly adminToken?: string | undefined; readonly open?: boolean } = {}): People {
  const principals = openPrincipals(store, options.adminToken, options.open)
  return {
    principals,
    tenants: openTenants(store),
    accounts: openAccounts(store, principals),
    sessions: openSessions(store, principals),
    tokens: openTokens(store, principals),
    teams: openTeams(store, principals),
    firstRun: openFirstRun(store, options.adminToken !== undefined || options.open === true),
  }
}

/** people: what the commands about people and keys share: the people of the chosen tenant, asked as the operator. */
import { openPeople, type People } from '../govern/people.ts'
import type { Account } from '../govern/accounts.ts'
import { Problem } from '../problem.ts'
import { keeper, type Principal } from '../rights/principal.ts'
import { openService } from '../service/open.ts'
import type { Service } from '../service/service.ts'
import { withDatabase } from './settings.ts'

const DEFAULT = 'default'

/** Whoever can run this command holds the database anyway, so it administers. */
export function withPeople<T>(
  tenant: string | undefined,
  work: (people: People, who: Principal, service: () => Promise<Service>) => Promise<T>,
): Promise<T> {
  return withDatabase(async (database) => {
    const people = openPeople(database)
    const found = await people.tenants.bySlug(tenant ?? DEFAULT)
    if (!found) throw new Problem('not-found', { de: `Den Mandanten „${tenant}“ gibt es nicht.`, en: `There is no tenant “${tenant}”.` })
    return work(people, keeper(found.id, 'operator'), () => openService(database, []))
  })
}

export async function accountNamed(people: People, who: Principal, email: string): Promise<Account> {
  const found = (await people.accounts.of(who)).find((account) => account.email === email.trim().toLowerCase())
  if (!found) throw new Problem('not-found', { de: `Für ${email} gibt es kein Konto.`, en: `There is no account for ${email}.` })
  return found
}

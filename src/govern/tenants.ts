/** tenants: who shares this installation, found by the slug in the address. */
import { Problem } from '../problem.ts'
import { mustAdminister } from './administer.ts'
import type { Principal } from '../rights/principal.ts'
import type { Store } from '../store/pool.ts'
import { allTenants, insertTenant, renameTenant, tenantById, tenantBySlug, type TenantRow } from '../store/tenants.ts'

export type Tenant = TenantRow

export interface Tenants {
  /** Remembered for a moment, because every request below /t/ asks. */
  bySlug(slug: string): Tenant | undefined | Promise<Tenant | undefined>
  /** Throws `not-found`. */
  byId(id: number): Promise<Tenant>
  all(): Promise<readonly Tenant[]>
  /** Throws `conflict` when the slug is taken, `invalid-body` when it is no slug. */
  make(slug: string, name: string): Promise<Tenant>
  /** How the tenant calls itself on every page: the town, the county. For its administrators. Other nodes follow within FRESH. */
  rename(who: Principal, name: string): Promise<Tenant>
}

const SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const FRESH = 5000

export function openTenants(store: Store): Tenants {
  const remembered = new Map<string, { readonly tenant: Tenant; readonly until: number }>()

  const lookUp = async (slug: string): Promise<Tenant | undefined> => {
    const tenant = await tenantBySlug(store, slug)
    if (tenant) remembered.set(slug, { tenant, until: performance.now() + FRESH })
    else remembered.delete(slug)
    return tenant
  }

  const byId = async (id: number): Promise<Tenant> => {
    const tenant = await tenantById(store, id)
    if (!tenant) throw new Problem('not-found', { de: 'Diesen Mandanten gibt es nicht.', en: 'There is no such tenant.' })
    return tenant
  }

  return {
    bySlug(slug) {
      const found = remembered.get(slug)
      if (found && found.until > performance.now()) return found.tenant
      return SLUG.test(slug) ? lookUp(slug) : undefined
    },
    byId,
    all: () => allTenants(store),
    async make(slug, name) {
      if (!SLUG.test(slug))
        throw new Problem('invalid-body', {
          de: 'Der Kurzname besteht aus Kleinbuchstaben, Ziffern und Bindestrichen.',
          en: 'The short name consists of lower-case letters, digits and hyphens.',
        })
      const made = await insertTenant(store, slug, name)
      if (!made)
        throw new Problem('conflict', { de: `Den Mandanten „${slug}“ gibt es bereits.`, en: `The tenant “${slug}” is there already.` })
      return made
    },
    async rename(who, name) {
      mustAdminister(who)
      await renameTenant(store, who.tenant, nameOf(name))
      remembered.clear()
      return byId(who.tenant)
    },
  }
}

function nameOf(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= 100) return name
  throw new Problem(
    'invalid-body',
    { de: 'Der Name ist leer oder länger als 100 Zeichen.', en: 'The name is empty or longer than 100 characters.' },
    { pointer: '/name' },
  )
}

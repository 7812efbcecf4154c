/** platform: the whole of it for one command, beside a platform that may be running, without listening anywhere. */
import type { App } from '../app.ts'
import { Problem } from '../problem.ts'
import { keeper, type Principal } from '../rights/principal.ts'
import { besides, settings } from './settings.ts'

/** `who` is the operator: whoever can run this command holds the data anyway. */
export async function withPlatform<T>(tenant: string | undefined, work: (app: App, who: Principal) => Promise<T>): Promise<T> {
  const config = await besides(settings())
  const { build } = await import('../app.ts')
  const app = await build(config)
  try {
    const found = await app.people.tenants.bySlug(tenant ?? 'default')
    if (!found) throw new Problem('not-found', { de: `Den Mandanten „${tenant}“ gibt es nicht.`, en: `There is no tenant “${tenant}”.` })
    return await work(app, keeper(found.id, 'operator'))
  } finally {
    await app.close()
  }
}

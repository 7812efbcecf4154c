/** links: the named connections of an entity, said anew. Called inside a transaction. */
import type { Link } from '../model/entity.ts'
import { insertLinks } from './insert.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

/** The links of the names given are replaced; other names stay. */
export async function replaceLinks(
  store: Store,
  source: number,
  links: readonly Link[],
  names: readonly string[] = [...new Set(links.map(({ name }) => name))],
): Promise<void> {
  await store.query(sql`delete from link where source = ${source} and name = any(${names})`)
  await insertLinks(
    store,
    links.filter((link) => link.source === source),
  )
}

/** count: how many match. Observations that are only narrowed by series or dataset are counted from the series' own counts: at no cost at any size. */
import type { Noun } from '../model/noun.ts'
import { equals, and, type Filter } from '../query/filter.ts'
import { tableOf } from './columns.ts'
import { compile } from './compile.ts'
import type { Store } from './pool.ts'
import { sql } from './sql.ts'

export async function count(store: Store, noun: Noun, where: Filter): Promise<number> {
  const bySeries = noun === 'observation' ? aboutSeries(where) : undefined
  const statement =
    bySeries === undefined
      ? sql`select count(*) as total from ${tableOf(noun, 't')} where ${compile(where, { noun, t: 't' })}`
      : sql`select coalesce(sum(t_state.count), 0)::bigint as total from ${tableOf('series', 't')} where ${compile(bySeries, { noun: 'series', t: 't' })}`
  const [row] = await store.query<{ total: number }>(statement)
  return row?.total ?? 0
}

/** The same question asked of the series, when it is about nothing else. */
export function aboutSeries(where: Filter): Filter | undefined {
  switch (where.is) {
    case 'everything':
    case 'nothing':
      return where
    case 'and':
    case 'or': {
      const parts = where.of.map(aboutSeries)
      return parts.every((part) => part !== undefined) ? { is: where.is, of: parts } : undefined
    }
    case 'not': {
      const part = aboutSeries(where.of)
      return part && { is: 'not', of: part }
    }
    case 'some':
      if (where.through === 'dataset') return where
      return where.through === 'series' ? where.where : undefined
    case 'in':
      return field(where.path) === undefined ? undefined : { ...where, path: [field(where.path) ?? 'id'] }
    case 'compare': {
      if (where.by !== '=' || !('path' in where.left) || !('value' in where.right)) return undefined
      const renamed = field(where.left.path)
      return renamed === undefined ? undefined : and(equals([renamed], where.right.value))
    }
    default:
      return undefined
  }
}

function field(path: readonly string[]): 'id' | 'dataset' | undefined {
  if (path.length !== 1) return undefined
  if (path[0] === 'series') return 'id'
  return path[0] === 'dataset' ? 'dataset' : undefined
}
